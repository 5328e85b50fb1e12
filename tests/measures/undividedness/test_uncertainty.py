"""Intervals hold the truth as often as they say, and the value freed of chance is where it should be."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import binom

from ongedeeld.measures.undividedness import (
    Result,
    atkinson,
    compare,
    correlation_ratio,
    decompose_levels,
    dissimilarity,
    entropy,
    exposure,
    formulas,
    gini,
    isolation,
    mutual_information,
    simpson_interaction,
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


STATED = 0.95


class Coverage(NamedTuple):
    """How many intervals of how many held the truth, and how far adjusted values were off."""

    held: int
    off: Shares

    @property
    def trials(self) -> int:
        return len(self.off)

    @property
    def bias(self) -> float:
        """How far adjusted values are off on average, beyond what chance does to so many trials."""
        sure = 4.0 * float(self.off.std()) / float(np.sqrt(self.trials))
        return max(abs(float(self.off.mean())) - sure, 0.0)


def covered(
    measure: Callable[..., Result],
    formula: Callable[[Shares], float],
    shares: Shares,
    sizes: NDArray[np.int64],
    trials: int,
) -> Coverage:
    """How often the interval holds the index of the shares, and how far adjusted values are off."""
    truth = formula(shares * sizes[:, None])
    luck = np.random.default_rng(17)
    held, off = 0, np.zeros(trials)
    for trial in range(trials):
        found = measure(luck.multinomial(sizes, shares), seed=trial, draws=320)
        assert found.interval is not None
        assert found.adjusted is not None
        held += found.interval[0] - 1e-9 <= truth <= found.interval[1] + 1e-9
        off[trial] = found.adjusted - truth
    # Shown by `pytest -rP`.
    sys.stdout.write(f"true {truth:.3f}, held {held / trials:.3f} of {trials}, off by {off.mean():+.4f}\n")
    return Coverage(held, off)


def least(trials: int, stated: float = STATED) -> int:
    """The fewest intervals that hold the truth, but for once in a thousand, if they do as stated."""
    return int(binom.ppf(0.001, trials, stated))


def test_the_least_that_is_accepted_is_near_what_is_stated() -> None:
    # Nine in ten fail from 300 trials on, and seven in ten already do in a small run.
    assert least(300) > 0.9 * 300
    assert least(36) > 0.78 * 36


# By index: its formula, and how far its adjusted value may be off; what the documentation states.
INDICES: dict[str, tuple[Callable[..., Result], Callable[[Shares], float], float]] = {
    "dissimilarity": (lambda table, **asked: dissimilarity(table, 0, **asked), formulas.dissimilarity, 0.065),
    "gini": (lambda table, **asked: gini(table, 0, **asked), formulas.gini, 0.08),
    "atkinson": (
        lambda table, **asked: atkinson(table, 0, **asked),
        lambda people: formulas.atkinson(people, 0.5),
        0.03,
    ),
    "theil_h": (lambda table, **asked: theil_h(table, 0, **asked), formulas.theil_h, 0.01),
    "correlation_ratio": (
        lambda table, **asked: correlation_ratio(table, 0, **asked),
        formulas.correlation_ratio,
        0.01,
    ),
    "isolation": (lambda table, **asked: isolation(table, 0, **asked), formulas.isolation, 0.01),
    "exposure": (lambda table, **asked: exposure(table, 0, 1, **asked), formulas.exposure, 0.01),
    "simpson": (
        lambda table, **asked: simpson_interaction(table, **asked).average,
        formulas.mean_interaction,
        0.01,
    ),
    "entropy": (lambda table, **asked: entropy(table, **asked).average, formulas.mean_entropy, 0.01),
}


@pytest.mark.soak
@pytest.mark.parametrize("index", INDICES)
def test_intervals_of_small_entrances_hold_the_truth_as_often_as_they_say(index: str, repeats: int) -> None:
    measure, formula, bias = INDICES[index]
    trials, held = 2 * repeats, 0
    for share in TRUTHS.values():
        shares = np.stack([share, 1 - share], axis=1)
        found = covered(measure, formula, shares, np.full(AREAS, HOMES), trials)
        held += found.held
        assert found.held >= least(trials)
        assert found.bias <= bias
    assert held >= least(len(TRUTHS) * trials)


@pytest.mark.soak
@pytest.mark.parametrize("sizes", [np.full(AREAS, 60), 2 + (AREA * 7) % 60, np.full(AREAS, 1000)])
@pytest.mark.parametrize("measure", [dissimilarity, theil_h, mutual_information])
def test_so_do_those_of_three_groups_in_areas_of_any_size(
    measure: Callable[..., Result], sizes: NDArray[np.int64], repeats: int
) -> None:
    trials = 5 * repeats
    formula = getattr(formulas, measure.__name__)
    found = covered(measure, formula, MOSAIC, sizes, trials)
    assert found.held >= least(trials)
    assert found.bias < 0.02


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


def test_more_draws_make_the_limits_of_an_interval_surer() -> None:
    share = np.linspace(0.05, 0.5, 40)
    table = np.random.default_rng(5).multinomial(np.full(40, 15), np.stack([share, 1 - share], axis=1))

    def made(draws: int) -> tuple[float, float]:
        """The spread of the lower limit over seeds, and what the results say that it is."""
        found = [dissimilarity(table, 0, seed=seed, draws=draws) for seed in range(12)]
        errors = [each.interval_error for each in found if each.interval_error is not None]
        return float(np.std([each.interval[0] for each in found if each.interval])), float(np.mean(errors))

    (few, said_few), (many, said_many) = made(99), made(6_000)
    assert many < 0.6 * few
    assert said_many < 0.6 * said_few
    assert 0.4 < said_few / few < 2.5


def test_nothing_is_left_where_only_floating_point_leaves_something() -> None:
    found = dissimilarity([[100, 900], [1000, 9000], [10, 90]], 0, draws=99)
    assert found.adjusted == 0.0
    levels = decompose_levels([[10, 0], [10, 0], [0, 10]], {"district": ["n", "n", "s"]}, draws=0)
    assert all(abs(each or 0.0) > 1e-9 or each == 0.0 for each in levels.table["value"])


def test_without_a_value_or_with_one_area_there_is_not_enough_to_say() -> None:
    assert not dissimilarity([[0, 10], [0, 20]], 0).enough
    assert not dissimilarity([[5, 10]], 0).enough


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

    found = covered(of_rounded, getattr(formulas, measure.__name__), shares, sizes, trials)
    assert found.held >= least(trials)
    assert found.bias < 0.02


@pytest.mark.soak
@pytest.mark.parametrize("index", ["dissimilarity", "theil_h", "gini"])
def test_intervals_of_a_difference_hold_the_truth(index: str, repeats: int) -> None:
    luck, trials, held = np.random.default_rng(4), 5 * repeats, 0
    first, second = TRUTHS["from low to high"], TRUTHS["two kinds of entrances"]
    dates = [np.stack([share, 1 - share], axis=1) for share in (first, second)]
    formula = getattr(formulas, index)
    truth = formula(dates[1] * HOMES) - formula(dates[0] * HOMES)
    for seed in range(trials):
        one, two = (luck.multinomial(np.full(AREAS, HOMES), date) for date in dates)
        found = compare(one, two, 0, index=index, seed=seed, draws=160)
        assert found.interval is not None
        held += found.interval[0] <= truth <= found.interval[1]
    sys.stdout.write(f"true {truth:.3f}, held {held / trials:.3f} of {trials}\n")
    assert held >= least(trials)


@pytest.mark.soak
@pytest.mark.parametrize("truth", ["no division", "strong", "from low to high"])
def test_intervals_of_the_parts_by_level_hold_the_truth(truth: str, repeats: int) -> None:
    luck, trials, share = np.random.default_rng(4), 5 * repeats, TRUTHS[truth]
    shares, levels = (
        np.stack([share, 1 - share], axis=1),
        {"district": (AREA // 20).tolist(), "complex": (AREA // 4).tolist()},
    )
    parts = decompose_levels(np.round(shares * 1e6), levels, draws=0).table["value"].to_numpy()
    held = np.zeros(3)
    for seed in range(trials):
        counts = luck.multinomial(np.full(AREAS, HOMES), shares)
        found = decompose_levels(counts, levels, seed=seed, draws=160).table
        low, high = found["low"].to_numpy(), found["high"].to_numpy()
        held += (low <= parts + 1e-9) & (parts <= high + 1e-9)
    sys.stdout.write(
        f"true {parts.round(3).tolist()}, held {(held / trials).round(3).tolist()} of {trials}\n"
    )
    assert (held >= least(trials)).all()
