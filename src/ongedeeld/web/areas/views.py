"""Pages: start, neighbourhood, complex; and what people add to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.areas import actions
from ongedeeld.web.areas.forms import GradeForm, InspectionForm, NoteForm, OverruleForm, WordsForm
from ongedeeld.web.areas.inspecting import inspections_due
from ongedeeld.web.areas.models import Note, Overrule, ResidentsWords
from ongedeeld.web.areas.places import Place, places_of
from ongedeeld.web.areas.queries import complex_page, neighbourhood_page
from ongedeeld.web.areas.start import start_page
from ongedeeld.web.audit.actions import seen
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.cities.queries import current
from ongedeeld.web.speaking import spoken, told

OWN_OF_NEIGHBOURHOOD = ("portrait", "complexes", "notes")
OWN_OF_COMPLEX = ("card", "overrules", "inspections", "counts")


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What changed in my areas, what asks for me, what I follow."""
    person = require(request.user, "areas.see_start")
    opened = current(person)
    page = start_page(person, opened, spoken(), timezone.localdate()) if opened else None
    if page and page.shows_own_figures:
        seen(person, "start page", person.key, ("cards", "warnings"))
    return render(request, "areas/start.html", {"opened": opened, "page": page})


@require_safe
def inspections(request: HttpRequest) -> HttpResponse:
    """Every inspection that is due in my areas, by neighbourhood."""
    person, opened = _reader(request, "areas.inspect")
    due = inspections_due(person, opened, timezone.localdate())
    if due:
        seen(person, "inspections", person.key, ("inspections",))
    return render(request, "areas/inspections.html", {"opened": opened, "due": due})


def neighbourhood(request: HttpRequest, code: str) -> HttpResponse:
    """The portrait of a neighbourhood as a living page; a note is written on the page itself."""
    person, opened = _reader(request, "areas.see_neighbourhood")
    form = NoteForm(request.POST or None)
    if request.method == "POST":
        place = _neighbourhood(opened, code)
        require(person, "areas.write_note", place)
        if form.is_valid() and _done(
            form, lambda: actions.write_note(place, form.cleaned_data["text"], actor=person)
        ):
            messages.success(request, N_("Your note is on the page."))
            return _see_other("neighbourhood", code, "#notes")
    try:
        page = neighbourhood_page(person, opened, code, spoken(), timezone.localdate())
    except AbsentError as error:
        raise Http404(error) from error
    if page.audience == "internal":
        seen(person, "neighbourhood", code, OWN_OF_NEIGHBOURHOOD)
    return render(request, "areas/neighbourhood.html", {"opened": opened, "page": page, "form": form})


@require_safe
def complex_(request: HttpRequest, number: str) -> HttpResponse:
    """The card of a complex, what people say of it, and its history."""
    person, opened = _reader(request, "areas.see_own_figures")
    try:
        page = complex_page(person, opened, number, spoken(), timezone.localdate())
    except AbsentError as error:
        raise Http404(error) from error
    seen(person, "complex", number, OWN_OF_COMPLEX)
    return render(request, "areas/complex.html", {"opened": opened, "page": page})


def overrule(request: HttpRequest, number: str) -> HttpResponse:
    """Lay a view of one's own beside a theme of a card."""
    person, opened = _reader(request, "areas.overrule_card")
    place = _complex(opened, number)
    require(person, "areas.overrule_card", place)
    today = timezone.localdate()
    form = OverruleForm(request.POST or None, today=today, initial={"theme": request.GET.get("theme")})
    if form.is_valid() and _done(form, lambda: actions.overrule(place, form.view, actor=person, today=today)):
        messages.success(request, N_("Your view stands beside the figure. Both stay in view."))
        return _see_other("complex", number)
    standing = list(Overrule.objects.filter(unit=number, ended_at__isnull=True))
    form.has_seen(str(one.key) for one in standing)
    told_of = {"opened": opened, "place": place, "form": form, "standing": standing}
    return render(request, "areas/overrule.html", told_of)


@require_POST
def end_overrule(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """End a view before its time."""
    person, opened = _reader(request, "areas.overrule_card")
    place = _complex(opened, number)
    one = get_object_or_404(Overrule, unit=number, key=key)
    try:
        actions.end_overrule(one, place, actor=person)
    except InputError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, N_("The view has ended. It stays in the history."))
    return _see_other("complex", number)


def inspect(request: HttpRequest, number: str) -> HttpResponse:
    """Record an inspection, in the stairwell and on the phone."""
    person, opened = _reader(request, "areas.inspect")
    place = _complex(opened, number)
    require(person, "areas.inspect", place)
    form = InspectionForm(request.POST or None, place=place)
    if form.is_valid():
        given = form.cleaned_data

        def record() -> None:
            actions.inspect(
                place,
                form.marks,
                actor=person,
                today=timezone.localdate(),
                entrance=given.get("entrance", ""),
                remarks=given["remarks"],
            )

        if _done(form, record, "remarks"):
            whole = N_("The inspection is recorded, and counts on the card from now on.")
            part = N_("The inspection is recorded. It counts for this entrance.")
            messages.success(request, part if given.get("entrance") else whole)
            return _see_other("complex", number, "#inspections")
    return render(request, "areas/inspect.html", {"opened": opened, "place": place, "form": form})


def residents(request: HttpRequest, unit: str) -> HttpResponse:
    """Record the grade or the words of residents of a neighbourhood or complex."""
    person, opened = _reader(request, "areas.record_residents")
    place = _any(opened, unit)
    require(person, "areas.record_residents", place)
    today = timezone.localdate()
    given = request.POST if request.method == "POST" else None
    which = given.get("what", "") if given else ""
    grade = GradeForm(
        given if which == "grade" else None, today=today, prefix="grade", initial={"day": today}
    )
    words = WordsForm(
        given if which == "words" else None, today=today, prefix="words", initial={"day": today}
    )
    if grade.is_valid() and _done(grade, lambda: actions.record_grade(place, grade.told, actor=person)):
        messages.success(request, N_("The grade is recorded."))
        return _see_other(place.kind, unit, "#residents")
    if words.is_valid() and _done(words, lambda: actions.record_words(place, words.told, actor=person)):
        kept = words.cleaned_data["agreed"]
        text = N_("The words are recorded.") if kept else N_("It is recorded that somebody said something.")
        messages.success(request, text)
        return _see_other(place.kind, unit, "#residents")
    return render(
        request, "areas/residents.html", {"opened": opened, "place": place, "grade": grade, "words": words}
    )


@require_POST
def take_back_note(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a note back."""
    person, _ = _reader(request, "areas.take_back_note")
    note = get_object_or_404(Note, key=key)
    actions.take_back_note(note, actor=person)
    messages.success(request, N_("The note is taken back, and its words are gone."))
    return _see_other("neighbourhood", note.area, "#notes")


@require_POST
def take_back_words(request: HttpRequest, key: UUID) -> HttpResponse:
    """Remove what a resident said."""
    person, opened = _reader(request, "areas.take_back_words")
    said = get_object_or_404(ResidentsWords, key=key)
    place = _any(opened, said.unit)
    actions.take_back_words(said, place, actor=person)
    messages.success(request, N_("The words are gone."))
    return _see_other(place.kind, place.code, "#residents")


@require_POST
def follow(request: HttpRequest, unit: str) -> HttpResponse:
    """Follow a neighbourhood or complex, or no longer."""
    person, opened = _reader(request, "areas.follow")
    place = _any(opened, unit)
    if request.POST.get("follow") == "no":
        actions.unfollow(place, actor=person)
        messages.success(request, N_("You follow this place no longer."))
    else:
        actions.follow(place, actor=person)
        messages.success(request, N_("You follow this place: it stands on your start page."))
    return _see_other(place.kind, unit)


def _reader(request: HttpRequest, action: str) -> tuple[Person, Opened]:
    """Who reads, and the one version that the whole page is of."""
    person = require(request.user, action)
    opened = current(person)
    if opened is None:
        raise Http404(N_("There is no City yet."))
    return person, opened


def _neighbourhood(opened: Opened, code: str) -> Place:
    try:
        return places_of(opened).neighbourhood(code)
    except AbsentError as error:
        raise Http404(error) from error


def _complex(opened: Opened, number: str) -> Place:
    try:
        return places_of(opened).complex(number)
    except AbsentError as error:
        raise Http404(error) from error


def _any(opened: Opened, unit: str) -> Place:
    place = places_of(opened).any(unit)
    if place is None:
        raise Http404(N_("There is no such place in this City."))
    return place


def _done(form: forms.Form, act: Any, field: str | None = None) -> bool:
    """Whether an action was done; what it refuses stands in the form, or beside one field of it."""
    try:
        act()
    except InputError as error:
        form.add_error(field, told(error))
        return False
    return True


def _see_other(name: str, key: str, part: str = "") -> HttpResponse:
    """On to a page that shows what was done; asking it again does nothing twice."""
    return HttpResponseRedirect(reverse(name, args=(key,)) + part, status=303)
