"""Pages of plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of, own_codes
from ongedeeld.web.accounts.places import areas_known
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.cities.queries import current
from ongedeeld.web.plans import actions, queries
from ongedeeld.web.plans.document import FORMAT, plan_document
from ongedeeld.web.plans.figures import figures_of, offered, typed_value
from ongedeeld.web.plans.forms import (
    EndStepForm,
    PlanForm,
    ReviewForm,
    SayForm,
    SignForm,
    StepForm,
)
from ongedeeld.web.plans.models import Plan, Review, Step
from ongedeeld.web.plans.told import sign_heads, sign_name, sign_rows
from ongedeeld.web.signals.counting.counts import Spot
from ongedeeld.web.signals.counting.told import Section, section_of
from ongedeeld.web.speaking import speech, told

PAGE = 25
Filled = TypeVar("Filled", bound=forms.Form)


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """All plans that I may see: my areas first, or everything; those to be reviewed in front."""
    person = require(request.user, "plans.see_plans")
    own = own_codes(person)
    everywhere = own is None or request.GET.get("overal") == "1"
    found = queries.plans_for(person, codes=None if everywhere else own)
    state = request.GET.get("stand", "")
    if state in Plan.State.values:
        found = found.filter(state=state)
    page = Paginator(found, PAGE).get_page(request.GET.get("bladzijde"))
    return render(
        request,
        "plans/plans.html",
        {
            "page": page,
            "state": state,
            "states": Plan.State,
            "everywhere": everywhere,
            "has_own": own is not None,
            "today": timezone.localdate(),
        },
    )


@require_http_methods(["GET", "POST"])
def new_plan(request: HttpRequest) -> HttpResponse:
    """Begin a plan for the place of `plek`; `aanleiding` is what it starts from."""
    person = require(request.user, "plans.write_plan")
    places = areas_known(person)
    place = places.get(request.GET.get("plek", ""))
    if place is None:
        extent = extent_of(person, "plans.write_plan")
        open_to = [one for one in places.values() if extent.covers(one)]
        return render(
            request, "plans/where.html", {"places": sorted(open_to, key=lambda one: (one.kind, one.name))}
        )
    require(person, "plans.write_plan", place)
    form = PlanForm(request.POST or None, initial={"occasion": request.GET.get("aanleiding", "")[:500]})
    if form.is_valid():
        once = form.cleaned_data["once"]
        try:
            plan = actions.make_plan(place, actions.Draft(**form.told), actor=person, once=once)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(
                request,
                speech().say(
                    N_("The plan is there, as a draft. Add steps and what would show that it worked.")
                ),
            )
            return HttpResponseRedirect(reverse("plan", args=[plan.key]), status=303)
    shown = {"form": form, "place": place, "plan": None, "theirs": None}
    return render(request, "plans/form.html", shown, status=422 if form.errors else 200)


@require_GET
def plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """One plan."""
    person = require(request.user, "plans.see_plans")
    found = queries.plan_for(person, key)
    record(person, "plans.see_plan", "plan", found.key, place=found.unit)
    return _page(request, person, found)


def _page(
    request: HttpRequest, person: Person, found: Plan, wrong: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """The page of a plan, with what was typed wrongly in one of its forms."""
    opened = current(person)
    spoken = speech()
    choices = list(offered(figures_of(opened, found.unit), spoken))
    signs = queries.signs_of(person, found, opened)
    shown: dict[str, forms.Form] = {
        "step": StepForm(prefix="step"),
        "say": SayForm(prefix="say", initial={"day": timezone.localdate()}),
        "sign": SignForm(prefix="sign", figures=choices),
        "review": ReviewForm(prefix="review"),
    }
    return render(
        request,
        "plans/plan.html",
        {
            "plan": found,
            "opened": opened,
            "sign_heads": sign_heads(spoken),
            "sign_rows": sign_rows(signs, spoken),
            "sign_names": [(one.sign, sign_name(one, spoken)) for one in signs],
            "occasion": queries.occasion_for(person, found),
            "end_forms": {step.key: _end_form(step.key) for step in found.steps.all()},
            "today": timezone.localdate(),
            "signals": _signals(person, opened, found),
            "can_add_signs": bool(choices),
            "open_step": Step.State.OPEN,
            "wrong": wrong or {},
            **{f"{name}_form": (wrong or {}).get(name, form) for name, form in shown.items()},
        },
        status=422 if wrong else 200,
    )


def _signals(person: Person, opened: Opened | None, found: Plan) -> Section | None:
    """How many signals came from the place of a plan, as far as the person may know."""
    if opened is None:
        return None
    place = Spot(found.unit, found.area_codes)
    return section_of(person, opened, place, timezone.localdate(), speech())


def _end_form(step: UUID, posted: QueryDict | None = None) -> EndStepForm:
    """The form that ends one of the steps of a page; its fields have ids of their own."""
    return EndStepForm(posted, prefix="end", auto_id=f"id_{step}_%s")


@require_http_methods(["GET", "POST"])
def change_plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write what a plan says of itself anew."""
    person = require(request.user, "plans.see_plans")
    found = queries.plan_for(person, key)
    require(person, "plans.write_plan", found)
    begun = {name: getattr(found, name) for name in (*actions.PLAN_FIELDS, "version")}
    form = PlanForm(request.POST or None, initial=begun)
    theirs = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.change_plan(found, actions.Draft(**form.told), version=version, actor=person)
        except actions.ChangedMeanwhileError as error:
            form.add_error(None, told(error))
            theirs = queries.plan_for(person, key)
            form.has_seen(theirs.version)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(N_("The plan was changed.")))
            return HttpResponseRedirect(reverse("plan", args=[found.key]), status=303)
    shown = {"form": form, "place": found, "plan": found, "theirs": theirs}
    return render(request, "plans/form.html", shown, status=422 if form.errors else 200)


def _changed(
    request: HttpRequest,
    key: UUID,
    name: str,
    action: str,
    form: Callable[[Plan, Person], Filled],
    change: Callable[[Person, Plan, Filled], None],
) -> HttpResponse:
    """Do one change of a plan from a form on its page; show the page again when it cannot be done."""
    person = require(request.user, "plans.see_plans")
    found = queries.plan_for(person, key)
    require(person, action, found)
    filled = form(found, person)
    if filled.is_valid():
        try:
            change(person, found, filled)
        except OngedeeldError as error:
            filled.add_error(None, told(error))
        else:
            messages.success(request, speech().say(N_("That is in the plan now.")))
            return HttpResponseRedirect(f"{reverse('plan', args=[found.key])}#{name}", status=303)
    return _page(request, person, queries.plan_for(person, key), {name: filled})


@require_POST
def add_step(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add a step."""

    def change(person: Person, found: Plan, form: StepForm) -> None:
        once = form.cleaned_data["once"]
        actions.add_step(found, **form.values, today=timezone.localdate(), actor=person, once=once)

    return _changed(
        request, key, "step", "plans.write_plan", lambda *_: StepForm(request.POST, prefix="step"), change
    )


@require_POST
def end_step(request: HttpRequest, key: UUID, step: UUID) -> HttpResponse:
    """Tell that a step was done or dropped."""

    def change(person: Person, found: Plan, form: EndStepForm) -> None:
        ended = found.steps.filter(key=step).first()
        if ended is None:
            raise Http404(N_("There is no such step in this plan."))
        actions.end_step(
            ended,
            state=Step.State(form.cleaned_data["state"]),
            remark=form.cleaned_data["remark"],
            today=timezone.localdate(),
            actor=person,
        )

    return _changed(
        request, key, f"end-{step}", "plans.end_step", lambda *_: _end_form(step, request.POST), change
    )


@require_POST
def add_say(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down what residents or partners say."""

    def change(person: Person, found: Plan, form: SayForm) -> None:
        actions.add_say(found, **form.told, actor=person, once=form.cleaned_data["once"])

    return _changed(
        request, key, "say", "plans.add_say", lambda *_: SayForm(request.POST, prefix="say"), change
    )


@require_POST
def add_sign(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add a figure that would show whether it worked."""

    def filled(found: Plan, person: Person) -> SignForm:
        choices = list(offered(figures_of(current(person), found.unit), speech()))
        return SignForm(request.POST, prefix="sign", figures=choices)

    def change(person: Person, found: Plan, form: SignForm) -> None:
        filled_in = form.cleaned_data
        figure = figures_of(current(person), found.unit)[filled_in["figure"]]
        actions.add_sign(
            found,
            figure=figure,
            expected=typed_value(figure.name, filled_in["expected"]),
            by_day=filled_in["by_day"],
            actor=person,
            once=filled_in["once"],
        )

    return _changed(request, key, "sign", "plans.write_plan", filled, change)


@require_POST
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look back."""

    def change(person: Person, found: Plan, form: ReviewForm) -> None:
        once = form.cleaned_data["once"]
        actions.review_plan(found, **form.told, today=timezone.localdate(), actor=person, once=once)

    closes = request.POST.get("review-onward") == Review.Onward.CLOSE
    return _changed(
        request,
        key,
        "review",
        "plans.agree_plan" if closes else "plans.write_plan",
        lambda *_: ReviewForm(request.POST, prefix="review"),
        change,
    )


@require_POST
def agree(request: HttpRequest, key: UUID) -> HttpResponse:
    """Agree a draft."""
    person = require(request.user, "plans.see_plans")
    found = queries.plan_for(person, key)
    try:
        actions.agree_plan(found, today=timezone.localdate(), actor=person)
    except OngedeeldError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, speech().say(N_("The plan is adopted.")))
    return HttpResponseRedirect(reverse("plan", args=[found.key]), status=303)


@require_POST
def throw_away(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw away a draft."""
    person = require(request.user, "plans.see_plans")
    found = queries.plan_for(person, key)
    try:
        actions.throw_away_draft(found, actor=person)
    except OngedeeldError as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("plan", args=[found.key]), status=303)
    messages.success(request, speech().say(N_("The draft was thrown away.")))
    return HttpResponseRedirect(reverse("plans"), status=303)


@limited("export")
@require_GET
def document(request: HttpRequest, key: UUID) -> HttpResponse:
    """The plan as a Word document."""
    person = require(request.user, "plans.see_plans")
    found = queries.plan_for(person, key)
    record(person, "plans.export_plan", "plan", found.key, place=found.unit)
    opened = current(person)
    written = plan_document(
        found,
        queries.signs_of(person, found, opened),
        speech(),
        timezone.localdate(),
        occasion=queries.occasion_for(person, found),
        invented=opened is not None and opened.city.manifest.invented,
    )
    answer = HttpResponse(written, content_type=FORMAT)
    answer["Content-Disposition"] = f'attachment; filename="plan-{slugify(found.unit)}.docx"'
    return answer
