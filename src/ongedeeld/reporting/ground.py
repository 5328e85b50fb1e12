"""What all portraits of one city share: computed once, read by every page."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, cast

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.livability import Likeness, Livability, changes, livability
from ongedeeld.reporting.catalogue import RATIOS, Ratio
from ongedeeld.reporting.divided import Divided
from ongedeeld.reporting.fewest import enough
from ongedeeld.reporting.included import Included
from ongedeeld.reporting.maps import Shapes, shapes
from ongedeeld.reporting.own import Own, own_of
from ongedeeld.reporting.placed import areas_of, line_of, municipality_of
from ongedeeld.reporting.scales import Scale, around_mean, rising
from ongedeeld.reporting.tenants import Tenants
from ongedeeld.reporting.text import Speech, step
from ongedeeld.vocabulary import INDICATORS, LIVABILITY, TABLES

if TYPE_CHECKING:
    from ongedeeld.measures.capacity import Cards
    from ongedeeld.measures.capacity.known import Level
    from ongedeeld.reporting.bearing import Bearing, Choices
    from ongedeeld.vocabulary.evidence import Evidence

LEVEL = "neighbourhood"
ROUNDING = 10
"""Counts of benefits are rounded to this; a rate of at most two such steps is told as a range."""


@dataclass(frozen=True)
class Series:
    """One figure of all neighbourhoods at its latest period; `values` holds only what is known.

    `whole` is the published figure of the municipality, where there is one. `estimated` are the codes of
    areas whose figure is an estimate. `rough` are figures made of a count so small that its rounding counts:
    from and to.
    """

    name: str
    unit: str
    period: date
    values: Mapping[str, float]
    whole: float | None
    estimated: frozenset[str] = frozenset()
    rough: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def text(self, code: str, speech: Speech) -> str:
        """The figure of an area as people read it; a rough one as a range."""
        if code not in self.rough:
            return speech.figure(self.values[code], self.unit)
        low, high = self.rough[code]
        if high <= 1:
            return speech.say("less than {most}", most=speech.number(1))
        return speech.say("{low} to {high}", low=speech.number(low, 1), high=speech.number(high, 1))

    def without(self, codes: frozenset[str]) -> Series:
        """The same figure for the other areas."""
        kept = {code: value for code, value in self.values.items() if code not in codes}
        return replace(self, values=kept) if codes else self

    @cached_property
    def mean(self) -> float:
        """The mean of the neighbourhoods with a figure, each counting once."""
        return fmean(self.values.values())

    @cached_property
    def spread(self) -> float:
        """The standard deviation of the neighbourhoods with a figure."""
        return pstdev(self.values.values())

    @cached_property
    def extent(self) -> tuple[float, float]:
        """The lowest and the highest figure."""
        return min(self.values.values()), max(self.values.values())

    @cached_property
    def scale(self) -> Scale:
        """The classes in which this figure is mapped."""
        values = list(self.values.values())
        return around_mean(values) if self.name in _TOTALS else rising(values, step=step(self.unit))


_TOTALS = {name for version in LIVABILITY for name in (version.score, version.deviation) if name}


class Ground:
    """One municipality of a City, and what is asked of it for every portrait.

    Parameters
    ----------
    city
        A City.
    municipality
        The code of the municipality whose neighbourhoods are compared; none when neighbourhoods have no
        municipality.
    choices
        What the user states, on which carrying capacity leans.
    """

    def __init__(self, city: City, municipality: str | None, choices: Choices | None = None) -> None:
        self.city = _part(city, municipality)
        self.areas = areas_of(self.city.table("areas"))
        self.municipality = municipality
        self._choices = choices
        self.codes = sorted(code for code, row in self.areas.items() if row["level"] == LEVEL)
        found = _series(self.city, self.codes, municipality)
        self.withheld = {name: _few(series, found) for name, series in found.items()}
        self.series = {
            name: kept
            for name, series in found.items()
            if (kept := series.without(self.withheld[name])).values
        }
        self._changes: dict[tuple[date, date], pl.DataFrame] = {}

    @classmethod
    def around(cls, city: City, code: str, choices: Choices | None = None) -> Ground:
        """The municipality in which a neighbourhood lies.

        Raises
        ------
        AbsentError
            When the City has no neighbourhood of this code.
        """
        areas = areas_of(city.table("areas"))
        if code not in areas:
            raise AbsentError(
                N_("{code} is not an area of this City"),
                remedy=N_("see `ongedeeld describe`, or build a City that holds it"),
                code=code,
            )
        if areas[code]["level"] != LEVEL:
            raise AbsentError(
                N_("portraits are of neighbourhoods, and {code} is not one"),
                expected=N_("a code that begins with BU"),
                code=code,
            )
        return cls(city, municipality_of(code, areas), choices)

    @classmethod
    def of_all(cls, city: City, choices: Choices | None = None) -> Ground:
        """The only municipality of a City.

        Raises
        ------
        AbsentError
            When the City has no neighbourhoods, or those of more than one municipality.
        """
        areas = areas_of(city.table("areas"))
        codes = [code for code, row in areas.items() if row["level"] == LEVEL]
        if not codes:
            raise AbsentError(
                N_("this City has no neighbourhoods"),
                remedy=N_("build one from files of neighbourhoods"),
            )
        municipalities = {municipality_of(code, areas) for code in codes}
        if len(municipalities) > 1:
            raise AbsentError(
                N_("an atlas is of one municipality, and this City holds {count}"),
                remedy=N_("build a City of one municipality, such as `ongedeeld build GM0344`"),
                count=len(municipalities),
            )
        return cls(city, municipalities.pop(), choices)

    @property
    def name(self) -> str:
        """What the municipality is called."""
        return str(self.areas[self.municipality]["name"]) if self.municipality else self.city.manifest.name

    @cached_property
    def livability(self) -> Livability:
        """The livability of the neighbourhoods."""
        return livability(self.city, LEVEL)

    @cached_property
    def likeness(self) -> Likeness:
        """By what neighbourhoods are alike."""
        return Likeness(self.city, LEVEL)

    @cached_property
    def divided(self) -> Divided:
        """How divided the city is, for every set of groups."""
        return Divided(self.city)

    @cached_property
    def included(self) -> Included:
        """What the city tells of who finds room, what is near, taking part, public space and encounter."""
        return Included(self.city)

    @cached_property
    def bearing(self) -> Bearing:
        """What the city tells of carrying capacity, for pages of internal use."""
        # Its statistics take a second to load, which a public page need not wait for.
        from ongedeeld.reporting.bearing import Bearing, Choices

        return Bearing(self.city, self._choices or Choices())

    def with_cards(self, made: Mapping[Level, Cards], evidence: Evidence | None = None) -> Ground:
        """The same with other cards, and records of evidence where given; the City stays as it is."""
        other = copy(self)
        other.__dict__["bearing"] = self.bearing.with_cards(made, evidence)
        return other

    @cached_property
    def own(self) -> Own | None:
        """The association's own tables, where they may be told."""
        return own_of(self.city)

    @cached_property
    def tenants(self) -> Tenants | None:
        """The association's tenants in groups, where there are own tables that may be told."""
        return Tenants(self.city, self.own) if self.own is not None else None

    @cached_property
    def shapes(self) -> Shapes:
        """The neighbourhoods drawn."""
        return shapes(self.city.table("areas").filter(pl.col("level") == LEVEL))

    @cached_property
    def score(self) -> Series | None:
        """The livability score at its newest version and period."""
        try:
            version, period = self.livability.newest()
        except AbsentError:
            return None
        rows = self.livability.scores.filter((pl.col("version") == version) & (pl.col("period") == period))
        name = str(rows["indicator"][0])
        held = self.series.get(name)
        values = dict(rows.select("area", "score").iter_rows())
        return Series(name, "score", period, values, held.whole if held else None)

    def line(self, code: str) -> list[tuple[str, str]]:
        """The areas in which an area lies, from large to small, itself last: code and name."""
        return line_of(code, self.areas)

    def value(self, name: str, code: str) -> float | None:
        """A figure of an area at its latest period, or none."""
        series = self.series.get(name)
        return series.values.get(code) if series else None

    def statuses(self, code: str) -> dict[str, str]:
        """The status of each indicator of an area at its latest period."""
        rows = self.city.table("indicators").filter(pl.col("area") == code).sort("period")
        return dict(rows.select("indicator", "status").iter_rows())

    def changes(self, start: date, end: date) -> pl.DataFrame:
        """The changes in livability of all neighbourhoods between two periods."""
        if (start, end) not in self._changes:
            self._changes[start, end] = changes(self.city, start, end, LEVEL)
        return self._changes[start, end]

    def history(self, name: str) -> pl.DataFrame:
        """All periods of an indicator or ratio: `area`, `period`, `value`, known figures only."""
        figures = self.city.table("indicators").drop_nulls("value")
        published = figures.filter(pl.col("indicator") == name)
        if not len(published) and name in RATIOS:
            published = _made(figures, RATIOS[name])
        return published.select("area", "period", "value").sort("period", "area")


def _part(city: City, municipality: str | None) -> City:
    """The City with only the areas and figures of one municipality; its other tables as they are."""
    areas = city.table("areas")
    if municipality is None or (areas["level"] == "municipality").sum() <= 1:
        return city
    inside = {municipality}
    for _ in range(3):  # municipality, district, neighbourhood
        inside |= set(areas.filter(pl.col("parent").is_in(list(inside)))["code"])
    chosen = areas.filter(pl.col("code").is_in(list(inside)))
    tables = {name: city.table(name) for name in TABLES if city.has(name)}
    tables["areas"] = chosen
    tables["indicators"] = city.table("indicators").filter(pl.col("area").is_in(list(inside)))
    return City.of(tables, city.manifest)


def _series(city: City, codes: list[str], municipality: str | None) -> dict[str, Series]:
    """Every indicator at the latest period for which a neighbourhood has it, and the ratios made of them."""
    known = city.table("indicators").drop_nulls("value")
    ours = known.filter(pl.col("area").is_in(codes))
    found = {}
    for (name,), figures in ours.group_by("indicator", maintain_order=True):
        if name in INDICATORS:
            period = _latest(figures)
            found[str(name)] = _at(
                str(name), INDICATORS[str(name)].unit, period, figures, known, municipality
            )
    for name, ratio in RATIOS.items():
        if name in found or not all(part in found for part in (ratio.part, *ratio.whole)):
            continue
        made = _made(known, ratio)
        of_ours = made.filter(pl.col("area").is_in(codes))
        if len(of_ours):
            found[name] = _at(name, ratio.unit, _latest(of_ours), of_ours, made, municipality)
    return found


def _few(series: Series, found: Mapping[str, Series]) -> frozenset[str]:
    """The areas that have too few people, households or homes for a share."""
    return frozenset(code for code in series.values if not enough(series.name, series.unit, code, found))


def _latest(figures: pl.DataFrame) -> date:
    return cast(date, figures["period"].max())


def _made(known: pl.DataFrame, ratio: Ratio) -> pl.DataFrame:
    """A ratio for every area and period of which all figures are known; `count` is the part it is made of."""
    part = known.filter(pl.col("indicator") == ratio.part).select("area", "period", "value", "status")
    whole = (
        known.filter(pl.col("indicator").is_in(ratio.whole))
        .group_by("area", "period")
        .agg(whole=pl.col("value").sum(), parts=pl.len())
        .filter((pl.col("parts") == len(ratio.whole)) & (pl.col("whole") > 0))
    )
    return part.join(whole, on=["area", "period"]).with_columns(
        value=pl.col("value") / pl.col("whole") * ratio.times, count="value"
    )


def _at(
    name: str, unit: str, period: date, figures: pl.DataFrame, known: pl.DataFrame, municipality: str | None
) -> Series:
    now = figures.filter(pl.col("period") == period)
    whole = known.filter(pl.col("area").is_in([municipality]) & (pl.col("period") == period))
    if "indicator" in whole.columns:
        whole = whole.filter(pl.col("indicator") == name)
    estimated = now.filter(pl.col("status") == "estimated")["area"]
    rough = {}
    if unit == "per_100":
        half = ROUNDING / 2
        few = now.filter(pl.col("count") <= 2 * ROUNDING)
        rough = {
            area: (max(0.0, count - half) / whole * 100, (count + half) / whole * 100)
            for area, count, whole in few.select("area", "count", "whole").iter_rows()
        }
    return Series(
        name,
        unit,
        period,
        dict(now.select("area", "value").iter_rows()),
        float(whole["value"][0]) if len(whole) else None,
        frozenset(estimated),
        rough,
    )
