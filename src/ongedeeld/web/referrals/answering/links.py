"""The link with which a partner without an account answers, and the code that comes on top of it.

The link holds 256 random bits, of which the database keeps a hash. It ends on a day, can be ended at once,
and tells nothing by itself: who opens it asks for a code, which goes to the address or telephone that the
organisation gave beforehand and never stands in the letter with the link. Five wrong codes end the link. Who
gives the right code reads for half an hour, in that browser alone. A code never goes by mail to the mailbox
of the link; and when the register tells another mailbox or telephone for codes, the link ends.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.referrals.events import Side, Step, happened
from ongedeeld.web.referrals.models import AnswerLink, Referral
from ongedeeld.web.referrals.queries import PURPOSE, REFER, kept, whole
from ongedeeld.web.referrals.sending.receivers import receiver_of
from ongedeeld.web.referrals.sending.referring import close
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.removing import beginning_of
from ongedeeld.web.safeguards.sealing import blind

TOKEN_BYTES = 32
CODE_DIGITS = 8
CODE_LASTS = timedelta(minutes=30)
OPEN_LASTS = timedelta(minutes=30)
MOST_WRONG = 5
MOST_CODES = 5
LINK_STAYS = timedelta(days=14)
"""For so long after the term for an answer a link stays."""


@dataclass(frozen=True)
class NewLink:
    """A link that was made: its token is known at this moment alone."""

    link: AnswerLink
    token: str


class LinkEndedError(InputError):
    """A link that leads nowhere: unknown, past its day, ended, or of a referral that is over."""

    def __init__(self) -> None:
        super().__init__(
            N_("this link does not work, or not any more"),
            remedy=N_("ask whoever sent it for another"),
        )


def make_link(referral: Referral, *, actor: Person, now: datetime) -> NewLink:
    """Make a link for the answer; one that was there ends.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When the partner has nothing to do with it any more.
    """
    require(actor, REFER, referral)
    if not referral.is_running:
        raise InputError(N_("this referral has ended and is not changed any more"))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with processing("referrals.make_link", of=PURPOSE, subject=referral.home):
        close(referral, now)
        last = max(referral.respond_by, timezone.localdate(now)) + LINK_STAYS
        link = AnswerLink.objects.create(
            referral=referral,
            token_hash=hashed(token),
            code_to=receiver_of(referral).reached_by,
            made_at=now,
            ends_at=beginning_of(last),
        )
        record(actor, "referrals.make_link", "referral", referral.key, place=referral.complex)
    return NewLink(link, token)


def note_mailed(link: AnswerLink, mailed: AnswerLink.Mailed, *, actor: Person | None, now: datetime) -> None:
    """Write down what came of the letter with a link, so that nobody waits for what never arrived."""
    sent = mailed == AnswerLink.Mailed.SENT
    with transaction.atomic():
        AnswerLink.objects.filter(pk=link.pk).update(mailed=mailed)
        step = Step.LINK_SENT if sent else Step.LINK_FAILED
        happened(link.referral, step, side=Side.ASSOCIATION, now=now, actor=actor)


def works(link: AnswerLink, now: datetime) -> bool:
    """Whether a link still leads somewhere: not when the register tells another place where codes go."""
    lives = link.ended_at is None and link.ends_at > now
    return lives and link.code_to == receiver_of(link.referral).reached_by


def working_link(referral: Referral, now: datetime) -> AnswerLink | None:
    """The link for the answer that works now, where there is one."""
    found = referral.links.filter(ended_at__isnull=True).last()
    return found if found is not None and works(found, now) else None


def end_links(referral: Referral, *, actor: Person, now: datetime) -> None:
    """End every link of a referral at once.

    Raises
    ------
    Refused
        When the actor may not, there.
    """
    require(actor, REFER, referral)
    with processing("referrals.end_links", of=PURPOSE, subject=referral.home):
        close(referral, now)
        happened(referral, Step.LINK_ENDED, side=Side.ASSOCIATION, now=now, actor=actor)
        record(actor, "referrals.end_links", "referral", referral.key, place=referral.complex)


def link_of(token: str, *, now: datetime, today: date) -> AnswerLink:
    """The link of a token.

    Raises
    ------
    LinkEndedError
        When there is none such, or not any more: it does not tell which.
    """
    return _living(AnswerLink.objects.filter(token_hash=hashed(token)).first(), now, today)


def new_code(link: AnswerLink, *, now: datetime, actor: Person | None = None) -> str:
    """A code for a link, which puts an end to the one before; it counts for half an hour and once.

    Parameters
    ----------
    link
        The link.
    now
        The moment.
    actor
        The colleague who reads it out by telephone; none where it goes by mail.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When too many codes were made for this link.
    """
    if actor is not None:
        require(actor, REFER, link.referral)
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    with processing("referrals.make_code", of=PURPOSE, subject=link.referral.home):
        made = AnswerLink.objects.filter(pk=link.pk, ended_at__isnull=True, codes__lt=MOST_CODES).update(
            codes=F("codes") + 1, code_hash=_code_hash(link, code), code_until=now + CODE_LASTS
        )
        if not made:
            raise InputError(
                N_("no more codes are made for this link"), remedy=N_("ask whoever sent it for another link")
            )
        side = Side.ASSOCIATION if actor else Side.PARTNER
        happened(link.referral, Step.CODE_SENT, side=side, now=now, actor=actor)
        record(actor, "referrals.make_code", "referral", link.referral.key, place=link.referral.complex)
    return code


def open_with(link: AnswerLink, code: str, *, now: datetime) -> str:
    """Open what a link leads to with its code.

    Returns
    -------
    The secret that the browser holds for as long as it may read.

    Raises
    ------
    LinkEndedError
        When too many wrong codes were given.
    InputError
        When the code is wrong or its time is over.
    """
    # The attempt is counted before it is looked at: guesses at the same moment count each.
    tried = AnswerLink.objects.filter(pk=link.pk, ended_at__isnull=True, wrong__lt=MOST_WRONG)
    if not tried.update(wrong=F("wrong") + 1):
        raise LinkEndedError
    link.refresh_from_db()
    in_time = link.code_until is not None and now <= link.code_until
    if link.code_hash and in_time and compare_digest(link.code_hash, _code_hash(link, _typed(code))):
        return _opened(link, now)
    raise _refusal(link, now)


def _typed(code: str) -> str:
    """A code as it was made: it is read out in groups, and typed so."""
    return "".join(code.split()).replace("-", "")


def _opened(link: AnswerLink, now: datetime) -> str:
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    referral = link.referral
    with processing("referrals.open_by_link", of=PURPOSE, subject=referral.home):
        # The code counts once: of two that give it at the same moment one opens.
        opened = AnswerLink.objects.filter(
            pk=link.pk, code_hash=link.code_hash, ended_at__isnull=True
        ).update(
            code_hash="",
            code_until=None,
            wrong=F("wrong") - 1,
            open_hash=hashed(secret),
            open_until=now + OPEN_LASTS,
            opened_at=now,
        )
        if not opened:
            raise LinkEndedError
        happened(referral, Step.OPENED, side=Side.PARTNER, now=now)
        record(None, "referrals.open_by_link", "referral", referral.key, place=referral.complex)
    return secret


def _refusal(link: AnswerLink, now: datetime) -> InputError:
    """What a wrong code is told; the last one that is borne ends the link."""
    if link.wrong >= MOST_WRONG:
        with transaction.atomic():
            AnswerLink.objects.filter(pk=link.pk, ended_at__isnull=True).update(
                ended_at=now, code_hash="", open_hash=""
            )
            happened(link.referral, Step.LINK_ENDED, side=Side.WORKBENCH, now=now)
            record(None, "referrals.end_links", "referral", link.referral.key, place=link.referral.complex)
        return LinkEndedError()
    return InputError(
        N_("this code is not right, or its time is over"),
        remedy=N_("type it again, or ask for another code"),
    )


def opened_by(key: UUID, secret: str, *, now: datetime, today: date) -> AnswerLink:
    """The link that this browser opened, as long as it may read.

    Raises
    ------
    LinkEndedError
        When it did not, or may not any more.
    """
    link = AnswerLink.objects.filter(key=key).first()
    held = link is not None and bool(link.open_hash) and bool(secret)
    if link is None or not held or not compare_digest(link.open_hash, hashed(secret)):
        raise LinkEndedError
    if link.open_until is None or link.open_until < now:
        raise LinkEndedError
    return _living(link, now, today)


def hashed(secret: str) -> str:
    """What is kept of a token or secret: 256 random bits need no more than this."""
    return sha256(secret.encode()).hexdigest()


def _code_hash(link: AnswerLink, code: str) -> str:
    """What is kept of a code, which is short: made with the key file, so that no copy is guessed at."""
    return blind(f"answer-code:{link.key}:{code}")


def _living(link: AnswerLink | None, now: datetime, today: date) -> AnswerLink:
    if link is None or not works(link, now):
        raise LinkEndedError
    referral = whole(kept(today)).filter(pk=link.referral_id).first()
    if referral is None or not referral.is_running or not _partner_is_there(referral, today):
        raise LinkEndedError
    link.referral = referral
    return link


def _partner_is_there(referral: Referral, today: date) -> bool:
    ended_on = referral.organisation.ended_on
    return ended_on is None or ended_on > today
