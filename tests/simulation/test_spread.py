"""How far futures differ, and how much of it is chance: held against cases worked by hand."""

from __future__ import annotations

from math import isclose

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.simulation.comparing.spread import LEVELS, differences, holm, limits, parts_of, spread, sure


def values_of(values: list[float]) -> pl.DataFrame:
    """One outcome in futures from 1 on."""
    return pl.DataFrame(
        {"future": range(1, len(values) + 1), "of": "lettings", "value": values},
        schema={"future": pl.Int32, "of": pl.String, "value": pl.Float64},
    )


def test_it_tells_the_mean_and_between_what_limits_futures_lie() -> None:
    found = spread(values_of([float(one) for one in range(41)]), ["of"]).row(0, named=True)
    assert (found["futures"], found["mean"]) == (41, 20.0)
    assert (found["low_95"], found["high_95"]) == pytest.approx((1.0, 39.0))
    assert (found["low_50"], found["high_50"]) == (10.0, 30.0)


def test_it_tells_no_interval_with_too_few_futures() -> None:
    found = spread(values_of([1.0, 2.0, 3.0, 4.0]), ["of"]).row(0, named=True)
    assert found["low_50"] == 1.75
    assert found["low_80"] is None
    assert found["low_95"] is None


def test_what_is_not_known_is_not_counted_as_zero() -> None:
    values = values_of([2.0, 4.0]).with_columns(value=pl.when(pl.col("future") == 1).then("value"))
    found = spread(values, ["of"]).row(0, named=True)
    assert (found["futures"], found["mean"]) == (1, 2.0)


def test_a_difference_is_taken_future_by_future() -> None:
    now = [1.0, 9.0, 5.0, 7.0] * 3
    found = differences(values_of(now), values_of([one + 1 for one in now]), ["of"]).row(0, named=True)
    assert (found["mean"], found["sure_low"], found["sure_high"]) == (1.0, 1.0, 1.0)
    assert found["beyond_chance"]


@pytest.mark.parametrize(("pairs", "expected"), [(1, None), (2, None), (5, None), (6, True)])
def test_the_same_change_in_a_few_futures_may_be_chance(pairs: int, *, expected: bool | None) -> None:
    found = sure(values_of([1.0, 1.0] * pairs), ["of"]).row(0, named=True)
    assert found["beyond_chance"] is expected
    assert found["p_value"] == (2**-5 if expected else None)


def test_what_only_the_order_of_adding_up_makes_is_no_difference() -> None:
    now, policy = values_of([0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2] * 3), values_of([0.3] * 12)
    found = differences(now, policy, ["of"]).row(0, named=True)
    assert (found["mean"], found["beyond_chance"]) == (0.0, False)


def test_it_tells_in_how_many_futures_there_is_more_and_in_how_many_less() -> None:
    found = differences(values_of([1.0, 1.0, 1.0, 1.0]), values_of([2.0, 3.0, 1.0, 0.0]), ["of"])
    row = found.row(0, named=True)
    assert (row["futures"], row["rises"], row["falls"]) == (4, 2, 1)


def many(count: int, moved: float) -> pl.DataFrame:
    """As many groups, in ten pairs of futures; the first is moved by as much as by itself is no chance."""
    parts = []
    for at in range(count):
        by = moved if at == 0 else 0.0
        values = [by + 0.64 * by * ((future // 2) % 5 - 2) for future in range(20)]
        parts.append(values_of(values).with_columns(of=pl.lit(f"group {at}"), measure=pl.lit("housed")))
    return pl.concat(parts)


@pytest.mark.parametrize(("count", "expected"), [(1, ["group 0"]), (5, ["group 0"]), (6, [])])
def test_with_many_groups_one_of_them_must_lie_further_from_chance(count: int, expected: list[str]) -> None:
    # By itself the p-value is 0.9 %, so that five are too few to allow for and six are not.
    found = differences(many(count, 0.0), many(count, 1.0), ["of", "measure"])
    assert found.filter("beyond_chance")["of"].to_list() == expected


def test_holm_stops_at_the_first_that_is_too_large() -> None:
    tried = pl.DataFrame({"p_value": [0.001, 0.020, 0.030, None]})
    assert tried.select(holm())["p_value"].to_list() == [True, True, True, False]
    tried = pl.DataFrame({"p_value": [0.001, 0.026, 0.030]})
    assert tried.select(holm())["p_value"].to_list() == [True, False, False]


def test_futures_that_share_assumptions_count_as_one() -> None:
    # Means of pairs 0 (three) and 2 (three): mean 1, variance 6/5, standard error the root of 1/5, and with
    # five degrees of freedom t is 2.5706.
    found = sure(values_of([-1.0, 1.0, 1.0, 3.0] * 3), ["of"]).row(0, named=True)
    assert isclose(found["sure_low"], 1 - 2.5706 * 0.2**0.5, rel_tol=1e-3)
    assert isclose(found["sure_high"], 1 + 2.5706 * 0.2**0.5, rel_tol=1e-4)
    assert not found["beyond_chance"]


def test_one_pair_of_futures_is_not_sure_of_anything() -> None:
    found = sure(values_of([1.0, 2.0]), ["of"]).row(0, named=True)
    assert (found["sure_low"], found["beyond_chance"]) == (None, None)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60))
def test_the_same_results_differ_by_nothing(values: list[float]) -> None:
    same = values_of(values)
    found = differences(same, same, ["of"]).row(0, named=True)
    assert found["mean"] == 0
    assert not found["beyond_chance"]
    assert all(found[name] in (0, None) for level in LEVELS for name in limits(level))


@given(st.lists(st.floats(-1e6, 1e6), min_size=40, max_size=80))
def test_wider_intervals_hold_narrower_ones(values: list[float]) -> None:
    found = spread(values_of(values), ["of"]).row(0, named=True)
    lows = [found[limits(level)[0]] for level in LEVELS]
    highs = [found[limits(level)[1]] for level in LEVELS]
    assert lows == sorted(lows, reverse=True)
    assert highs == sorted(highs)


def quantiles(pairs: int, seed: int) -> dict[int, float]:
    """Where an assumption lay, the same in the two futures of a pair."""
    drawn = np.random.default_rng(seed).permutation(pairs)
    return {2 * pair + of: (drawn[pair] + 0.5) / pairs for pair in range(pairs) for of in (1, 2)}


def test_a_spread_that_follows_one_assumption_is_that_assumption() -> None:
    at, other = quantiles(40, 1), quantiles(40, 2)
    found = parts_of({number: 10 * quantile for number, quantile in at.items()}, {"a": at, "b": other})
    assert found.chance == 0
    assert found.parts[0].assumption == "a"
    assert found.parts[0].beyond_chance
    assert isclose(found.parts[0].share, 1.0)
    assert isclose(found.parts[0].slope, 10.0)
    assert not found.parts[1].beyond_chance


def test_a_spread_that_differs_within_pairs_alone_is_chance() -> None:
    at = quantiles(40, 1)
    found = parts_of({number: float(number % 2) for number in at}, {"a": at})
    assert found.chance == 1.0
    assert [one.beyond_chance for one in found.parts] == [False]


def test_half_chance_and_half_assumption_is_told_as_such() -> None:
    at, rng = quantiles(2_000, 1), np.random.default_rng(5)
    # The variance of the quantiles is 1/12; that of the draws is made the same.
    found = parts_of({number: one + rng.normal(0, 12**-0.5) for number, one in at.items()}, {"a": at})
    assert found.chance == pytest.approx(0.5, abs=0.05)
    assert found.parts[0].share == pytest.approx(0.5, abs=0.05)


def test_it_says_nothing_with_too_few_pairs() -> None:
    at = quantiles(9, 1)
    found = parts_of(at, {"a": at})
    assert not found.enough
    assert (found.pairs, found.parts) == (9, ())


def test_what_never_differs_has_no_spread() -> None:
    at = quantiles(12, 1)
    assert parts_of(dict.fromkeys(at, 3.0), {"a": at}).variance == 0


def test_parts_of_the_spread_never_add_up_to_more_than_all_of_it() -> None:
    rng = np.random.default_rng(3)
    for trial in range(40):
        drawn = {f"assumption {number}": quantiles(10, 100 * trial + number) for number in range(40)}
        heavy = drawn["assumption 0"]
        values = {number: 5 * at + rng.normal() for number, at in heavy.items()}
        found = parts_of(values, drawn)
        assert found.chance is not None
        assert found.chance + sum(one.share for one in found.parts) <= 1 + 1e-9


def test_what_is_not_told_apart_from_chance_has_no_share() -> None:
    rng = np.random.default_rng(4)
    drawn = {f"assumption {number}": quantiles(10, number) for number in range(40)}
    found = parts_of({number: rng.normal() for number in drawn["assumption 0"]}, drawn)
    assert not any(one.beyond_chance for one in found.parts)
    assert {one.share for one in found.parts} == {0.0}


def test_an_assumption_without_a_share_is_not_named_beside_a_spread_that_is_all_chance() -> None:
    # The means of pairs follow the assumption, and yet differ less than what chance alone would make of them.
    at = quantiles(40, 1)
    values = {number: 0.1 * at[number] + (10.0 if number % 2 else -10.0) for number in at}
    found = parts_of(values, {"a": at})
    assert found.chance == 1.0
    assert [(one.share, one.beyond_chance) for one in found.parts] == [(0.0, False)]


def test_two_assumptions_that_weigh_alike_share_the_spread() -> None:
    one, other = quantiles(400, 1), quantiles(400, 2)
    found = parts_of({number: one[number] + other[number] for number in one}, {"a": one, "b": other})
    assert [part.share for part in found.parts] == pytest.approx([0.5, 0.5], abs=0.06)
    assert sum(part.share for part in found.parts) == pytest.approx(1.0)
