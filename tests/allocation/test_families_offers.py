"""Offer models: by which order homes are offered, and where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ongedeeld.allocation.effects import Effect, Offer
from tests.allocation.steered_city import effects, home, judged, seeker

POINTS = """
name = "points"
waiting_points_a_year = 1
search_points_most = {search}
situation_points_most = 12
start_points_most = 0
source = "gmb-2023-2988"
"""


def offer(found: list[Effect]) -> Offer:
    """The one offer among effects."""
    (effect,) = found
    assert isinstance(effect, Offer)
    return effect


@pytest.mark.parametrize(
    ("name", "model"),
    [("registration_time", "registration"), ("lottery", "lottery"), ("direct_mediation", "direct")],
)
def test_a_model_is_for_the_homes_that_the_policy_names(tmp_path: Path, name: str, model: str) -> None:
    use = f'name = "{name}"\ncomplexes = ["Merelhof"]\nfrom = 2026-07-01\nsource = "policy"'
    effect = offer(effects(tmp_path, f'name = "p"\n[[instrument]]\n{use}'))
    assert effect.model == model
    assert judged(effect, home(), seeker())
    assert not judged(effect, home(area="BU99990201", complex="Tulphof"), seeker())


def test_points_have_parts_by_date(tmp_path: Path) -> None:
    text = (
        f'name = "p"\n[[instrument]]\nfrom = 2026-07-01\nuntil = 2026-12-31\n{POINTS.format(search=30)}'
        f"[[instrument]]\nfrom = 2027-01-01\n{POINTS.format(search=24)}"
    )
    before = offer(effects(tmp_path, text, day=date(2026, 12, 31)))
    after = offer(effects(tmp_path, text, day=date(2027, 1, 1)))
    assert before.parameters == {
        "waiting_points_a_year": 1,
        "search_points_most": 30,
        "situation_points_most": 12,
        "start_points_most": 0,
    }
    assert after.parameters["search_points_most"] == 24
