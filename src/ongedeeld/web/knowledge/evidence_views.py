"""Pages of the evidence: what is assumed about neighbourhoods, and how well that is supported."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.vocabulary import EvidenceRecord, translator
from ongedeeld.vocabulary.evidence import UnknownRecordError
from ongedeeld.vocabulary.evidence_records import DIRECTIONS, GRADES
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.knowledge import evidence_actions as actions
from ongedeeld.web.knowledge import queries
from ongedeeld.web.knowledge.evidence_forms import EvidenceAnswerForm, EvidenceForm
from ongedeeld.web.knowledge.models import EvidenceProposal
from ongedeeld.web.knowledge.own_evidence import own_evidence
from ongedeeld.web.speaking import speech, spoken, told


@require_GET
def evidence(request: HttpRequest) -> HttpResponse:
    """All records, or those of a grade in which words occur."""
    require(request.user, "knowledge.see_rules")
    grade, search = request.GET.get("graad", ""), request.GET.get("zoek", "")[:100]
    found = [
        one
        for one in own_evidence().evidence.values()
        if (grade not in GRADES or one.grade == grade) and _holds(search, one)
    ]
    return render(
        request,
        "knowledge/evidence.html",
        {
            "records": found,
            "grade": grade if grade in GRADES else "",
            "search": search,
            "grades": GRADES,
            "directions": DIRECTIONS,
            "translate": translator(spoken()).gettext,
        },
    )


def _holds(search: str, record: EvidenceRecord) -> bool:
    """Whether all words occur in what the record says, or in its sources."""
    translate = translator(spoken()).gettext
    texts = [both.say(translate) for both in (record.label, record.claim, record.found_where)]
    whole = " ".join([record.name, *texts, *(source.title for source in record.sources)]).casefold()
    return all(word in whole for word in search.casefold().split())


@require_GET
def evidence_record(request: HttpRequest, name: str) -> HttpResponse:
    """One record: its claim, figure, grade, sources, and what it may not be used for."""
    person = require(request.user, "knowledge.see_rules")
    return _page(request, person, _record(name))


def _record(name: str) -> EvidenceRecord:
    """The record that counts: one of the association's own, or else that of this version."""
    try:
        return own_evidence().evidence[name]
    except UnknownRecordError as error:
        raise Http404(error) from error


def _page(
    request: HttpRequest, person: Person, record: EvidenceRecord, wrong: EvidenceAnswerForm | None = None
) -> HttpResponse:
    proposals = list(queries.evidence_proposals_for(person, record.name))
    known = (key for one in proposals for key in (one.made_by, one.answered_by, one.ended_by))
    shown = {
        "record": record,
        "grades": GRADES,
        "directions": DIRECTIONS,
        "translate": translator(spoken()).gettext,
        "proposals": [(one, _form(person, one, wrong)) for one in proposals],
        "names": names_of(known),
    }
    return render(request, "knowledge/evidence_record.html", shown, status=422 if wrong else 200)


def _form(
    person: Person, proposal: EvidenceProposal, wrong: EvidenceAnswerForm | None
) -> EvidenceAnswerForm | None:
    """The form in which this person answers; none where there is nothing that they may do."""
    prefix = str(proposal.key)
    if wrong is not None and wrong.prefix == prefix:
        return wrong
    ways = _ways(person, proposal)
    begun = {"version": proposal.version, "what": ways[0] if len(ways) == 1 else ""}
    return EvidenceAnswerForm(prefix=prefix, initial=begun, open_to=ways) if ways else None


def _ways(person: Person, proposal: EvidenceProposal) -> tuple[str, ...]:
    """What somebody may do with a proposal as it stands."""
    if proposal.state == EvidenceProposal.State.PROPOSED:
        if proposal.made_by == person.key:
            return ("withdraw",)
        return ("accept", "decline") if may(person, "knowledge.decide_evidence") else ()
    ends = proposal.state == EvidenceProposal.State.ACCEPTED and may(person, "knowledge.decide_evidence")
    return ("end",) if ends else ()


@require_http_methods(["GET", "POST"])
def propose_evidence(request: HttpRequest, name: str) -> HttpResponse:
    """Propose a record of one's own that goes before this one."""
    person = require(request.user, "knowledge.propose_evidence")
    record = _record(name)
    form = EvidenceForm(request.POST or None, speech=speech(), today=timezone.localdate())
    if form.is_valid():
        content = form.content(record.label)
        try:
            actions.propose_evidence(name, content, form.cleaned_data["overrules"], actor=person)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(
                request, speech().say(N_("It was proposed. It counts once somebody else accepts it."))
            )
            return HttpResponseRedirect(reverse("evidence_record", args=[name]), status=303)
    status = 422 if form.errors else 200
    return render(request, "knowledge/evidence_propose.html", {"form": form, "record": record}, status=status)


DONE = {
    "accept": (actions.accept_evidence, N_("It was accepted: cards and portraits read it from now on.")),
    "decline": (actions.decline_evidence, N_("It was turned down.")),
    "withdraw": (actions.withdraw_evidence, N_("It was taken back.")),
    "end": (actions.end_evidence, N_("It counts no longer.")),
}


@require_POST
def answer_evidence(request: HttpRequest, key: UUID) -> HttpResponse:
    """Accept what somebody else proposed, turn it down, take one's own back, or let it end."""
    person = require(request.user, "knowledge.see_proposals")
    proposal = queries.evidence_proposal_for(person, key)
    require(
        person,
        "knowledge.decide_evidence" if proposal.made_by != person.key else "knowledge.propose_evidence",
    )
    posted = request.POST.copy()
    form = EvidenceAnswerForm(posted, prefix=str(key), open_to=tuple(DONE))
    if form.is_valid():
        answer, done = DONE[form.cleaned_data["what"]]
        words, version = form.cleaned_data["words"], form.cleaned_data["version"]
        try:
            answer(proposal, words=words, version=version, actor=person)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(done))
            return HttpResponseRedirect(reverse("evidence_record", args=[proposal.name]), status=303)
    # Who answers again does so with what stands there now in view.
    posted[form.add_prefix("version")] = str(queries.evidence_proposal_for(person, key).version)
    return _page(request, person, _record(proposal.name), form)
