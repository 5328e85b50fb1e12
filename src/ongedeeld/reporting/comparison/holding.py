"""Does it hold in all futures: in how many an outcome rises and falls, and with which assumption it turns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.said import Told, last
from ongedeeld.reporting.figures import Grid, Panel
from ongedeeld.reporting.text import capital
from ongedeeld.simulation.comparing.comparison import Compared
from ongedeeld.simulation.outcomes.key_outcomes import KeyOutcome

NEARLY_ALL = 0.9
"""In fewer of the futures the same way is said to differ between futures: a choice of this project."""

HOLDS, TURNS = N_("the same way in nearly all futures"), N_("which way differs between futures")
NEVER = ""


def holding(told: Told) -> Panel:
    """Which changes of the last year go the same way in nearly all futures, and which do not."""
    sentences = tuple(text for one in told.comparison.policies for text in _sentences(one, told))
    return Panel(told.speech.say("Does it hold in all futures?"), sentences=sentences)


def in_how_many(told: Told) -> Grid:
    """What each policy changes in the last year, in how many futures that way, and what may turn it."""
    speech = told.speech
    header = (
        speech.say("result"),
        speech.say("outcome, in the last year"),
        speech.say("change, mean of all futures"),
        speech.say("sure of the mean (95%)"),
        speech.say("rises in"),
        speech.say("falls in"),
        speech.say("verdict"),
    )
    rows = tuple(
        _row(one, key, change, told)
        for one in told.comparison.policies
        for key, change in _changes(one, told)
        if way(change) != NEVER
    )
    return Grid(header, rows, "holds")


def way(change: dict[str, Any]) -> str:
    """Whether a change goes the same way in nearly all futures."""
    rises, falls = change["rises"], change["falls"]
    if not rises and not falls:
        return NEVER
    return HOLDS if max(rises, falls) >= NEARLY_ALL * change["futures"] else TURNS


def _changes(one: Compared, told: Told) -> Iterator[tuple[KeyOutcome, dict[str, Any]]]:
    for key in told.comparison.key_outcomes:
        for row in last(told.comparison.key_differences(key)).filter(result=one.label).to_dicts():
            yield key, row


def _row(one: Compared, key: KeyOutcome, change: dict[str, Any], told: Told) -> tuple[str, ...]:
    speech, unit = told.speech, key.unit
    verdict = way(change)
    turning = "; ".join(_turning(one, key, change, told)) if verdict == TURNS else ""
    return (
        told.label(one),
        capital(speech.say(key.label)),
        told.change(change["mean"], unit),
        told.between(change["sure_low"], change["sure_high"], unit, change=True),
        speech.say("{count} of {futures}", count=change["rises"], futures=change["futures"]),
        speech.say("{count} of {futures}", count=change["falls"], futures=change["futures"]),
        f"{speech.say(verdict)} ({turning})" if turning else speech.say(verdict),
    )


def _turning(one: Compared, key: KeyOutcome, change: dict[str, Any], told: Told) -> Iterator[str]:
    """The assumptions told apart from chance with which the change has another sign at either end."""
    label = f"label_{told.speech.language}"
    for part in told.comparison.parts(key, one).parts:
        low, high = (change["mean"] + end * part.slope / 2 for end in (-1, 1))
        if part.beyond_chance and low * high < 0:
            yield told.speech.say(
                "{assumption}: {low} at its low end, {high} at its high end",
                assumption=told.comparison.asked.assumptions[part.assumption][label],
                low=told.change(low, key.unit),
                high=told.change(high, key.unit),
            )


def _sentences(one: Compared, told: Told) -> Iterator[str]:
    """The outcomes that hold, and those of which the direction is not known."""
    speech, found = told.speech, list(_changes(one, told))
    holds = [_ways(key, change, told) for key, change in found if way(change) == HOLDS]
    turns = [speech.say(key.label) for key, change in found if way(change) == TURNS]
    for named, text in (
        (holds, N_("{policy}, the same way in nearly all futures: {outcomes}.")),
        (turns, N_("{policy}, with a direction that differs between futures: {outcomes}.")),
    ):
        if named:
            yield speech.say(text, policy=told.label(one), outcomes="; ".join(named))


def _ways(key: KeyOutcome, change: dict[str, Any], told: Told) -> str:
    rises = change["rises"] >= change["falls"]
    text = (
        N_("{outcome} (up in {count} of {futures})")
        if rises
        else N_("{outcome} (down in {count} of {futures})")
    )
    return told.speech.say(
        text,
        outcome=told.speech.say(key.label),
        count=max(change["rises"], change["falls"]),
        futures=change["futures"],
    )
