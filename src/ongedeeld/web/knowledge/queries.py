"""Read the rules with local policy over them, and proposals: who fetches one may see it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.knowledge.local import Local, accepted, file_text, local_law
from ongedeeld.web.knowledge.models import EvidenceProposal, Proposal


def local_for(person: Person) -> Local:
    """The law with what was accepted here over it."""
    require(person, "knowledge.see_rules")
    return local_law(accepted())


def local_file_for(person: Person) -> str:
    """The file of local policy that the accepted proposals make."""
    require(person, "knowledge.see_proposals")
    return file_text(accepted())


def proposals_for(person: Person) -> QuerySet[Proposal]:
    """All proposals, the last first."""
    require(person, "knowledge.see_proposals")
    return Proposal.objects.order_by("-made_at", "-id")


def proposal_for(person: Person, key: UUID) -> Proposal:
    """One proposal with its turns.

    Raises
    ------
    Http404
        When there is none.
    """
    found = proposals_for(person).filter(key=key).prefetch_related("turns").first()
    if found is None:
        raise Http404(N_("There is no such proposal."))
    return found


def waiting_for(person: Person) -> QuerySet[Proposal]:
    """The proposals that wait for an answer that this person may give, the first first."""
    if not may(person, "knowledge.decide_local"):
        return Proposal.objects.none()
    waiting = Proposal.objects.filter(state=Proposal.State.PROPOSED).exclude(made_by=person.key)
    return waiting.order_by("made_at", "id")


def evidence_proposals_for(person: Person, name: str) -> QuerySet[EvidenceProposal]:
    """What was proposed to go before a record, the last first; nothing for who sees no proposals."""
    if not may(person, "knowledge.see_proposals"):
        return EvidenceProposal.objects.none()
    return EvidenceProposal.objects.filter(name=name)


def evidence_proposal_for(person: Person, key: UUID) -> EvidenceProposal:
    """One of them.

    Raises
    ------
    Http404
        When there is none.
    """
    require(person, "knowledge.see_proposals")
    found = EvidenceProposal.objects.filter(key=key).first()
    if found is None:
        raise Http404(N_("There is no such proposal."))
    return found


def evidence_waiting_for(person: Person) -> QuerySet[EvidenceProposal]:
    """The evidence that waits for an answer which this person may give, the first first."""
    if not may(person, "knowledge.decide_evidence"):
        return EvidenceProposal.objects.none()
    waiting = EvidenceProposal.objects.filter(state=EvidenceProposal.State.PROPOSED)
    return waiting.exclude(made_by=person.key).order_by("id")
