"""The law by date, told in entries that read at any width: a heading, and indented under it what it says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from textwrap import fill

from rich.markup import escape

from ongedeeld.cli.rules_said import amount, say
from ongedeeld.cli.voice import out, tell, voice
from ongedeeld.errors import N_
from ongedeeld.rules import Change, Dated, Law, LawOfDay, Parameter, Rule, Version
from ongedeeld.rules.boundaries import last_day_of_ordinance
from ongedeeld.rules.changes import KINDS
from ongedeeld.rules.codes import URGENCY_GROUPS
from ongedeeld.rules.record_words import FIELDS, SECTIONS, facts_of
from ongedeeld.rules.records import Record
from ongedeeld.rules.telling import (
    GRADES,
    ONLY_READ_LATER,
    agreed,
    local_records,
    said_value,
    side_told,
    urgency_told,
)
from ongedeeld.rules.urgency import RULE as URGENCY
from ongedeeld.rules.urgency import statutory_groups
from ongedeeld.vocabulary import Both

_NARROWEST = 40


def _heading(text: str) -> None:
    out.print(f"\n[bold]{escape(text)}[/bold]", highlight=False)


def _line(text: str, depth: int = 1) -> None:
    """A line, indented; a terminal gets it folded between words, anything else whole."""
    margin = "  " * depth
    if out.is_terminal:
        text = fill(
            text,
            max(out.width, _NARROWEST),
            initial_indent=margin,
            subsequent_indent=f"{margin}  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    else:
        text = margin + text
    out.print(text, markup=False, highlight=False)


def _said(text: str, depth: int = 2, **fields: object) -> None:
    _line(voice.say(text, **fields), depth)


def _called(label: Both | str, name: str) -> str:
    """What something is called, with the name by which the program knows it."""
    return f"{label if isinstance(label, str) else say(label)} ({name})"


def _together(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part)


def tell_rules(law: LawOfDay, municipality: str = "") -> None:
    """The rules in force on a day, and those that are not or of which nobody read it."""
    register = law.law.register
    in_force, unread = register.in_force(law.day), register.unread(law.day)
    heading = (
        N_("Rules in force on {day}, for {municipality}") if municipality else N_("Rules in force on {day}")
    )
    _heading(voice.say(heading, day=law.day.isoformat(), municipality=municipality))
    _said(GRADES, 0)
    for name, version in in_force.items():
        _line(_called(register[name].label, name))
        since = voice.say(N_("since {day}"), day=_since(version))
        _line(_together((version.article, since, _sure(version.grade))), 2)
        if version.unknown:
            _said(N_("Not known: {what}"), what=say(version.unknown))
    gone = [name for name in register.by_name if name not in in_force and name not in unread]
    for title, names in (
        (N_("Not read what held on {day}"), unread),
        (N_("Not in force on {day}"), gone),
    ):
        if names:
            _heading(voice.say(title, day=law.day.isoformat()))
            for name in names:
                _line(_called(register[name].label, name))


def _since(version: Version) -> str:
    day = version.start.isoformat()
    return voice.say(N_("{day} or before"), day=day) if version.start_read else day


def _sure(grade: str | None) -> str:
    return voice.say(N_("grade {grade}"), grade=grade) if grade else ""


def tell_values(law: LawOfDay) -> None:
    """The values on a day."""
    _heading(voice.say(N_("Values on {day}"), day=law.day.isoformat()))
    for one in law.law.parameters.by_name.values():
        dated = one.at(law.day)
        _line(_called(one.label(voice.language), one.name))
        _line(_together((amount(one, dated), one.article, _grade(dated))), 2)
        for beside in agreed(one, law, voice.translate):
            _line(beside, 2)


def _grade(dated: Dated | None) -> str:
    return _sure(dated.grade) if dated and dated.value is not None else ""


def tell_local(law: LawOfDay, municipality: str) -> None:
    """What local policy says on a day."""
    records = local_records(law, municipality)
    if not records and municipality:
        tell(N_("Local policy says nothing of {municipality} on this day."), municipality=municipality)
        return
    if records:
        _heading(voice.say(N_("Local policy in force on {day}"), day=law.day.isoformat()))
    for record in records:
        _line(_called(SECTIONS[record.section], f"[[{record.section}]]"))
        for name, value in facts_of(record).items():
            _line(f"{say(FIELDS[name])}: {said_value(name, value, voice.translate)}", 2)
        _said(
            N_("From {start} until {end}, {source}"),
            start=record.start.isoformat(),
            end=_until(record, law),
            source=record.source,
        )


def _until(record: Record, law: LawOfDay) -> str:
    last = last_day_of_ordinance(record, law.law.parameters, law.day)
    if last is not None:
        return voice.say(N_("{day} at the latest: so long an ordinance lasts"), day=last.isoformat())
    return voice.say(N_("now")) if record.end == date.max else record.end.isoformat()


def tell_urgency(law: LawOfDay, municipality: str) -> None:
    """Which text on urgency binds a municipality on a day: each has a day of its own."""
    _heading(voice.say(N_("Urgency in {municipality}"), municipality=municipality))
    for line in urgency_told(municipality, law, voice.translate):
        _line(line)


def explain_rule(rule: Rule, law: LawOfDay) -> None:
    """A rule through time, and what holds on the day."""
    _heading(_called(rule.label, rule.name))
    if rule.name in law.law.register.unread(law.day):
        _said(N_("What held on {day} was not read."), 0, day=law.day.isoformat())
        held = None
    else:
        held = rule.at(law.day)
        if held is None:
            _said(N_("Not in force on {day}."), 0, day=law.day.isoformat())
    for version in rule.versions:
        mark = voice.say(N_("(holds on {day})"), day=law.day.isoformat()) if version is held else ""
        until = version.end.isoformat() if version.end else voice.say(N_("now"))
        _said(N_("From {start} until {end} {mark}"), 0, start=_since(version), end=until, mark=mark)
        _tell_version(rule, version, law)


def _tell_version(rule: Rule, version: Version, law: LawOfDay) -> None:
    lines = [
        (N_("Says"), say(version.says)),
        (N_("Stands in"), f"{version.article}, {version.source}"),
        (N_("How sure"), version.grade),
    ]
    if rule.name == URGENCY:
        groups = "; ".join(say(URGENCY_GROUPS[group]) for group in statutory_groups(version))
        lines.append((N_("Groups"), groups))
    if version.unknown:
        lines.append((N_("Not known"), say(version.unknown)))
    for name in version.values:
        one = law.law.parameters[name]
        called = _called(one.label(voice.language), name)
        lines.append((N_("Value"), f"{called}: {amount(one, one.at(law.day))}"))
    for label, text in lines:
        _line(f"{voice.translate(label)}: {text}")


def explain_value(parameter: Parameter, law: LawOfDay) -> None:
    """A value through time, and what holds on the day."""
    _heading(_called(parameter.label(voice.language), parameter.name))
    now = amount(parameter, parameter.at(law.day))
    text = N_("On {day}: {amount} ({article})")
    _said(text, 0, day=law.day.isoformat(), amount=now, article=parameter.article)
    for beside in agreed(parameter, law, voice.translate):
        _line(beside)
    tell(N_("Through time"))
    for one in parameter.values:
        _line(f"{one.start.isoformat()}: {_together((amount(parameter, one), _grade(one), one.source))}")
        if one.note:
            _line(say(one.note), 2)


def tell_changes(changes: tuple[Change, ...], law: Law) -> None:
    """What differs between two days, what is known to change first."""
    if not changes:
        tell(N_("Nothing that is known differs."))
        return
    tell(N_("What differs between the two days"))
    for kind in KINDS:
        of_kind = [change for change in changes if change.kind == kind]
        if of_kind:
            _heading(voice.translate(KINDS[kind]).capitalize())
        if kind == "becomes_known" and any(change.what == "rule" for change in of_kind):
            _said(ONLY_READ_LATER, 1)
        for change in of_kind:
            _tell_change(change, law)


def _tell_change(change: Change, law: Law) -> None:
    _line(_called(change.label, change.name))
    if change.kind == "becomes_known" and change.what == "rule":
        return
    if change.before:
        _said(N_("Before: {what}"), what=side_told(change, change.before, law, voice.translate))
    if change.after:
        _said(N_("After: {what}"), what=side_told(change, change.after, law, voice.translate))
