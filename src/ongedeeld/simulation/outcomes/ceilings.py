"""Ceilings that follow capacity: fewer mediated lettings where a place bears much already, more elsewhere.

The number in the region stays as it was agreed. What changes is how it is parted over complexes, at the
beginning of every year, by what the card of each says that it can bear and by who has support there already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

import numpy as np
import polars as pl

from ongedeeld.allocation.policies import Use
from ongedeeld.errors import N_, InputError
from ongedeeld.simulation.kernel._state import Longs, PlanTables, Tenancies
from ongedeeld.simulation.outcomes.bearing import Known
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.simulation.preparing.stock import month_of
from ongedeeld.simulation.running import MONTHS, OnYear

WIDEST = 4
"""How far the balance of a place can lie from even, either way."""
MIDDLE = Fraction(1, 2)


def bears(balance: float | None) -> Fraction:
    """The part of an even share that a place bears, from 0 to 1, by the balance of its card.

    ``(balance + 4) / 8``, as a balance runs from -4 to 4; a place without one bears the middle. That this is
    a straight line is a choice of this project: no source tells what a place can bear.

    >>> bears(-4.0), bears(0.0), bears(4.0), bears(None)
    (Fraction(0, 1), Fraction(1, 2), Fraction(1, 1), Fraction(1, 2))
    """
    if balance is None:
        return MIDDLE
    part = (Fraction(balance).limit_denominator(1000) + WIDEST) / (2 * WIDEST)
    return min(max(part, Fraction(0)), Fraction(1))


def largest_remainder(parts: Sequence[Fraction], total: int) -> list[int]:
    """Whole numbers in the proportion of parts, that add up to a total.

    Each gets its whole part, and what is left goes one by one to the largest remainders; of equal ones to
    the first (the method of Hamilton).

    Parameters
    ----------
    parts
        0 or more; where all are 0 they count alike.
    total
        What the numbers add up to.

    Examples
    --------
    >>> largest_remainder([Fraction(5), Fraction(3), Fraction(2)], 6)
    [3, 2, 1]
    """
    if not parts:
        return []
    whole = sum(parts)
    shares = [part * total / whole if whole else Fraction(total, len(parts)) for part in parts]
    found = [int(share) for share in shares]
    order = sorted(range(len(parts)), key=lambda at: (found[at] - shares[at], at))
    for at in order[: total - sum(found)]:
        found[at] += 1
    return found


def spread_by_capacity(
    homes: Sequence[int], balance: Sequence[float | None], supported: Sequence[int], total: int
) -> list[int]:
    """Part a number of mediated lettings over complexes by what each can bear.

    Every complex is brought as near as can be to the same number of households with support for each home
    that it bears: ``supported + ceiling = level * homes * bears(balance)`` where that asks for more than are
    there, and none where it does not. Then whole numbers by the largest remainder.

    Parameters
    ----------
    homes
        Of each complex.
    balance
        Of the card of each, from -4 to 4, or None where there is none.
    supported
        Households with support in each already.
    total
        What the ceilings add up to.

    Returns
    -------
    list[int]
        A ceiling for each complex; together they are the total.

    Examples
    --------
    >>> spread_by_capacity([100, 100], [0.0, 0.0], [6, 2], 4)
    [0, 4]
    >>> spread_by_capacity([100, 100], [-2.0, 2.0], [0, 0], 8)
    [2, 6]
    """
    weights = [count * bears(one) for count, one in zip(homes, balance, strict=True)]
    if not any(weights):
        weights = [Fraction(count) for count in homes]
    return largest_remainder(_filled(weights, supported, total), total)


def _filled(weights: Sequence[Fraction], held: Sequence[int], total: int) -> list[Fraction]:
    """What each must get for all who get something to stand at one level, by their weights."""
    found = [Fraction(0)] * len(weights)
    order = sorted(
        (at for at, weight in enumerate(weights) if weight > 0), key=lambda at: held[at] / weights[at]
    )
    weight, poured, level = Fraction(0), Fraction(total), Fraction(0)
    inside: list[int] = []
    for at in order:
        # So far the level rises to where the next one begins to need some.
        begins = held[at] / weights[at]
        if inside and weight * begins - poured >= 0:
            break
        inside.append(at)
        weight, poured = weight + weights[at], poured + held[at]
    if weight:
        level = poured / weight
    for at in inside:
        found[at] = max(Fraction(0), level * weights[at] - held[at])
    return found


def following_capacity(setting: Setting, known: Known | None) -> OnYear:
    """What parts the ceilings of a policy anew at the beginning of every year, and when one begins.

    Parameters
    ----------
    setting
        With ceilings in its policy. Their numbers together are those of the whole period of the use: each
        year has its part by months, in whole numbers that add up to it, and that part is parted over the
        complexes that they name. A ceiling that begins within a year has its part of what is left of that
        year. What is not let of it in a year is not added to the next.
    known
        The cards at the start; without them every complex bears the middle.

    Returns
    -------
    OnYear
        For :func:`ongedeeld.simulation.running.run`.

    Raises
    ------
    InputError
        When the policy has no ceilings, or no agreement is recorded under them and it is not run as what-if.
    """
    uses = [use for use in setting.policy.uses if use.instrument.name == "ceiling"]
    _refuse(uses, setting)
    balance = {} if known is None else dict(known.balance("complex").iter_rows())

    def on_year(month: int, tenancies: Tenancies, tables: PlanTables) -> Longs | None:
        named = [one.complex for one in setting.plan_of(month).plan.ceilings]
        if not named:
            return None
        homes, supported = _there(setting, tenancies, month)
        found = dict(zip(named, map(int, tables.ceiling_most), strict=True))
        for use in uses:
            if not use.holds(setting.day_of(month)):
                continue
            here = [one for one in named if one in use.parameters["most"]]
            total = of_year(sum(use.parameters["most"].values()), *_elapsed(use, setting, month))
            parted = spread_by_capacity(
                [homes.get(one, 0) for one in here],
                [balance.get(one) for one in here],
                [supported.get(one, 0) for one in here],
                total,
            )
            found.update(zip(here, parted, strict=True))
        return np.array([found[one] for one in named], np.int64)

    return on_year


def of_year(total: int, begun: int, past: int, months: int) -> int:
    """The part of a number for some months of a period; the parts of all stretches add up to the number.

    Parameters
    ----------
    total
        For the whole period.
    begun, past, months
        How many months of the period are gone at the beginning and at the end of the stretch, and how many
        there are.

    Examples
    --------
    >>> [of_year(10, 12 * year, 12 * year + 12, 36) for year in range(3)]
    [3, 3, 4]
    """
    return total * past // months - total * begun // months


def _elapsed(use: Use, setting: Setting, month: int) -> tuple[int, int, int]:
    """How many months of a use are gone in a month and at the end of its year, and how many it has.

    Its first month is that of the first round in which it holds; one without an end has the months of the
    run.
    """
    first = month_of(use.start, setting.start) + (use.start.day > 1)
    last = setting.months if use.end == date.max else month_of(use.end, setting.start) + 1
    months = max(last - first, 1)
    year_ends = month - month % MONTHS + MONTHS
    begun, past = (min(max(until - first, 0), months) for until in (month, year_ends))
    return begun, past, months


def _refuse(uses: Sequence[Use], setting: Setting) -> None:
    if not uses:
        raise InputError(
            N_("this policy has no ceilings that could follow capacity"),
            expected=N_("an instrument ceiling, with the complexes and the number agreed for the region"),
            remedy=N_("add it to the policy, or leave --ceilings-follow-capacity out"),
        )
    without = [use for use in uses if not (use.agreement and use.source)]
    if without and not setting.what_if:
        raise InputError(
            N_("no agreement is recorded by which these ceilings may follow capacity: line {lines}"),
            place=without[0].place,
            expected=N_("agreement, agreed and source"),
            remedy=N_("record the agreement with the partners and the region, or try it with --what-if"),
            lines=", ".join(str(use.place.line) for use in without),
        )


def _there(setting: Setting, tenancies: Tenancies, month: int) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How many homes with a tenant there are in each complex, and with how many of them support runs."""
    lived = tenancies.type_ >= 0
    helped = lived & (tenancies.support_until > np.maximum(month, tenancies.since))
    numbers = pl.DataFrame({"complex": setting.homes["complex"], "homes": lived, "supported": helped})
    counted = numbers.drop_nulls("complex").group_by("complex").agg(pl.col("homes", "supported").sum())
    return (
        dict(counted.select("complex", "homes").iter_rows()),
        dict(counted.select("complex", "supported").iter_rows()),
    )
