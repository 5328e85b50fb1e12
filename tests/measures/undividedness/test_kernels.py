"""The compiled kernels against their readable twins, run for run."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from ongedeeld.measures.undividedness import _kernel as kernel
from ongedeeld.measures.undividedness import _plain, formulas
from ongedeeld.measures.undividedness._allot import RANDOMISED, Published, allot, draw_counts, plan_of
from ongedeeld.measures.undividedness._chance import stream
from ongedeeld.measures.undividedness._exchange import exchange_areas, exchange_people
from ongedeeld.measures.undividedness._fitting import fitted_to
from ongedeeld.measures.undividedness.split import opened
from ongedeeld.measures.undividedness.uncertainty import fitted
from tests.measures.undividedness.cast import THREE, Integers, tables

TWINS = {
    kernel.DISSIMILARITY: formulas.dissimilarity,
    kernel.GINI: formulas.gini,
    kernel.ISOLATION: formulas.isolation,
    kernel.EXPOSURE: formulas.exposure,
    kernel.CORRELATION: formulas.correlation_ratio,
    kernel.THEIL_H: formulas.theil_h,
    kernel.MUTUAL: formulas.mutual_information,
    kernel.ENTROPY: formulas.mean_entropy,
    kernel.SIMPSON: formulas.mean_interaction,
}
BIG = np.array([[60, 140, 33], [30, 20, 10], [400, 350, 81], [10, 190, 2]])


@pytest.mark.parametrize("index", TWINS)
@given(table=tables())
@settings(max_examples=40, deadline=None)
def test_every_index_is_that_of_its_formula(index: int, table: Integers) -> None:
    counts = table.astype(np.float64)
    with_empty = np.vstack([counts, np.zeros((1, 3))])
    assert kernel.measure(index, 0.5, counts) == pytest.approx(TWINS[index](counts), abs=1e-12)
    assert kernel.measure(index, 0.5, with_empty) == pytest.approx(TWINS[index](counts), abs=1e-12)


@pytest.mark.parametrize("shape", [0.1, 0.5, 0.9])
@given(table=tables(groups=2))
@settings(max_examples=25, deadline=None)
def test_so_is_atkinson(shape: float, table: Integers) -> None:
    counts = table.astype(np.float64)
    expected = formulas.atkinson(counts, shape)
    assert kernel.measure(kernel.ATKINSON, shape, counts) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("table", [THREE, BIG, np.array([[3, 0], [2, 9]])])
def test_allotments_are_those_of_the_twin(table: Integers) -> None:
    plan, out = plan_of(table), np.empty(table.shape)
    for draw in range(30):
        allot(plan, stream(4, RANDOMISED + draw), out)
        assert (out == _plain.allot(table, 4, RANDOMISED + draw)).all()


def test_drawn_counts_are_those_of_the_twin() -> None:
    shares = BIG / BIG.sum(axis=1, keepdims=True)
    own = Published(BIG, 1, 0, np.zeros((1, 1), dtype=np.bool_), np.arange(3), 3)
    out = np.empty(BIG.shape)
    for draw in range(30):
        draw_counts(shares, own, stream(4, draw), out)
        assert (out == _plain.draw_counts(shares, BIG.sum(axis=1), 4, draw)).all()


def test_exchanges_are_those_of_the_twins() -> None:
    other = BIG[:, [1, 0, 2]]
    one, two = np.empty(BIG.shape), np.empty(BIG.shape)
    for draw in range(30):
        exchange_people(BIG, other, stream(4, draw), one, two)
        expected = _plain.exchange_people(BIG, other, 4, draw)
        assert (one == expected[0]).all()
        assert (two == expected[1]).all()
        exchange_areas(BIG, other, stream(4, draw), one, two)
        expected = _plain.exchange_areas(BIG, other, 4, draw)
        assert (one == expected[0]).all()
        assert (two == expected[1]).all()


def test_the_fitted_mixture_is_that_of_the_twin() -> None:
    luck = np.random.default_rng(1)
    likelihood, times = luck.random((12, 5)), luck.integers(0, 4, 12).astype(np.float64)
    even = np.full(5, 0.2)
    assert fitted(likelihood, times, even, 20) == pytest.approx(_plain.fitted(likelihood, times, even, 20))


@given(source=tables(), target=tables())
@settings(max_examples=25, deadline=None)
def test_fitting_to_other_margins_is_that_of_the_twin(source: Integers, target: Integers) -> None:
    rows = min(len(source), len(target))
    here, there = source[:rows].astype(float), target[:rows].astype(float)
    ours, theirs = (fit(opened(here, there), there, 1e-10, 50) for fit in (fitted_to, _plain.fitted_to))
    assert ours[0] == pytest.approx(theirs[0], rel=1e-9, abs=1e-12)
    assert ours[1] == pytest.approx(theirs[1], rel=1e-6, abs=1e-12)
