"""Pages of local policy: proposals, their answers, and the file that the accepted ones make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.audit.actions import record
from ongedeeld.web.knowledge import actions, queries
from ongedeeld.web.knowledge.forms import AnswerForm, EndForm, ProposalForm
from ongedeeld.web.knowledge.local import FILE, local_law
from ongedeeld.web.knowledge.models import Proposal
from ongedeeld.web.knowledge.subjects import Subject, subjects
from ongedeeld.web.knowledge.told import Teller
from ongedeeld.web.knowledge.views import municipalities_known
from ongedeeld.web.speaking import speech, told

PAGE = 25


@require_GET
def proposals(request: HttpRequest) -> HttpResponse:
    """All proposals, or those in one state."""
    person = require(request.user, "knowledge.see_proposals")
    found = queries.proposals_for(person)
    state = request.GET.get("stand", "")
    if state in Proposal.State.values:
        found = found.filter(state=state)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    teller = Teller(local_law(page.object_list), speech())
    return render(
        request,
        "knowledge/proposals.html",
        {
            "page": page,
            "rows": [(one, teller.called(one)) for one in page],
            "state": state,
            "states": Proposal.State,
            "names": names_of(one.made_by for one in page),
        },
    )


@require_http_methods(["GET", "POST"])
def new_proposal(request: HttpRequest) -> HttpResponse:
    """Propose the value or kind of record of `wat`; without it, choose one."""
    person = require(request.user, "knowledge.propose_local")
    subject = subjects().get(request.GET.get("wat", ""))
    if subject is None:
        return render(request, "knowledge/what.html", {"choices": _choices()})
    form = ProposalForm(
        request.POST or None,
        initial=_begun(person, subject),
        subject=subject,
        speech=speech(),
        today=timezone.localdate(),
    )
    if form.is_valid():
        try:
            made = actions.propose(_draft(form), actor=person)
        except OngedeeldError as error:
            wrong = str(error.fields.get("field", ""))
            form.add_error(wrong if wrong in form.own_names else None, told(error))
        else:
            messages.success(
                request, speech().say(N_("It was proposed. It counts once somebody else accepts it."))
            )
            return HttpResponseRedirect(reverse("proposal", args=[made.key]), status=303)
    return render(
        request,
        "knowledge/propose.html",
        {"form": form, "subject": subject},
        status=422 if form.errors else 200,
    )


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be proposed, schemes before values, each in order of the alphabet."""
    teller = Teller(local_law(()), speech())
    named = [(one, teller.say(one.label)) for one in subjects().values()]
    return [
        (title, sorted(((one.name, words) for one, words in named if bool(one.parameter) is values), key=_by))
        for title, values in ((N_("Schemes and agreements"), False), (N_("Values of the law"), True))
    ]


def _by(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def _begun(person: Person, subject: Subject) -> dict[str, object]:
    """What can be filled in before: the municipality, where there is one only."""
    known = list(municipalities_known(person, local_law(())))
    names = {part.name for part in subject.parts} & {"municipality", "municipalities"}
    return dict.fromkeys(names, known[0]) if len(known) == 1 else {}


def _draft(form: ProposalForm) -> actions.Draft:
    told = form.cleaned_data
    return actions.Draft(
        form.subject,
        form.content(),
        told["start"],
        told["end"],
        told["source"],
        told["where"],
        told["reason"],
    )


@require_GET
def proposal(request: HttpRequest, key: UUID) -> HttpResponse:
    """One proposal with all its turns."""
    person = require(request.user, "knowledge.see_proposals")
    return _page(request, person, queries.proposal_for(person, key))


def _page(
    request: HttpRequest, person: Person, found: Proposal, wrong: dict[str, AnswerForm] | None = None
) -> HttpResponse:
    teller = Teller(local_law([found]), speech())
    turns = list(found.turns.all())
    begun = {"version": found.version}
    blank: dict[str, AnswerForm] = {
        "accept": AnswerForm(prefix="accept", initial=begun),
        "decline": AnswerForm(prefix="decline", initial=begun),
        "withdraw": AnswerForm(prefix="withdraw", initial=begun),
        "end": EndForm(prefix="end", initial=begun),
        "take_out": AnswerForm(prefix="take_out", initial=begun),
    }
    return render(
        request,
        "knowledge/proposal.html",
        {
            "proposal": found,
            "label": teller.called(found),
            "facts": teller.proposed(found),
            "turns": turns,
            "names": names_of(one.made_by for one in turns),
            "own": found.made_by == person.key,
            "forms_of": blank | (wrong or {}),
            "wrong": wrong or {},
            "refusal": teller.local.refusal,
        },
        status=422 if wrong else 200,
    )


Answer = Callable[[Proposal, dict[str, Any], Person], None]


def _answered(request: HttpRequest, key: UUID, name: str, done: str, answer: Answer) -> HttpResponse:
    """Give one answer from the page of a proposal; show the page again when it cannot be given."""
    person = require(request.user, "knowledge.see_proposals")
    found = queries.proposal_for(person, key)
    posted = request.POST.copy()
    form = (EndForm if name == "end" else AnswerForm)(posted, prefix=name)
    require(person, "knowledge.propose_local" if name == "withdraw" else "knowledge.decide_local")
    if form.is_valid():
        try:
            answer(found, form.cleaned_data, person)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(done))
            return HttpResponseRedirect(reverse("proposal", args=[found.key]), status=303)
    now = queries.proposal_for(person, key)
    posted[form.add_prefix("version")] = str(now.version)
    return _page(request, person, now, {name: form})


@require_POST
def accept(request: HttpRequest, key: UUID) -> HttpResponse:
    """Accept what somebody else proposed."""

    def answer(found: Proposal, told: dict[str, Any], person: Person) -> None:
        actions.accept(found, **told, actor=person)

    return _answered(request, key, "accept", N_("It was accepted, and counts from its first day."), answer)


@require_POST
def decline(request: HttpRequest, key: UUID) -> HttpResponse:
    """Turn it down."""

    def answer(found: Proposal, told: dict[str, Any], person: Person) -> None:
        actions.decline(found, **told, actor=person)

    return _answered(request, key, "decline", N_("It was turned down."), answer)


@require_POST
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take back one's own proposal."""

    def answer(found: Proposal, told: dict[str, Any], person: Person) -> None:
        actions.withdraw(found, **told, actor=person)

    return _answered(request, key, "withdraw", N_("It was taken back."), answer)


@require_POST
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give what was accepted a last day."""

    def answer(found: Proposal, told: dict[str, Any], person: Person) -> None:
        actions.end(found, **told, actor=person)

    return _answered(request, key, "end", N_("It has a last day now."), answer)


@require_POST
def take_out(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take what should never have counted out of local policy."""

    def answer(found: Proposal, told: dict[str, Any], person: Person) -> None:
        actions.take_out(found, **told, actor=person)

    return _answered(request, key, "take_out", N_("It was taken out, and counts on no day."), answer)


@require_GET
def local_file(request: HttpRequest) -> HttpResponse:
    """The file of local policy that the accepted proposals make."""
    person = require(request.user, "knowledge.see_proposals")
    text = queries.local_file_for(person)
    record(person, "knowledge.export_local_policy", "local policy", FILE)
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return answer
