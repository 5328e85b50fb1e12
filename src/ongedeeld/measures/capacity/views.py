"""What people add to figures: the view of professionals, the grade of residents and their own words.

All of it stands beside the figures and changes none of them. A professional gives a reason and an end date.
Words of residents are short, anonymous, and quoted only with permission.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from ongedeeld.errors import N_
from ongedeeld.measures.capacity._anonymous import refuse_personal
from ongedeeld.measures.capacity._views_file import Row, rows_of
from ongedeeld.measures.capacity.bands import LARGEST, SMALLEST
from ongedeeld.measures.capacity.scoring import THEME_LABELS, Theme
from ongedeeld.measures.notes import Note, note

LONGEST = 280


@dataclass(frozen=True, slots=True)
class Overrule:
    """A professional's score for a theme of a unit, why, and until when it holds."""

    unit: str
    theme: Theme
    score: float
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class ResidentsGrade:
    """The grade from 1 to 10 that residents give to living in a unit, of how many answers."""

    unit: str
    grade: float
    answers: int
    day: date


@dataclass(frozen=True, slots=True)
class Quote:
    """What a resident values or misses here, in their own words."""

    unit: str
    words: str


@dataclass(frozen=True)
class Views:
    """What people add to the figures of units.

    Parameters
    ----------
    overrules, grades, quotes
        As they were given, each in the order of the file.
    unquoted
        Per unit, how many residents answered without permission to quote.
    origin
        The file it came from.
    """

    overrules: tuple[Overrule, ...] = ()
    grades: tuple[ResidentsGrade, ...] = ()
    quotes: tuple[Quote, ...] = ()
    unquoted: tuple[tuple[str, int], ...] = ()
    origin: str = ""

    def holding(self, day: date) -> tuple[tuple[Overrule, ...], tuple[Note, ...]]:
        """The overrules that hold on a day, and a note on each that does not any more."""
        held = tuple(one for one in self.overrules if one.until >= day)
        gone = tuple(
            note(
                N_("The view of professionals on {theme} of {unit} ended on {until} and no longer counts"),
                theme=THEME_LABELS[one.theme],
                unit=one.unit,
                until=one.until.isoformat(),
            )
            for one in self.overrules
            if one.until < day
        )
        return held, gone

    def told(self, day: date, fewest: float) -> tuple[tuple[ResidentsGrade, ...], tuple[Note, ...]]:
        """The grades of residents that can be shown on a day, and a note on each that cannot.

        One of a few answers leads to whoever answered, and one of a later day is not known yet.
        """
        told, left_out = [], []
        for one in self.grades:
            if one.day > day:
                text = N_("The grade of residents of {unit} is of a later day ({day}) and is not shown")
                left_out.append(note(text, unit=one.unit, day=one.day.isoformat()))
            elif one.answers < fewest:
                text = N_(
                    "The grade of residents of {unit} is of fewer than {fewest} answers and is not shown"
                )
                left_out.append(note(text, unit=one.unit, fewest=f"{fewest:g}"))
            else:
                told.append(one)
        return tuple(told), tuple(left_out)


def load_views(path: str | Path) -> Views:
    """The views in a file, TOML or CSV.

    Parameters
    ----------
    path
        TOML with lists `[[overrule]]` (unit, theme, score, reason, until), `[[grade]]` (unit, grade, answers,
        day) and `[[quote]]` (unit, words, permission), or CSV with the same columns and a column `kind` that
        says which of the three a row is.

    Returns
    -------
    Views

    Raises
    ------
    InputError
        Naming the row: an overrule without reason or end date, a theme or number that cannot be, two
        overrules of one theme of a unit, words that are too long or look like personal data.
    """
    file = Path(path)
    overrules: dict[tuple[str, str], Overrule] = {}
    grades, quotes = [], []
    unquoted: dict[str, int] = {}
    for row in rows_of(file):
        unit = row.text("unit", N_("the number of the complex, or the code of the area"))
        if row.kind == "overrule":
            one = _overrule(row, unit)
            _refuse_twice(row, one, overrules)
            overrules[one.unit, one.theme] = one
        elif row.kind == "grade":
            grades.append(_grade(row, unit))
        elif row.yes("permission"):
            quotes.append(Quote(unit, _words(row)))
        else:
            _words(row)
            unquoted[unit] = unquoted.get(unit, 0) + 1
    return Views(tuple(overrules.values()), tuple(grades), tuple(quotes), tuple(unquoted.items()), str(file))


def _overrule(row: Row, unit: str) -> Overrule:
    return Overrule(
        unit,
        row.one_of("theme", get_args(Theme)),
        row.number("score", SMALLEST, LARGEST),
        _reason(row),
        row.day("until", N_("the last day on which this view holds")),
    )


def _reason(row: Row) -> str:
    reason = row.text("reason", N_("why the figure does not tell what you see, in one sentence"))
    refuse_personal(row, "reason", reason)
    return reason


def _grade(row: Row, unit: str) -> ResidentsGrade:
    answers = row.number("answers", 1, 1_000_000)
    return ResidentsGrade(
        unit, row.number("grade", 1, 10), int(answers), row.day("day", N_("the day of the survey"))
    )


def _words(row: Row) -> str:
    words = row.text("words", N_("what a resident said, in their own words"))
    if len(words) > LONGEST:
        raise row.refuse(
            N_("these words are {length} signs long"),
            "words",
            expected=N_("at most {longest}"),
            remedy=N_("shorten them with whoever said them"),
            length=len(words),
            longest=LONGEST,
        )
    refuse_personal(row, "words", words)
    return words


def _refuse_twice(row: Row, one: Overrule, overrules: Mapping[tuple[str, str], Overrule]) -> None:
    if (one.unit, one.theme) in overrules:
        raise row.refuse(
            N_("{theme} of {unit} is overruled twice"),
            "theme",
            expected=N_("one view for each theme of a unit"),
            remedy=N_("keep the one that holds now"),
            theme=THEME_LABELS[one.theme],
            unit=one.unit,
        )
