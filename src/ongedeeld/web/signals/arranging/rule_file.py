"""The rules as a file in TOML, to look through, to keep and to bring in again: it names teams, not people."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.signals.arranging.arranged import may_enter, require_arranging
from ongedeeld.web.signals.arranging.rule_actions import RuleDraft, number, refuse_wrong
from ongedeeld.web.signals.models import RoutingRule, Signal, Team

FILE = "signalen-regels.toml"
MOST_BYTES = 500_000
_HEAD = (
    "# De regels die bepalen welk team een signaal beantwoordt: de eerste die geldt, in deze volgorde.",
    "# The rules that decide which team answers a signal: the first that holds, in this order.",
)
_TEXTS = ("name", "team", "kind", "domain", "area")
_KINDS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(_TEXTS, (str,)),
    "danger": (bool,),
    "working_days": (int,),
    "from_day": (date,),
    "until_day": (date,),
}
_NEEDED = ("name", "team", "from_day")
_REMEDY = N_("save the rules as a file on the page of rules, and change that file")


@dataclass(frozen=True)
class Taken:
    """What bringing a file in did: how many rules are new, were written anew, or ended."""

    made: int
    changed: int
    ended: int


def rules_as_toml(person: Person) -> str:
    """Every rule in order; who answers in a team is left out, for a file goes where it goes.

    Raises
    ------
    Refused
        When the person may see no teams.
    """
    may_enter(person)
    rules = RoutingRule.objects.select_related("team")
    return "\n\n".join(("\n".join(_HEAD), *(_table(rule) for rule in rules))) + "\n"


def _table(rule: RoutingRule) -> str:
    held = {name: getattr(rule, name) for name in _KINDS} | {"team": rule.team.name}
    lines = (f"{name} = {toml_value(value)}" for name, value in held.items() if value not in ("", None))
    return "\n".join(("[[rule]]", *lines))


def toml_value(value: object) -> str:
    """A value as TOML has it; its texts are written as those of JSON, which TOML reads alike.

    Examples
    --------
    >>> toml_value("Gevaar eerst"), toml_value(True), toml_value(date(2026, 1, 1))
    ('"Gevaar eerst"', 'true', '2026-01-01')
    """
    if isinstance(value, str):
        # DEL may stand in a text of JSON and in none of TOML.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return "true" if value is True else "false" if value is False else f"{value}"


@transaction.atomic
def take_rules(content: bytes, *, actor: Person, today: date) -> Taken:
    """Let the rules be those of a file: one of the same name is written anew, one that is not there ends.

    Raises
    ------
    Refused
        When the actor may not arrange everywhere.
    InputError
        When the file cannot be read or a rule in it cannot be; nothing is changed then.
    """
    require_arranging(actor, ())
    drafts = _drafts(_read(content))
    before = {rule.name.casefold(): rule for rule in RoutingRule.objects.select_related("team")}
    order, made, changed = [], 0, 0
    for row, told in enumerate(drafts, start=1):
        rule = before.pop(told.name.casefold(), None)
        draft = _with_owner(told, rule)
        try:
            refuse_wrong(draft, actor, but=rule)
        except InputError as error:
            error.place = Place(FILE, row=row)
            raise
        if rule is None:
            rule = RoutingRule.objects.create(place=0, made_by=actor.key, **draft.values)
            made += 1
        elif any(getattr(rule, name) != value for name, value in draft.values.items()):
            write(rule, rule.version, **draft.values)
            changed += 1
        order.append(rule)
    ended, kept = _end(before.values(), today)
    number([*order, *kept])
    record(actor, "signals.take_rules", "rules", FILE, ["rules"])
    return Taken(made, changed, ended)


def _end(rules: Iterable[RoutingRule], today: date) -> tuple[int, list[RoutingRule]]:
    """End rules from today; how many ran, and those that stay to be looked up."""
    ended, kept = 0, []
    for rule in rules:
        runs = rule.until_day is None or rule.until_day >= today
        ended += runs
        if runs and rule.from_day >= today:
            rule.delete()
            continue
        if runs:
            write(rule, rule.version, until_day=today - timedelta(days=1))
        kept.append(rule)
    return ended, kept


def _with_owner(draft: RuleDraft, rule: RoutingRule | None) -> RuleDraft:
    """Who answered by this rule before, while the team is the same: the file tells of no people."""
    return replace(draft, owner=rule.owner) if rule is not None and rule.team == draft.team else draft


def _read(content: bytes) -> list[dict[str, Any]]:
    try:
        tables = tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            N_("this is not a file with rules in TOML"), place=Place(FILE), remedy=_REMEDY
        ) from error
    rules = tables.get("rule")
    if set(tables) != {"rule"} or not isinstance(rules, list):
        raise InputError(
            N_("this file holds something else than rules"),
            place=Place(FILE),
            expected=N_("a table [[rule]] for each rule, and nothing else"),
            remedy=_REMEDY,
        )
    return rules


def _drafts(rules: Iterable[Mapping[str, Any]]) -> list[RuleDraft]:
    teams = {team.name.casefold(): team for team in Team.objects.all()}
    drafts: dict[str, RuleDraft] = {}
    for row, rule in enumerate(rules, start=1):
        draft = _draft(rule, teams, Place(FILE, row=row))
        if draft.name.casefold() in drafts:
            raise InputError(
                N_("two rules in this file are called {name}"),
                place=Place(FILE, row=row),
                remedy=N_("give one of them another name"),
                name=draft.name,
            )
        drafts[draft.name.casefold()] = draft
    return list(drafts.values())


def _draft(rule: Mapping[str, Any], teams: Mapping[str, Team], place: Place) -> RuleDraft:
    _refuse_fields(rule, place)
    team = teams.get(rule["team"].casefold())
    if team is None:
        raise InputError(
            N_("there is no team {team}"),
            place=place,
            remedy=N_("make the team first, or name one that is there"),
            team=rule["team"],
        )
    for field, known in (("kind", Signal.Kind.values), ("domain", [str(one) for one in LIFE_DOMAIN_LABELS])):
        if rule.get(field, "") not in ("", *known):
            raise InputError(
                N_("{value} is not known here"),
                place=replace(place, column=field),
                expected=N_("one of {known}"),
                value=rule[field],
                known=", ".join(known),
            )
    return RuleDraft(**{**rule, "team": team})


def _refuse_fields(rule: Mapping[str, Any], place: Place) -> None:
    """Stop where a field is not known, is not there, or holds something else than it should."""
    if not isinstance(rule, dict) or (strange := next((one for one in rule if one not in _KINDS), None)):
        raise InputError(
            N_("a rule has no field {field}"),
            place=place,
            expected=N_("one of {known}"),
            field=strange if isinstance(rule, dict) else "",
            known=", ".join(_KINDS),
        )
    for name, kinds in _KINDS.items():
        if name not in rule and name not in _NEEDED:
            continue
        if type(rule.get(name)) not in kinds or rule[name] == "" or len(str(rule[name])) > _longest(name):
            raise InputError(
                N_("this field is missing or holds something else than it should"),
                place=replace(place, column=name),
                expected=N_(
                    "text between quotes, a day such as 2026-01-01, a whole number, or true or false"
                ),
            )


def _longest(name: str) -> int:
    return 40 if name == "area" else 120
