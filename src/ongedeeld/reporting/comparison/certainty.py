"""How sure it is: what the spread of the futures comes from, and what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.figures import Chart, Grid, Research, Section
from ongedeeld.reporting.stacked import Bar, legend_of, stacked
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.simulation.assumption_records import UNITS
from ongedeeld.simulation.comparing import Compared
from ongedeeld.simulation.key_outcomes import KeyOutcome
from ongedeeld.simulation.spread import FEWEST_PAIRS, Parts
from ongedeeld.vocabulary.evidence_records import GRADES
from ongedeeld.vocabulary.spoken import Both

TOO_FEW = N_(
    "With {pairs} pairs of futures nothing is said of what the spread comes from: it takes {needed} pairs "
    "that share what is assumed."
)
HOW = N_(
    "Futures come in pairs that share what is assumed: what differs within pairs is chance. Assumptions are "
    "held against where in their ranges they lay, by linear regression. Named are those told apart from "
    "chance, allowing for their number; their parts are of one regression together. What assumptions do "
    "together, and what so many futures cannot tell apart, is the rest."
)


def certainty(told: Told) -> Section:
    """Where the spread of the key outcomes comes from, of as now and of what each policy changes."""
    speech = told.speech
    found = [
        (one, [(key, told.comparison.parts(key, one)) for key in told.comparison.key_outcomes])
        for one in told.comparison.compared
    ]
    pairs = max(parts.pairs for _, held in found for _, parts in held)
    if pairs < FEWEST_PAIRS:
        lead = (speech.say(TOO_FEW, pairs=speech.number(pairs), needed=speech.number(FEWEST_PAIRS)),)
        charts: tuple[Chart, ...] = ()
    else:
        lead = (speech.say(HOW),)
        charts = tuple(chart for one, held in found for chart in _chart(one, held, told))
    return Section(
        "certainty",
        speech.say("How sure is this?"),
        lead=lead,
        tiles=charts,
        research=Research(
            ((speech.say("What was assumed"), assumed(told)),),
            tuple(f"{speech.told(note)}." for note in told.comparison.notes),
        ),
    )


def _chart(one: Compared, held: list[tuple[KeyOutcome, Parts]], told: Told) -> tuple[Chart, ...]:
    speech = told.speech
    varied = [(key, parts) for key, parts in held if parts.enough and parts.variance > 0]
    if not varied:
        return ()
    is_now = one is told.comparison.now
    title = speech.say("Where the spread comes from: {policy}", policy=told.label(one))
    caption = (
        speech.say("Parts of the variance over futures, in the last year")
        if is_now
        else speech.say("Parts of the variance of what it changes, in the last year")
    )
    bars, rows = [], []
    for key, parts in varied:
        shares = _shares(parts)
        label = capital(speech.say(key.label))
        bars.append(Bar(label, tuple((share, speech.figure(share, "share")) for share in shares)))
        rows.append((label, *(speech.figure(share, "share") for share in shares), _named(parts, told)))
    labels = (
        speech.say("chance"),
        speech.say("assumptions told apart"),
        speech.say("other assumptions, and together"),
    )
    grid = Grid((speech.say("outcome"), *labels, speech.say("which assumptions")), tuple(rows), "spread")
    said = f"{title}. {caption}. " + "; ".join(": ".join((row[0], row[-1])) for row in rows)
    return (Chart(title, caption, stacked(bars, said), grid, legend=legend_of(labels)),)


def _shares(parts: Parts) -> tuple[float, float, float]:
    """Chance, the assumptions told apart, and the rest; together one."""
    chance = parts.chance or 0.0
    named = sum(one.share for one in parts.parts)
    return chance, named, max(0.0, 1 - chance - named)


def _named(parts: Parts, told: Told) -> str:
    stated, label = told.comparison.asked.assumptions, f"label_{told.speech.language}"
    found = [
        f"{stated[one.assumption][label]} ({told.speech.figure(one.share, 'share')})"
        for one in parts.parts
        if one.beyond_chance
    ]
    return "; ".join(found) or told.speech.say("none told apart from chance")


def assumed(told: Told) -> Grid:
    """Every assumption with its value, range, source and grade."""
    speech, rows = told.speech, []
    for one in told.comparison.asked.assumptions.values():
        unit = _of(UNITS[one["unit"]].label, speech) if one["unit"] in UNITS else one["unit"]
        rows.append(
            (
                one[f"label_{speech.language}"],
                _value(one["value"], speech),
                unit,
                _range(one, speech),
                f"{one['source']} ({_graded(one['grade'], speech)})",
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


def _value(value: object, speech: Speech) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{code} {_value(one, speech)}" for code, one in value.items())
    if isinstance(value, list):
        return ", ".join(_value(one, speech) for one in value)
    return _number(value, speech)


def _number(value: object, speech: Speech) -> str:
    number = float(str(value))
    return speech.number(number, len(f"{number:.6f}".rstrip("0").partition(".")[2]))


def _graded(grade: str, speech: Speech) -> str:
    return _of(GRADES[grade].label, speech) if grade in GRADES else grade


def _of(both: Both, speech: Speech) -> str:
    return both.nl if speech.language == "nl" else both.en
