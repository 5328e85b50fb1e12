"""Assumptions and facts of a City as thresholds: whole numbers that draws are held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from itertools import product
from math import lcm
from operator import mul

import numpy as np

from ongedeeld.chance import ALWAYS, Keys, cumulative, threshold
from ongedeeld.simulation.assuming.assumptions import DWELLINGS, POPULARITY, STAYS, SURROUNDINGS, Assumptions
from ongedeeld.simulation.assuming.household_types import AGES, HouseholdType
from ongedeeld.simulation.kernel._state import FLAGS, REASONS, Ints, Stock, Thresholds
from ongedeeld.simulation.preparing.people import People

ONE, YEAR, HALF = Fraction(1), 12, Fraction(1, 2)
EXACT = Context(prec=60)
NO_WISH = np.iinfo(np.int64).max


def monthly(yearly: Fraction) -> Fraction:
    """The chance in a month of what has this chance in a year: ``1 - (1 - yearly) ** (1 / 12)``.

    Reckoned to 60 decimals, which are the same on every machine.

    >>> round(float(monthly(Fraction(1, 2))), 9)
    0.056125687
    """
    if yearly >= 1:
        return ONE
    stays = EXACT.divide(Decimal((1 - yearly).numerator), Decimal((1 - yearly).denominator))
    root = EXACT.exp(EXACT.divide(EXACT.ln(stays), Decimal(YEAR)))
    return 1 - Fraction(root)


def thresholds_of(assumed: Assumptions, stock: Stock, people: People, sitting: Sitters) -> Thresholds:
    """The thresholds of a run.

    Parameters
    ----------
    assumed
        The assumptions of one future.
    stock
        The homes: seekers are as many as go with those of their municipality at the start.
    people
        The agreements with partners; the types are those of `assumed`.
    sitting
        How many tenants of the start are known in each class.
    """
    types = assumed.types
    return Thresholds(
        tenant=_tenant(assumed, stock, sitting),
        stay_until=np.array([until for _, until in STAYS if until is not None], np.int32),
        prevented=_single(assumed.number("eviction.prevented")),
        support_months=_months(assumed, "support.months"),
        void_months=_months(assumed, "void.months"),
        notice_months=_months(assumed, "notice.months"),
        sold=_keys(_with_unknown(assumed.numbers("sold.share"))),
        stops=_of_kinds(assumed, types, "stops.a_month"),
        searches=_of_kinds(assumed, types, "searches.a_month"),
        **_seekers(assumed, stock),
        type_=_choice(one.shares["arrivals"] for one in types),
        listed_type=_choice(one.shares["listed"] for one in types),
        age=np.array([_choice(one.ages) for one in types]),
        flag=np.array([_of_kinds(assumed, types, f"flags.{name}") for name in FLAGS]).T.copy(),
        step_free=_step_free(assumed, types),
        anywhere=np.repeat(_single(assumed.number("wish.anywhere")), len(stock.municipality_key)),
        **_districts(stock),
        registered_before=_registered(assumed, types, "registered.new"),
        listed_before=_registered(assumed, types, "registered.listed"),
        rooms_least=np.array([one.rooms_least for one in types], np.int32),
        rent_most=np.array(
            [NO_WISH if one.rent_most_cents is None else one.rent_most_cents for one in types], np.int64
        ),
        reacts=_reacts(assumed, types),
        declines=_declines(assumed, types),
        partner=np.array(
            [[one.takes(type_) for one in people.partnerships] for type_ in types], np.uint8
        ).reshape(len(types), len(people.partnerships)),
        situation_points=np.array([one.situation_points for one in types], np.int32),
        start_points=np.array([one.start_points for one in types], np.int32),
        settles_as=_settles_as(types),
    )


class Sitters:
    """How many tenants of the start are known in each class.

    Parameters
    ----------
    ages
        By age class, as far as it is known.
    stays
        By class of length of stay, as far as it is known.
    """

    def __init__(self, ages: Sequence[int], stays: Sequence[int]) -> None:
        self.ages, self.stays = tuple(map(Fraction, ages)), tuple(map(Fraction, stays))


def _tenant(assumed: Assumptions, stock: Stock, sitting: Sitters) -> Keys:
    """What befalls a sitting tenant in a month, by turnover class, length of stay and age."""
    leaves = assumed.number("leaves.a_year")
    dwellings = _against_mean(
        _with_unknown(assumed.numbers("leaves.by_dwelling")),
        list(map(Fraction, np.bincount(stock.turnover, minlength=4).tolist())),
    )
    stays = _against_mean(
        [assumed.numbers("leaves.by_stay")[name] for name, _ in STAYS],
        sitting.stays if any(sitting.stays) else _stays_at(leaves),
    )
    ages = _against_mean(_by_age(assumed, "leaves.by_age"), sitting.ages)
    seeks = _against_mean(_by_age(assumed, "seeks.by_age"), sitting.ages)
    years, support = assumed.numbers("ageing.years"), assumed.numbers("support.starts_a_year")
    found = [
        cumulative(
            [
                monthly(leaves * dwellings[dwelling] * stays[stay] * ages[age]),
                monthly(assumed.number("eviction.threatened_a_year")),
                monthly(assumed.number("seeks.a_year") * seeks[age]),
                1 / (YEAR * years[AGES[age]]) if AGES[age] in years else Fraction(0),
                monthly(support[AGES[age]]),
            ]
        )
        for dwelling, stay, age in product(range(len(dwellings)), range(len(stays)), range(len(ages)))
    ]
    return np.array(found).reshape(len(dwellings), len(stays), len(ages), -1)


def _stays_at(leaves: Fraction) -> Sequence[Fraction]:
    """The shares of the classes of length of stay where as many leave in every year."""
    ends = [ONE - (1 - leaves) ** (until // YEAR) for _, until in STAYS if until is not None]
    return [after - before for before, after in zip([Fraction(0), *ends], [*ends, ONE], strict=True)]


def _against_mean(factors: Sequence[Fraction], weights: Sequence[Fraction]) -> list[Fraction]:
    """Factors of which the mean over the weights is 1, or 0 where all that weigh are 0.

    Where nothing weighs all count alike.
    """
    held = weights if any(weights) else [ONE] * len(factors)
    mean = sum(map(mul, factors, held), Fraction(0)) / sum(held)
    return [factor / mean if mean else factor for factor in factors]


def _with_unknown(by_dwelling: Mapping[str, Fraction]) -> list[Fraction]:
    """Numbers by kind of dwelling, and half-way between house and flat where the kind is not known."""
    return [*(by_dwelling[kind] for kind in DWELLINGS), (by_dwelling["house"] + by_dwelling["flat"]) / 2]


def _by_age(assumed: Assumptions, name: str) -> list[Fraction]:
    return [assumed.numbers(name)[age] for age in AGES]


def _seekers(assumed: Assumptions, stock: Stock) -> dict[str, np.ndarray]:
    """New seekers a month and those on the list at the start, by municipality."""
    homes = np.bincount(stock.municipality[stock.comes <= 0], minlength=len(stock.municipality_key)).tolist()
    a_month = [assumed.number("arrivals.per_home_a_year") * count / YEAR for count in homes]
    listed = [int(assumed.number("listed.per_home") * count + HALF) for count in homes]
    return {
        "arrivals_whole": np.array([int(one) for one in a_month], np.int64),
        "arrivals_part": _keys(one - int(one) for one in a_month),
        "listed": np.array(listed, np.int64),
    }


def _districts(stock: Stock) -> dict[str, np.ndarray]:
    """The districts of each municipality, wished as often as they have homes."""
    many = int(stock.district.max(initial=0)) + 1
    codes, counts = np.unique(stock.municipality.astype(np.int64) * many + stock.district, return_counts=True)
    municipality, district = np.divmod(codes, many)
    whole = np.bincount(stock.municipality, minlength=len(stock.municipality_key))
    found: list[np.uint64] = []
    for place, total in enumerate(whole.tolist()):
        here = counts[municipality == place].tolist()
        found += list(_choice(Fraction(count, total) for count in here))
    ends = np.cumsum(np.bincount(municipality, minlength=len(whole)))
    return {
        "district_from": np.concatenate([[0], ends]).astype(np.int32),
        "district": np.array(found, np.uint64),
        "district_code": district.astype(np.int32),
    }


def _registered(assumed: Assumptions, types: Sequence[HouseholdType], name: str) -> Ints:
    """Months before by type, with each value as often as makes the rows as long as each other."""
    values = assumed.values_of(name)
    length = lcm(*(len(row) for row in values.values()))
    rows = {
        kind: [int(one + HALF) for one in row for _ in range(length // len(row))]
        for kind, row in values.items()
    }
    return np.array([rows[one.kind] for one in types], np.int32)


def _step_free(assumed: Assumptions, types: Sequence[HouseholdType]) -> Keys:
    by_age = _by_age(assumed, "step_free.by_age")
    return np.array([_keys(max(one.step_free, share) for share in by_age) for one in types])


def _reacts(assumed: Assumptions, types: Sequence[HouseholdType]) -> Keys:
    by_kind, factors = assumed.numbers("reacts.a_home"), assumed.numbers("reacts.by_popularity")
    return np.array([_keys(by_kind[one.kind] * factors[name] for name in POPULARITY) for one in types])


def _declines(assumed: Assumptions, types: Sequence[HouseholdType]) -> Keys:
    """By type and surroundings, cumulative over the reasons, which together stay below the most."""
    shares, kinds = assumed.numbers("declines.share"), assumed.numbers("declines.by_kind")
    factors, most = assumed.numbers("declines.by_surroundings"), assumed.number("declines.most")

    def parts(type_: HouseholdType, name: str) -> list[Fraction]:
        found = [
            shares[reason] * kinds[type_.kind] * (factors[name] if reason == "surroundings" else ONE)
            for reason in REASONS
        ]
        shrunk = min(ONE, most / sum(found)) if any(found) else ONE
        return [one * shrunk for one in found]

    return np.array([[cumulative(parts(one, name)) for name in SURROUNDINGS] for one in types])


def _of_kinds(assumed: Assumptions, types: Sequence[HouseholdType], name: str) -> Keys:
    by_kind = assumed.numbers(name)
    return _keys(by_kind[one.kind] for one in types)


def _settles_as(types: Sequence[HouseholdType]) -> Ints:
    places = {one.code: place for place, one in enumerate(types)}
    return np.array([places[one.settles_as] for one in types], np.int32)


def _choice(shares: Iterable[Fraction]) -> Keys:
    """Cumulative shares of things of which one draw tells exactly one."""
    found = cumulative(shares)
    found[-1] = ALWAYS
    return found


def _keys(chances: Iterable[Fraction]) -> Keys:
    return np.array([threshold(one) for one in chances], np.uint64)


def _single(chance: Fraction) -> Keys:
    return _keys([chance])


def _months(assumed: Assumptions, name: str) -> Ints:
    return np.array([max(assumed.whole(name), 1)], np.int32)
