"""Propose local policy, and answer proposals: the change, its turn and its audit row together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from ongedeeld.errors import N_, InputError, OngedeeldError
from ongedeeld.rules.policy_text import Value
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.knowledge.local import accepted, file_text, in_plain_words, law_with, to_json
from ongedeeld.web.knowledge.models import LocalFile, Proposal, Turn
from ongedeeld.web.knowledge.subjects import Subject


class AnsweredMeanwhileError(OngedeeldError):
    """Somebody else was first."""


@dataclass(frozen=True)
class Draft:
    """What somebody proposes; `content` by the names of the file, without source and days."""

    subject: Subject
    content: dict[str, Value]
    start: date
    end: date | None
    source: str
    where: str
    reason: str


@transaction.atomic
def propose(draft: Draft, *, actor: Person) -> Proposal:
    """Propose a value or scheme of local policy, when the law allows it.

    Raises
    ------
    InputError
        When it is not of the form that is read, loosens the law, or says another thing about the same as
        what was accepted; nothing is written.
    """
    require(actor, "knowledge.propose_local")
    proposal = Proposal(
        section=draft.subject.section,
        municipality=str(draft.content.get("municipality", "")),
        content=to_json(draft.content),
        start=draft.start,
        end=draft.end,
        source=draft.source,
        where=draft.where,
        reason=draft.reason,
        made_by=actor.key,
    )
    check([*accepted(), proposal])
    proposal.save()
    proposal.turns.create(kind=Turn.Kind.PROPOSED, words=draft.reason, made_by=actor.key)
    record(
        actor,
        "knowledge.propose_local",
        "proposal",
        proposal.key,
        [*draft.content, "from", "until", "source"],
    )
    return proposal


def check(proposals: Iterable[Proposal]) -> None:
    """Read proposals as the file that they make.

    Raises
    ------
    InputError
        As the rules room refuses it, without the place in a file.
    """
    try:
        law_with(file_text(proposals))
    except InputError as error:
        raise in_plain_words(error) from error


@transaction.atomic
def accept(proposal: Proposal, *, words: str, version: int, actor: Person) -> None:
    """Accept what somebody else proposed: from now on it is part of the file of local policy.

    Raises
    ------
    OngedeeldError
        When the actor proposed it, somebody else answered first, or it no longer stands with what was
        accepted meanwhile; nothing is written.
    """
    _require_other(actor, proposal)
    changes = _changes()
    check([*accepted(), proposal])
    _answer(proposal, version, Proposal.State.ACCEPTED)
    _count_up(changes)
    _turn(proposal, Turn.Kind.ACCEPTED, words, actor)


@transaction.atomic
def decline(proposal: Proposal, *, words: str, version: int, actor: Person) -> None:
    """Turn down what somebody else proposed, with the reason."""
    _require_other(actor, proposal)
    _answer(proposal, version, Proposal.State.DECLINED)
    _turn(proposal, Turn.Kind.DECLINED, words, actor)


@transaction.atomic
def withdraw(proposal: Proposal, *, words: str, version: int, actor: Person) -> None:
    """Take back what one proposed oneself, before it was answered."""
    require(actor, "knowledge.propose_local")
    if proposal.made_by != actor.key:
        raise OngedeeldError(
            N_("somebody else proposed this"), remedy=N_("ask who did to take it back, or turn it down")
        )
    _answer(proposal, version, Proposal.State.WITHDRAWN)
    _turn(proposal, Turn.Kind.WITHDRAWN, words, actor)


@transaction.atomic
def end(proposal: Proposal, *, last_day: date, words: str, version: int, actor: Person) -> None:
    """Give what was accepted a last day, or an earlier one; it stays in the history.

    Raises
    ------
    OngedeeldError
        When it was not accepted, the day lies before its first or after its last, or somebody else changed
        it meanwhile.
    """
    require(actor, "knowledge.decide_local")
    if proposal.state != Proposal.State.ACCEPTED:
        raise OngedeeldError(N_("only what was accepted can end"))
    if last_day < proposal.start or (proposal.end is not None and last_day > proposal.end):
        raise InputError(
            N_("this cannot be the last day"),
            expected=N_("a day from the first on, and not after the last that was agreed"),
        )
    changes = _changes()
    _change(proposal, version, proposal.State.ACCEPTED, end=last_day)
    _count_up(changes)
    _turn(proposal, Turn.Kind.ENDED, words, actor, last_day)


@transaction.atomic
def take_out(proposal: Proposal, *, words: str, version: int, actor: Person) -> None:
    """Take what should never have counted out of the file; it stays in the history.

    What was accepted by mistake, or is looser than the law that a later version knows, cannot be mended by a
    last day: it would still stand there from its first.
    """
    require(actor, "knowledge.decide_local")
    changes = _changes()
    _change(proposal, version, Proposal.State.ACCEPTED, state=Proposal.State.TAKEN_OUT)
    _count_up(changes)
    _turn(proposal, Turn.Kind.TAKEN_OUT, words, actor)


def _require_other(actor: Person, proposal: Proposal) -> None:
    """Two people look at local policy: who proposed it does not answer it."""
    require(actor, "knowledge.decide_local")
    if proposal.made_by == actor.key:
        raise OngedeeldError(
            N_("you proposed this yourself"),
            expected=N_("an answer by somebody else"),
            remedy=N_("ask a director or another policy adviser"),
        )


def _answer(proposal: Proposal, version: int, state: Proposal.State) -> None:
    _change(proposal, version, Proposal.State.PROPOSED, state=state)


def _change(proposal: Proposal, version: int, was: Proposal.State, **values: object) -> None:
    waiting = Proposal.objects.filter(pk=proposal.pk, version=version, state=was)
    if not waiting.update(version=F("version") + 1, **values):
        raise AnsweredMeanwhileError(
            N_("somebody else was first with this proposal"), remedy=N_("look at how it stands now")
        )
    proposal.refresh_from_db()


def _changes() -> int:
    """How often the file was changed, as known before it is checked."""
    return LocalFile.objects.get_or_create(pk=1)[0].changes


def _count_up(changes: int) -> None:
    if not LocalFile.objects.filter(pk=1, changes=changes).update(changes=F("changes") + 1):
        raise AnsweredMeanwhileError(
            N_("somebody else changed local policy while you were answering"),
            remedy=N_("look at it as it is now, and answer again"),
        )


def _turn(
    proposal: Proposal, kind: Turn.Kind, words: str, actor: Person, last_day: date | None = None
) -> None:
    proposal.turns.create(kind=kind, words=words, last_day=last_day, made_by=actor.key)
    fields = ["until"] if kind is Turn.Kind.ENDED else ["state"]
    record(actor, f"knowledge.{_VERBS[kind]}", "proposal", proposal.key, [*fields, "words"])


_VERBS = {
    Turn.Kind.ACCEPTED: "accept",
    Turn.Kind.DECLINED: "decline",
    Turn.Kind.WITHDRAWN: "withdraw",
    Turn.Kind.ENDED: "end",
    Turn.Kind.TAKEN_OUT: "take_out",
}
