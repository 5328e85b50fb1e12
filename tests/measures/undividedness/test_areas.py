"""The limits of the figures of areas: they hold for every area, and widen with what is not known."""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.stats import binom

from ongedeeld.measures.undividedness import (
    AreaResult,
    entropy,
    formulas,
    local_mutual_information,
    location_quotient,
    simpson_interaction,
)
from ongedeeld.measures.undividedness.area_limits import Sizes, furthest, nearest, share_limits
from tests.measures.undividedness.cast import Integers, tables

AREAS = 40
AREA = np.arange(AREAS)
TRUTHS = {
    "no division": np.full(AREAS, 0.1),
    "from low to high": np.linspace(0.02, 0.4, AREAS),
    "a few with nearly all": np.where(AREA % 10 == 0, 0.9, 0.01),
}
NEAR = 1e-9


def test_limits_of_a_share_are_those_of_clopper_and_pearson() -> None:
    # None of ten: the highest share under which none is as rare as one in forty, 1 - 0.025 ** (1 / 10).
    counts = np.array([[0.0, 10.0], [5.0, 5.0]])
    low, high = share_limits(Sizes(counts, counts, None), np.array([True, True]), 0.95)
    assert low[:, 0] == pytest.approx([0.0, 0.1871], abs=1e-4)
    assert high[:, 0] == pytest.approx([1 - 0.025**0.1, 0.8129], abs=1e-4)
    assert low[:, 1] == pytest.approx(1 - high[:, 0])


@given(table=tables())
@settings(max_examples=30, deadline=None)
def test_no_mix_within_the_limits_is_nearer_or_further_than_those_found(table: Integers) -> None:
    counts, centre = table.astype(np.float64), table.sum(axis=0) / table.sum()
    low, high = share_limits(Sizes(counts, counts, None), np.full(3, fill_value=True), 0.8)

    def away(mix: np.ndarray) -> np.ndarray:
        return formulas.local_informations(mix, centre)

    near = nearest(low, high, centre)
    far = furthest(low, high, near, away)
    tried = np.random.default_rng(1).dirichlet(np.ones(3), 400)
    for area in range(len(table)):
        inside = tried[((tried >= low[area]) & (tried <= high[area])).all(axis=1)]
        found = away(np.vstack([near[area], far[area], inside]))
        assert found.min() >= found[0] - NEAR
        assert found.max() <= found[1] + NEAR
    for mix in (near, far):
        assert (mix >= low - NEAR).all()
        assert (mix <= high + NEAR).all()


@pytest.mark.soak
@pytest.mark.parametrize("homes", [15, 400])
@pytest.mark.parametrize("truth", TRUTHS)
def test_limits_hold_for_every_area_and_not_for_the_average_one_only(
    truth: str, homes: int, repeats: int
) -> None:
    share, trials = TRUTHS[truth], 10 * repeats
    shares, luck = np.stack([share, 1 - share], axis=1), np.random.default_rng(3)
    true = {
        location_quotient: share / share.mean(),
        local_mutual_information: formulas.local_informations(shares, shares.mean(axis=0)),
        entropy: formulas.entropies(shares),
    }
    held = {figure: np.zeros(AREAS) for figure in true}
    for seed in range(trials):
        counts = luck.multinomial(np.full(AREAS, homes), shares)
        for figure, expected in true.items():
            areas = figure(counts, 0, seed=seed, draws=19).table
            low, high = areas["low"].to_numpy(), areas["high"].to_numpy()
            held[figure] += (low <= expected + NEAR) & (expected <= high + NEAR)
    for figure, times in held.items():
        sys.stdout.write(
            f"{figure.__name__}: {times.mean() / trials:.3f}, worst area {times.min() / trials:.3f}\n"
        )
        # So seldom that none of the areas, of any figure here, falls below it by chance.
        assert times.min() >= binom.ppf(1e-6, trials, 0.95)
        assert times.mean() / trials >= 0.945


@pytest.mark.parametrize("figure", [location_quotient, local_mutual_information])
def test_a_suppressed_count_may_be_anything_below_the_limit(figure: Callable[..., AreaResult]) -> None:
    rest = [[30, 70], [20, 80], [15, 85], [40, 60]]
    hidden = figure([[None, 90], *rest], 0, suppressed_below=20, draws=199).table
    for count in (0, 5, 19):
        counted = figure([[count, 90], *rest], 0, draws=199).table
        assert hidden["low"][0] <= counted["value"][0] <= hidden["high"][0]
    known = figure([[9, 90], *rest], 0, draws=199).table
    width = [(each["high"] - each["low"])[0] for each in (hidden, known)]
    assert width[0] > 1.5 * width[1]


def test_rounding_widens_the_limits_of_an_area() -> None:
    table = [[5, 40], [10, 35], [5, 30], [15, 20]] * 5
    exact, rounded = (
        location_quotient(table, 0, rounded_to=unit, draws=99).table.select("low", "high").to_numpy()
        for unit in (1, 5)
    )
    assert (rounded[:, 0] < exact[:, 0]).all()
    assert (rounded[:, 1] > exact[:, 1]).all()


@pytest.mark.parametrize(
    "figure", [location_quotient, local_mutual_information, entropy, simpson_interaction]
)
def test_an_estimate_lies_within_its_limits_and_a_share_is_at_most_everybody(
    figure: Callable[..., AreaResult],
) -> None:
    table = np.array([[0, 3], [7, 0], [1, 1], [200, 1_000], [0, 900]])
    areas = figure(table, 0, draws=99).table
    assert (areas["low"] <= areas["adjusted"]).all()
    assert (areas["adjusted"] <= areas["high"]).all()
    assert areas["high"].is_finite().all()
    if figure is location_quotient:
        assert (areas["high"].to_numpy() <= table.sum() / table.sum(axis=1) + NEAR).all()
