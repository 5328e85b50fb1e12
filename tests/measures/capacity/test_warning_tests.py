"""The tests behind early warning, against other programs, published figures and worked values."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.rates import test_poisson_2indep as two_poisson_rates

from ongedeeld.errors import InputError
from ongedeeld.measures.capacity.warning import (
    benjamini_hochberg,
    benjamini_yekutieli,
    count_funnel,
    grade_funnel,
)
from ongedeeld.measures.capacity.warning.change import count_change, grade_change
from ongedeeld.measures.capacity.warning.spread import extra_variance, inflation
from ongedeeld.measures.capacity.warning.together import rank_bands, together

Floats = NDArray[np.float64]
P_VALUES = st.lists(st.floats(1e-12, 1.0), min_size=1, max_size=40)

# Deaths within thirty days among children under one after open-heart surgery, England 1991-1995: hospital,
# operations, deaths (Spiegelhalter, Aylin and others, BMJ 2002; 324: 261; data of The Art of Statistics).
HEARTS = {
    "Bristol": (143, 41),
    "Leicester": (187, 25),
    "Leeds": (323, 24),
    "Oxford": (122, 23),
    "Guys": (164, 25),
    "Liverpool": (405, 42),
    "Southampton": (239, 24),
    "Great Ormond St": (482, 53),
    "Newcastle": (195, 26),
    "Harefield": (177, 25),
    "Birmingham": (581, 58),
    "Brompton": (301, 31),
}


def row(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


def steady(places: int) -> Floats:
    return np.full(places, 30.0)


# The false discovery rate


@given(P_VALUES)
def test_benjamini_hochberg_is_that_of_statsmodels(p_values: list[float]) -> None:
    assert benjamini_hochberg(p_values) == pytest.approx(multipletests(p_values, method="fdr_bh")[1])


@given(P_VALUES)
def test_benjamini_yekutieli_is_that_of_statsmodels(p_values: list[float]) -> None:
    assert benjamini_yekutieli(p_values) == pytest.approx(multipletests(p_values, method="fdr_by")[1])


@given(P_VALUES, st.randoms())
def test_the_order_of_the_places_does_not_matter(p_values: list[float], luck: st.DataObject) -> None:
    order = list(range(len(p_values)))
    luck.shuffle(order)  # type: ignore[attr-defined]
    shuffled = benjamini_hochberg([p_values[place] for place in order])
    assert shuffled.tolist() == benjamini_hochberg(p_values)[order].tolist()


@given(P_VALUES)
def test_a_place_that_did_not_change_never_lowers_a_p_value(p_values: list[float]) -> None:
    for adjust in (benjamini_hochberg, benjamini_yekutieli):
        assert (adjust([*p_values, 1.0])[:-1] >= adjust(p_values)).all()


@given(P_VALUES)
def test_more_evidence_never_gives_a_higher_adjusted_p_value(p_values: list[float]) -> None:
    adjusted = benjamini_hochberg(p_values)[np.argsort(p_values)]
    assert all(less <= more for less, more in pairwise(adjusted))
    assert (adjusted >= np.sort(p_values)).all()
    assert (adjusted <= 1.0).all()


def test_what_was_not_tested_does_not_count_as_a_test() -> None:
    adjusted = benjamini_hochberg([0.01, np.nan, 0.5])
    assert adjusted[[0, 2]].tolist() == [0.02, 0.5]
    assert np.isnan(adjusted[1])


# Counts


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0.2, 5.0))
def test_counts_are_tested_as_statsmodels_tests_two_poisson_rates(
    before: int, now: int, ratio: float
) -> None:
    tested = count_change(row(before), row(now), row(1.0), row(ratio))
    if before + now == 0:
        assert np.isnan(tested.p_value[0])
        return
    exact = two_poisson_rates(now, ratio, before, 1.0, method="exact-cond", alternative="larger").pvalue
    assert tested.p_value[0] == pytest.approx(exact)
    assert 0.0 < tested.least_p[0] <= tested.p_value[0] <= 1.0


def test_the_interval_is_that_of_clopper_and_pearson_on_the_ratio() -> None:
    tested = count_change(row(9), row(12), row(9), row(3))
    share = stats.binomtest(12, 21).proportion_ci(0.95, method="exact")
    odds = [limit / (1 - limit) * 3 for limit in share]
    assert [tested.low[0], tested.high[0]] == pytest.approx(odds)
    assert tested.size[0] == pytest.approx(4.0)


def test_none_before_has_no_size_but_a_lower_limit() -> None:
    tested = count_change(row(0), row(6), row(3), row(1))
    assert np.isinf(tested.size[0])
    assert 1.0 < tested.low[0] < np.inf
    assert tested.p_value[0] == pytest.approx(0.25**6)


def test_one_case_can_never_be_an_alarm() -> None:
    tested = count_change(row(0), row(1), row(3), row(1))
    assert tested.least_p[0] == pytest.approx(0.25)


@given(st.integers(0, 30), st.integers(0, 29))
def test_more_cases_now_never_give_a_higher_p_value(before: int, now: int) -> None:
    fewer, more = count_change(row(before, before), row(now, now + 1), row(3, 3), row(1, 1)).p_value
    assert np.isnan(fewer) or more <= fewer


def test_clumps_in_the_stock_make_every_test_more_careful() -> None:
    """Ten places whose cases come three at a time, and one that is asked about."""
    before, now = row(30, 12, 27, 30, 9, 24, 18, 27, 12, 24, 20), row(3, 12, 3, 9, 12, 3, 9, 0, 12, 6, 14)
    expected = row(*[24.0] * 10, 24.0)
    clumped = count_change(before, now, expected, expected / 3)
    alone = count_change(before[-1:], now[-1:], expected[-1:], expected[-1:] / 3)
    assert clumped.spread > 1.5
    assert clumped.p_value[-1] > alone.p_value[0]
    assert clumped.low[-1] < alone.low[0] < alone.high[0] < clumped.high[-1]


def false_alarms(mean_clump: float, repeats: int) -> float:
    """The share of p-values of at most 5 % where nothing changes and cases come in clumps."""
    luck = np.random.default_rng(11)
    struck = []
    for _ in range(10 * repeats):
        sources = luck.poisson([[12.0], [4.0]], (2, 80))
        before, now = sources + luck.poisson(sources * (mean_clump - 1.0))
        tested = count_change(before.astype(float), now.astype(float), np.full(80, 3.0), np.full(80, 1.0))
        struck.append(np.nanmean(tested.p_value <= 0.05))
    return float(np.mean(struck))


@pytest.mark.soak
@pytest.mark.parametrize("mean_clump", [1.0, 2.0, 4.0])
def test_where_nothing_changes_one_in_twenty_p_values_is_below_5_percent(
    mean_clump: float, repeats: int
) -> None:
    assert false_alarms(mean_clump, repeats) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / (800 * repeats))


# Spread


def test_normal_scores_are_not_inflated() -> None:
    scores = stats.norm.ppf((np.arange(2_000) + 0.5) / 2_000)
    assert inflation(scores) == pytest.approx(1.0, abs=0.01)
    assert inflation(3.0 * scores) == pytest.approx(9.0, abs=0.05)


def test_a_few_that_really_worsen_hardly_change_the_spread() -> None:
    scores = stats.norm.ppf((np.arange(100) + 0.5) / 100)
    with_two = np.append(scores, [30.0, 40.0])
    assert inflation(with_two) < 1.1


def test_extra_variance_is_what_chance_does_not_explain() -> None:
    scores = stats.norm.ppf((np.arange(2_000) + 0.5) / 2_000)
    assert extra_variance(2.0 * scores, np.ones(2_000)) == pytest.approx(3.0, abs=0.02)
    assert extra_variance(2.0 * scores, np.zeros(2_000)) == pytest.approx(4.0, abs=0.02)
    assert extra_variance(0.9 * scores, np.ones(2_000)) == 0.0


def test_too_few_places_tell_no_spread() -> None:
    assert inflation([9.0, -9.0]) == 1.0
    assert extra_variance([9.0, -9.0], [0.0, 0.0]) == 0.0


# Grades


def test_a_grade_is_tested_by_students_t_against_chance_and_wavering() -> None:
    worse, variance = np.append(1.0, np.linspace(-0.1, 0.1, 30)), np.full(31, 0.04)
    tested = grade_change(worse, variance)
    assert tested.spread == 0.0
    assert tested.p_value == pytest.approx(stats.t.sf(worse / 0.2, 30))
    assert (tested.low[0], tested.high[0]) == pytest.approx(stats.t.interval(0.95, 30, loc=1.0, scale=0.2))


def test_without_any_spread_nothing_stands_out() -> None:
    assert grade_change(np.zeros(5), np.zeros(5)).p_value.tolist() == [1.0] * 5


def test_no_p_value_is_zero() -> None:
    far = count_change(row(0, 10, 10, 10), row(1e6, 3, 3, 3), steady(4), steady(4) / 3)
    assert (far.p_value > 0.0).all()
    assert (grade_change(row(1e9, *[0.0] * 40), np.full(41, 1e-12)).p_value > 0.0).all()


# Together


def test_a_little_on_everything_counts_and_so_does_much_on_one_thing() -> None:
    luck = np.random.default_rng(3)
    scores = luck.standard_normal((200, 9))
    scores[0], scores[1] = 1.6, [6.0, *[0.0] * 8]
    found = together(scores, stats.norm.sf(scores))
    assert found.broad[0] < 0.0001 < found.sharp[0]
    assert found.sharp[1] < 0.0001 < found.broad[1]
    assert (found.p_value[:2] < 0.0002).all()


def test_figures_that_say_the_same_do_not_count_twice() -> None:
    scores = np.repeat(stats.norm.ppf((np.arange(50) + 0.5) / 50)[:, None], 5, axis=1)
    found = together(scores, stats.norm.sf(scores))
    assert found.broad == pytest.approx(stats.norm.sf(scores[:, 0]), abs=1e-9)


def test_few_places_are_taken_to_say_the_same_on_all_figures() -> None:
    scores = row(2.0, 2.0, -1.0, 1.0, 0.0, -0.5).reshape(3, 2)
    assert together(scores, stats.norm.sf(scores)).broad[0] == pytest.approx(stats.norm.sf(2.0))


def test_ranks_are_unsure_where_evidence_is_alike_and_sure_where_it_is_not() -> None:
    low, high = rank_bands(row(1e-15, 0.4, 0.5, 0.6), seed=5)
    assert (low[0], high[0]) == (1, 1)
    assert low[1:].tolist() == [2, 2, 2]
    assert high[1:].tolist() == [4, 4, 4]


# Funnels


def test_only_bristol_stands_beyond_the_funnel_of_child_heart_surgery() -> None:
    operations, deaths = zip(*HEARTS.values(), strict=True)
    funnel = count_funnel(list(HEARTS), deaths, operations, "binomial")
    assert funnel.target == pytest.approx(397 / 3319)
    beyond_chance = funnel.points.filter(pl.col("value") > pl.col("high_998"))
    assert beyond_chance["unit"].to_list() == ["Bristol"]
    assert funnel.points.filter(pl.col("position") == "above_998")["unit"].to_list() == ["Bristol"]


@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_limits_lie_within_one_case_of_the_exact_quantile(family: str) -> None:
    sizes, counts = row(12, 40, 150, 900), row(2, 5, 20, 110)
    funnel = count_funnel(list("abcd"), counts, sizes, family)  # type: ignore[arg-type]
    target = counts.sum() / sizes.sum()
    chance = stats.binom(sizes, target) if family == "binomial" else stats.poisson(target * sizes)
    for column, probability in (("low_95", 0.025), ("high_95", 0.975), ("high_998", 0.999)):
        exact = chance.ppf(probability)
        limit = funnel.points[column].to_numpy() * sizes
        assert (limit <= exact + 1e-9).all()
        assert (limit >= np.maximum(exact - 1, 0) - 1e-9).all()


def test_an_interpolated_limit_is_worked_by_hand() -> None:
    """Of ten homes at one in two, P(R <= 8) = 1013/1024 and P(R = 8) = 45/1024."""
    funnel = count_funnel(["a", "b"], [5, 5], [10, 10], "binomial")
    part = (1013 / 1024 - 0.975) / (45 / 1024)
    assert funnel.points["high_95"][0] == pytest.approx((8 - part) / 10)


def test_usual_differences_widen_the_funnel_most_for_the_large() -> None:
    sizes = row(*[50] * 20, *[2_000] * 20)
    shares = 0.2 + 0.08 * stats.norm.ppf((np.arange(20) + 0.5) / 20)
    funnel = count_funnel(
        [f"c{n}" for n in range(40)], np.rint(sizes * np.tile(shares, 2)), sizes, "binomial"
    )
    assert funnel.usual_spread == pytest.approx(0.08, abs=0.03)
    wider = (funnel.points["high_95_usual"] - funnel.target) / (funnel.points["high_95"] - funnel.target)
    assert wider[0] < 2.0
    assert wider[39] > 4.0
    outside = funnel.points.filter(pl.col("position") != "within")
    assert len(outside) <= 4


def test_the_funnel_of_grades_narrows_with_the_root_of_the_answers() -> None:
    funnel = grade_funnel(list("abc"), [7.0, 7.1, 6.9], [25, 100, 400], 1.8)
    widths = (funnel.points["high_95"] - funnel.points["low_95"]).to_list()
    assert widths == pytest.approx([2 * 1.959964 * 1.8 / root for root in (5, 10, 20)])


def test_a_funnel_can_be_drawn_from_the_smallest_to_the_largest() -> None:
    limits = count_funnel(list("abc"), [1, 5, 60], [10, 50, 700], "binomial").limits
    assert (limits["size"].min(), limits["size"].max()) == (10.0, 700.0)
    assert limits["size"].is_sorted()
    assert (limits["high_998"] >= limits["high_95"]).all()


def test_a_place_without_homes_has_no_point() -> None:
    assert count_funnel(["a", "b"], [1, np.nan], [9, 0], "poisson").points["unit"].to_list() == ["a"]


def test_it_refuses_a_share_above_one() -> None:
    with pytest.raises(InputError, match="the count of b is higher than its size"):
        count_funnel(["a", "b"], [1, 9], [8, 8], "binomial")


def test_it_refuses_a_funnel_of_nothing() -> None:
    with pytest.raises(InputError, match="a funnel needs places with a size"):
        count_funnel(["a"], [1], [0], "poisson")
