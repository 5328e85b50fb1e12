"""A scenario: a City, a policy, the law, assumptions and a stretch of time, to live through many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from ongedeeld.allocation.policies import Policy, read_allocation_policy
from ongedeeld.city import City
from ongedeeld.rules import Law, load_law
from ongedeeld.simulation.assuming.assumptions import Assumptions, load_assumptions
from ongedeeld.simulation.preparing.setting import NO_POLICY, Setting, month_starts, prepare
from ongedeeld.simulation.preparing.stock import Changes
from ongedeeld.simulation.preparing.stock_plan import read_stock_plan


@dataclass(frozen=True)
class Scenario:
    """What is simulated.

    Parameters
    ----------
    city, policy, law, assumptions
        What holds at the start, and by which rules it goes on.
    start, years
        The first of the month in which it begins, and how long it lasts.
    changes
        What is built, demolished and sold; None where nothing is planned.
    what_if
        Whether the policy need not be lawful.
    ceilings_follow_capacity
        Whether the ceilings of the policy are parted anew every year by what each complex can bear.
    policy_text, local_policy
        The files as they were read; empty where there was none.
    stock_plan
        The SHA-256 of the file of what is planned; empty where there was none.
    """

    city: City
    policy: Policy
    law: Law
    assumptions: Assumptions
    start: date
    years: int
    changes: Changes | None = None
    what_if: bool = False
    ceilings_follow_capacity: bool = False
    policy_text: str = ""
    local_policy: tuple[str, ...] = ()
    stock_plan: str = ""

    def prepare(self) -> Setting:
        """What every future of it starts from, under the assumptions as they are stated."""
        return prepare(
            self.city,
            self.policy,
            self.law,
            self.assumptions,
            start=self.start,
            years=self.years,
            stock_plan=self.changes,
            what_if=self.what_if,
        )


def read_scenario(
    city: City,
    policy: Path | None = None,
    *,
    start: date,
    years: int = 10,
    local_policy: Sequence[Path] = (),
    assumptions: Sequence[Path] = (),
    stock_plan: Path | None = None,
    what_if: bool = False,
) -> Scenario:
    """The scenario that files tell of.

    Parameters
    ----------
    city
        A City with the homes of the association.
    policy
        The instruments (TOML); without it things go on as now: by the law and local policy.
    start, years
        The first of a month, and how long it lasts.
    local_policy, assumptions, stock_plan
        Files of local policy (TOML), of own assumptions (TOML), and of homes built, demolished and sold.
    what_if
        Whether a policy that is not lawful is simulated all the same; every output says so.

    Raises
    ------
    InputError
        When a file cannot be read or is not as expected, the start is not the first of a month, or the years
        are too few or too many.
    """
    month_starts(start, years)
    return Scenario(
        city=city,
        policy=NO_POLICY if policy is None else read_allocation_policy(policy, city),
        law=load_law(*local_policy),
        assumptions=load_assumptions(*assumptions),
        start=start,
        years=years,
        changes=None if stock_plan is None else read_stock_plan(stock_plan, city, start),
        what_if=what_if,
        policy_text="" if policy is None else policy.read_text(encoding="utf-8-sig"),
        local_policy=tuple(file.read_text(encoding="utf-8-sig") for file in local_policy),
        stock_plan="" if stock_plan is None else sha256(stock_plan.read_bytes()).hexdigest(),
    )
