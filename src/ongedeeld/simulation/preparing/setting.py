"""What a run starts from: the homes, those who live there, the law and the policy, the assumptions."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np
import polars as pl

from ongedeeld.allocation.effects import Effect
from ongedeeld.allocation.families.targeted import BINDING_TALLY
from ongedeeld.allocation.free_space import FreeSpace
from ongedeeld.allocation.lawful import effects_of, refuse_unlawful
from ongedeeld.allocation.offering import Offering
from ongedeeld.allocation.policies import Policy, Use
from ongedeeld.allocation.preparing import Plan
from ongedeeld.allocation.requirements import Whereabouts, effects_together
from ongedeeld.city import City
from ongedeeld.errors import N_, InputError
from ongedeeld.rules.income import smallest_share
from ongedeeld.rules.law import Law, LawOfDay
from ongedeeld.simulation.assuming.assumptions import Assumptions
from ongedeeld.simulation.kernel._state import PlanTables, Stock, Tenancies, Thresholds
from ongedeeld.simulation.preparing.deciding import Decides, plan_tables
from ongedeeld.simulation.preparing.law_ahead import LawAhead, law_ahead, with_assumed_schemes
from ongedeeld.simulation.preparing.people import RE_HOUSING, Partnership, People
from ongedeeld.simulation.preparing.rents import LIMITS
from ongedeeld.simulation.preparing.sitting import Sitting, sitting_of, tenancies_of
from ongedeeld.simulation.preparing.stock import NO_CHANGES, Changes, Homes, homes_of
from ongedeeld.simulation.preparing.thresholds import thresholds_of

NO_POLICY = Policy("")
LONGEST_YEARS = 50


@dataclass(frozen=True)
class Planned:
    """What decides from a month on.

    Parameters
    ----------
    month, day
        The first month in which it does, and the first day of that.
    tables
        In whole numbers.
    decides
        The effects of law and policy, and what their numbers are counted for.
    law
        The law of that day, with values carried on.
    """

    month: int
    day: date
    tables: PlanTables
    decides: Decides
    law: LawOfDay

    @property
    def plan(self) -> Plan:
        """The effects of law and policy by kind."""
        return self.decides.plan


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
    used, changes = policy or NO_POLICY, stock_plan or NO_CHANGES
    plan_days = _plan_days(used, ahead.law, days)
    limits = {ahead.law.on(day).cents(name) for day in plan_days for name in LIMITS}
    limits |= {one.rent_most_cents for one in assumptions.types if one.rent_most_cents is not None}
    kept = [use.parameters["rooms_left"] for use in used.uses if use.instrument.name == "senior_rent_kept"]
    fewest = min(kept, default=None)
    homes = homes_of(city, ahead.law.on(start), limits, rent_matters_from=fewest, changes=changes)
    groups = sorted({RE_HOUSING, *(one.urgency for one in assumptions.types if one.urgency)})
    schemed, assumed = with_assumed_schemes(ahead.law, homes.municipalities, groups)
    people = People(assumptions.types, _partnerships(used), homes.left, _profession(used))
    where = Whereabouts(homes.municipalities, tuple(groups))
    if not what_if:
        _refuse_unlawful_beginnings(used, ahead.law, homes, days)
    planned: list[Planned] = []
    for day in plan_days:
        decides = _decides(used, (ahead.law, schemed), homes, where, day, what_if=what_if)
        before = planned[-1].decides if planned else None
        tables = plan_tables(decides, before, homes.frame, people)
        planned.append(Planned(days.index(day), day, tables, decides, schemed.on(day)))
    sitting = sitting_of(city, homes, start)
    return Setting(
        city_name=city.manifest.name,
        invented=city.manifest.invented,
        drawn=city.manifest.stock == "drawn",
        start=start,
        months=len(days),
        housing=homes,
        people=people,
        plans=tuple(planned),
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


def _plan_days(policy: Policy, law: Law, days: list[date]) -> list[date]:
    """The first day and every first of a month on which law or policy differs from the month before."""
    marks = [tuple(_holds(policy, law, day)) for day in days]
    return [day for place, day in enumerate(days) if place == 0 or marks[place] != marks[place - 1]]


def _refuse_unlawful_beginnings(policy: Policy, law: Law, homes: Homes, days: list[date]) -> None:
    """Refuse a policy that is not lawful on a day on which a use begins, where no round is on that day."""
    begin = {use.start for use in policy.uses if days[0] <= use.start <= _last_day(days)}
    for day in sorted(begin - set(days)):
        refuse_unlawful(policy, law, homes.city, day)


def _last_day(days: list[date]) -> date:
    """The last day of a run of whole years, of which the first days of the months are given."""
    return days[-1].replace(day=monthrange(days[-1].year, days[-1].month)[1])


def _holds(policy: Policy, law: Law, day: date) -> Iterator[object]:
    """What holds on a day: two days with the same have the same tables."""
    yield [use.name for use in policy.on(day)]
    yield [one.at(day) for one in law.parameters.by_name.values()]
    yield sorted(law.register.in_force(day)), law.register.unread(day)
    yield [version.start for version in law.register.in_force(day).values()]
    for local in law.policies:
        for record in local.records:
            held = (getattr(record, one.name) for one in fields(record))
            # A record may name a day of its own, from which the text of the law binds it.
            yield record.holds(day), [each <= day for each in held if isinstance(each, date)]


def _decides(
    policy: Policy, law: tuple[Law, Law], homes: Homes, where: Whereabouts, day: date, *, what_if: bool
) -> Decides:
    """What holds from a day on, with the law as it is told and as it is with assumed urgency schemes."""
    told, schemed = law
    if not what_if:
        refuse_unlawful(policy, told, homes.city, day)
    effects = effects_of(policy, schemed, homes.city, day, what_if=what_if)
    offering, of_day = Offering.of(effects), schemed.on(day)
    least, _ = smallest_share(homes.municipalities, of_day)
    free_space = FreeSpace(1 - Fraction(str(least)))
    together: tuple[Effect, ...] = effects_together(of_day, where, effects, free_space)
    uses = policy.on(day)
    return Decides(
        plan=Plan.of(together, offering),
        support_months={use.name: use.parameters.get("months", 0) for use in uses},
        periods=_periods(uses),
        runs=frozenset(use.agreement for use in uses if use.instrument.mediates),
    )


def _periods(uses: tuple[Use, ...]) -> Mapping[tuple[str, str], object]:
    """What numbers are counted for that more than one use may share in the course of time."""
    ceilings = {
        ("ceiling", name): use.name
        for use in uses
        if use.instrument.name == "ceiling"
        for name in use.parameters["most"]
    }
    bound = [use.name for use in uses if use.instrument.name in ("local_binding", "vital_professions")]
    return {**ceilings, ("tally", BINDING_TALLY): bound}


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
