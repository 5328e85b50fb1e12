"""Every instrument of the catalogue becomes tables that say what the round itself says."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ongedeeld.allocation.catalogue import Instrument, Parameter, load_catalogue
from ongedeeld.simulation.kernel._state import ATTRIBUTES, PlanTables
from ongedeeld.simulation.preparing.planning import Planned
from ongedeeld.simulation.preparing.setting import Setting
from tests.allocation.steered_city import DESIGNATED, MEREL, agreed, law_of, steered_city
from tests.simulation.steered import setting_of, tenants

SCHEME = """
[[urgency]]
municipality = "GM9999"
groups = ["medical", "informal_care"]
comply_by = 2030-01-01
source = "ordinance"
from = 2020-01-01
"""


def value(parameter: Parameter) -> object:
    """A value that a parameter may have."""
    codes = list(parameter.code_list)
    return {
        "whole": int(parameter.minimum or 1),
        "number": 0.1,
        "flag": True,
        "text": codes[0] if codes else "something",
        "texts": codes[:2] or ["something"],
        "areas": [MEREL],
        "homes_by_place": 2,
    }[parameter.kind]


def use(instrument: Instrument) -> str:
    """The shortest use of an instrument in a policy."""
    lines = [f'name = "{instrument.name}"', "from = 2026-01-01", 'agreement = "Baken"']
    for name, parameter in instrument.parameters.items():
        if parameter.required:
            held = json.dumps(value(parameter))
            lines.append(
                f"{name} = {{ Merelhof = {held} }}" if "place" in parameter.kind else f"{name} = {held}"
            )
    if "areas" not in {one.kind for one in instrument.parameters.values()}:
        lines.append('complexes = ["Merelhof"]')
    return "[[instrument]]\n" + "\n".join(lines) + "\n"


def outcomes(tables: PlanTables, home: int, values: list[int]) -> list[bool]:
    """The outcome of every condition as a kernel looks it up."""
    held = tables.conditions
    columns = held.stride @ values
    rows = held.of_home[:, tables.profile[home]]
    return [bool(one) for one in held.flat[held.start + rows * held.width + columns]]


def hold_against_the_round(setting: Setting, planned: Planned, luck: np.random.Generator) -> None:
    """Compare the tables with the conditions themselves, for every home and somebody at random."""
    plan, tables = planned.plan, planned.tables
    for home, row in enumerate(setting.homes.iter_rows(named=True)):
        values = [int(luck.integers(size)) for size in setting.people.sizes]
        seeker = setting.people.row_of(dict(zip(ATTRIBUTES, values, strict=True)))
        judged = [one.judge(row, seeker).allowed for one in plan.conditions]
        assert outcomes(tables, home, values) == judged
        profile = tables.profile[home]
        offered = tables.rents[tables.rent_of_home[profile], tables.rent_stride @ values]
        assert offered == plan.offering.rent_cents(row, seeker)


@pytest.mark.parametrize("name", sorted(load_catalogue().by_name))
def test_an_instrument_decides_in_a_run_as_it_does_in_a_round(name: str, tmp_path: Path) -> None:
    policy = f'name = "one"\n{use(load_catalogue()[name])}'
    setting = setting_of(
        tmp_path,
        agreed(policy),
        city=tenants(steered_city()),
        law=law_of(tmp_path, DESIGNATED + SCHEME),
        what_if=True,
        years=1,
    )
    without = setting_of(tmp_path, law=law_of(tmp_path, DESIGNATED + SCHEME), years=1)
    first = setting.plans[0]
    luck = np.random.default_rng(1)
    for _ in range(20):
        hold_against_the_round(setting, first, luck)
    by_the_law = without.plans[0].plan
    kinds = ("requirements", "limits", "priorities", "reservations", "offers", "ceilings")
    more = [len(getattr(first.plan, kind)) - len(getattr(by_the_law, kind)) for kind in kinds]
    assert sum(more) + len(first.plan.offering.rents) > 0
