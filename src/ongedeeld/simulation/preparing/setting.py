"""What a run starts from: the homes, those who live there, the law and the policy, the assumptions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from ongedeeld.allocation.policies import Policy
from ongedeeld.allocation.requirements import Whereabouts
from ongedeeld.city import City
from ongedeeld.errors import N_, InputError
from ongedeeld.rules.law import Law, LawOfDay
from ongedeeld.simulation.assuming.assumptions import Assumptions
from ongedeeld.simulation.kernel._state import Stock, Tenancies, Thresholds
from ongedeeld.simulation.preparing.law_ahead import LawAhead, law_ahead, with_assumed_schemes
from ongedeeld.simulation.preparing.people import RE_HOUSING, Partnership, People
from ongedeeld.simulation.preparing.planning import Deciding, Planned, days_of_change
from ongedeeld.simulation.preparing.rents import LIMITS
from ongedeeld.simulation.preparing.sitting import Sitting, sitting_of, tenancies_of
from ongedeeld.simulation.preparing.stock import NO_CHANGES, Changes, Homes, homes_of
from ongedeeld.simulation.preparing.thresholds import thresholds_of

NO_POLICY = Policy("")
LONGEST_YEARS = 50


@dataclass(frozen=True)
class Setting:
    """All that a run starts from but its seed.

    Parameters
    ----------
    city_name, invented, drawn
        What the City is called, whether it is invented, and whether its homes were drawn from totals.
    start, months
        The first day of month 0, and how many months there are.
    housing, people
        The homes and the meaning of attributes: by these results are turned back into dwellings, complexes,
        areas, types, age classes and agreements.
    plans
        What decides, in order of month; the first begins in month 0.
    sitting
        What is known of those who live in the homes.
    assumptions, thresholds
        What is assumed, and the same in whole numbers.
    policy, what_if
        What is tried, and whether it was not asked to be lawful.
    ahead
        The law with the values that are carried on.
    assumed_schemes
        The municipalities of which the urgency scheme is assumed.
    """

    city_name: str
    invented: bool
    drawn: bool
    start: date
    months: int
    housing: Homes
    people: People
    plans: tuple[Planned, ...]
    sitting: Sitting
    assumptions: Assumptions
    thresholds: Thresholds
    policy: Policy
    what_if: bool
    ahead: LawAhead
    assumed_schemes: tuple[str, ...]

    @property
    def stock(self) -> Stock:
        """The homes in whole numbers."""
        return self.housing.stock

    @property
    def homes(self) -> pl.DataFrame:
        """A row for each home, as a round reads a vacancy."""
        return self.housing.frame

    @property
    def city(self) -> City:
        """The City as a run sees it: the homes of the association, with rents in bands."""
        return self.housing.city

    @cached_property
    def _from(self) -> list[int]:
        return [one.month for one in self.plans]

    def plan_of(self, month: int) -> Planned:
        """What decides in a month."""
        return self.plans[bisect_right(self._from, month) - 1]

    def day_of(self, month: int) -> date:
        """The day of the round of a month."""
        years, rest = divmod(self.start.month - 1 + month, 12)
        return date(self.start.year + years, rest + 1, 1)

    def law_on(self, month: int) -> LawOfDay:
        """The law of the day of a round, with values carried on and urgency schemes assumed."""
        return self.plans[0].law.law.on(self.day_of(month))

    def agreements_on(self, month: int) -> tuple[int, ...]:
        """The places of the agreements under which partners propose in a month."""
        return tuple(map(int, np.flatnonzero(self.plan_of(month).tables.runs)))

    def under(self, assumptions: Assumptions) -> Setting:
        """The same under other assumptions; law, policy and homes stay as they are."""
        people = replace(self.people, types=assumptions.types)
        thresholds = thresholds_of(assumptions, self.stock, people, self.sitting.sitters)
        return replace(self, people=people, assumptions=assumptions, thresholds=thresholds)

    def tenancies(self, seed: int) -> Tenancies:
        """Who lives in the homes when the run begins; what is not known of them is drawn."""
        return tenancies_of(self.sitting, self.thresholds, self.assumptions, self.stock, seed)


def prepare(
    city: City,
    policy: Policy | None,
    law: Law,
    assumptions: Assumptions,
    *,
    start: date,
    years: int,
    stock_plan: Changes | None = None,
    what_if: bool = False,
) -> Setting:
    """What a run of some years starts from.

    Parameters
    ----------
    city
        With own homes, homes drawn from published totals, or those of the model city.
    policy
        What is tried; None is the law alone.
    law
        The rules and values by date, with local policy.
    assumptions
        What is assumed.
    start
        The first day, the first of a month.
    years
        How many years of months.
    stock_plan
        What is built, demolished and sold.
    what_if
        Run a policy that is not lawful, to see what it would do.

    Raises
    ------
    InputError
        When the policy is not lawful on one of the days on which law or policy changes, or on which a use
        begins, with the reasons and that day; for a day that is not the first of a month.
    AbsentError
        When a fact of the homes or a value of the law lacks on which every round hangs.

    Examples
    --------
    >>> from ongedeeld.rules import load_law
    >>> from ongedeeld.simulation.assuming.assumptions import load_assumptions
    >>> from ongedeeld.sources.model_city import model_city
    >>> city, assumed = model_city(scale=0.05), load_assumptions()
    >>> setting = prepare(city, None, load_law(), assumed, start=date(2026, 7, 1), years=10)
    >>> len(setting.stock.key), setting.months, setting.ahead.carried_from
    (1250, 120, datetime.date(2027, 1, 1))
    """
    days = month_starts(start, years)
    ahead = law_ahead(law, start, days[-1])
    used = policy or NO_POLICY
    changes = days_of_change(used, ahead.law, days)
    homes = homes_of(
        city,
        ahead.law.on(start),
        _rent_limits(assumptions, [ahead.law.on(day) for day in changes]),
        rent_matters_from=_fewest_rooms_kept(used),
        changes=stock_plan or NO_CHANGES,
    )
    groups = sorted({RE_HOUSING, *(one.urgency for one in assumptions.types if one.urgency)})
    schemed, assumed = with_assumed_schemes(ahead.law, homes.municipalities, groups)
    people = People(assumptions.types, _partnerships(used), homes.left, _profession(used))
    where = Whereabouts(homes.municipalities, tuple(groups))
    plans = Deciding(used, ahead.law, schemed, homes, people, where, what_if).plans(changes, days)
    sitting = sitting_of(city, homes, start)
    return Setting(
        city_name=city.manifest.name,
        invented=city.manifest.invented,
        drawn=city.manifest.stock == "drawn",
        start=start,
        months=len(days),
        housing=homes,
        people=people,
        plans=plans,
        sitting=sitting,
        assumptions=assumptions,
        thresholds=thresholds_of(assumptions, homes.stock, people, sitting.sitters),
        policy=used,
        what_if=what_if,
        ahead=ahead,
        assumed_schemes=assumed,
    )


def month_starts(start: date, years: int) -> list[date]:
    """The first day of every month of a run.

    Raises
    ------
    InputError
        When the start is not the first of a month, or the years are not from 1 to 50.
    """
    if start.day != 1:
        raise InputError(
            N_("a simulation cannot start on {day}"),
            expected=N_("the first day of a month"),
            remedy=N_("take the first of that month or of the next"),
            day=start.isoformat(),
        )
    if not 1 <= years <= LONGEST_YEARS:
        raise InputError(
            N_("a simulation cannot last {years} years"),
            expected=N_("a number from 1 to {most}"),
            years=years,
            most=LONGEST_YEARS,
        )
    months = (start.month - 1 + place for place in range(12 * years))
    return [date(start.year + month // 12, month % 12 + 1, 1) for month in months]


def _rent_limits(assumptions: Assumptions, laws: Iterable[LawOfDay]) -> set[int]:
    """The rents, in cents, at which the law or what people can pay decides otherwise."""
    of_law = {law.cents(name) for law in laws for name in LIMITS}
    return of_law | {one.rent_most_cents for one in assumptions.types if one.rent_most_cents is not None}


def _fewest_rooms_kept(policy: Policy) -> int | None:
    """The rooms from which a home that a senior leaves lets the rent be kept; None where no use does."""
    kept = [use.parameters["rooms_left"] for use in policy.uses if use.instrument.name == "senior_rent_kept"]
    return min(kept, default=None)


def _partnerships(policy: Policy) -> tuple[Partnership, ...]:
    """The agreements of a policy under which partners propose, in the order of the file."""
    found: dict[str, Partnership] = {}
    for use in policy.uses:
        if use.instrument.mediates:
            held = found.get(use.agreement, Partnership(use.agreement, frozenset(), with_support=False))
            group = use.parameters.get("group")
            found[use.agreement] = Partnership(
                use.agreement,
                held.groups | ({group} if group else frozenset()),
                with_support=held.with_support or "months" in use.parameters,
            )
    return tuple(found.values())


def _profession(policy: Policy) -> str | None:
    """The first profession that a use names: it stands for all of them."""
    named = (one for use in policy.uses for one in use.parameters.get("professions", ()))
    return next(named, None)
