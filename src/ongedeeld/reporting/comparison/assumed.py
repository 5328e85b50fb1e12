"""What was assumed: every assumption with its value, range, source and grade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.figures import Grid
from ongedeeld.reporting.text import Speech
from ongedeeld.simulation.assuming.records import UNITS
from ongedeeld.simulation.outcomes.seeking_groups import LABELS
from ongedeeld.vocabulary import CHOICES
from ongedeeld.vocabulary.evidence_records import GRADES
from ongedeeld.vocabulary.spoken import Both

CODES: Mapping[str, str] = {
    "under_2": N_("less than 2 years"),
    "2_to_5": N_("2 to 5 years"),
    "5_to_10": N_("5 to 10 years"),
    "10_and_over": N_("10 years or more"),
    "surroundings": N_("the surroundings"),
    "home": N_("the home"),
    "rent": N_("the rent"),
    "other": N_("something else"),
    "low": N_("low"),
    "middle": N_("middle"),
    "high": N_("high"),
    "weak": N_("weak"),
    "strong": N_("strong"),
}
"""The codes of numbers that stand in no list of the vocabulary, in words."""


def assumed(told: Told) -> Grid:
    """Every assumption with its value, range, source and grade."""
    speech, rows = told.speech, []
    for one in told.comparison.asked.assumptions.values():
        unit = told.words(UNITS[one["unit"]].label) if one["unit"] in UNITS else one["unit"]
        grade = told.words(GRADES[one["grade"]].label) if one["grade"] in GRADES else one["grade"]
        rows.append(
            (
                one[f"label_{speech.language}"],
                _value(one["value"], told),
                unit,
                _range(one, speech),
                f"{_source(one, speech)} ({grade})",
            )
        )
    header = (
        speech.say("assumption"),
        speech.say("value"),
        speech.say("unit"),
        speech.say("range"),
        speech.say("source and grade"),
    )
    return Grid(header, tuple(rows), "assumptions")


def _range(one: Mapping[str, Any], speech: Speech) -> str:
    low, high = _number(one["low"], speech), _number(one["high"], speech)
    if isinstance(one["value"], Mapping):
        return speech.say("{low} to {high} times the value", low=low, high=high)
    return speech.say("{low} to {high}", low=low, high=high)


def _value(value: object, told: Told) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{_code(code, told)}: {_value(one, told)}" for code, one in value.items())
    if isinstance(value, list):
        return ", ".join(_value(one, told) for one in value)
    return _number(value, told.speech)


def _code(code: str, told: Told) -> str:
    """What a number of a table is of, in words."""
    for grouping in ("kind", "age_class"):
        if code in LABELS[grouping]:
            return told.words(LABELS[grouping][code])
    types = CHOICES["dwelling_type"]
    if code in types:
        return told.words(Both(types[code].label_nl, types[code].label_en))
    return told.speech.say(CODES[code]) if code in CODES else code


def _source(one: Mapping[str, Any], speech: Speech) -> str:
    """Where it comes from, in the language of the page where it is told in that."""
    return str(one.get("source_nl") or one["source"]) if speech.language == "nl" else str(one["source"])


def _number(value: object, speech: Speech) -> str:
    number = float(str(value))
    return speech.number(number, len(f"{number:.6f}".rstrip("0").partition(".")[2]))
