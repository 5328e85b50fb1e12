"""Pages of plans."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may, own_codes
from ongedeeld.web.accounts.places import areas_known
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.queries import current
from ongedeeld.web.plans import actions, queries
from ongedeeld.web.plans.document import FORMAT, plan_document
from ongedeeld.web.plans.figures import figures_of, offered, typed_value
from ongedeeld.web.plans.forms import EndStepForm, PlanForm, ReviewForm, SayForm, SignForm, StepForm
from ongedeeld.web.plans.models import Plan, Review, Step
from ongedeeld.web.plans.told import sign_heads, sign_rows
from ongedeeld.web.speaking import speech

PAGE = 25


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
        open_to = [one for one in places.values() if may(person, "plans.write_plan", one)]
        return render(
            request, "plans/where.html", {"places": sorted(open_to, key=lambda one: (one.kind, one.name))}
        )
    require(person, "plans.write_plan", place)
    form = PlanForm(request.POST or None, initial={"occasion": request.GET.get("aanleiding", "")[:500]})
    if form.is_valid():
        plan = actions.make_plan(place, _draft(form), actor=person)
        messages.success(
            request,
            speech().say(N_("The plan is there, as a draft. Add steps and what would show that it worked.")),
        )
        return HttpResponseRedirect(reverse("plan", args=[plan.key]), status=303)
    return render(request, "plans/form.html", {"form": form, "place": place, "plan": None, "theirs": None})


@require_GET
def plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """One plan."""
    person = require(request.user, "plans.see_plans")
    found = queries.plan_for(person, key)
    record(person, "plans.see_plan", "plan", found.key)
    return _page(request, person, found)


def _page(
    request: HttpRequest, person: Person, found: Plan, wrong: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """The page of a plan, with what was typed wrongly in one of its forms."""
    opened = current(person)
    spoken = speech()
    choices = list(offered(figures_of(opened, found.unit), spoken))
    shown = {
        "step": StepForm(prefix="step"),
        "end": EndStepForm(prefix="end"),
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
            "sign_rows": sign_rows(queries.signs_of(person, found, opened), spoken),
            "today": timezone.localdate(),
            "can_add_signs": bool(choices),
            "open_step": Step.State.OPEN,
            "wrong": wrong or {},
            **{f"{name}_form": form for name, form in (shown | (wrong or {})).items()},
        },
        status=422 if wrong else 200,
    )


@require_http_methods(["GET", "POST"])
def change_plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write what a plan says of itself anew."""
    person = require(request.user, "plans.see_plans")
    found = queries.plan_for(person, key)
    require(person, "plans.write_plan", found)
    begun = {name: getattr(found, name) for name in ("title", "occasion", "goal", "review_on", "version")}
    form = PlanForm(request.POST or None, initial=begun)
    theirs = None
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_plan(found, _draft(form), version=version, actor=person)
        except actions.ChangedMeanwhileError as error:
            form.add_error(None, speech().told(error))
            theirs = queries.plan_for(person, key)
            form.has_seen(theirs.version)
        except OngedeeldError as error:
            form.add_error(None, speech().told(error))
        else:
            messages.success(request, speech().say(N_("The plan was changed.")))
            return HttpResponseRedirect(reverse("plan", args=[found.key]), status=303)
    told = {"form": form, "place": found, "plan": found, "theirs": theirs}
    return render(request, "plans/form.html", told)


def _draft(form: PlanForm) -> actions.Draft:
    told = form.cleaned_data
    return actions.Draft(told["title"], told["goal"], told["occasion"], told["review_on"])


def _changed(
    request: HttpRequest,
    key: UUID,
    name: str,
    action: str,
    form: Callable[[Plan, Person], forms.Form],
    change: Callable[[Person, Plan, forms.Form], None],
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
            filled.add_error(None, speech().told(error))
        else:
            messages.success(request, speech().say(N_("That is in the plan now.")))
            return HttpResponseRedirect(f"{reverse('plan', args=[found.key])}#{name}", status=303)
    return _page(request, person, queries.plan_for(person, key), {name: filled})


@require_POST
def add_step(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add a step."""

    def change(person: Person, found: Plan, form: forms.Form) -> None:
        told = form.cleaned_data
        actions.add_step(
            found,
            what=told["what"],
            owner=told["owner"],
            due=told["due"],
            budget_cents=told["budget"],
            actor=person,
        )

    return _changed(
        request, key, "step", "plans.write_plan", lambda *_: StepForm(request.POST, prefix="step"), change
    )


@require_POST
def end_step(request: HttpRequest, key: UUID, step: UUID) -> HttpResponse:
    """Tell that a step was done or dropped."""

    def change(person: Person, found: Plan, form: forms.Form) -> None:
        told = form.cleaned_data
        ended = found.steps.filter(key=step).first()
        if ended is None:
            raise Http404(N_("There is no such step in this plan."))
        actions.end_step(
            ended,
            state=Step.State(told["state"]),
            remark=told["remark"],
            today=timezone.localdate(),
            actor=person,
        )

    return _changed(
        request, key, "end", "plans.end_step", lambda *_: EndStepForm(request.POST, prefix="end"), change
    )


@require_POST
def add_say(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down what residents or partners say."""

    def change(person: Person, found: Plan, form: forms.Form) -> None:
        actions.add_say(found, **form.cleaned_data, actor=person)

    return _changed(
        request, key, "say", "plans.add_say", lambda *_: SayForm(request.POST, prefix="say"), change
    )


@require_POST
def add_sign(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add a figure that would show whether it worked."""

    def filled(found: Plan, person: Person) -> forms.Form:
        choices = list(offered(figures_of(current(person), found.unit), speech()))
        return SignForm(request.POST, prefix="sign", figures=choices)

    def change(person: Person, found: Plan, form: forms.Form) -> None:
        told = form.cleaned_data
        figure = figures_of(current(person), found.unit)[told["figure"]]
        expected = typed_value(figure.name, told["expected"])
        actions.add_sign(found, figure=figure, expected=expected, by_day=told["by_day"], actor=person)

    return _changed(request, key, "sign", "plans.write_plan", filled, change)


@require_POST
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look back."""

    def change(person: Person, found: Plan, form: forms.Form) -> None:
        actions.review_plan(found, **form.cleaned_data, today=timezone.localdate(), actor=person)

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
        messages.error(request, speech().told(error))
    else:
        messages.success(request, speech().say(N_("The plan is agreed.")))
    return HttpResponseRedirect(reverse("plan", args=[found.key]), status=303)


@limited("export")
@require_GET
def document(request: HttpRequest, key: UUID) -> HttpResponse:
    """The plan as a Word document."""
    person = require(request.user, "plans.see_plans")
    found = queries.plan_for(person, key)
    record(person, "plans.export_plan", "plan", found.key)
    opened = current(person)
    written = plan_document(
        found,
        queries.signs_of(person, found, opened),
        speech(),
        timezone.localdate(),
        invented=opened is not None and opened.city.manifest.invented,
    )
    answer = HttpResponse(written, content_type=FORMAT)
    answer["Content-Disposition"] = f'attachment; filename="plan-{slugify(found.unit)}.docx"'
    return answer
