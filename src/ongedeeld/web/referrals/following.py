"""The resident's side: follow a referral with a code from a colleague, see it, take back what was told.

A referral is never found by the home: somebody else may live there. A colleague gives a code of 50 random
bits for it on paper; who types that in their own open vault follows the referral from then on.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.referrals.contents import agreed_of, answer_of
from ongedeeld.web.referrals.events import Side, Step, happened
from ongedeeld.web.referrals.grants import Read, read
from ongedeeld.web.referrals.letters import tell_owner_of_change
from ongedeeld.web.referrals.models import Referral, ReferralEvent, ReferralItem
from ongedeeld.web.referrals.queries import NONE_SUCH, PURPOSE, REFER, kept, whole
from ongedeeld.web.referrals.sending.referring import take_back_item, withdraw
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.residents.own.looks import LookedOn, looks_at
from ongedeeld.web.safeguards.processing import processing, seeing
from ongedeeld.web.safeguards.sealing import blind

LETTERS = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
"""No 0 and O, 1 and I, nor U: what is read from paper is typed right."""
CODE_LETTERS = 10
CODE_LASTS = timedelta(days=30)
BY_LINK = dict.fromkeys(
    ("referrals.open_by_link", "referrals.see_received"), N_("the partner, through the link that it got")
)
"""Who looked without an account, by what stands of it in the record."""


@dataclass(frozen=True)
class Followed:
    """A referral as the resident sees it.

    Parameters
    ----------
    referral
        The referral.
    items
        What was told, with why it may or may not be read any more.
    answer
        What the partner wrote with its answer.
    agreed
        On which days it was discussed, and what was agreed.
    events
        What was done, the first first.
    looks
        On which days somebody looked at it, in which roles.
    """

    referral: Referral
    items: list[Read]
    answer: str
    agreed: list[tuple[date, str]]
    events: list[ReferralEvent]
    looks: Sequence[LookedOn]


def follow_code(referral: Referral, *, actor: Person, now: datetime) -> str:
    """A code with which the resident follows a referral; one that was given before counts no more.

    Raises
    ------
    Refused
        When the actor may not, there.
    """
    require(actor, REFER, referral)
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
    with processing("referrals.give_follow_code", of=PURPOSE, subject=referral.home):
        Referral.objects.filter(pk=referral.pk).update(
            follow_hash=_hashed(code), follow_until=now + CODE_LASTS
        )
        record(actor, "referrals.give_follow_code", "referral", referral.key, place=referral.complex)
    return f"{code[:5]}-{code[5:]}"


def follow(vault: Vault, code: str, *, now: datetime, today: date) -> Referral:
    """Follow the referral of a code from now on; the code then counts no more.

    Raises
    ------
    InputError
        When the code is none, or not any more.
    """
    found = kept(today).filter(follow_hash=_hashed(code), follow_until__gte=now).first()
    if found is None:
        raise InputError(
            N_("this code does not work, or not any more"),
            remedy=N_("look whether you typed it right, or ask whoever gave it for another"),
        )
    with processing("referrals.follow", of=PURPOSE, subject=found.home):
        taken = Referral.objects.filter(pk=found.pk, follow_hash=found.follow_hash).update(
            vault=vault.key, follow_hash="", follow_until=None
        )
        if not taken:
            raise InputError(N_("this code does not work, or not any more"))
        happened(found, Step.FOLLOWED, side=Side.RESIDENT, now=now)
        record(None, "referrals.follow", "referral", found.key, place=found.complex)
    return found


def followed_by(vault: Vault, *, today: date) -> list[Followed]:
    """The referrals that a resident follows, the last first."""
    found = whole(_of(vault, today)).prefetch_related("events", "meetings__meeting").order_by("-sent_at")
    looks = looks_at((one.key for one in found), without_account=BY_LINK)
    with seeing("referrals.see_followed", of=PURPOSE) as doing:
        shown = []
        for one in found:
            doing.about(one.home)
            shown.append(_followed(one, looks[one.key], today))
    return shown


def followed_told(vault: Vault, today: date) -> list[dict[str, Any]]:
    """The same, to take along."""
    return [
        {
            "key": str(one.referral.key),
            "organisation": one.referral.organisation.name,
            "state": one.referral.state,
            "respond_by": one.referral.respond_by.isoformat(),
            "answer": one.answer,
            "told": [{"kind": row.item.kind, "words": row.words} for row in one.items],
            "agreed": [{"on": day.isoformat(), "words": words} for day, words in one.agreed],
            "looked": [{"on": look.day.isoformat(), "roles": list(look.roles)} for look in one.looks],
        }
        for one in followed_by(vault, today=today)
    ]


def take_back(vault: Vault, key: UUID, item: UUID, *, now: datetime, today: date) -> None:
    """Take back one item that was told because the resident agreed.

    Raises
    ------
    Http404
        When they follow no such referral.
    InputError
        When a law and not their word is the ground, or it was taken back already.
    """
    referral = _one(vault, key, today)
    told = referral.items.filter(key=item).first()
    if told is not None and told.ground == ReferralItem.Ground.LAW:
        raise InputError(
            N_("a law and not your yes is why this was told"),
            remedy=N_("ask whoever wrote it, or the privacy officer: you can object"),
        )
    take_back_item(referral, item, actor=None, side=Side.RESIDENT, now=now)
    tell_owner_of_change(referral)


def take_all_back(vault: Vault, key: UUID, *, version: int, now: datetime, today: date) -> None:
    """Take a whole referral back that stands on the word of the resident alone.

    Raises
    ------
    Http404
        When they follow no such referral.
    InputError
        When a law is the ground of a part of it, or it has ended.
    ChangedMeanwhileError
        When somebody else changed it.
    """
    referral = _one(vault, key, today)
    if referral.items.filter(ground=ReferralItem.Ground.LAW, withdrawn_at__isnull=True).exists():
        raise InputError(
            N_("a law and not your yes is why a part of this was told"),
            remedy=N_("take back the other parts one by one"),
        )
    withdraw(referral, version=version, actor=None, side=Side.RESIDENT, now=now, today=today)
    tell_owner_of_change(referral)


def _of(vault: Vault, today: date) -> QuerySet[Referral]:
    return kept(today).filter(vault=vault.key)


def _one(vault: Vault, key: UUID, today: date) -> Referral:
    found = whole(_of(vault, today)).filter(key=key).first()
    if found is None:
        raise Http404(NONE_SUCH)
    return found


def _followed(referral: Referral, looks: Sequence[LookedOn], today: date) -> Followed:
    agreed = [(one.meeting.on_day, agreed_of(one)) for one in referral.meetings.all()]
    return Followed(
        referral,
        read(referral, today),
        answer_of(referral),
        agreed,
        list(referral.events.all()),
        looks,
    )


def _hashed(code: str) -> str:
    """What is kept of a code: made with the key file, so that no copy of the database is guessed at."""
    return blind("follow-code:" + "".join(one for one in code.upper() if one in LETTERS))
