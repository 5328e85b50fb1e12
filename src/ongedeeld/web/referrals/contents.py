"""What a referral tells, item by item, and what a partner wrote with its answer: sealed, each for itself."""

from __future__ import annotations

from uuid import UUID

from ongedeeld.web.referrals.models import MeetingItem, Referral, ReferralItem
from ongedeeld.web.safeguards.sealing import seal, unseal


def item_bound_to(key: UUID) -> str:
    """To what an item is sealed."""
    return f"referral-item:{key}"


def address_bound_to(key: UUID) -> str:
    """To what the address of a referral is sealed."""
    return f"referral-address:{key}"


def answer_bound_to(key: UUID) -> str:
    """To what the words of an answer are sealed."""
    return f"referral:{key}"


def agreed_bound_to(key: UUID) -> str:
    """To what is sealed that was agreed at a meeting."""
    return f"meeting-item:{key}"


def words_of(item: ReferralItem) -> str:
    """What an item tells; empty where it was taken back."""
    return unseal(item.sealed, item_bound_to(item.key)) if item.sealed else ""


def sealed_words(key: UUID, words: str) -> str:
    """The words of an item, sealed for it."""
    return seal(words, item_bound_to(key))


def answer_of(referral: Referral) -> str:
    """What the partner wrote with its answer; may be empty."""
    return unseal(referral.sealed, answer_bound_to(referral.key)) if referral.sealed else ""


def sealed_answer(referral: Referral, words: str) -> str:
    """The words of an answer, sealed; nothing is sealed of nothing."""
    return seal(words, answer_bound_to(referral.key)) if words else ""


def agreed_of(item: MeetingItem) -> str:
    """What was agreed of a referral at a meeting; may be empty."""
    return unseal(item.sealed, agreed_bound_to(item.key)) if item.sealed else ""


def sealed_agreed(item: MeetingItem, words: str) -> str:
    """What was agreed, sealed."""
    return seal(words, agreed_bound_to(item.key)) if words else ""


def address_of(referral: Referral) -> str:
    """Whose home it is about, for colleagues: a partner reads an address only where it was told."""
    return unseal(referral.address, address_bound_to(referral.key)) if referral.address else ""


def sealed_address(key: UUID, address: str) -> str:
    """An address, sealed for its referral."""
    return seal(address, address_bound_to(key)) if address else ""
