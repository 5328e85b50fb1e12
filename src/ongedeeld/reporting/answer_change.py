"""How answers and inspections developed: the change since earlier years in words, and a table of years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ongedeeld.errors import N_
from ongedeeld.measures.inclusion import Measured
from ongedeeld.reporting.figures import Grid
from ongedeeld.reporting.included import Asked, Included, of_area
from ongedeeld.reporting.text import Speech, capital

KEYS: dict[Asked, tuple[str, ...]] = {
    "liking": ("question",),
    "recognition": ("question",),
    "inspections": ("level", "by", "aspect"),
}
"""The columns that together name one question, or one aspect as one kind of inspector saw it."""

MOST_YEARS = 6

Subjects = Mapping[tuple[str, ...], str]
"""What was asked or inspected, each with its name in words."""


def changed(included: Included, asked: Asked, code: str, subjects: Subjects, speech: Speech) -> str:
    """How each subject changed since the measurement before the last and since the first, with intervals.

    Subjects of which the same can be said share a sentence.
    """
    told: dict[str, list[str]] = {}
    for key, years in _known_years(included, asked, code, subjects).items():
        *earlier, last = sorted(years)
        said = [
            _since(included.change(asked, year, last).found, asked, code, key, year, speech)
            for year in dict.fromkeys((*earlier[-1:], *earlier[:1]))
        ] or [speech.say("known of {year} only, so no development can be told", year=last)]
        for words in said:
            told.setdefault(words, []).append(subjects[key])
    return " ".join(
        speech.say("{subjects}: {change}.", subjects=capital("; ".join(names)), change=words)
        for words, names in told.items()
    )


def years_table(
    included: Included, code: str, asked: Sequence[tuple[Asked, Subjects]], head: str, speech: Speech
) -> Grid | None:
    """The means of the first year and the last five that were measured; none where there is one year."""
    rows = [
        (subjects[key], years)
        for one, subjects in asked
        for key, years in _known_years(included, one, code, subjects).items()
    ]
    every = sorted({year for _, years in rows for year in years})
    if len(every) < 2:
        return None
    # More columns than this do not fit beside the names; the changes speak of the first year and the last.
    shown = every if len(every) <= MOST_YEARS else [every[0], *every[1 - MOST_YEARS :]]
    return Grid(
        (head, *map(str, shown)),
        tuple(
            (
                capital(label),
                *(speech.number(years[year], 1) if year in years else "–" for year in shown),
            )
            for label, years in rows
        ),
        f"years-{asked[0][0]}",
    )


def _known_years(
    included: Included, asked: Asked, code: str, subjects: Subjects
) -> dict[tuple[str, ...], dict[int, float]]:
    """Of each subject the years of which a mean is known."""
    found = included.by_year[asked].found
    rows = of_area(found.table, code) if found else []
    day = "start" if asked == "inspections" else "period"
    known: dict[tuple[str, ...], dict[int, float]] = {}
    for row in rows:
        key = tuple(row[name] for name in KEYS[asked])
        if key in subjects and row["value"] is not None:
            known.setdefault(key, {})[row[day].year] = row["value"]
    return {key: known[key] for key in subjects if key in known}


def _since(
    found: Measured | None, asked: Asked, code: str, key: tuple[str, ...], year: int, speech: Speech
) -> str:
    """What the comparison with an earlier year says of one subject."""
    rows = of_area(found.table, code) if found else []
    row = next((row for row in rows if tuple(row[name] for name in KEYS[asked]) == key), None)
    if row is None or row["change"] is None:
        text = N_("cannot be compared with {year}, for too little was measured at the same places")
        return speech.say(text, year=year)
    change, low, high = row["change"], row["low"], row["high"]
    if low is None or high is None:
        return speech.say("cannot be compared with {year}, for its interval is not known", year=year)
    if low <= 0 <= high:
        return speech.say("no change beyond chance since {year}", year=year)
    # A limit that differs from 0 is not written as 0.
    decimals = 1 if min(abs(change), abs(low), abs(high)) >= 0.05 else 2
    return speech.say(
        "{change} since {year}, between {low} and {high}",
        change=speech.number(change, decimals, signed=True),
        year=year,
        low=speech.number(low, decimals),
        high=speech.number(high, decimals),
    )
