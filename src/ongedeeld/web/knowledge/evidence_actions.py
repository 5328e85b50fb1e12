"""Propose evidence of the association's own, answer it and end it: each with its audit row."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.knowledge.actions import AnsweredMeanwhileError
from ongedeeld.web.knowledge.models import EvidenceProposal
from ongedeeld.web.knowledge.own_evidence import file_text, read

State = EvidenceProposal.State


@transaction.atomic
def propose_evidence(
    name: str, content: Mapping[str, object], overrules: str, *, actor: Person
) -> EvidenceProposal:
    """Propose a record that goes before the one of this version.

    Parameters
    ----------
    name
        Of the record that it goes before.
    content
        The record, as a file of evidence has it.
    overrules
        Why it goes before the other.
    actor
        Who proposes it.

    Raises
    ------
    InputError
        When it is not of the form that is read; nothing is written.
    """
    require(actor, "knowledge.propose_evidence")
    proposal = EvidenceProposal(name=name, content=dict(content), overrules=overrules, made_by=actor.key)
    read(file_text([proposal]))
    proposal.save()
    _written(actor, "propose_evidence", proposal, ["claim", "effect", "reason", "source"])
    return proposal


@transaction.atomic
def accept_evidence(proposal: EvidenceProposal, *, words: str, version: int, actor: Person) -> None:
    """Accept what somebody else proposed: from now on cards and portraits read it.

    Raises
    ------
    OngedeeldError
        When the actor proposed it, somebody else answered first, or another record of this name counts.
    """
    _require_other(actor, proposal)
    read(file_text([proposal]))
    try:
        with transaction.atomic():
            _answered(proposal, State.ACCEPTED, words, version, actor)
    except IntegrityError as error:
        raise OngedeeldError(
            N_("another record of your own goes before this one already"), remedy=N_("let that end first")
        ) from error
    _written(actor, "accept_evidence", proposal, ["state", "words"])


@transaction.atomic
def decline_evidence(proposal: EvidenceProposal, *, words: str, version: int, actor: Person) -> None:
    """Turn down what somebody else proposed, with the reason."""
    _require_other(actor, proposal)
    _answered(proposal, State.DECLINED, words, version, actor)
    _written(actor, "decline_evidence", proposal, ["state", "words"])


@transaction.atomic
def withdraw_evidence(proposal: EvidenceProposal, *, words: str, version: int, actor: Person) -> None:
    """Take back what one proposed oneself, before it was answered."""
    require(actor, "knowledge.propose_evidence")
    if proposal.made_by != actor.key:
        raise OngedeeldError(
            N_("somebody else proposed this"), remedy=N_("ask who did to take it back, or turn it down")
        )
    _answered(proposal, State.WITHDRAWN, words, version, actor)
    _written(actor, "withdraw_evidence", proposal, ["state", "words"])


@transaction.atomic
def end_evidence(proposal: EvidenceProposal, *, words: str, version: int, actor: Person) -> None:
    """Let what was accepted count no longer; it stays in the history."""
    require(actor, "knowledge.decide_evidence")
    _change(
        proposal,
        version,
        State.ACCEPTED,
        state=State.ENDED,
        ended_by=actor.key,
        ended_at=timezone.now(),
        why_ended=words,
    )
    _written(actor, "end_evidence", proposal, ["state", "words"])


def _require_other(actor: Person, proposal: EvidenceProposal) -> None:
    """Two people look at evidence: who proposed it does not answer it."""
    require(actor, "knowledge.decide_evidence")
    if proposal.made_by == actor.key:
        raise OngedeeldError(
            N_("you proposed this yourself"),
            expected=N_("an answer by somebody else"),
            remedy=N_("ask a director or another policy adviser"),
        )


def _answered(proposal: EvidenceProposal, state: State, words: str, version: int, actor: Person) -> None:
    answered = {"answered_by": actor.key, "answered_at": timezone.now(), "answer": words}
    _change(proposal, version, State.PROPOSED, state=state, **answered)


def _change(proposal: EvidenceProposal, version: int, was: State, **values: object) -> None:
    waiting = EvidenceProposal.objects.filter(pk=proposal.pk, version=version, state=was)
    if not waiting.update(version=F("version") + 1, **values):
        raise AnsweredMeanwhileError(
            N_("somebody else was first with this proposal"), remedy=N_("look at how it stands now")
        )
    proposal.refresh_from_db()


def _written(actor: Person, verb: str, proposal: EvidenceProposal, fields: list[str]) -> None:
    record(actor, f"knowledge.{verb}", "evidence", proposal.name, fields)
