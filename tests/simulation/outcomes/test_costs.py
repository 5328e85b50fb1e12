"""What a policy costs: rent that is forgone and hours of support."""

from __future__ import annotations

from dataclasses import replace

from ongedeeld.simulation.outcomes.costs import costs, tenancy_ends
from ongedeeld.simulation.outcomes.seen import seen
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.simulation.recording import Run
from tests.simulation.outcomes.cast import YEARS, by_hand


def test_a_tenancy_ends_when_its_tenant_leaves_or_moves_on(done: Run) -> None:
    told = by_hand(
        done,
        [(5, 1, "left"), (20, 1, "left"), (7, 2, "support_starts")],
        [
            {"month": 2, "home": 1},
            {"month": 9, "home": 1},
            {"month": 3, "home": 2},
            {"month": 30, "home": 4, "from_home": 2},
        ],
    )
    assert tenancy_ends(told, 36).to_list() == [5, 20, 30, 36]


def test_rent_is_forgone_for_as_long_as_the_tenancy_lasts(done: Run, setting: Setting) -> None:
    told = by_hand(
        done,
        [(15, 1, "left")],
        [
            {"month": 10, "home": 1, "rent_cents": 500_00, "full_rent_cents": 600_00, "reservation": -1},
            {"month": 30, "home": 2, "rent_cents": 550_00, "full_rent_cents": 550_00, "reservation": -1},
        ],
    )
    forgone = costs(seen(told, setting)).filter(use="rent")["rent_forgone"].to_list()
    assert forgone == [200_00, 300_00, 0]


def test_hours_of_support_are_those_of_the_policy_until_support_or_tenancy_ends(
    done: Run, setting: Setting
) -> None:
    let = {"plan": 0, "reservation": 0, "support_months": 10}
    told = by_hand(done, [(9, 1, "left")], [{"month": 6, "home": 1, **let}, {"month": 20, "home": 2, **let}])
    rows = costs(seen(told, setting)).filter(use="support_agreement-1")
    assert rows["payer"].unique().to_list() == ["municipality"]
    # Three hours a week are 13 a month: three months in the first year, four in the second, six in the third.
    assert rows["support_hours"].to_list() == [39.0, 52.0, 78.0]


def test_hours_that_a_mediating_use_does_not_state_are_not_known(done: Run, setting: Setting) -> None:
    (use, rents) = setting.policy.uses
    silent = replace(use, parameters={k: v for k, v in use.parameters.items() if k != "hours_a_week"})
    stated = replace(setting, policy=replace(setting.policy, uses=(silent, rents)))
    assert costs(seen(done, stated)).filter(use=use.name)["support_hours"].to_list() == [None] * YEARS
