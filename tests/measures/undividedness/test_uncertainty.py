"""Intervals hold the truth as often as they say, and the value freed of chance is where it should be."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ongedeeld.measures.undividedness import (
    Result,
    dissimilarity,
    formulas,
    isolation,
    mutual_information,
    theil_h,
)

AREAS, HOMES = 100, 15
Shares = NDArray[np.float64]
AREA = np.arange(AREAS)
LUCK = np.random.default_rng(2)

TRUTHS: dict[str, Shares] = {
    "no division": np.full(AREAS, 0.1),
    "weak": LUCK.beta(2, 18, AREAS),
    "strong": LUCK.beta(0.5, 4.5, AREAS),
    "two kinds of entrances": np.where(AREA % 5 == 0, 0.35, 0.04),
    "a few entrances with nearly all": np.where(AREA % 10 == 0, 0.9, 0.01),
    "from low to high": np.linspace(0.02, 0.4, AREAS),
}
NEIGHBOURHOODS = np.random.default_rng(2).beta(1, 9, 80)
MOSAIC = np.array([[0.5, 0.2, 0.3], [0.02, 0.1, 0.88], [0.02, 0.5, 0.48], [0.05, 0.2, 0.75]])[AREA % 4]


def covered(
    measure: Callable[..., Result],
    formula: Callable[[Shares], float],
    shares: Shares,
    sizes: NDArray[np.int64],
    trials: int,
) -> tuple[float, float]:
    """How often the interval holds the index of the shares, and how far adjusted values are off."""
    truth = formula(shares * sizes[:, None])
    luck = np.random.default_rng(17)
    held, off = 0, 0.0
    for trial in range(trials):
        found = measure(luck.multinomial(sizes, shares), seed=trial, draws=320)
        assert found.interval is not None
        assert found.adjusted is not None
        held += found.interval[0] - 1e-9 <= truth <= found.interval[1] + 1e-9
        off += found.adjusted - truth
    # Shown by `pytest -rP`.
    sys.stdout.write(f"held {held / trials:.3f} of {trials}, adjusted off by {off / trials:+.4f}\n")
    return held / trials, off / trials


def enough(trials: int) -> float:
    """The least coverage to accept: 0.90, less what chance does to so few trials."""
    return 0.90 - 2.5 * float(np.sqrt(0.09 / trials))


@pytest.mark.soak
@pytest.mark.parametrize("truth", TRUTHS)
def test_intervals_of_small_entrances_hold_the_truth(truth: str, repeats: int) -> None:
    trials, share = 10 * repeats, TRUTHS[truth]
    coverage, off = covered(
        lambda table, **options: dissimilarity(table, 0, **options),
        formulas.dissimilarity,
        np.stack([share, 1 - share], axis=1),
        np.full(AREAS, HOMES),
        trials,
    )
    assert coverage >= enough(trials)
    assert abs(off) < 0.06


@pytest.mark.soak
@pytest.mark.parametrize("sizes", [np.full(AREAS, 60), 2 + (AREA * 7) % 60, np.full(AREAS, 1000)])
@pytest.mark.parametrize("measure", [dissimilarity, theil_h, mutual_information])
def test_so_do_those_of_three_groups_in_areas_of_any_size(
    measure: Callable[..., Result], sizes: NDArray[np.int64], repeats: int
) -> None:
    trials = 5 * repeats
    formula = getattr(formulas, measure.__name__)
    coverage, off = covered(measure, formula, MOSAIC, sizes, trials)
    assert coverage >= enough(trials)
    assert abs(off) < 0.03


@pytest.mark.soak
def test_so_do_those_of_isolation_of_which_the_group_s_share_is_unknown_too(repeats: int) -> None:
    trials, share = 10 * repeats, TRUTHS["strong"]
    coverage, off = covered(
        lambda table, **options: isolation(table, 0, **options),
        formulas.isolation,
        np.stack([share, 1 - share], axis=1),
        np.full(AREAS, HOMES),
        trials,
    )
    assert coverage >= enough(trials)
    assert abs(off) < 0.03


def test_a_hundred_thousand_people_leave_little_to_chance() -> None:
    found = dissimilarity([[1_000, 49_000], [9_000, 41_000]], 0)
    assert found.interval is not None
    assert found.value == pytest.approx(found.adjusted, abs=0.005)
    assert found.interval[0] < 0.4444 < found.interval[1]
    assert found.interval[1] - found.interval[0] < 0.03


def test_a_higher_level_gives_a_wider_interval() -> None:
    table = [[10, 90], [30, 70], [20, 80], [45, 55]]
    narrow, wide = (dissimilarity(table, 0, level=level).interval for level in (0.8, 0.99))
    assert narrow is not None
    assert wide is not None
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_complete_division_stays_complete_when_freed_of_chance() -> None:
    found = dissimilarity(np.repeat([[15, 0], [0, 15]], [10, 90], axis=0), 0)
    assert found.adjusted == pytest.approx(1.0, abs=0.005)
    assert found.interval is not None
    assert found.interval[1] == 1.0


@pytest.mark.parametrize("table", [[[1, 5], [0, 6]], [[1, 0], [0, 1]], [[1, 1], [1, 1]], [[1, 0], [0, 1000]]])
def test_the_smallest_tables_are_answered_with_numbers(table: list[list[int]]) -> None:
    for measure in (dissimilarity, theil_h, mutual_information):
        found = measure(table)
        assert found.interval is not None
        numbers = (found.value, found.expected_by_chance, found.adjusted, *found.interval, found.p_value)
        assert all(number is not None and np.isfinite(number) for number in numbers)
        assert found.interval[0] <= (found.adjusted or 0.0) <= found.interval[1]


@pytest.mark.soak
@pytest.mark.parametrize("measure", [dissimilarity, mutual_information])
def test_rounding_to_five_is_part_of_the_interval(measure: Callable[..., Result], repeats: int) -> None:
    trials, share = 10 * repeats, NEIGHBOURHOODS
    shares, sizes = np.stack([share, 1 - share], axis=1), 40 + (np.arange(80) * 37) % 160

    def of_rounded(table: NDArray[np.int64], **options: Any) -> Result:
        return measure((table + 2) // 5 * 5, rounded_to=5, **options)

    coverage, off = covered(of_rounded, getattr(formulas, measure.__name__), shares, sizes, trials)
    assert coverage >= enough(trials)
    assert abs(off) < 0.02
