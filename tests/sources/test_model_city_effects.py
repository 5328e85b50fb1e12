"""Effects built into Voorbeeldstad act where they should, as much as they should, and nowhere else."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.sources.model_city import Effect, EffectKind, model_city, turning_points
from ongedeeld.vocabulary import TABLES
from tests.sources.voorbeeldstad import SMALL, small_city

START = date(2021, 1, 1)


@cache
def city_with(kind: EffectKind, size: float, *where: str) -> City:
    return model_city(scale=SMALL, effects=[Effect(kind, where, START, size)])


def changed_rows(table: str, before: City, after: City) -> pl.DataFrame:
    """The rows of either city that the other does not have."""
    columns = [column.name for column in TABLES[table].columns]
    one, other = before.table(table), after.table(table)
    lost = one.join(other, on=columns, how="anti", nulls_equal=True)
    return pl.concat([lost, other.join(one, on=columns, how="anti", nulls_equal=True)])


def changed_tables(before: City, after: City) -> set[str]:
    return {table for table in TABLES if not before.table(table).equals(after.table(table))}


def test_more_caretakers_double_the_hours_and_lower_nuisance_there_and_nowhere_else() -> None:
    city = city_with("caretaker_hours", 0.5, "C003", "C005")
    assert changed_tables(small_city(), city) == {"caretaker_hours", "observations"}
    hours = changed_rows("caretaker_hours", small_city(), city)
    assert set(hours["complex"]) == {"C003", "C005"}
    assert hours["period"].min() == START
    both = small_city().table("caretaker_hours").join(city.table("caretaker_hours"), on=["complex", "period"])
    treated = both.filter(pl.col("complex").is_in(["C003", "C005"]) & (pl.col("period") >= START))
    assert (treated["hours_right"] == 2 * treated["hours"]).all()
    counts = changed_rows("observations", small_city(), city)
    assert set(counts["complex"]) <= {"C003", "C005"}
    assert set(counts["observation"]) <= {"nuisance_new", "nuisance_households", "nuisance_open"}
    assert min(counts["period"]) >= START


def test_caretakers_lower_nuisance_by_the_share_that_was_asked() -> None:
    everywhere = small_city().table("complexes")["complex"].to_list()
    city = city_with("caretaker_hours", 0.4, *everywhere)

    def cases(of: City) -> int:
        since = (pl.col("observation") == "nuisance_new") & (pl.col("period") >= START)
        return int(of.table("observations").filter(since)["count"].sum())

    assert cases(city) / cases(small_city()) == pytest.approx(0.6, abs=0.05)


def test_a_meeting_place_raises_knowing_the_neighbours_there_and_nowhere_else() -> None:
    city = city_with("meeting_place", 0.6, "C004")
    assert changed_tables(small_city(), city) == {"places", "surveys"}
    place = changed_rows("places", small_city(), city)
    assert place.select("kind", "owned").rows() == [("meeting_place", True)]
    key = ["level", "unit", "period", "question"]
    answers = small_city().table("surveys").join(city.table("surveys"), on=key)
    raised = answers.filter((pl.col("mean") - pl.col("mean_right")).abs() > 1e-9)
    assert set(raised["unit"]) == {"C004"}
    assert set(raised["question"]) == {"knows_neighbours"}
    assert raised["period"].dt.year().to_list() == [2021, 2022, 2023, 2024, 2025]
    assert (raised["mean_right"] - raised["mean"]).to_list() == pytest.approx([0.6] * 5)


def test_a_ceiling_on_mediation_holds_there_and_changes_nothing_elsewhere() -> None:
    busiest = (
        small_city()
        .table("observations")
        .filter((pl.col("observation") == "lettings_mediated") & (pl.col("period") >= START))
        .group_by("complex")
        .agg(pl.col("count").sum())
        .sort("count", "complex", descending=True)["complex"]
        .head(3)
        .to_list()
    )
    city = city_with("mediated_ceiling", 0.05, *busiest)
    assert changed_tables(small_city(), city) == {"observations", "tenancies"}
    counts = changed_rows("observations", small_city(), city)
    assert set(counts["complex"]) == set(busiest)
    assert min(counts["period"]) >= START
    lettings = (
        city.table("observations")
        .filter(pl.col("observation").str.starts_with("lettings_") & (pl.col("period") >= START))
        .group_by("complex", "observation")
        .agg(pl.col("count").sum())
        .pivot("observation", index="complex", values="count")
        .filter(pl.col("complex").is_in(busiest))
    )
    total = pl.sum_horizontal(pl.col("^lettings_.*$"))
    assert lettings.filter(pl.col("lettings_mediated") > 0.05 * total).is_empty()
    homes = city.table("dwellings").select("dwelling", "complex")
    moved = changed_rows("tenancies", small_city(), city).join(homes, on="dwelling")
    assert set(moved["complex"]) <= set(busiest)
    assert moved.filter(pl.col("end") < START).is_empty()


def test_an_effect_may_name_a_neighbourhood() -> None:
    area = turning_points(scale=SMALL).declining[0]
    hours = changed_rows("caretaker_hours", small_city(), city_with("caretaker_hours", 0.3, area))
    inside = small_city().table("complexes").filter(pl.col("area") == area)["complex"]
    assert set(hours["complex"]) == set(inside)


@pytest.mark.parametrize(
    ("kind", "start", "size", "said"),
    [
        ("miracle", START, 0.5, "there is no effect 'miracle'"),
        ("caretaker_hours", date(2021, 1, 15), 0.5, "cannot start on 2021-01-15"),
        ("caretaker_hours", date(2031, 1, 1), 0.5, "cannot start on 2031-01-01"),
        ("caretaker_hours", START, 1.5, "cannot have size 1.5"),
        ("meeting_place", START, 0.0, "cannot have size 0.0"),
    ],
)
def test_it_refuses_an_effect_that_cannot_be(kind: EffectKind, start: date, size: float, said: str) -> None:
    with pytest.raises(InputError, match=said):
        Effect(kind, ("C001",), start, size)


def test_it_refuses_an_effect_in_a_complex_that_is_not_there() -> None:
    with pytest.raises(InputError, match="no complex in or named C999"):
        city_with("meeting_place", 0.5, "C001", "C999")
