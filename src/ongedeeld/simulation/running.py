"""Run months of rounds over a stock: tenants move, seekers come and go, homes are let."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from ongedeeld.chance import salts
from ongedeeld.simulation.kernel._arriving import newcomers
from ongedeeld.simulation.kernel._letting import let
from ongedeeld.simulation.kernel._moving import befallen, build_and_demolish, end_support, move_tenants
from ongedeeld.simulation.kernel._purposes import TENANT
from ongedeeld.simulation.kernel._state import (
    BY_MONTH,
    COUNTED,
    NEVER,
    ORIGINS,
    REASONS,
    Bytes,
    Counts,
    Happened,
    Ints,
    Keys,
    Lettings,
    Longs,
    PlanTables,
    Seekers,
    Stock,
    Tenancies,
    Thresholds,
)
from ongedeeld.simulation.kernel._weighing import in_letting_order, vacancies
from ongedeeld.simulation.kernel.kinds import Bearing, bearing
from ongedeeld.simulation.preparing.listed import Listed
from ongedeeld.simulation.recording import Recorder, Run
from ongedeeld.simulation.remaining import Remaining

MONTHS = 12
# Of one home in one month: built, notice, an event of its tenant, sold, support that ends, and the like.
MOST_HAPPENINGS = 8


class Decisive(Protocol):
    """What decides from a month on."""

    @property
    def month(self) -> int:
        """The first month."""

    @property
    def tables(self) -> PlanTables:
        """In whole numbers."""


class Runnable(Protocol):
    """What a run needs to know; the package `preparing` makes one from a City, a law and a policy."""

    @property
    def start(self) -> date:
        """The first day of month 0."""

    @property
    def stock(self) -> Stock:
        """The homes."""

    @property
    def thresholds(self) -> Thresholds:
        """The assumptions."""

    @property
    def plans(self) -> Sequence[Decisive]:
        """What decides, in order; the first from month 0."""

    def tenancies(self, seed: int) -> Tenancies:
        """Who lives where at the start."""


OnYear = Callable[[int, Tenancies, PlanTables], "Longs | None"]
"""Takes the month in which a year or a ceiling begins (from 0), who lives where, and the plan; gives how many
mediated lettings each ceiling of the plan allows from then on, or None to leave them."""

Table = TypeVar("Table", bound=NamedTuple)


def run(
    setting: Runnable, seed: int, months: int, on_year: OnYear | None = None, *, counted: int = MONTHS
) -> Run:
    """Run a setting for some months.

    Two runs of one seed draw the same for the same home or seeker, so under two policies they differ only by
    the policy. The setting is not changed.

    Parameters
    ----------
    setting
        The homes, assumptions, plans, tenancies and seekers.
    seed
        Of all draws; seeds that differ by 2**64 are the same.
    months
        How many; a year is twelve of them from the start.
    on_year
        Called before the first round of each year, and of a plan in which a ceiling begins; what it gives is
        the largest number of mediated lettings for each ceiling of the plan from then on. Within a year it
        counts only for those that begin.
    counted
        The months after which seekers, declines and who lives where are counted: a `year` in what came of it.

    Returns
    -------
    Run
        What came of it.
    """
    play = _Play(setting, seed)
    play.begin()
    for month in range(months):
        play.month(month, on_year)
        if month % counted == counted - 1 or month == months - 1:
            play.year(month // counted, month + 1)
    return play.recorder.run(play.waiting(), seed)


class _Play:
    """A run on its way: what is there, who is on the list, what decides, and what happened this month."""

    def __init__(self, setting: Runnable, seed: int) -> None:
        self._start, self._seed, self._lasting = setting.start, seed, salts(seed, 0)
        self._stock, self._thresholds = _settled(setting.stock), _settled(setting.thresholds)
        self._tenancies = Tenancies._make(held.copy() for held in _settled(setting.tenancies(seed)))
        self._plans = [(one.month, _settled_plan(one.tables)) for one in setting.plans]
        self._plan = -1
        self._listed = Listed(self._stock, self._thresholds, self._tenancies, self._lasting)
        changes = (self._stock.comes > 0) | (self._stock.goes < NEVER)
        self._planned = np.flatnonzero(changes).astype(np.int32)
        self._highest = self._thresholds.tenant.max(initial=0)
        homes = len(self._stock.key)
        room = MOST_HAPPENINGS * homes
        self._happened = Happened(np.empty(room, np.int32), np.empty(room, np.uint8), np.zeros(1, np.int64))
        self._made = _room_for_lettings(homes)
        self._counts = self._no_counts()
        self.recorder = Recorder()
        self.recorder.homes(self._tenancies)
        self._remaining: Remaining
        self._bearing: Bearing

    def begin(self) -> None:
        """Draw the list of seekers as it stands before the first month."""
        self._take_plan(0)
        assumed = self._thresholds
        before = assumed._replace(
            type_=assumed.listed_type,
            registered_before=assumed.listed_before,
            arrivals_whole=assumed.listed,
            arrivals_part=np.zeros_like(assumed.arrivals_part),
        )
        nobody = np.zeros(0, np.int32)
        starts = np.zeros(len(self._stock.key), np.uint8)
        self._listed.put(self._newcomers(-1, salts(self._seed, -1), before, starts, nobody, nobody))

    def month(self, month: int, on_year: OnYear | None) -> None:
        """Play one month: the steps of the model in their order."""
        self._happened.used[0] = 0
        now = salts(self._seed, month)
        another = self._take_plan(month)
        if (self._start.month - 1 + month) % MONTHS == 0:
            self._remaining.new_year()
        year_begins = month % MONTHS == 0
        begin = another and (self._remaining.tables.ceiling_from < 0).any()
        if on_year is not None and (year_begins or begin):
            ceilings = on_year(month, self._tenancies, self._remaining.tables)
            if ceilings is not None:
                self._remaining.set_ceilings(ceilings, year_begins=year_begins)
        self._arrive(month, now, self._move(month, now))
        made = self._let(month, now)
        self.recorder.month(made, self._happened, self._plan, self._remaining.tables)

    def year(self, year: int, ends: int) -> None:
        """Keep what a year came to, that ends with the beginning of a month."""
        waiting = self.waiting()
        self._count(waiting, "on_list")
        self._count(waiting, "registered_so_far", ends - waiting.registered // BY_MONTH)
        self.recorder.year(year, self._counts)
        self.recorder.homes(self._tenancies)
        self._counts = self._no_counts()

    def waiting(self) -> Seekers:
        """The list as it stands."""
        return self._listed.waiting()

    def _take_plan(self, month: int) -> bool:
        """Take the plan of the month, where it is another than before, and tell whether it is."""
        plan = max(place for place, (start, _) in enumerate(self._plans) if start <= month)
        if plan == self._plan:
            return False
        tables = self._plans[plan][1]
        if self._plan < 0:
            self._remaining = Remaining.at_first(tables)
        else:
            self._remaining.turn(tables)
        self._plan, self._bearing = plan, bearing(tables)
        self._listed.take_plan(tables, self._bearing)
        return True

    def _move(self, month: int, now: Keys) -> Bytes:
        """Steps 1 to 3: 1 and the age class of each tenant who starts to seek."""
        starts = np.zeros(len(self._stock.key), np.uint8)
        held = (self._stock, self._thresholds, self._tenancies, self._listed.seekers)
        noted = (self._happened, self._counts, starts)
        build_and_demolish(month, self._planned, *held, *noted)
        end_support(month, self._tenancies, self._happened)
        homes = befallen(self._stock.key, self._tenancies.type_, now[TENANT], self._highest)
        move_tenants(month, now, homes, *held, *noted)
        return starts

    def _arrive(self, month: int, now: Keys, starts: Bytes) -> None:
        """Steps 4 and 5."""
        homes = np.flatnonzero((starts > 0) & (self._tenancies.type_ >= 0)).astype(np.int32)
        places = self._tenancies.seeks_as[homes]
        new = self._newcomers(month, now, self._thresholds, starts, homes[places < 0], places[places >= 0])
        self._count(Seekers._make(held[len(places[places >= 0]) :] for held in new), "arrived")
        tenants = Seekers._make(held[: len(homes)] for held in new)
        self._listed.seek_on(now, self._counts, tenants)
        self._listed.put(new)

    def _newcomers(
        self, month: int, now: Keys, assumed: Thresholds, starts: Bytes, homes: Ints, returning: Ints
    ) -> Seekers:
        return newcomers(
            month,
            now,
            self._lasting,
            self._stock,
            assumed,
            self._tenancies,
            starts,
            homes,
            returning,
            self._listed.seekers,
            self._remaining.tables.runs,
        )

    def _let(self, month: int, now: Keys) -> Lettings:
        """Steps 6 and 7."""
        notice, remaining, held = self._thresholds.notice_months[0], self._remaining, self._tenancies
        free = vacancies(month, notice, held.free_from, self._stock.comes, self._stock.goes)
        tables = remaining.tables
        order = in_letting_order(free, tables.rank, held.free_from, tables.profile)
        number = let(
            month,
            self._stock,
            self._thresholds,
            tables,
            self._bearing,
            self._listed.kinds,
            remaining.left,
            self._listed.seekers,
            held,
            self._listed.board(now, tables),
            self._happened,
            self._counts,
            self._made,
            order,
        )
        return Lettings._make(held[:number].copy() for held in self._made)

    def _count(self, seekers: Seekers, what: str, months: Ints | None = None) -> None:
        """Count seekers under a word of `COUNTED`, or the months of each."""
        origin = np.where(seekers.contingent > 0, 1, 0)
        origin = np.where(seekers.home >= 0, 2, origin)
        origin = np.where(seekers.re_housing != 0, 3, origin)
        counted = self._counts.seekers[COUNTED.index(what)]
        places = np.ravel_multi_index((seekers.type_, seekers.age, origin), counted.shape)
        found = np.bincount(places, months, counted.size).astype(np.int64)
        counted += found.reshape(counted.shape)

    def _no_counts(self) -> Counts:
        types, ages = self._thresholds.age.shape
        areas = int(self._stock.area.max(initial=-1)) + 1
        return Counts(
            np.zeros((len(COUNTED), types, ages, len(ORIGINS)), np.int64),
            np.zeros((areas, len(REASONS)), np.int64),
        )


def _room_for_lettings(number: int) -> Lettings:
    words = (np.int32, np.uint64, *(np.int32,) * 4, np.uint8, *(np.int32,) * 3, np.int64, np.int64)
    return Lettings._make(np.empty(number, word) for word in (*words, *(np.int32,) * 3))


def _settled(table: Table) -> Table:
    """The same numbers as kernels were compiled for: one after the other, and not read-only."""
    return type(table)._make(np.require(held, requirements=["C", "W"]) for held in table)


def _settled_plan(plan: PlanTables) -> PlanTables:
    conditions, *rest = plan
    return PlanTables(_settled(conditions), *(np.require(held, requirements=["C", "W"]) for held in rest))
