"""What the sections of a comparison share: names, years and figures as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from ongedeeld.allocation import load_catalogue
from ongedeeld.city import City
from ongedeeld.errors import N_, CityError, InputError
from ongedeeld.reporting.text import NO_BREAK, Speech, capital
from ongedeeld.simulation.comparing.comparison import AS_NOW, Compared, Comparison
from ongedeeld.simulation.futures.parcel import checksum_of
from ongedeeld.simulation.outcomes.seeking_groups import AGE_AND_INCOME, LABELS, grouping_label
from ongedeeld.simulation.outcomes.tables import TABLES, Unit
from ongedeeld.vocabulary.spoken import Both

GROUPINGS: Mapping[str, str] = {
    "kind": N_("By how they seek"),
    "route": N_("By the route by which they seek"),
    "household_type": N_("By household"),
    "age_class": N_("By age"),
    "income_class": N_("By income class"),
}
SAID_ALONE = (*GROUPINGS, AGE_AND_INCOME)
"""The groupings of which the names of the groups say enough."""
SUFFIXES: Mapping[Unit, str] = {
    "months": N_("{figure} months"),
    "years": N_("{figure} years"),
    "hours": N_("{figure} hours"),
}
DECIMALS: Mapping[Unit, int] = {"score": 1, "index": 3, "months": 1, "years": 1}
PLACE_TABLES = (TABLES["places"], TABLES["bearing"])
LARGE = 100
DUST = 1e-9


@dataclass(frozen=True, eq=False)
class Told:
    """A comparison in a language.

    Parameters
    ----------
    comparison
        The results.
    speech
        The language.
    city
        The City of which they are, where it is still as it was; it gives the names of places and the map.
    """

    comparison: Comparison
    speech: Speech
    city: City | None

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of areas and complexes by code."""
        if self.city is None:
            return {}
        areas = self.city.table("areas").select("code", "name")
        complexes = self.city.table("complexes").select("complex", "name")
        return {code: name for part in (areas, complexes) for code, name in part.iter_rows() if name}

    def name(self, unit: str | None) -> str:
        """The name of a place, or its code where it has none."""
        return self.names.get(unit or "", unit or "")

    @cached_property
    def _by_label(self) -> Mapping[str, Compared]:
        return {one.label: one for one in self.comparison.compared}

    def label(self, one: Compared | str) -> str:
        """The label of results; one that was run as what-if says so wherever it stands."""
        label = one if isinstance(one, str) else one.label
        if label == AS_NOW:
            return self.speech.say(AS_NOW)
        if self._by_label[label].manifest.what_if:
            return self.speech.say("{policy} (what if)", policy=label)
        return label

    @property
    def now(self) -> str:
        """The label of what all is held against."""
        return self.label(self.comparison.now)

    def areas_of(self, one: Compared) -> frozenset[str]:
        """The neighbourhoods that a policy names, by themselves, their district or a complex in them."""
        named = {code for use in one.manifest.uses for code in use.areas}
        complexes = {code for use in one.manifest.uses for code in use.complexes}
        if self.city is None:
            return frozenset()
        areas = self.city.table("areas").filter(level="neighbourhood").select("code", "parent")
        inside = {code for code, parent in areas.iter_rows() if named & {code, parent}}
        homes = self.city.table("complexes").select("complex", "area")
        return frozenset(inside | {area for code, area in homes.iter_rows() if code in complexes})

    def use(self, one: Compared | str, name: str) -> str:
        """A use of an instrument in words: the instrument, and what it was agreed as."""
        label = one if isinstance(one, str) else one.label
        for use in self._by_label[label].manifest.uses:
            if use.name == name:
                instrument = capital(_of(use.label, self.speech))
                return f"{instrument}: {use.agreement}" if use.agreement else instrument
        instrument, _, number = name.rpartition("-")
        return f"{capital(_of(load_catalogue()[instrument].label, self.speech))} ({number})"

    def words(self, both: Both) -> str:
        """Words that are there in both languages."""
        return _of(both, self.speech)

    def edge(self, value: float, unit: Unit, *, signed: bool = False) -> str:
        """A round figure at which something begins, in as few digits as it has."""
        number = 100 * value if unit == "share" else value
        places = len(f"{number:.6f}".rstrip("0").partition(".")[2])
        text = self.speech.number(number, places, signed=signed)
        return self.speech.say("{points} points", points=text) if unit == "share" else text

    def group(self, grouping: str, group: str) -> str:
        """A group in words."""
        held = LABELS.get(grouping, {}).get(group)
        name = group if held is None else _of(held, self.speech)
        # "Six or more" or "yes" says nothing without what it is of.
        return name if grouping in SAID_ALONE else f"{self.grouping(grouping)}: {name}"

    def grouping(self, grouping: str) -> str:
        """What a grouping is called."""
        return _of(grouping_label(grouping), self.speech)

    def measure(self, name: str) -> str:
        """What a measure of a place is called."""
        return self.speech.say(next(one.measures[name].label for one in PLACE_TABLES if name in one.measures))

    def unit(self, measure: str) -> Unit:
        """What a measure of a place is in."""
        return next(one.measures[measure].unit for one in PLACE_TABLES if measure in one.measures)

    def year(self, number: int) -> str:
        """A year of the run: a calendar year, or the two in which it lies."""
        start = self.comparison.asked.start
        first = start.year + number - 1
        return str(first) if start.month == 1 else f"{first}/{(first + 1) % 100:02}"

    @property
    def years(self) -> str:
        """All years of the run."""
        start, years = self.comparison.asked.start, self.comparison.asked.years
        return self.speech.ngettext(
            "one year from {start}", "{count} years from {start}", years, start=self.speech.day(start)
        )

    def figure(self, value: float | None, unit: Unit, *, signed: bool = False) -> str:
        """A figure with its unit, in no more digits than it is worth; a dash where it is not known."""
        if value is None:
            return "–"
        value = 0.0 if abs(value) < DUST else value
        if unit == "share":
            places = 1 if abs(value) < 1 and value else 0
            return f"{self.speech.number(100 * value, places, signed=signed)}%"
        if unit == "cents":
            sign = "+" if signed and value > 0 else "−" if value < 0 else ""
            space = NO_BREAK if self.speech.language == "nl" else ""
            return f"{sign}€{space}{self.speech.number(abs(value) / 100)}"
        places = DECIMALS.get(unit, 0 if abs(value) >= LARGE or value == round(value) else 1)
        text = self.speech.number(value, places, signed=signed)
        return self.speech.say(SUFFIXES[unit], figure=text) if unit in SUFFIXES else text

    def tick(self, value: float, unit: Unit, *, signed: bool = False) -> str:
        """A round figure on an axis: without a unit that the title tells."""
        number = 100 * value if unit == "share" else value / 100 if unit == "cents" else value
        places = len(f"{number:.6f}".rstrip("0").partition(".")[2])
        text = self.speech.number(number, places, signed=signed)
        return f"{text}%" if unit == "share" else f"€{NO_BREAK}{text}" if unit == "cents" else text

    def change(self, value: float | None, unit: Unit) -> str:
        """A change: of a share in points of a percent."""
        if value is None:
            return "–"
        value = 0.0 if abs(value) < DUST else value
        if unit == "score":
            return self.speech.number(value, 2, signed=True)
        if unit != "share":
            return self.figure(value, unit, signed=True)
        return self.speech.say("{points} points", points=self.speech.number(100 * value, 2, signed=True))

    def between(self, low: float | None, high: float | None, unit: Unit, *, change: bool = False) -> str:
        """An interval; a dash where there are too few futures to tell it."""
        if low is None or high is None:
            return "–"
        written = self.change if change else self.figure
        return self.speech.say("{low} to {high}", low=written(low, unit), high=written(high, unit))


def last(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of the last year."""
    return frame.filter(pl.col("year") == pl.col("year").max())


def _of(both: Both, speech: Speech) -> str:
    return both.nl if speech.language == "nl" else both.en


def city_of(comparison: Comparison) -> City | None:
    """The City where it still stands where it was, and is the same."""
    asked = comparison.asked
    if not asked.city:
        return None
    try:
        city = City.open(Path(asked.city))
        return city if checksum_of(city) == asked.city_checksum else None
    except (CityError, InputError):
        return None
