"""What may be read of a referral at this moment. Nothing of it is kept: it is judged anew each time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ongedeeld.errors import N_
from ongedeeld.reasons import Decision, Reason, no
from ongedeeld.web.referrals.contents import words_of
from ongedeeld.web.referrals.models import Referral, ReferralItem
from ongedeeld.web.referrals.sending.notice import Telling, Under, may_be_told
from ongedeeld.web.residents.models import Share
from ongedeeld.web.residents.sharing.copies import live


@dataclass(frozen=True)
class Read:
    """One item: what it tells as long as it may be read, and why it may or may not."""

    item: ReferralItem
    words: str
    decision: Decision


def under(referral: Referral) -> Under:
    """What a referral stands under."""
    return Under(referral.agreement, referral.organisation_id, referral.area_codes)


def read(referral: Referral, today: date) -> list[Read]:
    """Every item that was ever told; the words of those that may be read today alone."""
    return [
        Read(item, words_of(item) if decision else "", decision)
        for item, decision in _decisions(referral, today)
    ]


def readable(referral: Referral, today: date) -> list[Read]:
    """The items that may be read today, as the partner sees them: none when it has nothing to do with it."""
    return [one for one in read(referral, today) if one.decision] if referral.is_running else []


def tells_anything(referral: Referral, today: date) -> bool:
    """Whether a partner may read any item today; where it may not, it reads nothing else of it either."""
    return referral.is_running and any(decision for _, decision in _decisions(referral, today))


def _decisions(referral: Referral, today: date) -> list[tuple[ReferralItem, Decision]]:
    items = list(referral.items.all())
    living = _living_shares((one.share for one in items if one.share), today)
    stands = under(referral)
    return [(item, _may_be_read(item, stands, living, today)) for item in items]


def _may_be_read(item: ReferralItem, stands: Under, living: set[UUID], today: date) -> Decision:
    taken_back = no(Reason("referrals.withdrawn", N_("it was taken back")))
    if item.withdrawn_at is not None:
        return taken_back
    if item.share and item.share not in living:
        return no(Reason("referrals.share", N_("the resident does not share any more what it came from")))
    telling = Telling(item.kind, item.ground, item.until_day, item.article)
    decision = may_be_told(telling, stands, today)
    return decision if item.sealed or not decision else taken_back


def _living_shares(keys: Iterable[UUID], today: date) -> set[UUID]:
    wanted = list(keys)
    if not wanted:
        return set()
    return set(Share.objects.filter(live(today), key__in=wanted).values_list("key", flat=True))
