"""What law and policy decide from a plan date on: tables over profiles of homes and attributes of seekers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.allocation.coding import Coded, Codes, coded, profiles, tabulated
from ongedeeld.allocation.effects import Condition
from ongedeeld.allocation.free_space import FREE_SPACE
from ongedeeld.allocation.preparing import (
    REGISTRATION,
    Plan,
    counted_always,
    numbered,
    reservation_slots,
    tally_limits,
)
from ongedeeld.allocation.ranking import PARTS
from ongedeeld.simulation.kernel._state import UNLIMITED, Conditions, Ints, Longs, PlanTables
from ongedeeld.simulation.preparing.people import People

BY_CALENDAR_YEAR = (FREE_SPACE, "local_binding:")
"""What the names of tallies begin with that the law counts over a calendar year."""

NOBODY = pl.DataFrame({"nobody": [0]})


@dataclass(frozen=True)
class Decides:
    """What holds from a plan date on.

    Parameters
    ----------
    plan
        The effects of law and policy.
    support_months
        For each tally of a reservation how many months of support come with a home.
    periods
        Of each slot, ceiling and tally what it is counted for: it goes on from an earlier plan date while
        that is the same.
    runs
        The agreements under which partners propose.
    """

    plan: Plan
    support_months: Mapping[str, int]
    periods: Mapping[tuple[str, str], object]
    runs: frozenset[str]

    @property
    def slots(self) -> tuple[tuple[str, str], ...]:
        """What each slot is called in `periods`, in order."""
        names = dict.fromkeys(one.tally for one in self.plan.reservations)
        return tuple(("slot", name) for name in names)

    @property
    def ceilings(self) -> tuple[tuple[str, str], ...]:
        """What each ceiling is called in `periods`, in order."""
        return tuple(("ceiling", one.complex) for one in self.plan.ceilings)

    @property
    def tallies(self) -> tuple[tuple[str, str], ...]:
        """What each tally is called in `periods`, in order."""
        return tuple(("tally", name) for name in self.plan.tallies)


@dataclass(frozen=True)
class _Coded:
    """A condition, or rents, over homes and attributes: a row for each code of a home."""

    of_home: Codes
    table: NDArray[np.int64]
    stride: Longs


def plan_tables(decides: Decides, before: Decides | None, homes: pl.DataFrame, people: People) -> PlanTables:
    """The tables of a plan date.

    Parameters
    ----------
    decides, before
        What holds from this date on, and what held before it.
    homes
        A row for each home, as a round reads its vacancies.
    people
        What the attributes of seekers mean.
    """
    plan = decides.plan
    conditions = [_coded(one, homes, people) for one in plan.conditions]
    rents = _rents(plan, homes, people)
    models, offers = _offers(plan, homes)
    full, full_rents = _places(homes["rent_cents"])
    about = [_about(one.condition, homes) for one in plan.counted]
    by_home = [*(one.of_home for one in conditions), *about, rents.of_home, offers, full]
    profile, first = profiles(by_home, len(homes))
    tables = Conditions(
        flat=np.concatenate([one.table.astype(np.uint8).reshape(-1) for one in conditions]),
        start=np.cumsum([0, *(one.table.size for one in conditions)])[:-1].astype(np.int64),
        width=np.array([one.table.shape[1] for one in conditions], np.int64),
        of_home=np.array([one.of_home[first] for one in conditions], np.int32),
        stride=np.array([one.stride for one in conditions], np.int64),
    )
    kinds = numbered(plan)
    counts_in = np.array([one[first] for one in about], np.uint8).reshape(len(about), len(first))
    limits = len(plan.limits)
    could = np.array([one.table.max(axis=1)[one.of_home[first]] for one in conditions], np.uint8)
    return PlanTables(
        conditions=tables,
        **kinds,
        profile=profile,
        rank=_ranks(plan, could[kinds["reservations"]], len(first)),
        rents=rents.table,
        rent_of_home=rents.of_home[first],
        rent_stride=rents.stride,
        full_rent=full_rents[full[first]],
        **tally_limits(plan),
        **reservation_slots(plan),
        supported=np.array([decides.support_months.get(one.tally, 0) for one in plan.reservations], np.int32),
        **_most(decides),
        limit_about=counts_in[:limits],
        about=counts_in[limits:],
        counts_always=counted_always(plan),
        **_carried(decides, before),
        tally_yearly=np.array([name.startswith(BY_CALENDAR_YEAR) for name in plan.tallies], np.uint8),
        ceiling=_ceilings(plan, homes),
        offer=offers[first],
        by_lot=np.array([model == "lottery" for model, _ in models], np.uint8),
        needs_reaction=np.array([model != "direct" for model, _ in models], np.uint8),
        points=np.array([_points(model, parameters) for model, parameters in models], np.int64),
        runs=np.array([one.name in decides.runs for one in people.partnerships], np.uint8),
    )


def _coded(condition: Condition, homes: pl.DataFrame, people: People) -> _Coded:
    """A condition over homes and attributes; homes with the same outcome for everybody share a code."""
    found = coded(condition, homes, people.frame(condition.of_seeker))
    return _merged(found, people.stride(condition.of_seeker))


def _about(condition: Condition, homes: pl.DataFrame) -> Codes:
    """Whether a condition is about each home, whoever seeks."""
    found = tabulated(
        (condition.of_vacancy, ()),
        lambda home, _: int(condition.is_about(home)),
        homes,
        NOBODY,
        (condition.kind_of_vacancy, lambda _: None),
    )
    return np.asarray(found.table[found.of_vacancy, 0], np.int32)


def _rents(plan: Plan, homes: pl.DataFrame, people: People) -> _Coded:
    offering = plan.offering
    found = tabulated(
        (offering.of_vacancy, offering.of_seeker),
        offering.rent_cents,
        homes,
        people.frame(offering.of_seeker),
        (offering.kind_of_vacancy, offering.kind_of_seeker),
    )
    return _merged(found, people.stride(offering.of_seeker))


def _merged(found: Coded, stride: Longs) -> _Coded:
    """The outcomes with a row for homes with the same for everybody, and a column for every combination."""
    kinds, kind = np.unique(found.table, axis=0, return_inverse=True)
    return _Coded(kind.reshape(-1).astype(np.int32)[found.of_vacancy], kinds[:, found.of_seeker], stride)


def _places(values: pl.Series) -> tuple[Codes, Longs]:
    """The place of each value among those that differ, and those values."""
    kinds, place = np.unique(values.to_numpy(), return_inverse=True)
    return place.astype(np.int32), kinds.astype(np.int64)


def _offers(plan: Plan, homes: pl.DataFrame) -> tuple[list[tuple[str, Mapping[str, object]]], Codes]:
    """The offer models, with that of registration behind them, and the model of each home."""
    models = [*((one.model, one.parameters) for one in plan.offers), (REGISTRATION, {})]
    held = np.full(len(homes), len(plan.offers), np.int32)
    for place, one in reversed(list(enumerate(plan.offers))):
        found = coded(one.condition, homes, NOBODY)
        held[(found.table[:, 0] != 0)[found.of_vacancy]] = place
    return models, held


def _ranks(plan: Plan, could: NDArray[np.uint8], count: int) -> Ints:
    """The place of each profile in a ranking of areas: the lowest rank of a reservation that is about it."""
    ranks = [one.rank for one in plan.reservations]
    found = np.full(count, max(ranks, default=0) + 1, np.int32)
    for rank, about in zip(ranks, could, strict=True):
        if rank:
            found = np.where(about, np.minimum(found, rank), found).astype(np.int32)
    return found


def _most(decides: Decides) -> dict[str, np.ndarray]:
    """What slots and ceilings hold."""
    plan = decides.plan
    homes = {one.tally: UNLIMITED if one.homes is None else one.homes for one in plan.reservations}
    return {
        "reservation_most": np.array([homes[name] for _, name in decides.slots], np.int64),
        "ceiling_most": np.array([one.most for one in plan.ceilings], np.int64),
    }


def _carried(decides: Decides, before: Decides | None) -> dict[str, np.ndarray]:
    """Where each slot, ceiling and tally goes on from in the tables before; -1 begins anew."""

    def places(kind: str) -> Ints:
        earlier = list(getattr(before, kind)) if before else []
        found = [
            earlier.index(name) if name in earlier and _same(name, decides, before) else -1
            for name in getattr(decides, kind)
        ]
        return np.array(found, np.int32)

    return {
        "slot_from": places("slots"),
        "ceiling_from": places("ceilings"),
        "tally_from": places("tallies"),
    }


def _same(name: tuple[str, str], decides: Decides, before: Decides | None) -> bool:
    return before is not None and decides.periods.get(name) == before.periods.get(name)


def _ceilings(plan: Plan, homes: pl.DataFrame) -> Ints:
    places = {one.complex: place for place, one in enumerate(plan.ceilings)}
    if not places:
        return np.full(len(homes), -1, np.int32)
    return homes["complex"].replace_strict(places, default=-1, return_dtype=pl.Int32).to_numpy()


def _points(model: str, parameters: Mapping[str, object]) -> Sequence[int]:
    """The unit of points, those of a year of registration, and the most of each other part."""
    if model != "points":
        return (0, 0, 0, 0, 0)
    names = ("waiting_points_a_year", *PARTS.values())
    held = [Fraction(str(parameters[name])) for name in names]
    unit = lcm(*(one.denominator for one in held))
    return (unit, *(int(one * unit) for one in held))
