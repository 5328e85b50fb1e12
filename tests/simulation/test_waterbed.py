"""The waterbed: a place is named only where worse follows better, beyond chance and by moves."""

from __future__ import annotations

import polars as pl
import pytest

from ongedeeld.simulation.comparing.spread import FEWEST_PAIRS, differences
from ongedeeld.simulation.comparing.waterbed import Waterbed, changes_of, flows_of, waterbed
from ongedeeld.simulation.futures.drawing import SHARING

FUTURES = SHARING * FEWEST_PAIRS
EAST, WEST, NORTH = "BU1", "BU2", "BU3"


def places(east: float, west: float, futures: int = FUTURES, unsure: float = 0.0) -> pl.DataFrame:
    """Support in three neighbourhoods, that in the east and west as given, with chance around it."""
    rows = [
        (future, unit, "support_share", value + unsure * ((future * 7) % 5 - 2))
        for future in range(1, futures + 1)
        for unit, value in ((EAST, east), (WEST, west), (NORTH, 0.05))
    ]
    return pl.DataFrame(
        rows,
        schema={"future": pl.Int32, "unit": pl.String, "measure": pl.String, "value": pl.Float64},
        orient="row",
    )


def moves(*rows: tuple[int, str | None], futures: int = FUTURES) -> pl.DataFrame:
    """In every future the same seekers by number with the neighbourhood of their home; none is no letting."""
    told = [(future, seeker, area) for future in range(1, futures + 1) for seeker, area in rows if area]
    frame = pl.DataFrame(
        told, schema={"future": pl.Int32, "seeker": pl.UInt64, "area": pl.String}, orient="row"
    )
    return frame.with_columns(year=pl.lit(1), one_in=pl.lit(1), kind=pl.lit("proposed"))


def found(now: pl.DataFrame, policy: pl.DataFrame, here: pl.DataFrame, there: pl.DataFrame) -> Waterbed:
    return waterbed(now, policy, here, there, ("kind",))


def test_worse_that_follows_better_by_moves_is_named() -> None:
    bed = found(
        places(0.10, 0.02),
        places(0.06, 0.06, unsure=0.0001),
        moves((1, EAST), (2, EAST), (3, WEST)),
        moves((1, WEST), (2, WEST), (3, EAST)),
    )
    link = bed.links.row(0, named=True)
    assert (link["measure"], link["better"], link["worse"]) == ("support_share", EAST, WEST)
    assert link["net"] == 1.0
    turns = dict(bed.changes.select("unit", "turn").iter_rows())
    assert turns == {EAST: "better", WEST: "worse", NORTH: "none"}


def test_without_moves_between_them_nothing_is_linked() -> None:
    same = moves((1, EAST), (2, WEST))
    bed = found(places(0.10, 0.02), places(0.06, 0.06, unsure=0.0001), same, same)
    assert bed.links.is_empty()
    assert any("No waterbed effect" in note.say() for note in bed.notes)


def test_a_place_that_gets_worse_by_itself_is_not_named() -> None:
    bed = found(places(0.10, 0.02), places(0.10, 0.06, unsure=0.0001), moves((1, EAST)), moves((1, WEST)))
    assert bed.links.is_empty()


def test_a_change_within_chance_is_no_change() -> None:
    bed = changes_of(places(0.10, 0.02), places(0.101, 0.019, unsure=0.05))
    assert set(bed["turn"]) == {"none"}


@pytest.mark.parametrize(("more", "expected"), [(0, [EAST]), (3, [])])
def test_neighbourhoods_count_as_tries_and_the_maps_show_the_same(more: int, expected: list[str]) -> None:
    # Of ten pairs t is 3.3 and the p-value 0.9 %: below 5 % / 3 neighbourhoods, above 5 % / 6.
    still = places(0.10, 0.02)
    others = [still.filter(unit=NORTH).with_columns(unit=pl.lit(f"other {at}")) for at in range(more)]
    now = pl.concat([still, *others])
    moved = 0.01 + 0.0064 * (((pl.col("future") - 1) // SHARING) % 5 - 2).cast(pl.Float64)
    policy = now.with_columns(value=pl.col("value") + pl.when(unit=EAST).then(moved).otherwise(0.0))
    turned = changes_of(now, policy).filter(pl.col("turn") != "none")["unit"].to_list()
    mapped = differences(now, policy, ["unit", "measure"]).filter("beyond_chance")["unit"].to_list()
    assert turned == mapped == expected


def test_less_is_worse_of_a_balance() -> None:
    now = places(0.10, 0.02).with_columns(measure=pl.lit("balance"))
    policy = places(0.05, 0.07, unsure=0.0001).with_columns(measure=pl.lit("balance"))
    turns = dict(changes_of(now, policy).select("unit", "turn").iter_rows())
    assert (turns[EAST], turns[WEST]) == ("worse", "better")


def test_it_says_so_with_too_few_futures() -> None:
    few = SHARING * (FEWEST_PAIRS - 1)
    bed = found(
        places(0.10, 0.02, few),
        places(0.06, 0.06, few, 0.0001),
        moves((1, EAST), futures=few),
        moves((1, WEST), futures=few),
    )
    assert bed.links.is_empty()
    assert "9 pairs" in bed.notes[0].say()


@pytest.fixture
def flows() -> pl.DataFrame:
    now = moves((1, EAST), (2, EAST), (3, WEST), (4, NORTH), futures=1)
    policy = moves((1, WEST), (2, EAST), (3, None), (4, NORTH), (5, WEST), futures=1)
    return flows_of(now, policy, ("kind",))


def test_who_keeps_the_home_is_no_flow(flows: pl.DataFrame) -> None:
    told = flows.filter(grouping="all").select("area_now", "area_policy", "seekers")
    assert set(told.iter_rows()) == {(EAST, WEST, 1), (WEST, None, 1), (None, WEST, 1)}


def test_flows_by_group_add_up_to_all(flows: pl.DataFrame) -> None:
    sums = dict(flows.group_by("grouping").agg(pl.col("seekers").sum()).iter_rows())
    assert sums["kind"] == sums["all"] == 3


def test_who_is_housed_more_than_once_counts_by_the_first_home() -> None:
    now = moves((1, EAST), futures=1)
    later = now.with_columns(year=pl.lit(2), area=pl.lit(WEST))
    assert flows_of(pl.concat([later, now]), now, ()).is_empty()


def test_seekers_that_stand_for_others_count_for_them() -> None:
    now, policy = (moves((1, area), futures=1).with_columns(one_in=pl.lit(4)) for area in (EAST, WEST))
    bed = waterbed(places(0.1, 0.1, 1), places(0.1, 0.1, 1), now, policy, ())
    assert bed.flows["seekers"].to_list() == [4.0]
    assert any("one in 4" in note.say() for note in bed.notes)
