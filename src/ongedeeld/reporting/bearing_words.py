"""Figures and scores of cards as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import CARD_INDICATORS
from ongedeeld.measures.capacity.known import CardIndicator
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import TABLES

FEWEST = 5
"""Counts of households, cases and homes below this are not told as a number."""
UNSAID = {"too_few": N_("too few homes to say"), "not_known": N_("not known")}
TASKS = (
    N_("small task"),
    N_("rather small task"),
    N_("middling task"),
    N_("rather large task"),
    N_("large task"),
)
AMOUNTS = (N_("little"), N_("rather little"), N_("middling"), N_("rather much"), N_("much"))
"""What a score from 1 to 5 of load or of capacity means."""
_COUNTED = {
    "homes": N_("{count} of {all} homes"),
    "answers": N_("{count} of {all} answers"),
}
_RESTS_ON = {
    "homes": N_("{count} homes"),
    "answers": N_("{count} answers"),
    "inspections": N_("{count} inspections"),
    "vacancies": N_("{count} vacancies"),
}


def in_words(score: float, words: tuple[str, ...], speech: Speech) -> str:
    """A score from 1 to 5 in words."""
    return speech.say(words[round(score) - 1])


def unsaid(outcome: str, speech: Speech) -> str:
    """Why there is no score."""
    return speech.say(UNSAID[outcome])


def scored(score: float | None, outcome: str, words: tuple[str, ...], speech: Speech) -> str:
    """A score with what it means, or why there is none."""
    if score is None:
        return unsaid(outcome, speech)
    return f"{speech.number(score, 1)} · {in_words(score, words, speech)}"


def probability(value: float | None, speech: Speech) -> str:
    """A p-value as it is written; a dash where there is none."""
    if value is None:
        return "–"
    return speech.number(value, 3) if value >= 0.0005 else f"< {speech.number(0.001, 3)}"


def span(low: float, high: float, speech: Speech, decimals: int = 1) -> str:
    """From the lower to the upper limit."""
    return speech.say("{low} to {high}", low=speech.number(low, decimals), high=speech.number(high, decimals))


def estimated(row: Mapping[str, Any], speech: Speech) -> str:
    """The estimate of an indicator with its interval, in its own unit; or why there is none."""
    if row["outcome"] != "known":
        return unsaid(row["outcome"], speech)
    known = CARD_INDICATORS[row["indicator"]]
    decimals = _decimals(known, row["estimate"], row["high"])
    told, low, high = (_written(known, row[name], decimals, speech) for name in ("estimate", "low", "high"))
    limits = "" if low == high else f" ({low.removesuffix('%')}–{high.removesuffix('%')})"
    if known.kind == "rate":
        return speech.say("{number} per 100", number=told) + limits
    return told + limits


def _decimals(known: CardIndicator, value: float, high: float) -> int:
    """How many decimals tell something: of rare events more, as a few make the difference."""
    if known.most == 1.0:
        return 1
    if known.kind == "rate":
        return 1 if high >= 0.01 else 2
    if known.kind == "exact":
        return 0 if value == round(value) else 2
    return 0 if value >= 100 else 1


def _written(known: CardIndicator, value: float, decimals: int, speech: Speech) -> str:
    if known.most == 1.0:
        return f"{speech.number(100 * value, decimals)}%"
    return speech.number(100 * value if known.kind == "rate" else value, decimals)


def counted(row: Mapping[str, Any], speech: Speech) -> str:
    """The raw figure that an estimate is made from; small counts stay untold."""
    known = CARD_INDICATORS[row["indicator"]]
    if row["count"] is not None and row["exposure"] is not None:
        every = speech.number(row["exposure"])
        if row["count"] < FEWEST and known.counted != "answers":
            return speech.say("fewer than {count} of {all}", count=FEWEST, all=every)
        return speech.say(_COUNTED[known.counted], count=speech.number(row["count"]), all=every)
    if row["mean"] is None:
        return "–"
    mean = _written(known, row["mean"], _decimals(known, row["mean"], row["mean"]), speech)
    if row["answers"] is None or known.kind == "exact":
        return mean
    rests = speech.say(_RESTS_ON[known.counted], count=speech.number(row["answers"]))
    return f"{mean} ({rests})"


def period_of(row: Mapping[str, Any], speech: Speech) -> str:
    """The months or the year that a figure is of; a day for what holds on a day."""
    start, end = row["period_start"], row["period_end"]
    if start is None:
        return "–"
    if start == end:
        return speech.period(start)
    if (start.month, start.day) == (1, 1) and end == date(start.year, 12, 31):
        return str(start.year)
    if start.day == 1 and (end + timedelta(days=1)).day == 1:
        locale = "nl_NL" if speech.language == "nl" else "en_GB"
        form = "MMM" if start.year == end.year else "MMM y"
        return f"{format_date(start, form, locale=locale)}–{format_date(end, 'MMM y', locale=locale)}"
    return f"{speech.day(start)} – {speech.day(end)}"


def source_of(row: Mapping[str, Any], speech: Speech) -> str:
    """From which table of the City a figure comes."""
    return TABLES[CARD_INDICATORS[row["indicator"]].table].label(speech.language)
