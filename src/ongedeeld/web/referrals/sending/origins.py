"""What a referral begins from: an address, a signal, something shared, or a referral that was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.preventing.where import Where
from ongedeeld.web.referrals.contents import address_of
from ongedeeld.web.referrals.grants import read
from ongedeeld.web.referrals.models import Referral, ReferralItem
from ongedeeld.web.referrals.queries import referral_for
from ongedeeld.web.residents.models import Share
from ongedeeld.web.residents.sharing.reading import read_share
from ongedeeld.web.signals.contents import contents_of
from ongedeeld.web.signals.queries import signal_of_home

REFER = "referrals.refer"
TO_HELP = (Share.Purpose.HELP, Share.Purpose.COORDINATE)
"""The purposes of sharing for which a partner may be asked."""
NONE_SUCH = N_("There is no such record, or it is not open to you.")


@dataclass(frozen=True)
class Origin:
    """Where a referral begins.

    Parameters
    ----------
    home, complex, area_codes
        Where the home lies.
    words
        What is known already of each kind of item, so that nobody types it again; each is asked anew.
    domain
        The life domain, where it is known.
    no_later
        The day after which what it comes from is removed: what was copied goes no later.
    until
        The last day on which what it comes from may be read.
    signal, share
        The key of what it comes from.
    vault
        The vault in which the resident sees it, where they shared it from there.
    """

    home: str
    complex: str
    area_codes: frozenset[str]
    words: Mapping[str, str] = field(default_factory=dict)
    domain: str = ""
    no_later: date | None = None
    until: date | None = None
    signal: UUID | None = None
    share: UUID | None = None
    vault: UUID | None = None

    @property
    def address(self) -> str:
        """The address of the home."""
        return self.words.get(ReferralItem.Kind.ADDRESS, "")


def from_address(where: Where) -> Origin:
    """A home that somebody chose among the addresses."""
    return Origin(
        where.home, where.complex, where.area_codes, words={ReferralItem.Kind.ADDRESS: _written(where)}
    )


def _written(where: Where) -> str:
    home = where.address
    return f"{home}, {home.postcode} {home.municipality}".strip().rstrip(",")


def from_signal(person: Person, key: UUID, *, today: date) -> Origin:
    """A signal about a home in the reach of a person; of it the address and domain alone are taken over.

    Raises
    ------
    Http404
        When there is none such in reach.
    """
    signal = signal_of_home(person, key, today)
    return Origin(
        signal.home,
        signal.complex,
        signal.area_codes,
        words={ReferralItem.Kind.ADDRESS: contents_of(signal.key, signal.sealed).address},
        domain=signal.domain,
        no_later=signal.remove_after,
        signal=signal.key,
    )


def from_share(person: Person, key: UUID, where: Where, *, now: datetime, today: date) -> Origin:
    """Something that a resident shares with a colleague, at the home that the colleague knows it is about.

    Raises
    ------
    Http404
        When nothing such is shared with them.
    InputError
        When the map of the resident is linked to another home, or they shared it for something else.
    """
    share, copy = read_share(person, key, now=now, today=today)
    if share.purpose not in TO_HELP:
        raise InputError(
            N_("the resident did not share this to be helped with it"),
            remedy=N_("ask the resident to share it for that, or begin at their address"),
        )
    if share.vault.home not in ("", where.home):
        raise InputError(
            N_("what was shared is about another home"), remedy=N_("choose the home of who shared it")
        )
    kind = ReferralItem.Kind.WISH if share.kind == Share.Kind.WISH else ReferralItem.Kind.QUESTION
    return replace(
        from_address(where),
        words={ReferralItem.Kind.ADDRESS: _written(where), kind: copy.title},
        domain=share.domain,
        no_later=share.remove_after,
        until=share.until_day,
        share=share.key,
        vault=share.vault.key,
    )


def from_refused(person: Person, key: UUID, *, today: date) -> Origin:
    """A referral that was refused: another partner is asked, and the resident for each item again.

    Raises
    ------
    Http404
        When there is none such in reach.
    """
    before = referral_for(person, key, today=today)
    if before.state != Referral.State.REFUSED:
        raise Http404(NONE_SUCH)
    words: dict[str, str] = {ReferralItem.Kind.ADDRESS: address_of(before)}
    words |= {one.item.kind: one.words for one in read(before, today) if one.words and not one.item.share}
    return Origin(
        before.home,
        before.complex,
        before.area_codes,
        words=words,
        domain=before.domain,
        no_later=before.no_later,
        signal=before.from_signal,
        vault=before.vault,
    )
