"""Read what a resident shares: only with whom it is shared and while it is; the resident sees each look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents.models import Breakthrough, Look, Share
from ongedeeld.web.residents.sharing.contents import Copy, copy_of
from ongedeeld.web.residents.sharing.copies import PURPOSE, live, subject_of
from ongedeeld.web.residents.sharing.receivers import organisations_of
from ongedeeld.web.residents.sharing.rules import SEE
from ongedeeld.web.safeguards.processing import processing, seeing


@dataclass(frozen=True)
class Listed:
    """A share as a list tells it: from whom it is, and nothing of what it says.

    `is_new` tells that this person did not open it yet.
    """

    share: Share
    sender: str
    is_new: bool


def shared_with(person: Person, today: date) -> QuerySet[Share]:
    """What residents share with a person, or with the partner at which they work.

    Raises
    ------
    Refused
        When nobody of their role may read such.
    """
    require(person, SEE)
    receiver = Share.Receiver
    mine = Q(receiver_kind=receiver.PERSON, receiver=person.key)
    ours = Q(receiver_kind=receiver.ORGANISATION, receiver__in=organisations_of(person, today))
    return Share.objects.filter(live(today), mine | ours).select_related("vault")


def live_share(person: Person, key: UUID, today: date) -> Share:
    """One of them, without what it says.

    Raises
    ------
    Http404
        When there is none such, or none any more.
    """
    found = shared_with(person, today).filter(key=key).first()
    if found is None:
        raise not_shared()
    return found


def read_share(person: Person, key: UUID, *, now: datetime, today: date) -> tuple[Share, Copy]:
    """Open one of them; the resident sees who looked and when.

    Raises
    ------
    Http404
        When there is none such, or none any more.
    """
    found = live_share(person, key, today)
    with processing("residents.see_share", of=PURPOSE, subject=subject_of(found.vault)):
        copy = look_at(found, person, shared_with(person, today), now)
        record(person, "residents.see_share", "share", found.key, ["sealed"])
    return found, copy


def look_at(share: Share, person: Person, open_to: QuerySet[Share], now: datetime) -> Copy:
    """Write that somebody looks, and then read: in a transaction, so that there is no reading without a look.

    Raises
    ------
    Http404
        When it was taken back meanwhile.
    """
    Look.objects.create(share=share, person=person.key, at=now)
    still = open_to.filter(pk=share.pk).first()
    if still is None:
        raise not_shared()
    return copy_of(still)


def listed(person: Person, shares: Iterable[Share]) -> list[Listed]:
    """Shares with whom they come from, for a list."""
    shown = list(shares)
    seen = set(Look.objects.filter(share__in=shown, person=person.key).values_list("share_id", flat=True))
    with seeing("residents.list_shares", of=PURPOSE) as doing:
        rows = []
        for one in shown:
            doing.about(subject_of(one.vault))
            rows.append(Listed(one, copy_of(one).sender, one.pk not in seen))
        if rows:
            record(person, "residents.list_shares", "shares", person.key, ["sender"])
    return rows


def may_pass_on(share: Share) -> bool:
    """Whether the resident agreed that its receiver asks whoever decides."""
    return share.kind == Share.Kind.STEP and share.purpose == Share.Purpose.BREAKTHROUGH


def asked_on(share: Share) -> QuerySet[Breakthrough]:
    """What was asked on a share and can still be read, the last first."""
    return share.breakthroughs.exclude(sealed="").order_by("-id")


def not_shared() -> Http404:
    """What somebody without a live share is told; it does not tell whether there was one."""
    return Http404(N_("Nothing is shared with you here, or not any more."))
