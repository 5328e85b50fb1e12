"""Write in the history of a referral what was done, by whom, and on which side."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from ongedeeld.web.referrals.models import Referral, ReferralEvent

Step, Side = ReferralEvent.Step, ReferralEvent.Side


class Actor(Protocol):
    """Whoever acts: a person with a key."""

    @property
    def key(self) -> UUID:
        """The key that outlives the person."""


def happened(
    referral: Referral,
    step: ReferralEvent.Step,
    *,
    side: ReferralEvent.Side,
    now: datetime,
    actor: Actor | None = None,
    about: str = "",
) -> None:
    """Write a step; `about` is the kind of an item, and never a word of it."""
    ReferralEvent.objects.create(
        referral=referral, step=step, side=side, at=now, actor=actor.key if actor else None, about=about
    )
