"""What decides from month to month: the plans that law and policy make, each from its first day on."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction

from ongedeeld.allocation.effects import Effect
from ongedeeld.allocation.families.targeted import BINDING_TALLY
from ongedeeld.allocation.free_space import FreeSpace
from ongedeeld.allocation.lawful import effects_of, refuse_unlawful
from ongedeeld.allocation.offering import Offering
from ongedeeld.allocation.policies import Policy, Use
from ongedeeld.allocation.preparing import Plan
from ongedeeld.allocation.requirements import Whereabouts, effects_together
from ongedeeld.rules.income import smallest_share
from ongedeeld.rules.law import Law, LawOfDay
from ongedeeld.simulation.kernel._state import PlanTables
from ongedeeld.simulation.preparing.deciding import Decides, plan_tables
from ongedeeld.simulation.preparing.people import People
from ongedeeld.simulation.preparing.stock import Homes


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
class Deciding:
    """What decides in a run, and about which homes and people.

    Parameters
    ----------
    policy
        What is tried.
    told, schemed
        The law as it is told, and as it is with assumed urgency schemes.
    homes, people, where
        The homes, the attributes of people, the municipalities with their groups of urgency.
    what_if
        Whether the policy is not asked to be lawful.
    """

    policy: Policy
    told: Law
    schemed: Law
    homes: Homes
    people: People
    where: Whereabouts
    what_if: bool

    def plans(self, changes: list[date], days: list[date]) -> tuple[Planned, ...]:
        """The plan from each day of change on; `days` are the first days of all months.

        Raises
        ------
        InputError
            When the policy is not lawful on one of these days, or on a day on which a use begins.
        """
        if not self.what_if:
            self._refuse_unlawful_beginnings(days)
        planned: list[Planned] = []
        for day in changes:
            decides = self._decides(day)
            before = planned[-1].decides if planned else None
            tables = plan_tables(decides, before, self.homes.frame, self.people)
            planned.append(Planned(days.index(day), day, tables, decides, self.schemed.on(day)))
        return tuple(planned)

    def _refuse_unlawful_beginnings(self, days: list[date]) -> None:
        """Refuse a policy that is not lawful on a day between rounds on which a use begins."""
        begin = {use.start for use in self.policy.uses if days[0] <= use.start <= _last_day(days)}
        for day in sorted(begin - set(days)):
            refuse_unlawful(self.policy, self.told, self.homes.city, day)

    def _decides(self, day: date) -> Decides:
        """What holds from a day on."""
        if not self.what_if:
            refuse_unlawful(self.policy, self.told, self.homes.city, day)
        effects = effects_of(self.policy, self.schemed, self.homes.city, day, what_if=self.what_if)
        offering, of_day = Offering.of(effects), self.schemed.on(day)
        least, _ = smallest_share(self.homes.municipalities, of_day)
        free_space = FreeSpace(1 - Fraction(str(least)))
        together: tuple[Effect, ...] = effects_together(of_day, self.where, effects, free_space)
        uses = self.policy.on(day)
        return Decides(
            plan=Plan.of(together, offering),
            support_months={use.name: use.parameters.get("months", 0) for use in uses},
            periods=_periods(uses),
            runs=frozenset(use.agreement for use in uses if use.instrument.mediates),
        )


def days_of_change(policy: Policy, law: Law, days: list[date]) -> list[date]:
    """The first day and every first of a month on which law or policy differs from the month before."""
    marks = [tuple(_holds(policy, law, day)) for day in days]
    return [day for place, day in enumerate(days) if place == 0 or marks[place] != marks[place - 1]]


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
