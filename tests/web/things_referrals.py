"""Referrals, what they tell, their links and case meetings, for `things`."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from ongedeeld.web.partners.models import Member, Organisation
from ongedeeld.web.referrals.answering.links import hashed
from ongedeeld.web.referrals.contents import sealed_words
from ongedeeld.web.referrals.models import (
    AnswerLink,
    Meeting,
    MeetingItem,
    Referral,
    ReferralItem,
    ReferralPlace,
)
from ongedeeld.web.referrals.sending.receivers import receiver_of
from ongedeeld.web.safeguards.homes import blind_home

Maker = Callable[[Any], tuple[object, object]]


def makers(own: str, other: str) -> dict[str, Maker]:
    """What makes one for who visits and another for nobody, by the word of the column `with`."""

    def in_areas(make: Callable[[str], object]) -> Maker:
        return lambda _: (make(own), make(other))

    return {
        "referral": in_areas(lambda code: _referral(code).key),
        "told": lambda _: (_last_told(own), _last_told(other)),
        "meeting": in_areas(lambda code: _item(_referral(code)).meeting.key),
        "meeting_item": in_areas(lambda code: _item(_referral(code)).key),
        "received": lambda visit: (_received(own, visit.person).key, _received(own, None).key),
        "received_meeting": lambda visit: (
            _item(_received(own, visit.person)).meeting.key,
            _item(_received(own, None)).meeting.key,
        ),
        "followed": lambda visit: (_followed(own, visit.vault).key, _followed(own, None).key),
        "followed_told": lambda _: (_last_told(own), _last_told(own)),
        "answer": lambda _: ("ja", "ja"),
        "answer_token": lambda _: (_token(own), _token(own)),
        "opened_link": lambda _: (uuid4(), uuid4()),
    }


def _referral(code: str, **told: object) -> Referral:
    key, today = uuid4(), timezone.localdate()
    values: dict[str, object] = {
        "organisation": _organisation(),
        "home": blind_home(str(key)),
        "domain": "care",
        "made_by": uuid4(),
        "owner": uuid4(),
        "sent_at": timezone.now(),
        "respond_by": today,
        "remove_after": today,
    } | told
    made = Referral.objects.create(key=key, **values)
    around = f"WK{code[2:8]}"
    ReferralPlace.objects.bulk_create(ReferralPlace(referral=made, code=one) for one in (code, around))
    item = uuid4()
    ReferralItem.objects.create(
        key=item,
        referral=made,
        kind="question",
        sealed=sealed_words(item, "Wie helpt?"),
        ground="consent",
        asked="phone",
        asked_on=today,
        told_free=True,
        made_at=timezone.now(),
        made_by=uuid4(),
        until_day=today + timedelta(days=1),
    )
    return made


def _organisation() -> Organisation:
    return Organisation.objects.create(
        name="Partner", kind="care", phone="020 555 0100", made_by=uuid4(), made_at=timezone.now()
    )


def _last_told(code: str) -> UUID:
    """What the referral tells that was just made there."""
    return ReferralItem.objects.filter(referral__places__code=code).latest("id").key


def _received(code: str, person: Any) -> Referral:
    """A referral to a partner at which who visits works, or at which nobody does."""
    made = _referral(code)
    if person is not None:
        day = date(2020, 1, 1)
        Member.objects.create(organisation=made.organisation, person=person.key, from_day=day)
    return made


def _item(referral: Referral) -> MeetingItem:
    today = timezone.localdate()
    meeting = Meeting.objects.create(
        on_day=today, made_by=uuid4(), made_at=timezone.now(), remove_after=today
    )
    item = MeetingItem.objects.create(meeting=meeting, referral=referral)
    item.parties.create(organisation=referral.organisation, made_by=uuid4(), made_at=timezone.now())
    return item


def _followed(code: str, vault: Any) -> Referral:
    return _referral(code, vault=vault.key if vault else uuid4())


def _token(code: str) -> str:
    token = secrets.token_urlsafe(32)
    referral = _referral(code)
    AnswerLink.objects.create(
        referral=referral,
        token_hash=hashed(token),
        code_to=receiver_of(referral).reached_by,
        made_at=timezone.now(),
        ends_at=timezone.now() + timedelta(days=1),
    )
    return token
