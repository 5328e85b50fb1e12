"""Pages that change a part of a plan, or take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.plans import queries
from ongedeeld.web.plans.actions import ChangedMeanwhileError
from ongedeeld.web.plans.figures import label_of, typed_value, value_to_type
from ongedeeld.web.plans.forms import ExpectedForm, SayForm, SentForm, StepForm
from ongedeeld.web.plans.models import Plan, Say, Sign, Step
from ongedeeld.web.plans.part_actions import PartOfPlan, change_part, remove_part, right_to_change
from ongedeeld.web.speaking import speech, told


@dataclass(frozen=True)
class Kind:
    """How one kind of part is changed: its form, what stands in it, what is written of it, its name."""

    model: type[PartOfPlan]
    form: type[SentForm]
    begun: Callable[[Any], dict[str, object]]
    written: Callable[[Any, Any], Mapping[str, object]]
    title: Callable[[Any], str]


def _of_step(step: Step) -> dict[str, object]:
    budget = None if step.budget_cents is None else step.budget_cents / 100
    return {"what": step.what, "owner": step.owner, "due": step.due, "budget": budget}


def _of_sign(sign: Sign) -> dict[str, object]:
    return {"expected": value_to_type(sign.figure, sign.expected), "by_day": sign.by_day}


def _written_sign(sign: Sign, form: ExpectedForm) -> dict[str, object]:
    filled_in = form.told
    return {"expected": typed_value(sign.figure, filled_in["expected"]), "by_day": filled_in["by_day"]}


def _of_say(say: Say) -> dict[str, object]:
    return {"of": say.of, "how": say.how, "words": say.words, "day": say.day}


STEP = Kind(Step, StepForm, _of_step, lambda _, form: form.values, lambda step: str(step.what))
SIGN = Kind(Sign, ExpectedForm, _of_sign, _written_sign, lambda sign: label_of(sign.figure, speech()))
SAY = Kind(Say, SayForm, _of_say, lambda _, form: form.told, lambda say: str(say.how))


def _found(request: HttpRequest, key: UUID, part: UUID, kind: Kind) -> tuple[Person, Plan, PartOfPlan]:
    """Who asks, the plan, and the part of it that they may change."""
    person = require(request.user, "plans.see_plans")
    plan = queries.plan_for(person, key)
    found = kind.model.objects.filter(plan=plan, key=part).select_related("plan").first()
    if found is None:
        raise Http404(N_("This is no longer in the plan."))
    require(person, right_to_change(found), found)
    return person, plan, found


def _change(request: HttpRequest, key: UUID, part: UUID, kind: Kind) -> HttpResponse:
    person, plan, found = _found(request, key, part, kind)
    form = kind.form(request.POST or None, initial=kind.begun(found) | {"version": found.version})
    theirs = None
    if form.is_valid():
        values, version = kind.written(found, form), form.cleaned_data["version"]
        try:
            change_part(found, values, version=version, today=timezone.localdate(), actor=person)
        except ChangedMeanwhileError as error:
            form.add_error(None, told(error))
            theirs = found
            form.has_seen(found.version)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(N_("That was changed.")))
            return HttpResponseRedirect(reverse("plan", args=[plan.key]), status=303)
    shown = {
        "form": form,
        "plan": plan,
        "title": kind.title(found),
        "theirs": kind.form(initial=kind.begun(theirs)) if theirs else None,
        "removal": reverse(f"remove_{found._meta.model_name}", args=[plan.key, found.key]),
    }
    return render(request, "plans/part.html", shown, status=422 if form.errors else 200)


def _remove(request: HttpRequest, key: UUID, part: UUID, kind: Kind) -> HttpResponse:
    person, plan, found = _found(request, key, part, kind)
    try:
        remove_part(found, actor=person)
    except OngedeeldError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, speech().say(N_("That was taken back.")))
    return HttpResponseRedirect(reverse("plan", args=[plan.key]), status=303)


@require_http_methods(["GET", "POST"])
def change_step(request: HttpRequest, key: UUID, part: UUID) -> HttpResponse:
    """Write a step anew."""
    return _change(request, key, part, STEP)


@require_http_methods(["GET", "POST"])
def change_sign(request: HttpRequest, key: UUID, part: UUID) -> HttpResponse:
    """Write anew where a figure should be, and when."""
    return _change(request, key, part, SIGN)


@require_http_methods(["GET", "POST"])
def change_say(request: HttpRequest, key: UUID, part: UUID) -> HttpResponse:
    """Write anew what somebody said."""
    return _change(request, key, part, SAY)


@require_POST
def remove_step(request: HttpRequest, key: UUID, part: UUID) -> HttpResponse:
    """Take a step back."""
    return _remove(request, key, part, STEP)


@require_POST
def remove_sign(request: HttpRequest, key: UUID, part: UUID) -> HttpResponse:
    """Take a sign back."""
    return _remove(request, key, part, SIGN)


@require_POST
def remove_say(request: HttpRequest, key: UUID, part: UUID) -> HttpResponse:
    """Take back what was written down of what somebody said."""
    return _remove(request, key, part, SAY)
