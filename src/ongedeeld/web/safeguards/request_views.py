"""Pages on which the privacy officer works through what residents ask about their data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record, seen
from ongedeeld.web.cities.addresses import addresses_for
from ongedeeld.web.safeguards import request_actions as actions
from ongedeeld.web.safeguards import request_judging as judging
from ongedeeld.web.safeguards import request_queries as queries
from ongedeeld.web.safeguards.processing import seeing
from ongedeeld.web.safeguards.purposes import purposes
from ongedeeld.web.safeguards.request_copy import JSON, WORD, Copy, as_json, as_word, in_words
from ongedeeld.web.safeguards.request_deciding import ADVICE, ARTICLES, decisions_on
from ongedeeld.web.safeguards.request_forms import (
    CloseForm,
    DecideForm,
    ExtendForm,
    IdentityForm,
    NameForm,
    TakeInForm,
)
from ongedeeld.web.safeguards.request_holdings import holdings
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.safeguards.request_queries import RIGHT, Shown
from ongedeeld.web.speaking import speech, told

PAGE = 25
LINES = 10
"""How many lines of the processing log stand on the page of a request."""
FORMS = {"docx": (WORD, as_word), "json": (JSON, as_json)}


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Every request: those that wait first, by the end of their term."""
    person = require(request.user, RIGHT)
    found = queries.requests_for(person)
    today = timezone.localdate()
    waiting = found.filter(state=Request.State.OPEN)
    return render(
        request,
        "safeguards/requests.html",
        {
            "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "waiting": waiting.count(),
            "late": waiting.filter(due__lt=today).count(),
            "today": today,
            "articles": ARTICLES,
        },
    )


@require_http_methods(["GET", "POST"])
def new_request(request: HttpRequest) -> HttpResponse:
    """Take a request in; the home is looked up by its address, which stands in no address of a page."""
    person = require(request.user, RIGHT)
    text = request.POST.get("search", "")
    found = addresses_for(person, text, right=RIGHT) if text else []
    if found:
        seen(person, "addresses", "search", ["street", "number", "addition", "postcode"])
    if "find" in request.POST or request.method == "GET":
        typed = {name: value for name, value in request.POST.items() if value}
        form = TakeInForm(initial={"received_on": timezone.localdate(), **typed}, addresses=found)
    else:
        form = TakeInForm(request.POST, addresses=found)
        if form.is_valid():
            taken = _taken_in(form, person)
            if taken is not None:
                messages.success(
                    request,
                    speech().say(
                        N_("The request is in. It is answered no later than {day}."),
                        day=speech().day(taken.due),
                    ),
                )
                return _to(taken)
    shown = {"form": form, "text": text, "searched": bool(text), "found": found}
    return render(request, "safeguards/new_request.html", shown, status=422 if form.errors else 200)


def _taken_in(form: TakeInForm, person: Person) -> Request | None:
    filled = form.cleaned_data
    asked = actions.Asked(filled["right"], form.contents, filled["received_on"], filled["once"])
    try:
        return actions.take_in(asked, actor=person, now=timezone.now(), today=timezone.localdate())
    except OngedeeldError as error:
        form.add_error(None, told(error))
        return None


@require_GET
def request_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """One request, with all that was found for it."""
    person = require(request.user, RIGHT)
    return _page(request, person, queries.request_for(person, key))


def _page(
    request: HttpRequest, person: Person, found: Request, wrong: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """The page of a request, with what was typed wrongly in one of its forms."""
    wrong = wrong or {}
    with seeing("safeguards.see_request", of=actions.PURPOSE, subject=found.home):
        shown = queries.found_for(person, found)
        record(person, "safeguards.see_request", "request", found.key, ["contents", "findings"])
    version = {"version": found.version}
    begun: dict[str, forms.Form] = {
        "identity": IdentityForm(prefix="identity", initial={**version, "identity": found.identity}),
        "extend": ExtendForm(prefix="extend", initial=version),
        "name": NameForm(prefix="name"),
        "close": CloseForm(prefix="close", initial=version),
    }
    return render(
        request,
        "safeguards/request.html",
        {
            "request_found": found,
            "contents": queries.told_of(person, found),
            "answer": queries.answer_of(person, found),
            "shown": [
                (one, wrong.get(f"decide-{one.found.key}") or _decide_form(found, one)) for one in shown
            ],
            "removed": queries.removed_of(found, shown),
            "left": queries.undecided(found, shown),
            "looked": _looked(shown),
            "earlier": queries.earlier_of(person, found),
            "lines": Paginator(queries.lines_of(person, found), LINES).get_page(1),
            "words_of": import_string(settings.RECORD_WORDS),
            "known": purposes(),
            "in_words": partial(in_words, speech=speech()),
            "steps": queries.steps_of(person, found),
            "article": ARTICLES[found.right],
            "advice": ADVICE[found.right],
            "today": timezone.localdate(),
            "wrong": wrong,
            "forms_begun": {**begun, **wrong},
        },
        status=422 if wrong else 200,
    )


def _looked(shown: list[Shown]) -> list[tuple[str, bool, int, str]]:
    """Where was looked: what it is called, whether a home leads to it, how many were found, what else."""
    return [
        (one.text, one.knows_homes, sum(found.holding is one for found in shown), one.otherwise)
        for one in holdings().values()
    ]


def _place(thing: UUID) -> str:
    """Where a record stands on the page."""
    return f"decide-{thing}"


def _decide_form(found: Request, shown: Shown, posted: HttpRequest | None = None) -> DecideForm:
    """The form of one record; its fields have ids of their own."""
    return DecideForm(
        posted.POST if posted else None,
        prefix="decide",
        auto_id=f"id_{shown.found.key}_%s",
        decisions=decisions_on(found.right, shown.holding),
        initial={"decision": shown.decision, "words": shown.words},
    )


def _done(
    request: HttpRequest,
    key: UUID,
    name: str,
    form: forms.Form,
    change: Callable[[Person, Request], object],
    said: str,
) -> HttpResponse:
    """Do one thing from a form on the page of a request; show the page again when it cannot be done."""
    person = require(request.user, RIGHT)
    found = queries.request_for(person, key)
    if form.is_valid():
        try:
            change(person, found)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(said))
            return _to(found, name)
    return _page(request, person, queries.request_for(person, key), {name: form})


@require_POST
def confirm_identity(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write how it was made sure who asks."""
    form = IdentityForm(request.POST, prefix="identity")

    def change(person: Person, found: Request) -> None:
        filled = form.cleaned_data
        actions.confirm_identity(
            found, filled["identity"], version=filled["version"], actor=person, now=timezone.now()
        )

    return _done(request, key, "identity", form, change, N_("Written down: it is sure who asks."))


@require_POST
def extend(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take two months longer."""
    form = ExtendForm(request.POST, prefix="extend")

    def change(person: Person, found: Request) -> None:
        filled = form.cleaned_data
        actions.extend(
            found,
            filled["reason"],
            version=filled["version"],
            actor=person,
            now=timezone.now(),
            today=timezone.localdate(),
        )

    return _done(request, key, "extend", form, change, N_("The term is two months longer."))


@require_POST
def add_by_key(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add a record that no home leads to."""
    form = NameForm(request.POST, prefix="name")

    def change(person: Person, found: Request) -> None:
        actions.add_by_key(found, form.cleaned_data["thing"], actor=person, now=timezone.now())

    return _done(request, key, "name", form, change, N_("The record is among what was found."))


@require_POST
def decide(request: HttpRequest, key: UUID, thing: UUID) -> HttpResponse:
    """Decide on one record that was found."""
    person = require(request.user, RIGHT)
    found = queries.request_for(person, key)
    shown = next((one for one in queries.found_for(person, found) if one.found.key == thing), None)
    if shown is None:
        raise Http404(N_("This is no longer kept, or was not found for this request."))
    form = _decide_form(found, shown, request)

    def change(person: Person, found: Request) -> None:
        filled = form.cleaned_data
        judging.decide(
            found,
            shown.holding.kind,
            thing,
            filled["decision"],
            filled["words"],
            actor=person,
            now=timezone.now(),
            today=timezone.localdate(),
        )

    return _done(request, key, _place(thing), form, change, N_("Your decision is carried out."))


@require_POST
def end_stop(request: HttpRequest, key: UUID, thing: UUID) -> HttpResponse:
    """Use a record again after its use was stopped for a time."""
    person = require(request.user, RIGHT)
    found = queries.request_for(person, key)
    shown = next((one for one in queries.found_for(person, found) if one.found.key == thing), None)
    if shown is None:
        raise Http404(N_("This is no longer kept, or was not found for this request."))
    try:
        judging.end_stop(found, shown.holding.kind, thing, actor=person, now=timezone.now())
    except OngedeeldError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, speech().say(N_("It is used again.")))
    return _to(found)


@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer a request."""
    form = CloseForm(request.POST, prefix="close")

    def change(person: Person, found: Request) -> None:
        filled = form.cleaned_data
        actions.close(
            found,
            filled["outcome"],
            filled["answer"],
            version=filled["version"],
            actor=person,
            now=timezone.now(),
            today=timezone.localdate(),
        )

    return _done(
        request,
        key,
        "close",
        form,
        change,
        N_("Answered. Send who asks the file with the answer."),
    )


@limited("export")
@require_GET
def export(request: HttpRequest, key: UUID, form: str) -> HttpResponse:
    """The file for who asks, to read or for a machine."""
    person = require(request.user, RIGHT)
    found = queries.request_for(person, key)
    if form not in FORMS:
        raise Http404(N_("A file for who asks is a docx or a json."))
    kind, write = FORMS[form]
    shown = queries.found_for(person, found)
    try:
        actions.exported(found, shown, actor=person, now=timezone.now())
    except OngedeeldError as error:
        messages.error(request, told(error))
        return _to(found)
    copy = Copy(
        found,
        queries.told_of(person, found),
        queries.answer_of(person, found),
        tuple(shown),
        tuple(queries.removed_of(found, shown)),
        timezone.localdate(),
    )
    answer = HttpResponse(write(copy, speech()), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="verzoek-{found.pk}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _to(found: Request, name: str = "") -> HttpResponse:
    page = reverse("request", args=[found.key])
    return HttpResponseRedirect(f"{page}#{name}" if name else page, status=303)
