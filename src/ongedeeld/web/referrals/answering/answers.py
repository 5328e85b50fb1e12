"""What a partner answers: by the link that it opened, or signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.referrals.answering.links import opened_by
from ongedeeld.web.referrals.contents import sealed_answer
from ongedeeld.web.referrals.events import Side, Step, happened
from ongedeeld.web.referrals.grants import Read, readable
from ongedeeld.web.referrals.letters import tell_owner
from ongedeeld.web.referrals.models import AnswerLink, Referral, ReferralEvent
from ongedeeld.web.referrals.queries import ANSWER, PURPOSE, received_of_key
from ongedeeld.web.referrals.sending.referring import close, ended
from ongedeeld.web.safeguards.processing import processing, seeing
from ongedeeld.web.signals.reporting.wording_guard import refuse_words

State, Refusal = Referral.State, Referral.Refusal
MOST_WORDS = 500


@dataclass(frozen=True)
class Partner:
    """Who answers for a partner: somebody who signed in, or the browser that opened a link.

    Made by :func:`signed_in` and :func:`by_link` alone, which judge who may.
    """

    referral: Referral
    person: Person | None = None
    link: AnswerLink | None = None


def signed_in(person: Person, key: UUID, *, today: date) -> Partner:
    """Who signed in, for a referral to a partner of theirs.

    Raises
    ------
    Refused, Http404
        When nobody of their role answers, or there is no such referral to their partner.
    """
    require(person, ANSWER)
    return Partner(received_of_key(person, key, today=today), person=person)


def by_link(key: UUID, secret: str, *, now: datetime, today: date) -> Partner:
    """The browser that opened a link.

    Raises
    ------
    LinkEndedError
        When it did not, or may not read any more.
    """
    link = opened_by(key, secret, now=now, today=today)
    return Partner(link.referral, link=link)


def look(partner: Partner, *, now: datetime, today: date) -> list[Read]:
    """What may be read today; that it was looked at is written, and who signed in, once a day each."""
    referral = partner.referral
    with seeing("referrals.see_received", of=PURPOSE, subject=referral.home):
        items = readable(referral, today)
        kinds = [one.item.kind for one in items]
        record(
            partner.person, "referrals.see_received", "referral", referral.key, kinds, place=referral.complex
        )
    person = partner.person
    if person is not None and not _read_today(referral, person, today):
        happened(referral, Step.OPENED, side=Side.PARTNER, now=now, actor=person)
    return items


def _read_today(referral: Referral, person: Person, today: date) -> bool:
    return referral.events.filter(step=Step.OPENED, actor=person.key, at__date=today).exists()


def accept(
    partner: Partner,
    *,
    version: int,
    now: datetime,
    today: date,
    contact_on: date | None = None,
    words: str = "",
) -> None:
    """Say yes; `contact_on` is the day on which the partner seeks contact with the resident.

    Raises
    ------
    InputError
        When it was answered already, that day is past, or the words tell what must not be held.
    ChangedMeanwhileError
        When somebody else changed it.
    """
    if contact_on is not None and contact_on < today:
        raise InputError(N_("this day has passed"), remedy=N_("choose today or a later day"))
    _answer(
        partner,
        Step.ACCEPTED,
        version,
        now,
        words,
        {"state": State.ACCEPTED, "contact_on": contact_on},
        only_from=(State.SENT,),
    )


def refuse(
    partner: Partner, refusal: str, *, version: int, now: datetime, today: date, words: str = ""
) -> None:
    """Say no, with a reason: at once, or after all. From then on the partner reads nothing of it.

    Raises
    ------
    InputError
        When there is no reason, or the words tell what must not be held.
    ChangedMeanwhileError
        When somebody else changed it.
    """
    if refusal not in Refusal.values:
        raise InputError(N_("a no needs its reason"), remedy=N_("choose the reason"))
    if refusal == Refusal.OTHER and not words.strip():
        raise InputError(N_("a no needs its reason"), remedy=N_("write the reason in a few words"))
    values = {"state": State.REFUSED, "refusal": refusal, **ended(partner.referral, today)}
    _answer(partner, Step.REFUSED, version, now, words, values, only_from=(State.SENT, State.ACCEPTED))


def finish(partner: Partner, *, version: int, now: datetime, today: date, words: str = "") -> None:
    """Say that it was done. From then on the partner reads nothing of it here.

    Raises
    ------
    InputError
        When it was not accepted, or the words tell what must not be held.
    ChangedMeanwhileError
        When somebody else changed it.
    """
    values = {"state": State.DONE, **ended(partner.referral, today)}
    _answer(partner, Step.DONE, version, now, words, values, only_from=(State.ACCEPTED,))


def _answer(
    partner: Partner,
    step: ReferralEvent.Step,
    version: int,
    now: datetime,
    words: str,
    values: dict[str, object],
    *,
    only_from: tuple[Referral.State, ...],
) -> None:
    referral = partner.referral
    if referral.state not in only_from:
        raise InputError(N_("this was answered already"), remedy=N_("look at it as it is now"))
    if len(words) > MOST_WORDS:
        raise InputError(N_("this is too long"), expected=N_("at most {most} characters"), most=MOST_WORDS)
    refuse_words(words)
    values["sealed"] = sealed_answer(referral, words.strip()) or referral.sealed
    if referral.answered_at is None:
        values["answered_at"] = now
    verb = f"referrals.{_VERBS[step]}"
    with processing(verb, of=PURPOSE, subject=referral.home):
        write(referral, version, **values)
        if not referral.is_running:
            close(referral, now)
        happened(referral, step, side=Side.PARTNER, now=now, actor=partner.person)
        record(partner.person, verb, "referral", referral.key, ["state"], place=referral.complex)
        tell_owner(referral)


_VERBS = {Step.ACCEPTED: "accept", Step.REFUSED: "refuse", Step.DONE: "finish"}
