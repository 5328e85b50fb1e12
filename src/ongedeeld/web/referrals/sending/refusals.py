"""Who said no before: so that nobody asks in vain, told to who may see that referral alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.queries import PURPOSE, referrals_for
from ongedeeld.web.referrals.sending.origins import Origin
from ongedeeld.web.referrals.sending.receivers import Receiver
from ongedeeld.web.safeguards.processing import seeing


def refused_before(person: Person, origin: Origin, *, today: date) -> list[Referral]:
    """The referrals of the same resident that a partner refused, the last first; those in reach alone.

    They are of what was shared, of the signal, of the map, or of the home; not of another household that
    lives or lived there, where two maps tell that.
    """
    same = Q(home=origin.home)
    if origin.vault is not None:
        same = Q(vault=origin.vault) | (same & Q(vault__isnull=True))
    if origin.share is not None:
        same |= Q(from_share=origin.share)
    if origin.signal is not None:
        same |= Q(from_signal=origin.signal)
    with seeing("referrals.see_refusals", of=PURPOSE, subject=origin.home):
        found = referrals_for(person, today=today).filter(same, state=Referral.State.REFUSED)
        refused = list(found.order_by("-ended_on", "-pk"))
        for one in refused:
            record(person, "referrals.see_refusals", "referral", one.key, ["refusal"], place=one.complex)
    return refused


def last_no(receiver: Receiver, refused: Iterable[Referral], about: str = "") -> Referral | None:
    """The last no of a partner to the same question: to the same offer, or in the same life domain.

    Parameters
    ----------
    receiver
        The partner, and its offer.
    refused
        What was refused before, the last first.
    about
        The life domain, where a partner is asked in general; without one every no of it counts.
    """
    for one in refused:
        if one.organisation_id == receiver.organisation.pk and _is_the_same(one, receiver, about):
            return one
    return None


def _is_the_same(one: Referral, receiver: Receiver, about: str) -> bool:
    if receiver.offer is None:
        return about in ("", one.domain)
    return one.offer_id == receiver.offer.pk or (one.offer_id is None and one.domain == receiver.offer.domain)
