"""The pages on which it is arranged who answers which signals."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.places import areas_known, place_of
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.signals.arranging import rule_actions as actions
from ongedeeld.web.signals.arranging.arranged import (
    ARRANGE,
    areas_to_arrange,
    may_arrange,
    may_enter,
    require_arranging,
    rule_for,
    rules_for,
)
from ongedeeld.web.signals.arranging.forms import RuleForm, RulesFileForm, TryForm, version_in
from ongedeeld.web.signals.arranging.rule_file import FILE, MOST_BYTES, rules_as_toml, take_rules
from ongedeeld.web.signals.arranging.trying import Tried, tried
from ongedeeld.web.signals.models import RoutingRule, Signal, Team, TeamMember
from ongedeeld.web.speaking import speech, told


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in their order; with a signal in the address, what they do with it."""
    return _page(request, may_enter(request.user))


def _page(request: HttpRequest, person: Person, file_form: RulesFileForm | None = None) -> HttpResponse:
    known = areas_known(person)
    today = timezone.localdate()
    trial = TryForm(request.GET or None, areas=known.values(), initial={"day": today})
    found = rules_for(person)
    return render(
        request,
        "signals/rules.html",
        {
            "rules": [(rule, may_arrange(person, rule.area_codes, known)) for rule in found],
            "places": {rule.area: place_of(rule.area, known).name for rule in found if rule.area},
            "owners": names_of(rule.owner for rule in found if rule.owner),
            "kinds": dict(Signal.Kind.choices),
            "domains": {str(one): label for one, label in LIFE_DOMAIN_LABELS.items()},
            "today": today,
            "has_teams": Team.objects.filter(is_active=True, catches_all=False).exists(),
            "trial": trial,
            "tried": _tried(person, trial),
            "everywhere": may_arrange(person, ()),
            "file_form": file_form or RulesFileForm(),
        },
        status=422 if file_form else 200,
    )


def _tried(person: Person, trial: TryForm) -> Tried | None:
    if not trial.is_valid():
        return None
    asked = trial.cleaned_data
    day = asked["day"] or timezone.localdate()
    return tried(person, asked["kind"], asked["domain"], asked["area"], day, danger=asked["danger"])


def _rule_form(person: Person, posted: QueryDict | None, rule: RoutingRule | None = None) -> RuleForm:
    areas, everywhere = areas_to_arrange(person)
    teams = Team.objects.filter(is_active=True, catches_all=False)
    members = list(TeamMember.objects.filter(team__in=teams).select_related("team"))
    names = names_of(one.person for one in members)
    people = [
        (str(one.person), f"{names[one.person]} ({one.team})") for one in members if one.person in names
    ]
    begun: dict[str, object] = {"from_day": timezone.localdate()}
    if rule is not None:
        begun = {name: getattr(rule, name) for name in (*actions.FIELDS, "version")}
        begun |= {
            "team": str(rule.team.key),
            "owner": str(rule.owner or ""),
            "danger": {True: "yes", False: "no", None: ""}[rule.danger],
        }
    return RuleForm(
        posted,
        initial=begun,
        areas=areas,
        everywhere=everywhere,
        teams=[(str(team.key), team.name) for team in teams],
        people=people,
    )


@require_http_methods(["GET", "POST"])
def new_rule(request: HttpRequest) -> HttpResponse:
    """Add a rule."""
    person = require(request.user, ARRANGE)
    form = _rule_form(person, request.POST or None)
    if form.is_valid():
        try:
            actions.make_rule(form.draft, actor=person, once=form.cleaned_data["once"])
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _done(
                request, N_("The rule is there, behind the others. Try a signal to see what it does.")
            )
    return render(
        request, "signals/rule.html", {"form": form, "rule": None}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def change_rule(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write a rule anew."""
    person = require(request.user, ARRANGE)
    rule = rule_for(person, key)
    require_arranging(person, rule.area_codes)
    form = _rule_form(person, request.POST or None, rule)
    if form.is_valid():
        try:
            actions.change_rule(rule, form.draft, version=form.cleaned_data["version"], actor=person)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _done(request, N_("The rule was changed."))
    return render(
        request, "signals/rule.html", {"form": form, "rule": rule}, status=422 if form.errors else 200
    )


@require_POST
def move_rule(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a rule be tried earlier or later."""
    person = require(request.user, ARRANGE)
    rule, up = rule_for(person, key), request.POST.get("to") != "down"
    try:
        actions.move_rule(rule, up=up, version=version_in(request.POST), actor=person)
    except OngedeeldError as error:
        messages.error(request, told(error))
    return HttpResponseRedirect(reverse("signal_rules") + f"#rule-{rule.key}", status=303)


@require_POST
def end_rule(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a rule run no more."""
    person = require(request.user, ARRANGE)
    rule = rule_for(person, key)
    try:
        today = timezone.localdate()
        actions.end_rule(rule, version=version_in(request.POST), today=today, actor=person)
    except OngedeeldError as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("signal_rules"), status=303)
    return _done(request, N_("The rule runs no more."))


@limited("export")
@require_GET
def rules_file(request: HttpRequest) -> HttpResponse:
    """The rules as a file."""
    person = may_enter(request.user)
    answer = HttpResponse(rules_as_toml(person), content_type="application/toml")
    answer["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return answer


@require_POST
def bring_rules_in(request: HttpRequest) -> HttpResponse:
    """Let the rules be those of a file."""
    person = require(request.user, ARRANGE)
    require_arranging(person, ())
    form = RulesFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            content = form.cleaned_data["file"].read(MOST_BYTES)
            taken = take_rules(content, actor=person, today=timezone.localdate())
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            text = N_("The rules are those of the file: {made} new, {changed} changed, {ended} ended.")
            fields = {"made": taken.made, "changed": taken.changed, "ended": taken.ended}
            return _done(request, text, **fields)
    return _page(request, person, form)


def _done(request: HttpRequest, text: str, **fields: object) -> HttpResponse:
    messages.success(request, speech().say(text, **fields))
    return HttpResponseRedirect(reverse("signal_rules"), status=303)
