"""What the rules say, for a table, a sentence or another program."""

from __future__ import annotations

from datetime import date
from typing import Any

from ongedeeld.cli.voice import voice
from ongedeeld.errors import N_, AbsentError
from ongedeeld.rules import Change, Dated, Law, LawOfDay, Parameter, Rule, Version
from ongedeeld.rules.record_words import facts_of
from ongedeeld.rules.telling import Amount, agreed, local_records, side_told
from ongedeeld.rules.urgency import scheme_is_complete, urgency_regime, urgent_share
from ongedeeld.vocabulary import Both


def say(both: Both) -> str:
    """Words in the language of the run."""
    return both.say(voice.translate)


def amount(parameter: Parameter, dated: Dated | None) -> str:
    """A value as people write it, or why it is unknown."""
    return Amount(parameter, dated).say(voice.translate)


def refused(error: AbsentError) -> str:
    """Why something is not known, on one line."""
    return " ".join(error.say(voice.translate).splitlines())


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
                **({"agreed": beside} if (beside := agreed(one, law, voice.translate)) else {}),
            }
            for name, one in law.law.parameters.by_name.items()
        },
        "local": [
            {
                "section": record.section,
                "from": record.start,
                "until": None if record.end == date.max else record.end,
                "source": record.source,
                **{name: _as_data(value) for name, value in facts_of(record).items()},
            }
            for record in local_records(law, municipality)
        ],
        **({"urgency": _urgency_as_data(law, municipality)} if municipality else {}),
    }


def _urgency_as_data(law: LawOfDay, municipality: str) -> dict[str, Any]:
    """Which text on urgency binds a municipality; where that is not known, why."""
    try:
        regime = urgency_regime(municipality, law)
    except AbsentError as refusal:
        return {"municipality": municipality, "unknown": refusal.say(voice.translate)}
    return {
        "municipality": municipality,
        "mandatory": regime.mandatory,
        "groups": regime.groups,
        "article": regime.version.article,
        **_scheme_as_data(municipality, law),
        **_share_as_data(municipality, law),
    }


def _scheme_as_data(municipality: str, law: LawOfDay) -> dict[str, Any]:
    try:
        complete = scheme_is_complete(municipality, law)
    except AbsentError as refusal:
        return {"complete": None, "why": [refused(refusal)]}
    why = [reason.say(voice.translate) for reason in complete.reasons]
    return {"complete": complete.allowed, "why": why}


def _share_as_data(municipality: str, law: LawOfDay) -> dict[str, Any]:
    try:
        share, why = urgent_share(municipality, law)
    except AbsentError as refusal:
        return {"share": None, "share_unknown": refused(refusal)}
    return {"share": share, "share_source": why.source}


def _as_data(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


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
        "note": dated.note and say(dated.note),
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
        "before": side_told(change, change.before, law, voice.translate) if change.before else None,
        "after": side_told(change, change.after, law, voice.translate) if change.after else None,
    }
