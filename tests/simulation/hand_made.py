"""Settings made by hand: every table drawn, so that a run can be tested without a City, a law or a policy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import numpy as np

from ongedeeld.chance import ALWAYS, cumulative, keys_of, threshold
from ongedeeld.simulation.kernel._state import (
    ATTRIBUTES,
    FLAGS,
    NEVER,
    NOBODY,
    NOWHERE,
    REASONS,
    Conditions,
    Ints,
    PlanTables,
    Stock,
    Tenancies,
    Thresholds,
)

TYPES, AGES, PARTNERS, AREAS, DISTRICTS, LEAVES = 4, 3, 2, 6, 3, 3
KINDS_OF_HOMES, CEILINGS = 24, 2
# Conditions: what of a seeker each looks at.
LOOKS_AT = (
    ("type",),
    ("type", "age"),
    ("bound",),
    ("type",),
    ("contingent",),
    ("contingent",),
    ("leaves", "re_housing"),
    ("age", "motivation"),
)
SIZES = {
    "type": TYPES,
    "age": AGES,
    "contingent": PARTNERS + 1,
    "leaves": LEAVES + 1,
    "re_housing": 2,
} | dict.fromkeys(FLAGS, 2)


@dataclass(frozen=True)
class Planned:
    """Tables from a month on."""

    month: int
    tables: PlanTables


@dataclass(frozen=True)
class HandMade:
    """All that a run needs."""

    start: date
    stock: Stock
    thresholds: Thresholds
    plans: tuple[Planned, ...]
    sitting: Tenancies

    def tenancies(self, seed: int) -> Tenancies:
        """Who lives where at the start, whatever the seed."""
        return self.sitting

    def under(self, *plans: Planned) -> HandMade:
        """The same with other plans."""
        return replace(self, plans=plans)


def hand_made(homes: int, seed: int, municipalities: int = 1, plans: int = 1, **shares: float) -> HandMade:
    """A setting drawn by a seed."""
    rng = np.random.default_rng(seed)
    stock = stock_of(rng, homes, municipalities)
    starts = [0, *(7 * place for place in range(1, plans))]
    return HandMade(
        date(2026, 1, 1),
        stock,
        thresholds_of(rng, homes / municipalities, municipalities, **shares),
        tuple(Planned(start, plan_of(rng, homes)) for start in starts),
        sitting_of(rng, stock.comes),
    )


def stock_of(rng: np.random.Generator, homes: int, municipalities: int) -> Stock:
    """Homes, of which few come or go."""
    area = rng.integers(0, AREAS * municipalities, homes)
    municipality = area // AREAS
    comes = np.where(rng.random(homes) < 0.02, 5, 0)
    goes = np.where((rng.random(homes) < 0.02) & (comes == 0), rng.integers(0, 60, homes), NEVER)
    return Stock(
        key=keys_of(map(str, range(homes))),
        municipality=municipality.astype(np.int32),
        district=(municipality * DISTRICTS + area % DISTRICTS).astype(np.int32),
        area=area.astype(np.int32),
        complex=rng.integers(-1, 5, homes).astype(np.int32),
        rooms=rng.integers(-1, 5, homes).astype(np.int32),
        step_free=rng.integers(0, 2, homes).astype(np.uint8),
        turnover=rng.integers(0, 2, homes).astype(np.int32),
        popularity=rng.integers(0, 3, homes).astype(np.int32),
        surroundings=rng.integers(0, 3, homes).astype(np.int32),
        leaves=rng.integers(1, LEAVES + 1, homes).astype(np.int32),
        comes=comes.astype(np.int32),
        goes=goes.astype(np.int32),
        for_sale=np.where(rng.random(homes) < 0.01, 12, NEVER).astype(np.int32),
        municipality_key=keys_of(f"GM{place:04}" for place in range(municipalities)),
    )


def sitting_of(rng: np.random.Generator, comes: Ints) -> Tenancies:
    """Nine in ten of the homes that are there are let."""
    homes = len(comes)
    let = (rng.random(homes) < 0.9) & (comes == 0)
    since = rng.integers(-200, 0, homes)
    return Tenancies(
        type_=np.where(let, rng.integers(0, TYPES, homes), NOBODY).astype(np.int32),
        age=rng.integers(0, AGES, homes).astype(np.int32),
        flags=rng.integers(0, 4, homes).astype(np.int32),
        since=since.astype(np.int32),
        support_until=np.where(rng.random(homes) < 0.05, 6, since).astype(np.int32),
        free_from=np.where(let | (comes > 0), NEVER, 0).astype(np.int32),
        seeks_as=np.full(homes, NOWHERE, np.int32),
    )


def thresholds_of(
    rng: np.random.Generator,
    homes: float,
    municipalities: int,
    moves: float = 0.006,
    listed: float = 0.5,
    reacts: float = 0.1,
) -> Thresholds:
    """Assumptions, in the size of the homes of a municipality."""
    moving = cumulative(Fraction(share) for share in (moves, moves / 20, moves, moves, moves / 5))
    arrivals = Fraction(homes * 0.012)

    def table(*shape: int) -> np.ndarray:
        return rng.random(shape)

    declines = np.array([cumulative([Fraction(float(x)) for x in row]) for row in table(TYPES * 3, 4) / 8])
    return Thresholds(
        tenant=np.broadcast_to(moving, (2, 3, AGES, 5)).copy(),
        stay_until=np.array([24, 120], np.int32),
        prevented=np.array([chance(0.6)]),
        support_months=np.array([12], np.int32),
        void_months=np.array([1], np.int32),
        notice_months=np.array([3], np.int32),
        sold=np.array([chance(0.02), chance(0.0)]),
        stops=np.array([chance(x) for x in table(TYPES) / 40]),
        searches=np.array([chance(x) for x in table(TYPES)]),
        arrivals_whole=np.full(municipalities, int(arrivals), np.int64),
        arrivals_part=np.full(municipalities, threshold(arrivals % 1)),
        type_=choices(rng, TYPES),
        age=np.array([choices(rng, AGES) for _ in range(TYPES)]),
        flag=np.array([[chance(x) for x in row] for row in table(TYPES, len(FLAGS))]),
        step_free=np.array([[chance(x) for x in row] for row in table(TYPES, AGES) / 5]),
        anywhere=np.array([chance(0.4)] * municipalities),
        district_from=np.arange(0, DISTRICTS * municipalities + 1, DISTRICTS).astype(np.int32),
        district=np.concatenate([choices(rng, DISTRICTS) for _ in range(municipalities)]),
        district_code=np.arange(DISTRICTS * municipalities, dtype=np.int32),
        registered_before=rng.integers(0, 150, (TYPES, 8)).astype(np.int32),
        rooms_least=rng.integers(0, 4, TYPES).astype(np.int32),
        rent_most=rng.integers(60_000, 95_000, TYPES).astype(np.int64),
        reacts=np.array([[chance(x * reacts) for x in row] for row in table(TYPES, 3)]),
        declines=declines.reshape(TYPES, 3, len(REASONS)),
        partner=rng.integers(0, 2, (TYPES, PARTNERS)).astype(np.uint8),
        situation_points=rng.integers(0, 13, TYPES).astype(np.int32),
        start_points=rng.integers(0, 3, TYPES).astype(np.int32),
        settles_as=rng.integers(0, TYPES, TYPES).astype(np.int32),
        listed=np.full(municipalities, int(homes * listed), np.int64),
        listed_type=choices(rng, TYPES),
        listed_before=rng.integers(0, 150, (TYPES, 8)).astype(np.int32),
    )


def chance(share: float) -> np.uint64:
    """The threshold of a share."""
    return threshold(Fraction(float(share)))


def choices(rng: np.random.Generator, number: int) -> np.ndarray:
    """Cumulative chances of things of which one is always taken."""
    return np.append(np.sort(rng.integers(0, 2**63, number - 1, dtype=np.uint64) * 2), np.uint64(ALWAYS))


def plan_of(rng: np.random.Generator, homes: int) -> PlanTables:
    """Tables with each kind of effect."""
    conditions = [condition_of(rng, names, 0.9 if place < 2 else 0.3) for place, names in enumerate(LOOKS_AT)]
    flat, stride = zip(*conditions, strict=True)
    codes = rng.integers(0, 4, (len(LOOKS_AT), KINDS_OF_HOMES))
    about = [flat[c].any(axis=1)[codes[c]] for c in (3, 6, 7)]
    mediated = np.array([1, 0], np.uint8)
    none = np.full(2, -1, np.int32)
    return PlanTables(
        conditions=Conditions(
            flat=np.concatenate([one.reshape(-1) for one in flat]).astype(np.uint8),
            start=np.cumsum([0, *(one.size for one in flat)])[:-1].astype(np.int64),
            width=np.array([one.shape[1] for one in flat], np.int64),
            of_home=codes.astype(np.int32),
            stride=np.array(stride, np.int64),
        ),
        requirements=np.array([0, 1], np.int32),
        limits=np.array([2], np.int32),
        priorities=np.array([3, 6, 7], np.int32),
        reservations=np.array([4, 5], np.int32),
        profile=rng.integers(0, KINDS_OF_HOMES, homes).astype(np.int32),
        rank=rng.integers(0, 3, KINDS_OF_HOMES).astype(np.int32),
        rents=rng.integers(40_000, 90_000, (6, TYPES)).astype(np.int64),
        rent_of_home=rng.integers(0, 6, KINDS_OF_HOMES).astype(np.int32),
        rent_stride=np.array([name == "type" for name in ATTRIBUTES], np.int64),
        full_rent=np.full(KINDS_OF_HOMES, 90_000, np.int64),
        limit_tally=np.array([2], np.int32),
        tally=np.array([0, -1, 1], np.int32),
        tally_most=np.array([-1, 20, -1], np.int64),
        tally_part=np.array([1, -1, 3], np.int64),
        tally_whole=np.array([2, 1, 40], np.int64),
        mediated=mediated,
        reservation_slot=np.array([0, 1], np.int32),
        supported=np.array([24, 0], np.int32),
        reservation_most=np.array([homes // 20, -1], np.int64),
        ceiling_most=np.full(CEILINGS, 1 + homes // 50, np.int64),
        limit_about=np.ones((1, KINDS_OF_HOMES), np.uint8),
        about=np.array(about, np.uint8),
        slot_from=none.copy(),
        ceiling_from=np.arange(CEILINGS, dtype=np.int32),
        tally_from=np.array([0, 1, 2], np.int32),
        counts_always=np.zeros(3, np.uint8),
        tally_yearly=np.array([1, 0, 1], np.uint8),
        ceiling=rng.integers(-1, CEILINGS, homes).astype(np.int32),
        offer=rng.integers(0, 4, KINDS_OF_HOMES).astype(np.int32),
        by_lot=np.array([0, 0, 1, 0], np.uint8),
        needs_reaction=np.array([1, 1, 1, 0], np.uint8),
        points=np.array([[0] * 5, [2, 2, 60, 24, 0], [0] * 5, [0] * 5], np.int64),
        runs=np.ones(PARTNERS, np.uint8),
    )


def condition_of(
    rng: np.random.Generator, names: tuple[str, ...], share: float
) -> tuple[np.ndarray, list[int]]:
    """The outcomes of a condition for four codes of homes, and its strides."""
    stride, width = dict.fromkeys(ATTRIBUTES, 0), 1
    for name in names:
        stride[name] = width
        width *= SIZES[name]
    table = rng.random((4, width)) < share
    if names == ("contingent",):
        table[:, 0] = False
    return table, list(stride.values())
