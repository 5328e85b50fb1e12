"""Ask whoever decides that a rule gives way for a step, and answer; what is not answered goes on."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db.models import F, Q, QuerySet

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import ChangedMeanwhileError, write
from ongedeeld.web.residents.breakthroughs.contents import Plea, check, plea_of
from ongedeeld.web.residents.models import Breakthrough, Share, Vault
from ongedeeld.web.residents.sharing.contents import refuse_citizen_number
from ongedeeld.web.residents.sharing.copies import live, live_of, subject_of
from ongedeeld.web.residents.sharing.reading import live_share, may_pass_on
from ongedeeld.web.residents.sharing.receivers import can_decide, directors
from ongedeeld.web.residents.sharing.rules import ANSWER, ASK
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.signals.reporting.wording_guard import refuse_words
from ongedeeld.web.working_days import working_days_after

PURPOSE = "residents.breakthrough"
TERM_DAYS = 10
"""Within how many working days it is answered; a choice of this project, for each who is asked."""
State = Breakthrough.State


def ask(
    person: Person,
    key: UUID,
    asked_of: UUID,
    plea: Plea,
    *,
    now: datetime,
    today: date,
    once: UUID | None = None,
) -> Breakthrough:
    """Ask for a resident that a rule gives way for a step that they shared for that.

    Parameters
    ----------
    person
        Who asks, with whom the step is shared.
    key
        The share.
    asked_of
        The key of who decides.
    plea
        Why.
    now, today
        The moment and its day.
    once
        The key that it gets; sent again with the same key it is the same request.

    Raises
    ------
    Refused, Http404
        When the person may not ask, or nothing is shared with them here.
    InputError
        When the resident did not agree to this, reasons lack, or it was asked already.
    """
    require(person, ASK)
    share = live_share(person, key, today)
    check(plea, of_resident=False)
    for words in plea.words():
        refuse_words(words)
    key = once or uuid4()
    before = Breakthrough.objects.filter(key=key, asked_by=person.key, share=share).first()
    return before or _ask(share, asked_of, plea, person, key, now=now, today=today)


def ask_as_resident(
    vault: Vault, key: UUID, asked_of: UUID, plea: Plea, *, now: datetime, today: date
) -> Breakthrough:
    """The same by the resident, who shared the step with who decides.

    Raises
    ------
    InputError
        When it is not shared with who decides, a reason lacks, or it was asked already.
    """
    share = live_of(vault, today).filter(key=key, receiver=asked_of).first()
    if share is None:
        raise InputError(
            N_("this is not shared with who decides"), remedy=N_("share the step with them first")
        )
    check(plea, of_resident=True)
    for words in plea.words():
        refuse_citizen_number(words)
    return _ask(share, asked_of, plea, None, uuid4(), now=now, today=today)


def _ask(
    share: Share,
    asked_of: UUID,
    plea: Plea,
    person: Person | None,
    key: UUID,
    *,
    now: datetime,
    today: date,
) -> Breakthrough:
    _refuse(share, asked_of, person, today)
    due = working_days_after(today, TERM_DAYS)
    with processing("residents.ask_breakthrough", of=PURPOSE, subject=subject_of(share.vault)):
        # Who takes it back in this moment waits, and then empties this request too.
        if not Share.objects.filter(live(today), pk=share.pk).update(version=F("version")):
            raise InputError(N_("this is not shared any more"))
        if share.breakthroughs.filter(state=State.ASKED).exists():
            raise InputError(N_("this was asked already"), remedy=N_("wait for the answer, or take it back"))
        made = Breakthrough.objects.create(
            key=key,
            share=share,
            asked_of=asked_of,
            asked_by=person.key if person else None,
            sealed=plea.sealed_for(key),
            asked_at=now,
            respond_by=due,
            remove_after=min(share.remove_after, removed_after(PURPOSE, today)),
        )
        record(person, "residents.ask_breakthrough", "breakthrough", key, ["sealed", "asked_of"])
    return made


def _refuse(share: Share, asked_of: UUID, person: Person | None, today: date) -> None:
    if not may_pass_on(share):
        raise InputError(
            N_("the resident did not agree that somebody else is asked"),
            remedy=N_("ask the resident to share the step for that"),
        )
    if not can_decide(asked_of, today) or (person is not None and asked_of == person.key):
        raise InputError(N_("this person cannot decide it"), remedy=N_("choose somebody from the list"))


def answer(
    person: Person, one: Breakthrough, *, agreed: bool, reason: str, version: int, now: datetime, today: date
) -> None:
    """Answer a request, with a reason.

    Raises
    ------
    Refused
        When the person may not answer.
    InputError
        When it was not asked of them, is answered, or has no reason.
    ChangedMeanwhileError
        When somebody else was first, or the resident took it back.
    """
    require(person, ANSWER)
    if one.asked_of != person.key:
        raise InputError(N_("this was not asked of you"))
    if not reason.strip():
        raise InputError(N_("an answer needs its reason"), remedy=N_("say why, so that others can follow it"))
    refuse_words(reason)
    _refuse_closed(one)
    with processing("residents.answer_breakthrough", of=PURPOSE, subject=subject_of(one.share.vault)):
        if not Share.objects.filter(live(today), pk=one.share_id).exists():
            raise ChangedMeanwhileError(N_("the resident does not share this any more"))
        write(
            one,
            version,
            sealed=plea_of(one).answered(reason.strip()).sealed_for(one.key),
            state=State.AGREED if agreed else State.REFUSED,
            answered_at=now,
        )
        record(person, "residents.answer_breakthrough", "breakthrough", one.key, ["state", "sealed"])


def take_back(person: Person, one: Breakthrough, *, version: int) -> None:
    """Take a request back that one asked oneself.

    Raises
    ------
    Refused
        When the person may not ask.
    InputError
        When somebody else asked it, or it is answered.
    ChangedMeanwhileError
        When it was answered meanwhile.
    """
    require(person, ASK)
    if one.asked_by != person.key:
        raise InputError(N_("somebody else asked this"))
    _refuse_closed(one)
    with processing("residents.take_back_breakthrough", of=PURPOSE, subject=subject_of(one.share.vault)):
        write(one, version, state=State.WITHDRAWN, sealed="")
        record(person, "residents.take_back_breakthrough", "breakthrough", one.key, ["state", "sealed"])


def _refuse_closed(one: Breakthrough) -> None:
    if one.state != State.ASKED:
        raise InputError(N_("this was answered or taken back"), remedy=N_("look at it as it is now"))


def overdue(today: date) -> QuerySet[Breakthrough]:
    """What was not answered in time and can still be read."""
    kept = Q(share__withdrawn_at__isnull=True, share__until_day__gte=today) & ~Q(sealed="")
    return Breakthrough.objects.filter(kept, state=State.ASKED, respond_by__lt=today)


def escalate(one: Breakthrough, *, today: date) -> UUID | None:
    """Ask a director what was not answered in time, once; who is asked now, none where nobody else is.

    The resident was told so when they shared the step for this.
    """
    next_asked = next((key for key in directors(today) if key not in (one.asked_of, one.asked_by)), None)
    with processing("residents.escalate_breakthrough", of=PURPOSE, subject=subject_of(one.share.vault)):
        due = working_days_after(today, TERM_DAYS)
        moved = Breakthrough.objects.filter(
            pk=one.pk, version=one.version, state=State.ASKED, escalated_on__isnull=True
        )
        if not moved.update(
            escalated_on=today,
            asked_of=next_asked or one.asked_of,
            respond_by=due if next_asked else one.respond_by,
            version=one.version + 1,
        ):
            return None
        record(None, "residents.escalate_breakthrough", "breakthrough", one.key, ["asked_of", "respond_by"])
    return next_asked
