"""The law by date, told in tables and sentences."""

from __future__ import annotations

from datetime import date

from rich.markup import escape

from ongedeeld.cli.rules_said import amount, facts, local_records, say, told
from ongedeeld.cli.voice import out, table, tell, voice
from ongedeeld.errors import N_, AbsentError
from ongedeeld.rules import Change, Dated, Law, LawOfDay, Parameter, Rule, Version
from ongedeeld.rules.changes import KINDS
from ongedeeld.rules.urgency import urgency_regime


def tell_rules(law: LawOfDay) -> None:
    """The rules in force on a day, and those that are not or of which nobody read it."""
    register = law.law.register
    table(
        N_("Rules in force"),
        (N_("name"), N_("rule"), N_("article"), N_("since"), N_("how sure"), N_("not known")),
        (
            (
                name,
                say(register[name].label),
                version.article,
                _since(version),
                version.grade,
                say(version.unknown) if version.unknown else "",
            )
            for name, version in register.in_force(law.day).items()
        ),
    )
    unread = register.unread(law.day)
    if unread:
        tell(N_("Not read what held on {day}: {names}"), day=law.day.isoformat(), names=", ".join(unread))
    gone = [
        name for name in register.by_name if name not in register.in_force(law.day) and name not in unread
    ]
    if gone:
        tell(N_("Not in force on {day}: {names}"), day=law.day.isoformat(), names=", ".join(gone))


def _since(version: Version) -> str:
    day = version.start.isoformat()
    return voice.say(N_("{day} or before"), day=day) if version.start_read else day


def tell_values(law: LawOfDay) -> None:
    """The values on a day."""
    held = law.law.parameters.by_name.values()
    table(
        N_("Values"),
        (N_("name"), N_("value"), N_("amount"), N_("how sure"), N_("article")),
        (
            (
                one.name,
                one.label(voice.language),
                amount(one, one.at(law.day)),
                _grade(one.at(law.day)),
                one.article,
            )
            for one in held
        ),
    )


def _grade(dated: Dated | None) -> str:
    return (dated.grade or "") if dated and dated.value is not None else ""


def tell_local(law: LawOfDay, municipality: str) -> None:
    """What local policy says on a day."""
    records = local_records(law, municipality)
    if records:
        table(
            N_("Local policy in force"),
            (N_("section"), N_("what"), N_("from"), N_("until"), N_("source")),
            (
                (
                    record.section,
                    ", ".join(f"{name} {value}" for name, value in facts(record).items()),
                    record.start.isoformat(),
                    "" if record.end == date.max else record.end.isoformat(),
                    record.source,
                )
                for record in records
            ),
        )
    elif municipality:
        tell(N_("Local policy says nothing of {municipality} on this day."), municipality=municipality)


def tell_urgency(law: LawOfDay, municipality: str) -> None:
    """Which text on urgency binds a municipality on a day: each has a day of its own."""
    try:
        says = say(urgency_regime(municipality, law).version.says)
    except AbsentError as refusal:
        tell(N_("Urgency in {municipality}:"), municipality=municipality)
        out.print(refusal.say(voice.translate), markup=False, highlight=False)
    else:
        tell(N_("Urgency in {municipality}: {says}"), municipality=municipality, says=says)


def explain_rule(rule: Rule, law: LawOfDay) -> None:
    """A rule through time, and what holds on the day."""
    out.print(f"[bold]{escape(say(rule.label))}[/bold] ({rule.name})", highlight=False)
    if rule.name in law.law.register.unread(law.day):
        tell(N_("What held on {day} was not read."), day=law.day.isoformat())
        held = None
    else:
        held = rule.at(law.day)
        if held is None:
            tell(N_("Not in force on {day}."), day=law.day.isoformat())
    for version in rule.versions:
        mark = voice.say(N_("(holds on {day})"), day=law.day.isoformat()) if version is held else ""
        until = version.end.isoformat() if version.end else voice.say(N_("now"))
        tell(N_("From {start} until {end} {mark}"), start=_since(version), end=until, mark=mark)
        _tell_version(version, law)


def _tell_version(version: Version, law: LawOfDay) -> None:
    lines = [
        (N_("Says"), say(version.says)),
        (N_("Stands in"), f"{version.article}, {version.source}"),
        (N_("How sure"), version.grade),
    ]
    if version.unknown:
        lines.append((N_("Not known"), say(version.unknown)))
    for name in version.values:
        parameter = law.law.parameters[name]
        lines.append((N_("Value"), f"{name}: {amount(parameter, parameter.at(law.day))}"))
    for label, text in lines:
        out.print(f"  [bold]{escape(voice.translate(label))}[/bold]: {escape(text)}", highlight=False)


def explain_value(parameter: Parameter, law: LawOfDay) -> None:
    """A value through time, and what holds on the day."""
    out.print(f"[bold]{escape(parameter.label(voice.language))}[/bold] ({parameter.name})", highlight=False)
    now = amount(parameter, parameter.at(law.day))
    tell(N_("On {day}: {amount} ({article})"), day=law.day.isoformat(), amount=now, article=parameter.article)
    headers = (N_("from"), N_("amount"), N_("how sure"), N_("source"), N_("note"))
    rows = (
        (one.start.isoformat(), amount(parameter, one), _grade(one), one.source, one.note)
        for one in parameter.values
    )
    table(N_("Through time"), headers, rows)


def tell_changes(changes: tuple[Change, ...], law: Law) -> None:
    """What differs between two days."""
    title = N_("What differs between the two days")
    headers = (N_("what"), N_("rule or value"), N_("name"), N_("before"), N_("after"))
    table(title, headers, (_change_row(change, law) for change in changes))
    if not changes:
        tell(N_("Nothing that is known differs."))


def _change_row(change: Change, law: Law) -> tuple[str, ...]:
    return (
        voice.translate(KINDS[change.kind]),
        say(change.label),
        change.name,
        told(change, change.before, law),
        told(change, change.after, law),
    )
