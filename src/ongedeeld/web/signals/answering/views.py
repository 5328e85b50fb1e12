"""Pages on which signals are answered, and on which who reported reads the answer."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.accounts.places import areas_known, place_of
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.audit.actions import record
from ongedeeld.web.safeguards.processing import seeing
from ongedeeld.web.safeguards.request_marks import beside
from ongedeeld.web.signals import queries
from ongedeeld.web.signals.answering import steps, visits
from ongedeeld.web.signals.answering.forms import StepForm
from ongedeeld.web.signals.answering.transitions import STEPS, Step, Who, steps_of
from ongedeeld.web.signals.arranging.handing import TO_TEAM
from ongedeeld.web.signals.arranging.teams import able_members, teams_at
from ongedeeld.web.signals.models import Photo, Signal
from ongedeeld.web.signals.reporting.checklist import fact_words
from ongedeeld.web.signals.reporting.photos import content_of
from ongedeeld.web.speaking import speech, spoken, told

PAGE = 25


@require_GET
def signals(request: HttpRequest) -> HttpResponse:
    """What I have to answer, and what came of what I reported."""
    person = require(request.user, "signals.see_own_reports")
    today = timezone.localdate()
    answers = bool(may(person, "signals.see_signals"))
    mine = request.GET.get("lijst") == "gemeld" or not answers
    found = queries.reported_by(person, today) if mine else queries.to_answer(person, today)
    number = _number(request.GET.get("page", ""))
    part = list(found[(number - 1) * PAGE : number * PAGE + 1])  # one more, to know whether more follow
    return render(
        request,
        "signals/signals.html",
        {
            "number": number,
            "more": len(part) > PAGE,
            "rows": _rows(person, part[:PAGE], mine=mine),
            "mine": mine,
            "answers": answers,
            "to_tell": [] if mine else _rows(person, queries.to_tell(person, today)[:PAGE], mine=False),
            "today": today,
        },
    )


def _number(typed: str) -> int:
    """The number of the part of a list that was asked; nobody counts how many there are."""
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 7 else 1


def _rows(
    person: Person, page: Iterable[Signal], *, mine: bool
) -> list[tuple[queries.Told, queries.Happened | None]]:
    """The signals of a list with what is sealed in them, and what the reporter heard last."""
    with seeing("signals.see_signals", of=queries.KIND) as doing:
        rows = []
        for signal in page:
            doing.about(signal.subject)
            rows.append((queries.told_of(signal), queries.last_heard(signal) if mine else None))
        if rows:
            record(person, "signals.see_signals", "signals", "reported" if mine else "own", ["contents"])
        return rows


@require_GET
def signal(request: HttpRequest, key: UUID) -> HttpResponse:
    """One signal: with all that belongs to it for who answers, with the answers for who reported it."""
    person = require(request.user, "signals.see_own_reports")
    found = queries.signal_for(person, key, timezone.localdate())
    return _page(request, person, found)


def _page(request: HttpRequest, person: Person, found: Signal, wrong: StepForm | None = None) -> HttpResponse:
    today = timezone.localdate()
    handles = bool(may(person, "signals.see_signals", found))
    with seeing("signals.see_signal", of=queries.KIND, subject=found.subject):
        record(person, "signals.see_signal", "signal", found.key, ["contents"], place=found.complex)
        one = queries.told_of(found)
        shown = {
            "one": one,
            "signal": found,
            "facts": fact_words(one.contents.facts, spoken()),
            "photos": list(queries.photos_of(found)),
            "place": place_of(found.complex, areas_known(person)) if found.complex else None,
            "today": today,
            "step_forms": _forms(person, found, wrong),
            "wrong": wrong,
            **(_for_the_team(person, found) if handles else {"heard": queries.heard_of(found)}),
        }
    template = "signals/signal.html" if handles else "signals/reported.html"
    return render(request, template, shown, status=422 if wrong else 200)


def _for_the_team(person: Person, found: Signal) -> dict[str, object]:
    """What only who answers sees of a signal."""
    today = timezone.localdate()
    people = names_of({key for key in (found.owner, found.made_by) if key})
    return {
        "history": queries.history_of(found),
        "earlier": [
            (told, fact_words(told.contents.facts, spoken()))
            for told in queries.earlier_facts(person, found, today)
        ],
        "owner": people.get(found.owner, ""),
        "reporter": people.get(found.made_by, "") if found.made_by else "",
        "note": visits.note_at(person, found.home, today),
        "beside": beside(queries.KIND, found.key),
        "pages": [
            (one, reverse(one.page, args=[found.key])) for one in steps_of(found, Who.HANDLER) if one.page
        ],
    }


def _forms(person: Person, found: Signal, wrong: StepForm | None = None) -> dict[str, StepForm]:
    """A form for every step that this person can take now; the one in which something is wrong as it was."""
    forms: dict[str, StepForm] = {}
    for who, action in steps.MAY.items():
        if may(person, action, found):
            forms |= {one.name: _form(found, one) for one in steps_of(found, who) if not one.page}
    if wrong is not None and wrong.step.name in forms:
        forms[wrong.step.name] = wrong
    return forms


def _form(found: Signal, step: Step, posted: QueryDict | None = None) -> StepForm:
    colleagues: dict[UUID, str] = {}
    if "to" in step.asks:
        able = able_members(found.team.members.all(), found.area_codes, timezone.localdate())
        names = names_of(set(able))
        teams = [one for one in teams_at(found.area_codes) if one.pk != found.team_id]
        colleagues = dict(sorted(names.items(), key=lambda pair: pair[1]))
        colleagues |= {one.key: speech().say(TO_TEAM, name=one.name) for one in teams}
    return StepForm(posted, step=step, signal=found, colleagues=colleagues)


@require_POST
def take_step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Take a step; where it cannot be taken, show the page again with what was typed."""
    person = require(request.user, "signals.see_own_reports")
    found = queries.signal_for(person, key, timezone.localdate())
    known = STEPS.get(step)
    if known is None or known.page or known.who is Who.WORKBENCH:
        raise Http404(N_("There is no such step."))
    require(person, steps.MAY[known.who], found)
    form = _form(found, known, request.POST)
    if form.is_valid():
        try:
            steps.take(
                found,
                form.taken,
                version=form.cleaned_data["version"],
                actor=person,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
            found = queries.signal_for(person, key, timezone.localdate())
        else:
            messages.success(request, speech().say(N_("That stands in the history now.")))
            return HttpResponseRedirect(reverse("signal", args=[found.key]), status=303)
    form.has_seen(found.version)
    return _page(request, person, found, form)


@require_GET
def photo(request: HttpRequest, key: UUID, photo: UUID) -> HttpResponse:
    """A picture of a place."""
    person = require(request.user, "signals.see_own_reports")
    found = queries.signal_for(person, key, timezone.localdate())
    held = Photo.objects.filter(signal=found, key=photo).first()
    if held is None:
        raise Http404(N_("There is no such picture."))
    record(person, "signals.see_signal", "signal", found.key, ["photo"], place=found.complex)
    answer = HttpResponse(content_of(held), content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    return answer
