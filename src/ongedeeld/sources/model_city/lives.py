"""Ten years of tenancies in the association's homes, month by month, and what the association counts of them.

Who lives where decides what is counted: a few households cause most of the nuisance, more homes fall vacant
in some complexes than in others, and where more fall vacant more are let by mediation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from ongedeeld.sources.model_city.chance import Booleans, Chance, Floats, Integers
from ongedeeld.sources.model_city.dwellings import LABELS
from ongedeeld.sources.model_city.effects import Plan
from ongedeeld.sources.model_city.homes import Homes
from ongedeeld.sources.model_city.story import FIRST_YEAR, MONTHS, QUARTERS, Story

ROUTES = ("regular", "mediated", "internal", "re_housing")
REGULAR, MEDIATED = 0, 1
AGES = ("under_23", "23_34", "35_54", "55_66", "67_and_over")
REASONS = (
    "surroundings",
    "nuisance",
    "dwelling_size",
    "work_or_study",
    "household_change",
    "care_facility",
    "death",
    "purchase",
    "other",
    "unknown",
)
_YEARLY_TURNOVER = 0.0652
# Quarters between pressure on a neighbourhood and the departures it causes.
_BEFORE_THEY_LEAVE = 3
# The number of no day in the ten years: the tenancy has not ended.
_RUNNING = -1
# How much turnover rises where pressure is 1; the restlessness of tenants by age at the start of their
# tenancy.
_DRIVEN_AWAY = 0.5
_RESTLESS = np.array([2.0, 1.35, 0.85, 0.75, 1.05])
_REASON_WEIGHTS = np.array(
    [
        [5, 4, 12, 35, 16, 0, 0, 8, 10, 10],
        [8, 5, 18, 16, 20, 0, 0, 15, 9, 9],
        [9, 7, 16, 9, 20, 1, 3, 14, 10, 11],
        [8, 6, 10, 4, 14, 6, 17, 9, 12, 14],
        [3, 3, 5, 0, 6, 28, 38, 1, 7, 9],
    ],
    dtype=np.float64,
)
_AGE_WEIGHTS = {
    "none": (6, 36, 32, 15, 11),
    "seniors": (0, 0, 3, 27, 70),
    "youth": (50, 48, 2, 0, 0),
    "students": (70, 30, 0, 0, 0),
    "large_families": (0, 30, 60, 8, 2),
    "care": (5, 20, 35, 20, 20),
}
_AGE_BY_ROUTE = np.array(
    [
        [1.0, 1.0, 1.0, 1.0, 1.0],
        [1.6, 1.2, 1.0, 0.6, 0.3],
        [0.2, 0.7, 1.1, 1.4, 1.6],
        [0.5, 0.8, 1.1, 1.2, 1.2],
    ]
)
# By number of rooms: up to two, three, four, five and more; for one to six people.
_SIZE_WEIGHTS = np.array(
    [
        [85, 13, 2, 0, 0, 0],
        [52, 30, 12, 5, 1, 0],
        [26, 30, 19, 17, 6, 2],
        [12, 27, 20, 23, 12, 6],
    ],
    dtype=np.float64,
)
_SUPPORT_BY_ROUTE = np.array([0.03, 0.80, 0.03, 0.05])
# The chance that a new household will cause nuisance. As most homes are let in the ordinary way, so most of
# it begins.
_TROUBLE_BY_ROUTE = np.array([0.013, 0.020, 0.006, 0.010])


@dataclass(frozen=True)
class Counts:
    """What is counted, by complex and quarter, with a third axis for the routes and the reasons."""

    lettings: Integers
    departures: Integers
    support: dict[str, Integers]
    nuisance_new: Integers
    nuisance_households: Integers
    occupied: Integers

    @classmethod
    def none(cls, complexes: int) -> Self:
        """Nothing counted yet."""

        def zeros(*kinds: int) -> Integers:
            return np.zeros((complexes, QUARTERS, *kinds), dtype=np.int64)

        support = {kind: zeros() for kind in ("present", "in", "out", "started", "ended")}
        return cls(zeros(len(ROUTES)), zeros(len(REASONS)), support, zeros(), zeros(), zeros())


class _Town:
    """The state of every home of the association while the months pass."""

    def __init__(self, chance: Chance, stock: Homes, tale: Story, plan: Plan) -> None:
        self.chance, self.stock, self.plan = chance, stock, plan
        self.pressure, self.lagged = tale.pressure, tale.lagged(_BEFORE_THEY_LEAVE)
        count = len(stock.complex_of)
        self.homes = np.arange(count)
        self.area = stock.area_of_complex[stock.complex_of]
        self.rooms = stock.dwellings["rooms"].to_numpy()[:count]
        self.label = stock.label_of_complex[stock.complex_of]
        self.unrest = stock.unrest[stock.complex_of]
        self.occupied: Booleans = np.zeros(count, dtype=bool)
        self.supported: Booleans = np.zeros(count, dtype=bool)
        self.trouble: Booleans = np.zeros(count, dtype=bool)
        self.let_in = np.full(count, -1)
        self.sequence, self.start, self.route, self.age, self.size = np.zeros((5, count), dtype=np.int64)
        self.counts = Counts.none(len(stock.names))
        self.since_ceiling = np.zeros((len(stock.names), 2), dtype=np.int64)
        self.rows: list[tuple[Integers, ...]] = []
        # Turnover of the whole city is as usual, whatever the complexes of a seed or scale.
        driven = 1 + _DRIVEN_AWAY * np.maximum(self.lagged, 0.0).mean(axis=1)
        usual = self.unrest * self._restlessness()[self.label] * driven[self.area]
        self.departure = _YEARLY_TURNOVER / 12 / float(np.mean(usual))

    def _restlessness(self) -> Floats:
        """The restlessness to expect by label of the complex: who moves soon is seldom there."""
        ages = np.array([_AGE_WEIGHTS[label] for label in LABELS], dtype=np.float64)
        return np.asarray(ages.sum(axis=1) / (ages / _RESTLESS).sum(axis=1))

    def tally(self, homes: Integers) -> Integers:
        """How many of these homes lie in each complex."""
        return np.bincount(self.stock.complex_of[homes], minlength=len(self.stock.names))

    def settle(self) -> None:
        """Who lived there when the ten years began."""
        chance, homes = self.chance, self.homes
        vacant = chance.uniform("vacant at first", homes) < 0.008
        self.let_in[vacant] = np.floor(3 * chance.uniform("first let", homes[vacant])).astype(np.int64)
        there = homes[~vacant]
        route = chance.pick("first route", there, np.array([82.0, 5.0, 10.0, 3.0]))
        self._move_in(there, route, np.zeros(len(there), dtype=np.int64), -1)
        usual = 365.0 / (12 * self.departure * self.unrest * _RESTLESS[self.age])
        built = self.stock.dwellings["build_year"].to_numpy()[: len(homes)]
        days = np.minimum(chance.duration("lived", homes, usual), (FIRST_YEAR - built) * 365.0 - 30.0)
        self.start[there] = _day(0, 0) - 1 - np.floor(days[there]).astype(np.int64)
        self.supported[there] = chance.uniform("first support", there) < 0.028

    def let(self, month: int) -> None:
        """Let what comes free this month."""
        homes = np.flatnonzero(self.let_in == month)
        blocks = self.stock.complex_of[homes]
        pressure = np.maximum(self.pressure[self.area[homes], month // 3], 0.0)
        unrest = self.unrest[homes]
        mediated = np.minimum(0.5, 0.115 * unrest * np.sqrt(unrest) * (1 + 0.4 * pressure))
        internal = 0.13 / np.sqrt(unrest)
        # Homes were demolished elsewhere in 2018 to 2020, and their tenants had to be housed.
        re_housed = np.full(len(homes), 0.08 if 24 <= month < 60 else 0.03)
        weights = np.column_stack((1 - mediated - internal - re_housed, mediated, internal, re_housed))
        route = self.chance.pick("route", homes, weights, month)
        route = self._under_the_ceiling(blocks, route, month)
        day = _day(month, np.floor(28 * self.chance.uniform("start day", homes, month)).astype(np.int64))
        self._move_in(homes, route, day, month)
        self.let_in[homes] = -1
        np.add.at(self.counts.lettings[:, month // 3], (blocks, route), 1)
        self.counts.support["in"][:, month // 3] += self.tally(homes[self.supported[homes]])

    def _under_the_ceiling(self, blocks: Integers, route: Integers, month: int) -> Integers:
        ceiling = self.plan.ceiling[blocks, month]
        allowed = route.copy()
        for place in np.flatnonzero(ceiling < 1.0):
            mediated, lettings = self.since_ceiling[blocks[place]]
            if route[place] == MEDIATED and mediated + 1 > ceiling[place] * (lettings + 1):
                allowed[place] = REGULAR
            self.since_ceiling[blocks[place]] += (allowed[place] == MEDIATED, 1)
        return allowed

    def _move_in(self, homes: Integers, route: Integers, day: Integers, month: int) -> None:
        chance, moment = self.chance, month + 1
        by_label = np.array([_AGE_WEIGHTS[label] for label in LABELS], dtype=np.float64)
        ages = by_label[self.label[homes]] * _AGE_BY_ROUTE[route]
        if month < 0:
            ages = ages / _RESTLESS
        self.age[homes] = chance.pick("age", homes, ages, moment)
        people = _SIZE_WEIGHTS[np.clip(self.rooms[homes] - 2, 0, 3)]
        self.size[homes] = 1 + chance.pick("household", homes, people, moment)
        pressure = self.pressure[self.area[homes], max(month, 0) // 3]
        trouble = _TROUBLE_BY_ROUTE[route] * (1 + 1.5 * np.maximum(pressure, 0.0))
        self.trouble[homes] = chance.uniform("trouble", homes, moment) < trouble
        self.supported[homes] = chance.uniform("support", homes, moment) < _SUPPORT_BY_ROUTE[route]
        self.route[homes], self.start[homes] = route, day
        self.sequence[homes] += 1
        self.occupied[homes] = True

    def leave(self, month: int) -> None:
        """Some households leave; the home is let again one to four months later."""
        pressure = np.maximum(self.lagged[self.area, month // 3], 0.0)
        hazard = self.departure * self.unrest * _RESTLESS[self.age] * (1 + _DRIVEN_AWAY * pressure)
        here = self.occupied & (self.start < _day(month, 0))
        homes = np.flatnonzero(here & (self.chance.uniform("leave", self.homes, month) < hazard))
        blocks = self.stock.complex_of[homes]
        weights = _REASON_WEIGHTS[self.age[homes]].copy()
        weights[:, :2] *= 1 + 2.0 * pressure[homes, None]
        reason = self.chance.pick("reason", homes, weights, month)
        np.add.at(self.counts.departures[:, month // 3], (blocks, reason), 1)
        self.counts.support["out"][:, month // 3] += self.tally(homes[self.supported[homes]])
        day = _day(month, np.floor(28 * self.chance.uniform("end day", homes, month)).astype(np.int64))
        self.write(homes, day)
        self.occupied[homes] = self.supported[homes] = self.trouble[homes] = False
        gap = 1 + self.chance.pick("gap", homes, np.array([58.0, 29.0, 9.0, 4.0]), month)
        self.let_in[homes] = month + gap

    def write(self, homes: Integers, end: Integers) -> None:
        """Put the tenancies of these homes on record, with their last day."""
        columns = (self.sequence, self.start, self.size, self.age, self.route)
        self.rows.append((homes, end, *(column[homes] for column in columns)))

    def live(self, month: int) -> None:
        """Support begins and ends; at the end of a quarter, count what there is."""
        quarter = month // 3
        luck = self.chance.uniform("change of support", self.homes, month)
        ended = np.flatnonzero(self.occupied & self.supported & (luck < 0.022))
        starting = np.where(self.age == len(AGES) - 1, 0.0011, 0.0005)
        started = np.flatnonzero(self.occupied & ~self.supported & (luck < starting))
        self.supported[ended], self.supported[started] = False, True
        self.counts.support["ended"][:, quarter] += self.tally(ended)
        self.counts.support["started"][:, quarter] += self.tally(started)
        if month % 3 == 2:
            self.counts.support["present"][:, quarter] = self.tally(np.flatnonzero(self.supported))
            self.counts.occupied[:, quarter] = self.tally(np.flatnonzero(self.occupied))
            self._make_trouble(quarter)

    def _make_trouble(self, quarter: int) -> None:
        """Cases of nuisance: mostly of the one or two households in a complex that cause it."""
        left = self.plan.nuisance[:, 3 * quarter]
        pressure = np.maximum(self.pressure[:, quarter], 0.0)
        homes = np.flatnonzero(self.trouble)
        often = 0.55 * (1 + 0.8 * pressure[self.area[homes]]) * left[self.stock.complex_of[homes]]
        cases = self.chance.poisson("nuisance", homes, often, quarter)
        np.add.at(self.counts.nuisance_new[:, quarter], self.stock.complex_of[homes], cases)
        self.counts.nuisance_households[:, quarter] = self.tally(homes[cases > 0])
        inhabited = self.counts.occupied[:, quarter]
        rare = 0.0012 * inhabited * (1 + 1.5 * pressure[self.stock.area_of_complex]) * left
        once = self.chance.poisson("single nuisance", np.arange(len(left)), rare, quarter)
        # A household with a single case is another one than those that cause it time and again.
        others = inhabited - self.tally(homes)
        once = np.minimum(once, others)
        self.counts.nuisance_new[:, quarter] += once
        self.counts.nuisance_households[:, quarter] += once


def lives(chance: Chance, stock: Homes, tale: Story, plan: Plan) -> tuple[pl.DataFrame, Counts]:
    """Let ten years pass: the tenancies, and what is counted meanwhile."""
    town = _Town(chance, stock, tale, plan)
    town.settle()
    for month in range(MONTHS):
        town.let(month)
        town.leave(month)
        town.live(month)
    running = np.flatnonzero(town.occupied)
    town.write(running, np.full(len(running), _RUNNING))
    return _table(stock, town.rows), town.counts


def _day(month: int, day: int | Integers) -> Integers:
    """The number of a day since 1970: a day (from 0) in a month since the first of the ten years."""
    first = np.datetime64(f"{FIRST_YEAR}-01", "M") + np.timedelta64(month, "M")
    return np.asarray(first.astype("datetime64[D]").astype(np.int64) + day)


def _table(stock: Homes, rows: list[tuple[Integers, ...]]) -> pl.DataFrame:
    home, end, sequence, start, size, age, route = (np.concatenate(part) for part in zip(*rows, strict=True))
    number = pl.Series(stock.dwellings["dwelling"].to_numpy()[home])
    return pl.DataFrame(
        {
            "tenancy": "H" + number.str.slice(1) + "-" + pl.Series(sequence).cast(pl.String).str.zfill(2),
            "dwelling": number,
            "start": pl.Series(start.astype(np.int32)).cast(pl.Date),
            "end": pl.Series(end.astype(np.int32)).cast(pl.Date),
            "household_size": size,
            "age_class": np.array(AGES)[age],
            "route": np.array(ROUTES)[route],
            "status": "observed",
        }
    ).with_columns(end=pl.when(pl.Series(end != _RUNNING)).then("end"))
