from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import optimize, stats

from ongedeeld.errors import InputError
from ongedeeld.measures.capacity import _kernel as kernel
from ongedeeld.measures.capacity import _plain as plain
from ongedeeld.measures.capacity import shrink_means, shrink_rates, shrink_shares

Floats = NDArray[np.float64]
SHARES = [(0, 12), (1, 12), (6, 60), (3, 20), (10, 40)]


def columns(rows: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [k for k, _ in rows], [n for _, n in rows]


def test_a_share_is_pulled_as_far_as_worked_out_by_hand() -> None:
    # Under a stock with mean 0.10 and the weight of 20 homes, one of twelve becomes (1 + 2) / (12 + 20).
    model = kernel.Shares.of(np.array([1.0]), np.array([12.0]))
    means, variances, own = model.at(20.0, 0.10)
    assert means[0] == pytest.approx(3 / 32)
    assert variances[0] == pytest.approx(3 / 32 * 29 / 32 / 33)
    assert own[0] == pytest.approx(12 / 32)


def test_a_rate_is_pulled_as_far_as_worked_out_by_hand() -> None:
    # Under a mean of 0.2 a year and the weight of 30 years, two in ten years become (2 + 6) / 40.
    means, variances, own = kernel.Rates.of(np.array([2.0]), np.array([10.0])).at(30.0, 0.2)
    assert (means[0], variances[0], own[0]) == pytest.approx((0.2, 0.2 / 40, 0.25))


def test_a_mean_is_pulled_as_far_as_worked_out_by_hand() -> None:
    # Units differ with variance 0.5, as much as chance makes this grade of 6 differ: half way to 7.
    grid = kernel.Grid(*(np.array([value]) for value in (0.5, 7.0, 0.0, 1.0)))
    found = kernel.moments_of_means(np.array([6.0]), np.array([0.5]), grid)
    assert (found.means[0], found.variances[0], found.own[0]) == pytest.approx((6.5, 0.25, 0.5))


def test_the_likelihoods_are_those_of_the_plain_twin() -> None:
    successes, trials = (np.array(column, dtype=np.float64) for column in columns(SHARES))
    mean, size = np.array([0.03, 0.1, 0.6]), np.array([0.4, 20.0, 900.0])
    of_shares = kernel.Shares.of(successes, trials).log_likelihood(mean, size)
    of_rates = kernel.Rates.of(successes, trials).log_likelihood(mean, size)
    for place in range(3):
        at = float(mean[place]), float(size[place])
        assert of_shares[place] == pytest.approx(plain.share_log_likelihood(SHARES, *at))
        rates = [(k, float(n)) for k, n in SHARES]
        assert of_rates[place] == pytest.approx(plain.rate_log_likelihood(rates, *at))


@pytest.mark.parametrize("unit", range(len(SHARES)))
def test_estimates_are_those_of_integrating_by_brute_force(unit: int) -> None:
    successes, trials = columns(SHARES)
    typical = float(np.median(trials))
    shares, rates = shrink_shares(successes, trials), shrink_rates(successes, trials)
    by_share = plain.likely_share(SHARES, unit, typical)
    by_rate = plain.likely_rate([(k, float(n)) for k, n in SHARES], unit, typical)
    assert shares.estimate[unit] == pytest.approx(by_share.mean, rel=0.02)
    assert shares.spread.variance[unit] == pytest.approx(by_share.variance, rel=0.02)
    assert rates.estimate[unit] == pytest.approx(by_rate.mean, rel=0.02)
    assert rates.spread.variance[unit] == pytest.approx(by_rate.variance, rel=0.02)


def test_a_large_stock_is_fitted_as_scipy_fits_it() -> None:
    luck = np.random.default_rng(1)
    trials = luck.integers(5, 60, 2_000)
    successes = luck.binomial(trials, luck.beta(3.0, 27.0, 2_000))

    def minus(at: Floats) -> float:
        first, second = np.exp(at)
        return -float(stats.betabinom.logpmf(successes, trials, first, second).sum())

    first, second = np.exp(optimize.minimize(minus, [1.0, 3.0], method="Nelder-Mead").x)
    stock = shrink_shares(successes, trials).stock
    assert stock is not None
    assert stock.mean == pytest.approx(first / (first + second), rel=0.002)
    assert stock.size == pytest.approx(first + second, rel=0.02)


def test_rates_of_a_large_stock_are_fitted_as_statsmodels_fits_them() -> None:
    from statsmodels.discrete import discrete_model as discrete

    luck = np.random.default_rng(2)
    exposure = luck.uniform(5.0, 40.0, 2_000)
    events = luck.poisson(exposure * luck.gamma(4.0, 0.02, 2_000))
    model = discrete.NegativeBinomial(events, np.ones((2_000, 1)), offset=np.log(exposure))
    constant, alpha = model.fit(disp=False).params
    stock = shrink_rates(events, exposure).stock
    assert stock is not None
    assert stock.mean == pytest.approx(np.exp(constant), rel=0.002)
    # Its variance is m e + alpha (m e)², so that alpha is one over the shape, mean times size.
    assert stock.mean * stock.size == pytest.approx(1.0 / alpha, rel=0.02)


def test_means_of_a_large_stock_are_fitted_as_scipy_fits_them() -> None:
    luck = np.random.default_rng(3)
    answers = luck.integers(5, 60, 1_000)
    means = luck.normal(7.0, 0.6, 1_000) + luck.normal(0.0, 1.8, 1_000) / np.sqrt(answers)

    def minus(at: Floats) -> float:
        deviation = np.sqrt(np.exp(2.0 * at[1]) + 1.8**2 / answers)
        return -float(stats.norm.logpdf(means, at[0], deviation).sum())

    middle, logarithm = optimize.minimize(minus, [6.0, -1.0], method="Nelder-Mead").x
    stock = shrink_means(means, np.full(1_000, 1.8), answers).stock
    assert stock is not None
    assert stock.mean == pytest.approx(middle, abs=0.002)
    assert stock.size == pytest.approx(1.8**2 / np.exp(2.0 * logarithm), rel=0.02)


def drawn(family: str, size: float, units: int, luck: np.random.Generator) -> float:
    """The share of units whose true figure lies in its interval, in one made-up stock."""
    homes = luck.integers(5, 60, units)
    if family == "share":
        truth = luck.beta(0.1 * size, 0.9 * size, units)
        found = shrink_shares(luck.binomial(homes, truth), homes)
    elif family == "rate":
        truth = luck.gamma(0.1 * size, 1.0 / size, units)
        found = shrink_rates(luck.poisson(truth * homes), homes)
    else:
        truth = luck.normal(7.0, 2.0 / np.sqrt(size), units)
        found = shrink_means(truth + luck.normal(0.0, 2.0 / np.sqrt(homes)), np.full(units, 2.0), homes)
    return float(((found.low <= truth) & (truth <= found.high)).mean())


@pytest.mark.soak
@pytest.mark.parametrize("family", ["share", "rate", "mean"])
@pytest.mark.parametrize(("units", "size", "least"), [(200, 20, 0.94), (12, 5, 0.86), (12, 50, 0.92)])
def test_intervals_hold_the_truth(family: str, units: int, size: float, least: float, repeats: int) -> None:
    # A dozen units that differ a great deal are the hardest: of many such stocks intervals of 95% hold 92%.
    luck = np.random.default_rng(4)
    held = [drawn(family, size, units, luck) for _ in range(10 * repeats)]
    assert least <= np.mean(held) <= 0.985


def test_the_doubt_about_a_small_stock_widens_intervals() -> None:
    successes, trials = [1, 2, 1, 0, 2, 1], [20] * 6
    likely = shrink_shares(successes, trials)
    assert likely.stock is not None
    certain = (likely.stock.mean * likely.stock.size + 1) / (20 + likely.stock.size)
    narrow = stats.beta(certain * (20 + likely.stock.size), (1 - certain) * (20 + likely.stock.size))
    assert likely.high[0] - likely.low[0] > narrow.ppf(0.975) - narrow.ppf(0.025)


@pytest.mark.parametrize(
    ("successes", "trials"),
    [([0], [12]), ([12], [12]), ([0, 0, 0], [12, 5, 3]), ([1], [1]), ([3, 3], [3, 3])],
)
def test_what_is_extreme_still_has_an_estimate_between_its_limits(
    successes: list[int], trials: list[int]
) -> None:
    for found in (shrink_shares(successes, trials), shrink_rates(successes, trials)):
        assert np.all((found.low < found.estimate) & (found.estimate < found.high))
        assert np.all(found.low >= 0.0)


def test_missing_is_not_zero() -> None:
    with_gap = shrink_shares([4, None, 6], [20, 20, 30])
    assert np.isnan(with_gap.estimate[1])
    assert with_gap.estimate[[0, 2]] == pytest.approx(shrink_shares([4, 6], [20, 30]).estimate)
    assert shrink_shares([4, 0, 6], [20, 20, 30]).estimate[0] < with_gap.estimate[0]


def test_without_any_figure_there_is_no_stock() -> None:
    assert shrink_shares([None], [None]).stock is None
    assert shrink_rates([3], [0]).stock is None
    assert shrink_means([7.0], [None], [1]).stock is None


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=15))
def test_the_order_of_units_changes_nothing(rows: list[tuple[int, int]]) -> None:
    pairs = [(min(k, n), max(k, n, 1)) for k, n in rows]
    order = np.random.default_rng(len(rows)).permutation(len(pairs))
    once, again = shrink_shares(*columns(pairs)), shrink_shares(*columns([pairs[place] for place in order]))
    assert again.estimate == pytest.approx(once.estimate[order], rel=1e-9)
    assert again.low == pytest.approx(once.low[order], rel=1e-6, abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), min_size=1, max_size=12))
def test_estimates_lie_between_the_own_figure_and_the_stock(rows: list[tuple[int, int]]) -> None:
    pairs = [(min(k, n), n) for k, n in rows]
    found = shrink_shares(*columns(pairs))
    own = np.array([k / n for k, n in pairs])
    assert found.stock is not None
    # The mean of a single distribution lies between; averaging over several moves it by little.
    low, high = np.minimum(own, found.stock.mean), np.maximum(own, found.stock.mean)
    assert np.all((found.estimate > low - 0.05) & (found.estimate < high + 0.05))
    assert np.all((found.own > 0) & (found.own < 1))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: shrink_shares([5], [4]), "more are counted than there are: 5 of 4"),
        (lambda: shrink_rates([-1], [4]), "below zero"),
        (lambda: shrink_shares([1, 2], [4]), "not of one length"),
        (lambda: shrink_means([7], [1], [9], level=1.0), "level 1.0"),
    ],
)
def test_it_refuses_what_cannot_be(call: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()  # type: ignore[operator]
