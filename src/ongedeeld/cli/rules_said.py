"""What the rules say, for a table, a sentence or another program."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from ongedeeld.cli.voice import number, voice
from ongedeeld.errors import N_
from ongedeeld.rules import Change, Dated, Law, LawOfDay, Parameter, Rule, Version
from ongedeeld.rules.amounts import Euros, Percent
from ongedeeld.rules.records import Record
from ongedeeld.vocabulary import Both

UNITS = {
    "cents": Both("", ""),
    "cents_per_month": Both("per maand", "a month"),
    "cents_per_year": Both("per jaar", "a year"),
    "factor": Both("maal", "times"),
    "years": Both("jaar", "years"),
    "weeks": Both("weken", "weeks"),
    "times": Both("keer", "times"),
    "people": Both("mensen", "people"),
    "points": Both("punten", "points"),
}


def say(both: Both) -> str:
    """Words in the language of the run."""
    return both.say(voice.translate)


def amount(parameter: Parameter, dated: Dated | None) -> str:
    """A value as people write it, or why it is unknown."""
    if dated is None:
        return voice.say(N_("unknown"))
    if dated.value is None:
        return voice.say(N_("unknown: {why}"), why=say(dated.unknown) if dated.unknown else "")
    if parameter.unit == "share":
        return Percent(dated.value).say(voice.translate)
    money = parameter.unit.startswith("cents")
    written = Euros(int(dated.value)).say(voice.translate) if money else number(dated.value)
    return f"{written} {say(UNITS[parameter.unit])}".rstrip()


def local_records(law: LawOfDay, municipality: str) -> list[Record]:
    """The records that hold on the day; of one municipality, those that name no other."""

    def concerns(record: Record) -> bool:
        named = {getattr(record, "municipality", ""), *getattr(record, "municipalities", ())} - {""}
        return not municipality or not named or municipality in named

    return [record for record in law.records(Record) if concerns(record)]


def facts(record: Record) -> dict[str, Any]:
    """What a record says, but its source, days and place, and what it leaves open."""
    told = {one.name: getattr(record, one.name) for one in fields(record)}
    apart = {"source", "start", "end", "place"}
    return {
        name: ", ".join(map(str, value)) if isinstance(value, tuple) else value
        for name, value in told.items()
        if name not in apart and value not in (None, "", ())
    }


def told(change: Change, held: Version | Dated | None, law: Law) -> str:
    """One side of a change; a dash where there is nothing."""
    if isinstance(held, Version):
        return say(held.says)
    if held is not None:
        return amount(law.parameters[change.name], held)
    return "-"


def day_as_data(law: LawOfDay, municipality: str) -> dict[str, Any]:
    """The law of a day; names are those of the code, texts in the language of the run."""
    register = law.law.register
    return {
        "date": law.day,
        "rules": {
            name: {"label": say(register[name].label), **_version_as_data(version)}
            for name, version in register.in_force(law.day).items()
        },
        "not_read": register.unread(law.day),
        "values": {
            name: {
                "label": one.label(voice.language),
                "unit": one.unit,
                "article": one.article,
                **_dated_as_data(one.at(law.day)),
            }
            for name, one in law.law.parameters.by_name.items()
        },
        "local": [
            {
                "section": record.section,
                "from": record.start,
                "until": None if record.end == date.max else record.end,
                "source": record.source,
                **facts(record),
            }
            for record in local_records(law, municipality)
        ],
    }


def _version_as_data(version: Version) -> dict[str, Any]:
    return {
        "from": version.start,
        "from_is_date_of_reading": version.start_read,
        "until": version.end,
        "says": say(version.says),
        "article": version.article,
        "source": version.source,
        "grade": version.grade,
        "values": version.values,
        "unknown": version.unknown and say(version.unknown),
    }


def _dated_as_data(dated: Dated | None) -> dict[str, Any]:
    if dated is None:
        return {"value": None, "unknown": voice.say(N_("unknown"))}
    return {
        "from": dated.start,
        "value": dated.value,
        "unknown": dated.unknown and say(dated.unknown),
        "source": dated.source,
        "grade": dated.grade,
        "note": dated.note,
    }


def rule_as_data(rule: Rule) -> dict[str, Any]:
    """A rule through time."""
    return {
        "name": rule.name,
        "label": say(rule.label),
        "versions": list(map(_version_as_data, rule.versions)),
    }


def parameter_as_data(parameter: Parameter) -> dict[str, Any]:
    """A value through time."""
    return {
        "name": parameter.name,
        "label": parameter.label(voice.language),
        "unit": parameter.unit,
        "article": parameter.article,
        "local": parameter.local,
        "values": list(map(_dated_as_data, parameter.values)),
    }


def change_as_data(change: Change, law: Law) -> dict[str, Any]:
    """A change between two days."""
    return {
        "kind": change.kind,
        "what": change.what,
        "name": change.name,
        "label": say(change.label),
        "before": told(change, change.before, law) if change.before else None,
        "after": told(change, change.after, law) if change.after else None,
    }
