"""Early warning on the model city, of which it is known who goes down: what it finds, when, and how often
it is alarmed by nothing.

The figures of the long form stand in docs/explanation/early-warning.md; they are shown by
``pytest --soak -rP tests/measures/capacity/test_warning_model_city.py``.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.measures.capacity.warning import warn
from ongedeeld.measures.capacity.warning.watched import LEVELS, Level
from ongedeeld.sources.model_city import model_city, story, turning_points

RATE = 0.1
# When the two neighbourhoods begin to go down; they are looked at on the last day of each year.
BEGUN = (date(2019, 7, 1), date(2020, 7, 1))
LOOKS = [date(year, 12, 31) for year in range(2018, 2026)]
# The looks at which something is promised of the two; all of them only in the long form.
TELLING_LOOKS = [LOOKS[1], *LOOKS[3:6]]
# In a city where nothing changes: looks whose last years do not overlap.
STILL_LOOKS = [LOOKS[1], LOOKS[4], LOOKS[7]]


@dataclass
class Tally:
    """Over many looks: how often there was a false alarm, what share of alarms was, and what was found."""

    looks: int = 0
    with_false: int = 0
    false_share: float = 0.0
    found: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, alarms: list[str], declining: tuple[str, ...], look: date) -> None:
        """Count one look: the neighbourhoods of its alarms."""
        false = sum(area not in declining for area in alarms)
        self.looks += 1
        self.with_false += false > 0
        self.false_share += false / max(len(alarms), 1)
        self.found.update((place, look.year) for place, area in enumerate(declining) if area in alarms)

    def report(self, title: str, cities: int) -> None:
        """Write the figures where pytest shows them."""
        often, share = self.with_false / self.looks, self.false_share / self.looks
        lines = [
            f"{title}: {cities} cities, {self.looks} looks; false alarms in {often:.3f}, share {share:.3f}"
        ]
        for place, begun in enumerate(BEGUN):
            if shares := [
                f"{year} {count / cities:.2f}"
                for (which, year), count in sorted(self.found.items())
                if which == place
            ]:
                lines.append(f"  begun {begun}: found at the end of {', '.join(shares)}")
        sys.stdout.write("\n".join(lines) + "\n")


def alarms(city: City, level: Level, look: date) -> list[str]:
    """The neighbourhoods of the units with an alarm, as it would have been on a day."""
    units = warn(city, level=level, false_discovery=RATE, until=look).table.filter("worsens")["unit"]
    if level == "neighbourhood":
        return units.to_list()
    complexes = city.table("complexes").filter(pl.col("complex").is_in(units.to_list()))
    return complexes["area"].to_list()


@lru_cache(maxsize=2)
def told_city(seed: int) -> City:
    """A model city; the few of a short run are made once for all tests."""
    return model_city(seed)


@lru_cache(maxsize=2)
def still_city(seed: int) -> City:
    """A model city made under `still`, in which nothing changes."""
    return model_city(seed)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model city in which nobody goes down or up: every neighbourhood only wavers."""
    never, over = (10_000, 10_001), (-2, -1)
    monkeypatch.setattr(story, "_DECLINES", (never, never))
    monkeypatch.setattr(story, "_RECOVERY", over)


def seeds(repeats: int) -> range:
    """Two of them at first, and sixty in the long form."""
    return range(1, 61) if repeats == 100 else range(1, 3)


@pytest.mark.soak
@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("level", LEVELS)
def test_where_nothing_changes_alarms_are_no_more_frequent_than_stated(level: Level, repeats: int) -> None:
    tally = Tally()
    for seed in seeds(repeats):
        city = still_city(seed)
        for look in STILL_LOOKS:
            tally.add(alarms(city, level, look), (), look)
    tally.report(f"nothing changes, per {level}", len(seeds(repeats)))
    by_chance = 3 * (RATE * (1 - RATE) / tally.looks) ** 0.5
    assert tally.with_false / tally.looks <= RATE + by_chance * (repeats != 100)


@pytest.mark.soak
def test_both_neighbourhoods_that_go_down_are_found_and_few_others(repeats: int) -> None:
    tally = Tally()
    for seed in seeds(repeats):
        city, declining = told_city(seed), turning_points(seed).declining
        for look in LOOKS if repeats == 100 else TELLING_LOOKS:
            tally.add(alarms(city, "neighbourhood", look), declining, look)
    cities = len(seeds(repeats))
    tally.report("two go down, per neighbourhood", cities)
    assert tally.false_share / tally.looks <= RATE
    # Three and a half years after each began; most are found a year earlier.
    assert tally.found[0, 2022] >= 0.95 * cities
    assert tally.found[1, 2023] >= 0.95 * cities
    assert tally.found[0, 2021] + tally.found[1, 2022] >= 0.8 * 2 * cities
    assert tally.found[0, 2019] <= 0.1 * cities


@pytest.mark.soak
def test_single_complexes_show_it_later_and_less_surely(repeats: int) -> None:
    tally = Tally()
    for seed in seeds(repeats):
        city, declining = told_city(seed), turning_points(seed).declining
        for look in LOOKS[3:7]:
            tally.add(alarms(city, "complex", look), declining, look)
    tally.report("two go down, per complex (found: at least one of its complexes)", len(seeds(repeats)))
    assert tally.false_share / tally.looks <= RATE + (repeats != 100) * 0.1


def test_the_one_that_recovered_raises_no_alarm() -> None:
    recovered = turning_points(1).recovered
    found = warn(told_city(1), level="neighbourhood", until=date(2021, 12, 31))
    assert not found.table.filter(unit=recovered)["worsens"].item()
