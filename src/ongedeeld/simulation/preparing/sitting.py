"""Who lives in the homes when a run begins: what tenancies tell, and draws for what they do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.chance import ALWAYS, Keys, cumulative, draws, salts, threshold
from ongedeeld.city import City
from ongedeeld.simulation.assuming.assumptions import STAYS, Assumptions
from ongedeeld.simulation.assuming.household_types import AGES, HouseholdType
from ongedeeld.simulation.kernel import _purposes as purposes
from ongedeeld.simulation.kernel._state import FLAGS, NEVER, NOBODY, Ints, Stock, Tenancies, Thresholds
from ongedeeld.simulation.preparing.stock import Homes
from ongedeeld.simulation.preparing.thresholds import Sitters

UNKNOWN = -1
ONE = Fraction(1)
NO_MONTH = np.iinfo(np.int32).min
LONGEST_MONTHS = 720
"""Who lives somewhere for longer counts as if for this long."""


@dataclass(frozen=True)
class Sitting:
    """What is known of the tenants at the start [H].

    Parameters
    ----------
    occupied
        Whether somebody lives there.
    size, age
        The number of people and the age class when they came; -1 where it is not known.
    since
        The month in which they came, counted from the first of the run; `NO_MONTH` where it is not known.
    drawn
        Whether no tenancy is told at all, so that every home has a tenant of whom nothing is known.
    """

    occupied: NDArray[np.bool_]
    size: Ints
    age: Ints
    since: Ints
    drawn: bool = False

    @property
    def sitters(self) -> Sitters:
        """How many tenants are known in each class."""
        ends = [until for _, until in STAYS if until is not None]
        dated = self.occupied & (self.since != NO_MONTH)
        stays = np.searchsorted(ends, -self.since[dated], side="right")
        ages = self.age[self.occupied & (self.age != UNKNOWN)]
        return Sitters(
            np.bincount(ages, minlength=len(AGES)).tolist(), np.bincount(stays, minlength=len(STAYS)).tolist()
        )


def sitting_of(city: City, homes: Homes, start: date) -> Sitting:
    """What the tenancies of a City tell of who lives in the homes on a day.

    Of two tenancies that run in one home the latest counts. When households came to homes that were drawn
    from totals is not known: the day of such a tenancy is that of the figures. Where not a single tenancy
    runs, they were not told: nobody leaves a whole stock vacant, so every home has a tenant, to be drawn.
    """
    running = city.table("tenancies").filter(
        pl.col("start") <= start, pl.col("end").is_null() | (pl.col("end") >= start)
    )
    latest = running.sort("start", "tenancy").unique("dwelling", keep="last")
    told = homes.frame.select("dwelling").join(latest, on="dwelling", how="left", maintain_order="left")
    let = told["tenancy"].is_not_null().to_numpy()
    drawn = not let.any()
    dated = told["status"].fill_null("observed") != "estimated"
    months = (pl.col("start").dt.year() - start.year) * 12 + pl.col("start").dt.month().cast(pl.Int32)
    since = told.select(pl.when(dated).then(months - start.month))["start"].fill_null(NO_MONTH)
    ages = told["age_class"].replace_strict(
        {age: place for place, age in enumerate(AGES)}, default=UNKNOWN, return_dtype=pl.Int32
    )
    return Sitting(
        occupied=(let | drawn) & (homes.stock.comes <= 0),
        size=told["household_size"].fill_null(UNKNOWN).cast(pl.Int32).to_numpy(),
        age=ages.to_numpy(),
        since=since.cast(pl.Int32).to_numpy(),
        drawn=drawn,
    )


def tenancies_of(
    sitting: Sitting, thresholds: Thresholds, assumed: Assumptions, stock: Stock, seed: int
) -> Tenancies:
    """The tenancies at the start of a run under a seed.

    The type of a household is drawn among those of its size at the age at which it came, and where there are
    none among those of the nearest size; its age by its type where it is not known. Since then it may have
    become older; when it came is drawn where that is not known.
    """
    salt = salts(seed, 0)
    here = np.flatnonzero(sitting.occupied)
    key, size = stock.key[here], sitting.size[here]
    since = _since(sitting.since[here], draws(key, salt[purposes.SITTING_SINCE]), assumed)
    type_ = _types(size, sitting.age[here], draws(key, salt[purposes.SITTING_TYPE]), assumed.types)
    ages = thresholds.age[type_]
    age = _ages(sitting.age[here], ages, since, draws(key, salt[purposes.SITTING_AGE]), assumed)
    flags = np.zeros(len(here), np.int32)
    for place in range(len(FLAGS)):
        held = draws(key, salt[purposes.FLAG + place]) < thresholds.flag[type_, place]
        flags |= held.astype(np.int32) << np.int32(place)
    until = _support(draws(key, salt[purposes.SITTING_SUPPORT]), since, thresholds, assumed)
    count = len(stock.key)

    def placed(values: Ints, elsewhere: int) -> Ints:
        found = np.full(count, elsewhere, np.int32)
        found[here] = values
        return found

    vacant = np.where(stock.comes > 0, NEVER, 0).astype(np.int32)
    vacant[here] = NEVER
    return Tenancies(
        type_=placed(type_, NOBODY),
        age=placed(age, 0),
        flags=placed(flags, 0),
        since=placed(since, 0),
        support_until=placed(until, 0),
        free_from=vacant,
        seeks_as=np.full(count, NOBODY, np.int32),
    )


def _since(known: Ints, draw: Keys, assumed: Assumptions) -> Ints:
    """When each household came; where that is not known as if as many had left in every month before."""
    table = _lengths_of_stay(assumed.number("leaves.a_year"))
    drawn = -np.searchsorted(table[:-1], draw, side="right").astype(np.int32)
    return np.where(known == NO_MONTH, drawn, np.maximum(known, -LONGEST_MONTHS)).astype(np.int32)


@lru_cache(maxsize=8)
def _lengths_of_stay(leaves: Fraction) -> Keys:
    """Cumulative chances of each number of months since a household came."""
    stays = 1 - leaves / 12
    left, shares = ALWAYS, []
    for _ in range(LONGEST_MONTHS):
        shares.append(left)
        left = left * stays.numerator // stays.denominator
    whole = sum(shares)
    return cumulative(Fraction(share, whole) for share in shares)


def _ages(came: Ints, of_type: Keys, since: Ints, draw: Keys, assumed: Assumptions) -> Ints:
    """The age class of each household: as it came or older, and by its type where that is not known."""
    years = assumed.numbers("ageing.years")
    older = _ageing(tuple(years.get(age) for age in AGES))
    held = older[np.clip(-since, 0, LONGEST_MONTHS), np.maximum(came, 0)]
    table = np.where((came == UNKNOWN)[:, None], of_type, held)
    return np.asarray((table[:, :-1] <= draw[:, None]).sum(axis=1), np.int32)


@lru_cache(maxsize=8)
def _ageing(years: tuple[Fraction | None, ...]) -> Keys:
    """Cumulative chances of the age class after some months, by that of the beginning [months + 1, A, A].

    `years` is how long a household stays in each class; None in the last.
    """
    moves = [int(threshold(1 / (12 * one))) if one else 0 for one in years]
    found = np.zeros((LONGEST_MONTHS + 1, len(years), len(years)), np.uint64)
    for first in range(len(years)):
        shares = [0] * len(years)
        shares[first] = ALWAYS
        for month in range(LONGEST_MONTHS + 1):
            found[month, first] = np.cumsum(np.array(shares, np.uint64))
            older = [share * move >> 64 for share, move in zip(shares, moves, strict=True)]
            came = [0, *older[:-1]]
            shares = [share - out + new for share, out, new in zip(shares, older, came, strict=True)]
    return found


def _types(size: Ints, age: Ints, draw: Keys, types: tuple[HouseholdType, ...]) -> Ints:
    found, ages = np.zeros(len(size), np.int32), len(AGES) + 1
    kinds, kind = np.unique((size - UNKNOWN) * ages + age - UNKNOWN, return_inverse=True)
    for number, alike in enumerate(kinds.tolist()):
        people, place = divmod(alike, ages)
        likely = _likely(types, people + UNKNOWN, place + UNKNOWN)
        whole = sum(likely.values())
        table = cumulative(share / whole for share in likely.values())
        those = kind == number
        drawn = np.searchsorted(table[:-1], draw[those], side="right")
        found[those] = np.array(list(likely), np.int32)[drawn]
    return found


def _likely(types: tuple[HouseholdType, ...], people: int, age: int) -> dict[int, Fraction]:
    """The types of which households of this size and age can be, with their weights."""
    ages = [ONE if age == UNKNOWN else one.ages[age] for one in types]
    weights = {
        at: one.shares["sitting"] * share for at, (one, share) in enumerate(zip(types, ages, strict=True))
    }
    met = {at: weight for at, weight in weights.items() if weight}
    if people == UNKNOWN:
        return met
    nearest = min(abs(types[at].household_size - people) for at in met)
    return {at: weight for at, weight in met.items() if abs(types[at].household_size - people) == nearest}


def _support(draw: Keys, since: Ints, thresholds: Thresholds, assumed: Assumptions) -> Ints:
    """The first month without support: who has it is somewhere between its first month and its last."""
    share, months = threshold(assumed.number("support.at_start")), int(thresholds.support_months[0])
    still = 1 + (draw // (share // np.uint64(months) + np.uint64(1))).astype(np.int64)
    return np.where(draw < share, still, since).astype(np.int32)
