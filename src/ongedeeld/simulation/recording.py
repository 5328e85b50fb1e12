"""What a run leaves behind: its lettings, what befell homes, what was counted by year, who lived where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.simulation.kernel._state import (
    COUNTED,
    HAPPENINGS,
    NOBODY,
    ORIGINS,
    REASONS,
    Counts,
    Happened,
    Lettings,
    PlanTables,
    Seekers,
    Tenancies,
)

ROUTES = ("regular", "internal", "re_housing", "mediated")


class HomesAt(NamedTuple):
    """Who lives in each home at the end of a year, kept small [H].

    `type_` is -1 where nobody lives; `support_until` is at most `since` where there is no support;
    `let_from` is the month from which a vacant home can be let, and -1 where it is let or not there.
    """

    type_: NDArray[np.int16]
    age: NDArray[np.int8]
    flags: NDArray[np.uint8]
    since: NDArray[np.int16]
    support_until: NDArray[np.int16]
    let_from: NDArray[np.int16]


@dataclass(frozen=True)
class Run:
    """One run.

    Parameters
    ----------
    lettings
        In their order: `month`, `home` (its place in the stock), `seeker` (a key that is the same under every
        policy), `type`, `age`, `flags`, `contingent`, `re_housing`, `registered` (32 * month + day),
        `arrived`, `from_home` (-1 for none), `rent_cents`, `full_rent_cents`, `plan` (its place),
        `reservation` and `priority` (places in the plan, -1 for none), `support_months` and `route`.
    happened
        `month`, `home` and `what` of `HAPPENINGS`.
    seekers
        By `year`, `what` of `COUNTED`, `type`, `age` and `origin` of `ORIGINS`: how many `seekers`.
    declined
        By `year`, `area` and `reason`: how many `offers`, where any.
    homes_at
        Who lived where at the start and at the end of each year.
    waiting
        The list of seekers at the end.
    seed
        Of all draws.
    """

    lettings: pl.DataFrame
    happened: pl.DataFrame
    seekers: pl.DataFrame
    declined: pl.DataFrame
    homes_at: tuple[HomesAt, ...]
    waiting: Seekers
    seed: int


@dataclass
class Recorder:
    """Keeps what a run leaves behind while it goes on."""

    _made: list[Lettings] = field(default_factory=list)
    _routes: list[NDArray[np.uint8]] = field(default_factory=list)
    _plans: list[int] = field(default_factory=list)
    _happened: list[Happened] = field(default_factory=list)
    _seekers: list[pl.DataFrame] = field(default_factory=list)
    _declined: list[pl.DataFrame] = field(default_factory=list)
    _homes_at: list[HomesAt] = field(default_factory=list)

    def month(self, made: Lettings, happened: Happened, plan: int, tables: PlanTables) -> None:
        """Keep the lettings and happenings of the next month; the latter are copied out of their room."""
        used = happened.used[0]
        self._made.append(made)
        self._routes.append(_routes(made, tables))
        self._plans.append(plan)
        self._happened.append(
            Happened(happened.home[:used].copy(), happened.what[:used].copy(), happened.used.copy())
        )

    def year(self, year: int, counts: Counts) -> None:
        """Keep what was counted in a year."""
        self._seekers.append(_seekers(year, counts))
        self._declined.append(_declined(year, counts))

    def homes(self, tenancies: Tenancies) -> None:
        """Keep who lives where."""
        self._homes_at.append(_homes_at(tenancies))

    def run(self, waiting: Seekers, seed: int) -> Run:
        """What is kept."""
        return Run(
            lettings=self._lettings(),
            happened=self._happenings(),
            seekers=pl.concat(self._seekers),
            declined=pl.concat(self._declined),
            homes_at=tuple(self._homes_at),
            waiting=waiting,
            seed=seed,
        )

    def _lettings(self) -> pl.DataFrame:
        made = Lettings._make(np.concatenate(held) for held in zip(*self._made, strict=True))
        numbers = [len(one.home) for one in self._made]
        return pl.DataFrame(
            {
                "month": np.repeat(np.arange(len(numbers), dtype=np.int16), numbers),
                "home": made.home,
                "seeker": made.seeker,
                "type": made.type_.astype(np.int16),
                "age": made.age.astype(np.int8),
                "flags": made.flags.astype(np.uint8),
                "contingent": made.contingent.astype(np.int16),
                "re_housing": made.re_housing != 0,
                "registered": made.registered,
                "arrived": made.arrived.astype(np.int16),
                "from_home": made.from_home,
                "rent_cents": made.rent.astype(np.int32),
                "full_rent_cents": made.full_rent.astype(np.int32),
                "plan": np.repeat(np.array(self._plans, np.int16), numbers),
                "reservation": made.reservation,
                "priority": made.priority,
                "support_months": made.support_months.astype(np.int16),
                "route": _named(np.concatenate(self._routes), ROUTES),
            }
        )

    def _happenings(self) -> pl.DataFrame:
        numbers = [int(one.used[0]) for one in self._happened]
        return pl.DataFrame(
            {
                "month": np.repeat(np.arange(len(numbers), dtype=np.int16), numbers),
                "home": np.concatenate([one.home for one in self._happened]),
                "what": _named(np.concatenate([one.what for one in self._happened]), HAPPENINGS),
            }
        )


def _routes(made: Lettings, tables: PlanTables) -> NDArray[np.uint8]:
    """By which way each home was let, as places in `ROUTES`."""
    found = np.where(made.from_home >= 0, ROUTES.index("internal"), ROUTES.index("regular"))
    found[made.re_housing != 0] = ROUTES.index("re_housing")
    if tables.mediated.any():
        by_partner = (made.reservation >= 0) & (tables.mediated[made.reservation] != 0)
        found[by_partner] = ROUTES.index("mediated")
    return found.astype(np.uint8)


def _named(codes: NDArray[np.uint8], names: tuple[str, ...]) -> pl.Series:
    """Codes as the names that they stand for."""
    return pl.Series(codes).cat.to(pl.Enum(names))


def _seekers(year: int, counts: Counts) -> pl.DataFrame:
    what, type_, age, origin = (one.astype(np.uint8) for one in np.nonzero(counts.seekers))
    return pl.DataFrame(
        {
            "year": np.full(len(what), year, np.int16),
            "what": _named(what.astype(np.uint8), COUNTED),
            "type": type_.astype(np.int16),
            "age": age.astype(np.int8),
            "origin": _named(origin.astype(np.uint8), ORIGINS),
            "seekers": counts.seekers[np.nonzero(counts.seekers)],
        }
    )


def _declined(year: int, counts: Counts) -> pl.DataFrame:
    area, reason = np.nonzero(counts.declined)
    return pl.DataFrame(
        {
            "year": np.full(len(area), year, np.int16),
            "area": area.astype(np.int32),
            "reason": _named(reason.astype(np.uint8), REASONS),
            "offers": counts.declined[area, reason],
        }
    )


def _homes_at(tenancies: Tenancies) -> HomesAt:
    small = np.iinfo(np.int16)
    lettable = tenancies.free_from <= small.max
    return HomesAt(
        type_=tenancies.type_.astype(np.int16),
        age=tenancies.age.astype(np.int8),
        flags=tenancies.flags.astype(np.uint8),
        since=tenancies.since.clip(small.min).astype(np.int16),
        support_until=tenancies.support_until.clip(small.min).astype(np.int16),
        let_from=np.where(lettable, tenancies.free_from, NOBODY).astype(np.int16),
    )
