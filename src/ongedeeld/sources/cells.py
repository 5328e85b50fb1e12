"""Read the cells of own files: what people type into a spreadsheet, as values of the vocabulary.

The rules, which the templates state as well:

- A lone point or comma in a number is the decimal mark. Where it could as well part thousands (``1.234`` in
  a column that can hold 1234), the cell is refused rather than guessed. ``1.234,5`` and ``1,234.5`` are
  clear.
- A whole number has digits alone; ``3,0``, as spreadsheets write it, is 3.
- An amount in euros has at most two decimals and becomes whole cents without passing through a float.
- A date is ``d-m-yyyy`` (or with ``/`` or ``.``), day first, or ISO ``yyyy-mm-dd``; a time behind it is
  left off. A date that need not be there may be 31-12-9999 for no end; a `period` may also be a year or a
  month, ``2024`` or ``2024-03``, and is then its first day.
- A choice is its code or its Dutch or English label, without regard to case, spaces, hyphens and underscores.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.sources import numbers
from ongedeeld.vocabulary import CHOICES, LANGUAGES, Both, Quantity
from ongedeeld.vocabulary.tables import Column, ColumnType

TRUE = ("ja", "j", "yes", "y", "true", "waar", "1")
FALSE = ("nee", "n", "no", "false", "onwaar", "0")

UNCLEAR = N_("this may be thousands or decimals")
UNITS = {"_m2": "m2", "_m": "m"}

_BESIDE_DIGITS = r"[€\s\u00a0]"
_CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_ISO = rf"^(\d{{4}})[-/](\d{{1,2}})[-/](\d{{1,2}}){_CLOCK}$"
_DAY_FIRST = rf"^(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_CLOCK}$"
# How many systems of record write that something has no end yet.
_NO_END = r"^(31[-/.]12[-/.]9999|9999[-/]12[-/]31)"
_YEAR_OR_MONTH = r"^(\d{4})(?:-(\d{1,2}))?$"


@dataclass(frozen=True)
class Rule:
    """How the cells of one column are read.

    `value` gives null for a cell that breaks the rule; `problem` says that it does, unless one of `grounds`
    (a condition and what it means) holds; `expected` says, with `fields`, what a cell should hold.
    """

    value: pl.Expr
    problem: str
    expected: str
    fields: Mapping[str, object] = field(default_factory=dict)
    grounds: tuple[tuple[pl.Expr, str], ...] = ()


def rule(column: Column, header: str, *, euros: bool = False) -> Rule:
    """The rule for the cells under a header.

    Parameters
    ----------
    column
        What the cells tell.
    header
        The name of the column of text.
    euros
        Whether the cells hold euros, for a column in whole cents.
    """
    text = numbers.bare(pl.col(header))
    if euros:
        return _amount(text, column)
    return _RULES.get(column.type, _text)(text, column)


def _amount(text: pl.Expr, column: Column) -> Rule:
    cents, unclear = _cents(text), _may_be_thousands(text, column, 100)
    return Rule(
        pl.when(~unclear).then(_within(cents, column)),
        N_("this is not an amount in euros"),
        N_("euros between {low} and {high} as 612,35 or 612.35"),
        _limits(column, 0.01),
        ((unclear, UNCLEAR), *_out_of_range(cents, column)),
    )


def _integer(text: pl.Expr, column: Column) -> Rule:
    expected = N_("a whole number between {low} and {high}, in digits alone")
    if column.name.endswith("_cents"):
        expected = N_("whole cents between {low} and {high}; for euros, write (euro) in the header")
    number = _whole(text)
    problem, grounds = N_("this is not a whole number"), _out_of_range(number, column)
    return Rule(_within(number, column), problem, expected, _limits(column), grounds)


def _number(text: pl.Expr, column: Column) -> Rule:
    number, unclear = _plain_number(text).cast(pl.Float64, strict=False), _may_be_thousands(text, column, 1)
    return Rule(
        pl.when(~unclear).then(_within(number, column)),
        N_("this is not a number"),
        N_("a number between {low} and {high} as 1.234,5 or 1234.5"),
        _limits(column),
        ((unclear, UNCLEAR), *_out_of_range(number, column)),
    )


def _out_of_range(number: pl.Expr, column: Column) -> tuple[tuple[pl.Expr, str], ...]:
    """What to say of a number that the column cannot hold."""
    grounds = []
    if column.minimum is not None:
        grounds.append((number < column.minimum, N_("this is less than {low}")))
    if column.maximum is not None:
        grounds.append((number > column.maximum, N_("this is more than {high}")))
    return tuple(grounds)


def _boolean(text: pl.Expr, column: Column) -> Rule:
    words = dict.fromkeys(TRUE, True) | dict.fromkeys(FALSE, False)
    value = text.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)
    return Rule(value, N_("this is neither yes nor no"), N_("yes or no"))


def _day_or_period(text: pl.Expr, column: Column) -> Rule:
    problem = N_("this is not a date")
    if column.name == "period":
        expected = N_("a date such as 31-12-2024 or 2024-12-31, or a year")
        return Rule(_date(text, period=True), problem, expected)
    return Rule(_date(text, period=False), problem, N_("a date such as 31-12-2024 or 2024-12-31"))


def _one_of(text: pl.Expr, column: Column) -> Rule:
    choices = CHOICES[column.choices].values()
    labels = Both(*(", ".join(choice.label(language) for choice in choices) for language in LANGUAGES))
    return Rule(
        _choice(text, column),
        N_("this is not one of the choices"),
        N_("one of: {labels}"),
        {"labels": labels},
    )


def _text(text: pl.Expr, column: Column) -> Rule:
    return Rule(text, N_("this is not text"), N_("text"))


_RULES: dict[ColumnType, Callable[[pl.Expr, Column], Rule]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _day_or_period,
    "choice": _one_of,
}


def is_missing(column: Column, header: str) -> pl.Expr:
    """Whether a cell says that nothing is known; names and numbers of one's own do so only when empty."""
    word = numbers.bare(pl.col(header)).str.to_lowercase()
    if column.type == "text" and not column.references:
        return word.is_null() | (word == "")
    if column.type == "choice":
        # A choice may have `unknown` of its own, which is then an answer.
        return word.is_null() | (word.is_in(list(numbers.MISSING)) & _choice(word, column).is_null())
    if column.type == "date" and not column.required:
        return word.is_null() | word.is_in(list(numbers.MISSING)) | word.str.contains(_NO_END)
    return word.is_null() | word.is_in(list(numbers.MISSING))


def _limits(column: Column, factor: float = 1) -> dict[str, object]:
    """The limits of a column to say, in units of which each is `factor` of its own."""
    unit = next((unit for tail, unit in UNITS.items() if column.name.endswith(tail)), "")
    limits = {"low": column.minimum, "high": column.maximum}
    return {
        name: "…" if limit is None else _limit(limit * factor, unit, is_year="year" in column.name)
        for name, limit in limits.items()
    }


def _limit(limit: float, unit: str, *, is_year: bool) -> object:
    return f"{limit:.0f}" if is_year else Quantity(limit, unit)


def _within(value: pl.Expr, column: Column) -> pl.Expr:
    """The value where the column can hold it, else null."""
    low = float("-inf") if column.minimum is None else column.minimum
    high = float("inf") if column.maximum is None else column.maximum
    return pl.when(value.is_between(low, high)).then(value)


def _whole(text: pl.Expr) -> pl.Expr:
    digits = text.str.extract(r"^([+-]?\d+)(?:[.,](?:0{1,2}|0{4,}))?$")
    return digits.cast(pl.Int64, strict=False)


def _plain_number(text: pl.Expr) -> pl.Expr:
    """The number as text with a decimal point and nothing between thousands; null where it is no number."""
    bare = text.str.replace_all(_BESIDE_DIGITS, "")
    dutch = r"^[+-]?\d{1,3}(\.\d{3})+,\d+$|^[+-]?\d{1,3}(\.\d{3}){2,}$"
    english = r"^[+-]?\d{1,3}(,\d{3})+\.\d+$|^[+-]?\d{1,3}(,\d{3}){2,}$"
    lone = r"^[+-]?\d+([.,]\d+)?([eE][+-]?\d{1,2})?$"
    return (
        pl.when(bare.str.contains(dutch))
        .then(bare.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True))
        .when(bare.str.contains(english))
        .then(bare.str.replace_all(",", "", literal=True))
        .when(bare.str.contains(lone))
        .then(bare.str.replace(",", ".", literal=True))
    )


def _may_be_thousands(text: pl.Expr, column: Column, units: int) -> pl.Expr:
    """Whether the lone mark in a number may as well part thousands: the column can hold that number too."""
    grouped = text.str.replace_all(_BESIDE_DIGITS, "").str.extract(r"^([+-]?[1-9]\d{0,2}[.,]\d{3})$")
    thousands = grouped.str.replace_all(r"[.,]", "").cast(pl.Int64, strict=False) * units
    return _within(thousands, column).is_not_null()


def _cents(text: pl.Expr) -> pl.Expr:
    plain = _plain_number(text)
    euros, cents = (
        plain.str.extract(r"^([+-]?\d+)"),
        plain.str.extract(r"^[+-]?\d+\.(\d{1,2})0*$").fill_null(""),
    )
    exact = plain.str.contains(r"^[+-]?\d{1,12}(\.\d{1,2}0*)?$")
    return pl.when(exact).then((euros + cents.str.pad_end(2, "0")).cast(pl.Int64, strict=False))


def _date(text: pl.Expr, *, period: bool) -> pl.Expr:
    iso = [text.str.extract(_ISO, group) for group in (1, 2, 3)]
    day_first = [text.str.extract(_DAY_FIRST, group) for group in (3, 2, 1)]
    readings = [_day(*iso), _day(*day_first)]
    if period:
        month = text.str.extract(_YEAR_OR_MONTH, 2).fill_null("1")
        readings.append(_day(text.str.extract(_YEAR_OR_MONTH, 1), month, pl.lit("1")))
    day = pl.coalesce(readings)
    return pl.when(day.dt.year().is_between(1900, 2100)).then(day)


def _day(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    text = pl.concat_str(year, month.str.zfill(2), day.str.zfill(2), separator="-")
    return text.str.to_date("%Y-%m-%d", strict=False)


def _choice(text: pl.Expr, column: Column) -> pl.Expr:
    spellings = {
        _squashed(spelling): choice.code
        for choice in CHOICES[column.choices].values()
        for spelling in (choice.label_en, choice.label_nl, choice.code)
    }
    word = text.str.to_lowercase().str.replace_all(r"[\s_-]+", "")
    return word.replace_strict(spellings, default=None, return_dtype=pl.String)


def _squashed(word: str) -> str:
    return word.lower().replace(" ", "").replace("_", "").replace("-", "")
