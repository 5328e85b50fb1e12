"""What a City tells of the inclusive city, measured once for all its pages; what is not known says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.inclusion import (
    AEDES_QUESTIONS,
    RECOGNITION_QUESTIONS,
    Measured,
    MeetingPlaces,
    Room,
    answers_by_year,
    answers_of_residents,
    change_of_answers,
    change_of_inspections,
    inspected,
    inspections_by_year,
    meeting_places,
    participation,
    published_reach,
    reach_of_places,
    room_for_groups,
)

Found = TypeVar("Found")
OWN_SURVEY = "surveys"
Asked = Literal["liking", "recognition", "inspections"]
_QUESTIONS = {"liking": AEDES_QUESTIONS, "recognition": RECOGNITION_QUESTIONS}


@dataclass(frozen=True)
class Tried(Generic[Found]):
    """What was found, or what is absent and how it could be there."""

    found: Found | None = None
    absent: AbsentError | None = None


def _tried(work: Callable[[], Found]) -> Tried[Found]:
    try:
        return Tried(work())
    except AbsentError as error:
        return Tried(absent=error)


class Included:
    """The measures of inclusion of a City; each when it is first asked for.

    Parameters
    ----------
    city
        A City of one municipality; rule values are those of the day on which it was put together.
    """

    def __init__(self, city: City) -> None:
        self._city = city
        self._changes: dict[tuple[Asked, int, int], Tried[Measured]] = {}

    @cached_property
    def room(self) -> Tried[Room]:
        """Which types of household the association's homes fit."""
        return _tried(lambda: room_for_groups(self._city, self._city.manifest.created))

    @cached_property
    def amenities(self) -> Tried[Measured]:
        """How far daily amenities are, as published."""
        return _tried(lambda: published_reach(self._city))

    @cached_property
    def near_homes(self) -> Tried[Measured]:
        """How near places are to the association's homes."""
        return _tried(lambda: reach_of_places(self._city))

    @cached_property
    def taking_part(self) -> Tried[Measured]:
        """Work, education and benefits, volunteering and care given, by neighbourhood."""
        return _tried(lambda: participation(self._city, "neighbourhood"))

    @cached_property
    def taking_part_whole(self) -> dict[str, float]:
        """The same figures of the municipality, where they are published."""
        found = _tried(lambda: participation(self._city, "municipality")).found
        return {} if found is None else _known(found.table, "figure", "value")

    @cached_property
    def liking(self) -> Tried[Measured]:
        """The four questions of the Aedes benchmark."""
        return _tried(lambda: answers_of_residents(self._city, AEDES_QUESTIONS))

    @cached_property
    def recognition(self) -> Tried[Measured]:
        """What residents say of neighbours and feeling at home."""
        return _tried(lambda: answers_of_residents(self._city, RECOGNITION_QUESTIONS))

    @cached_property
    def inspections(self) -> Tried[Measured]:
        """What inspections of the last year found."""
        return _tried(self._inspections)

    def _inspections(self) -> Measured:
        last = self._city.table("inspections")["period"].max()
        if not isinstance(last, date):
            raise AbsentError(
                N_("this City has nothing in its table {table}"),
                remedy=N_("give it with --{table}; `ongedeeld template {table}` makes an empty file"),
                table="inspections",
            )
        return inspected(self._city, date(last.year, 1, 1), date(last.year + 1, 1, 1))

    @cached_property
    def by_year(self) -> dict[Asked, Tried[Measured]]:
        """Answers and inspections of every year there are."""
        return {
            "liking": _tried(lambda: answers_by_year(self._city, AEDES_QUESTIONS)),
            "recognition": _tried(lambda: answers_by_year(self._city, RECOGNITION_QUESTIONS)),
            "inspections": _tried(lambda: inspections_by_year(self._city)),
        }

    def change(self, asked: Asked, start: int, end: int) -> Tried[Measured]:
        """How answers or inspections changed between two calendar years; measured once for all pages."""
        key = (asked, start, end)
        if key not in self._changes:
            self._changes[key] = _tried(lambda: self._change(asked, start, end))
        return self._changes[key]

    def _change(self, asked: Asked, start: int, end: int) -> Measured:
        if asked == "inspections":
            first, second = ((date(year, 1, 1), date(year + 1, 1, 1)) for year in (start, end))
            return change_of_inspections(self._city, first, second)
        return change_of_answers(self._city, start, end, _QUESTIONS[asked])

    @cached_property
    def meeting(self) -> Tried[MeetingPlaces]:
        """Where people can meet, and for whom it is within reach."""
        return _tried(lambda: meeting_places(self._city))


def of_area(table: pl.DataFrame, code: str) -> list[dict[str, Any]]:
    """The rows of one area."""
    return table.filter(pl.col("area") == code).to_dicts()


def _known(table: pl.DataFrame, name: str, value: str) -> dict[str, float]:
    return dict(table.drop_nulls(value).select(name, value).iter_rows())


def everywhere(table: pl.DataFrame, name: str, weight: str) -> dict[str, float]:
    """The mean of all areas that are told, weighed by answers or inspections, for each subject."""
    told = table.drop_nulls("value")
    mean = (pl.col("value") * pl.col(weight)).sum() / pl.col(weight).sum()
    return dict(told.group_by(name).agg(mean).iter_rows())
