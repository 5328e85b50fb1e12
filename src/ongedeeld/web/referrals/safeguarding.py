"""How what this app holds of people is removed, and what of it is sealed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from ongedeeld.web.referrals.contents import address_bound_to, agreed_bound_to, answer_bound_to, item_bound_to
from ongedeeld.web.referrals.following import followed_told
from ongedeeld.web.referrals.models import Meeting, MeetingItem, Referral, ReferralItem
from ongedeeld.web.referrals.queries import PURPOSE
from ongedeeld.web.referrals.removing import empty_past, remove_meetings, remove_referrals
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.residents.own.data import tells
from ongedeeld.web.residents.sharing.ended import shares_ended
from ongedeeld.web.safeguards.removing import removes
from ongedeeld.web.safeguards.resealing import sealed


@removes(PURPOSE)
def remove_past_referrals(today: date, most: int) -> int:
    """Referrals and meetings past their term; what was told past its day is emptied."""
    empty_past(today)
    referrals = Referral.objects.filter(remove_after__lt=today).order_by("id")[:most]
    meetings = Meeting.objects.filter(remove_after__lt=today).order_by("id")[:most]
    return remove_referrals(referrals) + remove_meetings(meetings)


@receiver(pre_delete, sender=Vault)
def forget_vault(instance: Vault, **_: Any) -> None:
    """A vault that is removed follows nothing any more; the referral itself is not of the vault."""
    Referral.objects.filter(vault=instance.key).update(vault=None)


@receiver(shares_ended)
def empty_what_was_shared(keys: list[UUID], **_: Any) -> None:
    """What a partner was told of something shared goes in the moment in which the resident takes it back."""
    ReferralItem.objects.filter(share__in=keys).exclude(sealed="").update(sealed="")


tells("referrals", followed_told)
sealed(ReferralItem, "sealed", lambda one: item_bound_to(one.key))
sealed(Referral, "address", lambda one: address_bound_to(one.key))
sealed(Referral, "sealed", lambda one: answer_bound_to(one.key))
sealed(MeetingItem, "sealed", lambda one: agreed_bound_to(one.key))
