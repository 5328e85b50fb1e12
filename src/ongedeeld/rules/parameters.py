"""Values of rules by date, one file for each value in `parameters/`.

A value holds from its date until the next one. A value that could not be verified is written as unknown, and
asking for it is refused: what is repealed or not found is not zero.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import isfinite
from typing import Any, Literal, cast

from ongedeeld.errors import N_, AbsentError, InputError, Place
from ongedeeld.rules.amounts import InUnit
from ongedeeld.vocabulary import Both, Language

# A statute read, B official page, C secondary source, I inferred from one of these, L local policy.
Grade = Literal["A", "B", "C", "I", "L"]
# What local policy may do to a value of the law: supply one that is unknown, make it lower or higher (always
# the narrower side), or change it by performance agreement only.
Local = Literal["fill", "lower", "higher", "agreement"]
# The line of a file on which the rows of a value begin, by name and number.
LineOf = Callable[[str, int], int | None]

LARGEST = 1_000_000_000
"""No value is larger, in its own unit: ten million euros in cents."""
BEFORE_THE_FIRST = N_("that is before the first date that is known of")
_NOTHING_BEFORE = Both(
    "dat is vóór de eerste datum die bekend is", "that is before the first date that is known of"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A value from a date on: the number or why it is unknown, its source, and how sure it is.

    `end` is the last day of a value of local policy that ends; after it the law holds again.
    """

    start: date
    value: float | None
    unknown: Both | None
    source: str
    grade: Grade | None
    note: Both | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of a rule through time, in order of date.

    `unit` is one of cents, cents_per_month, cents_per_year, share, factor, years, months, weeks, times,
    people or points; `article` names the law; `local` tells what local policy may do to it.
    """

    name: str
    label_nl: str
    label_en: str
    unit: str
    article: str
    local: Local
    values: tuple[Dated, ...]

    def label(self, language: Language) -> str:
        """What people see."""
        return self.label_nl if language == "nl" else self.label_en

    def at(self, day: date) -> Dated | None:
        """What holds on a day; none before the first date that is known of."""
        return next((dated for dated in reversed(self.values) if dated.start <= day), None)


@dataclass(frozen=True)
class Parameters:
    """The values of the law, with those of local policy over them."""

    by_name: Mapping[str, Parameter]

    def __getitem__(self, name: str) -> Parameter:
        if name not in self.by_name:
            near = get_close_matches(name, self.by_name, n=3) or sorted(self.by_name)
            raise AbsentError(
                N_("there is no rule value {name}"),
                expected=N_("one of: {known}"),
                name=name,
                known=", ".join(near),
            )
        return self.by_name[name]

    def value(self, name: str, day: date) -> float:
        """The value that holds on a day, in its unit.

        Raises
        ------
        AbsentError
            When there is no such value, or it is not known on that day.

        Examples
        --------
        >>> load_parameters().value("aftopping_low", date(2026, 7, 1))
        71302
        """
        parameter = self[name]
        dated = parameter.at(day)
        if dated is None or dated.value is None:
            raise AbsentError(
                N_("{label} ({name}) is not known on {day}: {why}"),
                remedy=N_(
                    "supply it, with its source, in a file of local policy under [[values.{name}]], or take "
                    "a day on which it is known"
                ),
                label=Both(parameter.label_nl, parameter.label_en),
                name=name,
                day=day.isoformat(),
                why=dated.unknown if dated else BEFORE_THE_FIRST,
            )
        return dated.value

    def with_local(
        self, values: Mapping[str, Any], place: Place, line_of: LineOf = lambda _name, _number: None
    ) -> Parameters:
        """The same with the values of local policy, which go before those of the law.

        A value that narrows holds until local policy sets another, also when the law writes its own anew;
        with `until` it ends, and the law holds again from the day after.

        Parameters
        ----------
        values
            For each name the rows with `from`, `until`, `value` and `source`, as read from a file of local
            policy; `until` may be left out.
        place
            That file.
        line_of
            Where in it the rows of a value stand.

        Raises
        ------
        InputError
            When a value is not of this form, does not exist, or loosens what the law sets.
        """
        merged = dict(self.by_name)
        for name, rows in values.items():
            where = replace(place, line=line_of(name, 1), column=f"values.{name}")
            if name not in self.by_name:
                raise InputError(
                    N_("there is no rule value {name}"),
                    place=where,
                    expected=N_("one of: {known}"),
                    name=name,
                    known=", ".join(get_close_matches(name, self.by_name, n=3) or sorted(self.by_name)),
                )
            count = len(rows) if isinstance(rows, list) else 1
            lines = [line_of(name, number) for number in range(1, count + 1)]
            merged[name] = _with_rows(self[name], rows, [replace(where, line=line) for line in lines])
        return Parameters(merged)


@cache
def load_parameters() -> Parameters:
    """The values of the law that ship with this version."""
    folder = files("ongedeeld.rules") / "parameters"
    by_name = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = file.name.removesuffix(".toml")
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        by_name[name] = _parameter(name, table, Place(file.name))
    return Parameters(by_name)


def _parameter(name: str, table: Mapping[str, Any], place: Place) -> Parameter:
    """A parameter of the law as its file says."""
    rows = table["values"]
    return Parameter(
        name,
        label_nl=table["label_nl"],
        label_en=table["label_en"],
        unit=table["unit"],
        article=table["article"],
        local=table.get("local", "fill"),
        values=tuple(dated for dated, _ in _in_order(rows, [place] * len(rows))),
    )


def _with_rows(law: Parameter, rows: object, places: list[Place]) -> Parameter:
    """A parameter with values of local policy over those of the law from the same day."""
    if not isinstance(rows, list):
        raise _wrong(places[0], N_("a list of values, each under [[values.name]]"))
    own = _in_order(rows, places, local=True)
    for dated, place in own:
        _refuse_impossible(law, dated, place)
        _refuse_loosening(law, dated, place)
    ours = tuple(dated for dated, _ in own)
    kept = [value for value in law.values if not _goes_before(ours, value, law.local)]
    merged = [*kept, *ours, *_again(law, ours)]
    return replace(law, values=tuple(sorted(merged, key=lambda dated: dated.start)))


def _again(law: Parameter, own: tuple[Dated, ...]) -> Iterator[Dated]:
    """What the law sets from the day after a value of local policy that ended, where no other follows it."""
    for dated, following in zip(own, (*own[1:], None), strict=True):
        if dated.end is None or dated.end == date.max:
            continue
        day = dated.end + timedelta(days=1)
        held = law.at(day)
        follows = following is not None and following.start <= day
        if not follows and (held is None or held.start != day):
            yield replace(held, start=day) if held else Dated(day, None, _NOTHING_BEFORE, "", None)


def _goes_before(own: tuple[Dated, ...], value: Dated, local: Local) -> bool:
    """Whether local policy goes before a value of the law on the day from which that holds."""
    held = next((dated for dated in reversed(own) if dated.start <= value.start), None)
    if held is None or (held.end is not None and held.end < value.start):
        return False
    narrows = local in ("lower", "higher") and _within(held, value, local)
    return held.start == value.start or narrows


def _within(own: Dated, binding: Dated, local: Local) -> bool:
    """Whether a value of local policy stays within what the law sets; it does where either is unknown."""
    if binding.value is None or own.value is None:
        return True
    narrower = {"lower": own.value <= binding.value, "higher": own.value >= binding.value}
    return narrower.get(local, own.value == binding.value)


def _refuse_impossible(law: Parameter, own: Dated, place: Place) -> None:
    """A value of local policy is one that its unit can have."""
    if own.value is None:
        return
    if not (isfinite(own.value) and 0 <= own.value <= LARGEST):
        raise _wrong(place, N_("a number from 0 to 1,000,000,000 under value"))
    if law.unit == "share" and own.value > 1:
        raise _wrong(place, N_("a share from 0 to 1"))
    if law.unit not in ("share", "factor") and own.value != int(own.value):
        raise _wrong(place, N_("a whole number under value; money in cents"))


def _refuse_loosening(law: Parameter, own: Dated, place: Place) -> None:
    """Local policy fills in and narrows; it never loosens what the law sets."""
    binding = law.at(own.start)
    if binding is not None and not _within(own, binding, law.local):
        raise InputError(
            N_("local policy sets {own} where the law sets {binding} ({article})"),
            place=place,
            expected=ALLOWED[law.local],
            remedy=N_("leave the value out, or write one that the law allows"),
            own=own.value if own.value is None else InUnit(own.value, law.unit),
            binding=binding.value if binding.value is None else InUnit(binding.value, law.unit),
            article=law.article,
        )


ALLOWED: dict[Local, str] = {
    "fill": N_("a value only where the law files do not know one"),
    "lower": N_("a value that is lower or equal"),
    "higher": N_("a value that is higher or equal"),
    "agreement": N_("a change by performance agreement, under [[agreements]]"),
}


def _in_order(rows: list[Any], places: list[Place], *, local: bool = False) -> list[tuple[Dated, Place]]:
    """The values in order of date, one for each date, each with where it stands."""
    read = ((_dated(row, place, local=local), place) for row, place in zip(rows, places, strict=True))
    dated = sorted(read, key=lambda pair: pair[0].start)
    for (before, _), (after, place) in pairwise(dated):
        if before.start == after.start:
            raise _wrong(place, N_("one value for each date"))
    return dated


def _dated(row: Any, place: Place, *, local: bool) -> Dated:
    if not isinstance(row, dict):
        raise _wrong(place, N_("a table with from, value and source"))
    start, value = row.get("from"), row.get("value")
    if type(start) is not date:
        raise _wrong(place, N_("a date under from, such as 2026-01-01"))
    unknown = _both(row, "unknown")
    if (value is None) == (unknown is None):
        raise _wrong(place, N_("either a value or the reason why it is unknown"))
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise _wrong(place, N_("a number under value"))
    if value is not None and not str(row.get("source", "")).strip():
        raise _wrong(place, N_("the source of the value"))
    end = row.get("until") if local else None
    if end is not None and (type(end) is not date or end < start):
        raise _wrong(place, N_("a last day under until that is not before the first"))
    grade = "L" if local else row.get("grade")
    return Dated(
        start,
        value,
        unknown,
        row.get("source", ""),
        cast(Grade | None, grade),
        _both(row, "note"),
        end,
    )


def _both(row: Mapping[str, Any], name: str) -> Both | None:
    """Why a value is not known, or a note on it; one text counts for both languages."""
    both = row.get(name)
    texts = row.get(f"{name}_nl", both), row.get(f"{name}_en", both)
    return Both(*texts) if all(isinstance(text, str) and text for text in texts) else None


def _wrong(place: Place, expected: str) -> InputError:
    return InputError(
        N_("this rule value is not of the form that is read"),
        place=place,
        expected=expected,
        remedy=N_("see the page on rule values in the documentation"),
    )
