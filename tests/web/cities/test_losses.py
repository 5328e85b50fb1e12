"""What a version loses beside the one in use."""

from __future__ import annotations

import pytest

from ongedeeld.web.cities.losing import losses_in


def compared(before: int, now: int, **gone: list[str]) -> dict[str, object]:
    table = {"table": "dwellings", "before": before, "now": now}
    return {"compared": {"tables": [table], "areas_gone": [], "indicators_gone": []} | gone}


@pytest.mark.parametrize(
    ("before", "now", "lost"),
    [
        (10_800, 1_008, True),
        (100, 79, True),
        (100, 80, False),
        (100, 120, False),
        (0, 0, False),
        (5, 0, True),
    ],
)
def test_more_than_a_fifth_of_a_table_is_a_loss(before: int, now: int, *, lost: bool) -> None:
    assert bool(losses_in(compared(before, now))) is lost


def test_every_area_and_figure_that_is_gone_is_a_loss() -> None:
    assert losses_in(compared(1, 1, areas_gone=["Dorp (BU1)"])).areas == ("Dorp (BU1)",)
    assert losses_in(compared(1, 1, indicators_gone=["residents"])).indicators == ("residents",)


def test_the_first_version_loses_nothing() -> None:
    assert not losses_in({"compared": None})
