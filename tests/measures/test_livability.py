"""Livability: worked out by hand on four neighbourhoods, and held against published figures."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.city import City
from ongedeeld.errors import AbsentError
from ongedeeld.measures.livability import REST, changes, livability, rank_among
from ongedeeld.vocabulary import LIVABILITY
from tests.real_cities import districts, utrecht
from tests.small_city import NEIGHBOURHOODS, PERIOD, indicators, small_city

MEREL, SPREEUW, TULP, ROZEN = NEIGHBOURHOODS
EARLIER = date(2021, 1, 1)
NUISANCE, COHESION = "livability3_nuisance", "livability3_cohesion"


def two_years(earlier: dict[str, tuple[float | None, ...]], **later: tuple[float | None, ...]) -> City:
    """Vogelstad with the figures `earlier` in 2021 and `later` in 2023."""
    before = indicators(**earlier).filter(pl.col("indicator").is_in(list(earlier)))
    figures = pl.concat([before.with_columns(period=pl.lit(EARLIER)), indicators(**later)])
    return small_city({"indicators": figures})


def test_a_score_stands_beside_the_mean_of_the_neighbourhoods_that_have_one() -> None:
    # (4.1 + 4.2 + 4.4) / 3 = 4.2333; Rozenbuurt has no score and does not count.
    scores = livability(small_city()).scores
    assert scores["area"].to_list() == [MEREL, SPREEUW, TULP]
    assert scores["mean"].to_list() == pytest.approx([4.23333] * 3, abs=1e-5)
    assert scores["difference"].to_list() == pytest.approx([-0.13333, -0.03333, 0.16667], abs=1e-5)
    # sqrt((0.13333² + 0.03333² + 0.16667²) / 3)
    assert scores["spread"][0] == pytest.approx(0.124722, abs=1e-6)


def test_the_highest_ranks_first_and_equals_share_the_best_rank() -> None:
    scores = livability(small_city(livability3_score=(4.1, 4.4, 4.4, 4.0))).scores
    assert dict(scores.select("area", "rank").iter_rows()) == {MEREL: 3, SPREEUW: 1, TULP: 1, ROZEN: 4}
    assert set(scores["areas"]) == {4}


def test_the_contributions_add_up_to_the_difference_and_the_rest_is_told() -> None:
    city = small_city(
        livability3_score=(4.1, 4.3, None, None),
        livability3_nuisance=(-0.20, 0.00, None, None),
        livability3_cohesion=(0.05, 0.01, None, None),
    )
    parts = livability(city).contributions
    merel = dict(parts.filter(pl.col("area") == MEREL).select("dimension", "difference").iter_rows())
    # Score 0.1 below the mean; nuisance -0.20 against -0.10; cohesion 0.05 against 0.03; so -0.02 is left.
    assert merel == pytest.approx({NUISANCE: -0.10, COHESION: 0.02, REST: -0.02})


def test_it_names_the_dimensions_that_the_source_does_not_tell() -> None:
    city = small_city(livability3_nuisance=(0.0, 0.0, 0.0, None), livability3_cohesion=(0.0, 0.0, 0.0, None))
    absent = livability(city).absent["3.0"]
    assert absent == ("livability3_physical", "livability3_amenities", "livability3_housing")


def test_a_missing_score_stays_missing() -> None:
    held = livability(small_city())
    assert ROZEN not in held.scores["area"]
    assert ROZEN not in held.contributions["area"]


def test_a_city_without_scores_gives_empty_tables_and_says_so_when_asked() -> None:
    held = livability(small_city(livability3_score=(None,) * 4))
    assert held.scores.is_empty()
    assert held.contributions.is_empty()
    with pytest.raises(AbsentError, match="no area of level neighbourhood has a livability score"):
        held.newest()


def test_the_deviation_serves_where_no_level_is_published() -> None:
    held = livability(small_city(livability3_score=(None,) * 4, livability3_deviation=(-0.1, 0.0, 0.2, None)))
    assert set(held.scores["indicator"]) == {"livability3_deviation"}
    assert held.newest() == ("3.0", PERIOD)


def test_a_change_is_split_by_dimension() -> None:
    city = two_years(
        {
            "livability3_deviation": (-0.10, 0.0, 0.0, None),
            NUISANCE: (-0.05, 0.0, 0.0, None),
            COHESION: (-0.05, 0.0, 0.0, None),
        },
        livability3_deviation=(-0.25, 0.0, 0.1, None),
        livability3_nuisance=(-0.15, 0.0, 0.1, None),
        livability3_cohesion=(-0.10, 0.0, 0.0, None),
    )
    merel = changes(city, EARLIER, PERIOD).filter(pl.col("area") == MEREL)
    split = dict(merel.select("dimension", "change").iter_rows())
    assert split == pytest.approx({NUISANCE: -0.10, COHESION: -0.05, REST: 0.0}, abs=1e-12)
    assert set(merel["total"].round(12)) == {-0.15}


def test_versions_are_not_compared() -> None:
    city = two_years({"livability2_deviation": (0.0, 0.1, 0.2, None)})
    with pytest.raises(AbsentError, match=r"2021-01-01 \(2\.0\).*2023-01-01 \(3\.0\).*not comparable"):
        changes(city, EARLIER, PERIOD)


def test_periods_without_scores_are_named() -> None:
    with pytest.raises(AbsentError, match="2001-01-01 and 2002-01-01 have no livability scores"):
        changes(small_city(), date(2001, 1, 1), date(2002, 1, 1))


def test_a_neighbourhood_without_one_of_both_scores_has_no_change() -> None:
    city = two_years({"livability3_score": (4.0, None, 4.4, None)})
    assert set(changes(city, EARLIER, PERIOD)["area"]) == {MEREL, TULP}


def test_a_rank_among_others_leaves_out_those_without_a_score() -> None:
    scores = livability(small_city()).scores
    assert rank_among(scores, MEREL, [SPREEUW, ROZEN]) == (2, 2)
    with pytest.raises(AbsentError, match="has no livability score"):
        rank_among(scores, ROZEN, [MEREL])


published = st.one_of(st.none(), st.floats(-2, 2))
four = st.tuples(published, published, published, published)


@settings(deadline=None, max_examples=40)
@given(total=four, parts=st.lists(four, min_size=5, max_size=5))
def test_contributions_always_add_up(
    total: tuple[float | None, ...], parts: list[tuple[float | None, ...]]
) -> None:
    figures = dict(zip(LIVABILITY[0].dimensions, parts, strict=True))
    held = livability(small_city(None, **figures, livability3_score=total))
    sums = held.contributions.group_by("area").agg(pl.col("difference").sum())
    joined = held.scores.join(sums, on="area", suffix="_told")
    for told, difference in joined.select("difference_told", "difference").iter_rows():
        assert told == pytest.approx(difference, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(start=four, end=four, parts=st.lists(four, min_size=4, max_size=4))
def test_changes_always_add_up(
    start: tuple[float | None, ...], end: tuple[float | None, ...], parts: list[tuple[float | None, ...]]
) -> None:
    earlier = {"livability3_deviation": start, NUISANCE: parts[0], COHESION: parts[1]}
    later = {"livability3_deviation": end, NUISANCE: parts[2], COHESION: parts[3], "livability3_score": end}
    city = two_years(earlier, **later)
    try:
        moved = changes(city, EARLIER, PERIOD)
    except AbsentError:
        assert all(value is None for value in start) or all(value is None for value in end)
        return
    for (_,), rows in moved.group_by("area"):
        assert rows["change"].sum() == pytest.approx(rows["total"][0], abs=1e-9)


def test_utrecht_has_106_scores_of_which_zambesidreef_is_the_last_but_one() -> None:
    held = livability(utrecht())
    assert held.newest() == ("3.0", date(2020, 1, 1))
    assert held.absent == {"3.0": ("livability3_housing",)}
    zambesi = held.scores.filter(pl.col("area") == "BU03440341").row(0, named=True)
    assert (zambesi["score"], zambesi["rank"], zambesi["areas"]) == (3.68, 105, 106)


def test_the_dimensions_of_version_2_tell_the_whole_change_of_every_district() -> None:
    moved = changes(districts(), date(2012, 1, 1), date(2016, 1, 1), "district")
    assert moved["area"].n_unique() >= 2803
    rest = moved.filter(pl.col("dimension") == REST)["change"].abs().max()
    assert isinstance(rest, float)
    assert rest < 1e-6
