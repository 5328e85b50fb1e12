"""What chance alone does: the value expected when everybody is allotted at random, and randomisation tests.

The null is the same everywhere: the people of all areas together are allotted to the homes at random, with
the size of every area and of every group as it is (the multivariate hypergeometric distribution).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np

from ongedeeld.compiling import compiled
from ongedeeld.measures.undividedness import _kernel as kernel
from ongedeeld.measures.undividedness._allot import Plan, Published, randomised
from ongedeeld.measures.undividedness._chance import hypergeometric_mode
from ongedeeld.measures.undividedness.counts import Floats, Integers
from ongedeeld.measures.undividedness.formulas import entropies, interactions
from ongedeeld.measures.undividedness.settings import Settings

_SMALLEST_TERM = 1e-19


@compiled
def hypergeometric_mean(x_log_x: bool, people: int, members: int, everybody: int) -> float:  # noqa: FBT001
    """The mean of ``x ln x``, or else of ``|x - mean|``, where x of `people` homes fall to a group at random.

    The sum over the hypergeometric distribution goes outward from its mode; weights are relative to
    the mode and their sum is divided out, so that no factorial is needed.
    """
    centre = float(people) * float(members) / everybody
    mode = hypergeometric_mode(people, members, everybody)
    total = weights = 0.0
    for step in (1, -1):
        count = mode
        weight = 1.0
        while weight > _SMALLEST_TERM:
            if step > 0 or count != mode:
                term = kernel.x_log_x(float(count)) if x_log_x else abs(count - centre)
                total += weight * term
                weights += weight
            if step > 0:
                up = float(members - count) * float(people - count)
                weight *= up / (float(count + 1) * float(everybody - members - people + count + 1))
            else:
                down = float(count) * float(everybody - members - people + count)
                weight *= down / (float(members - count + 1) * float(people - count + 1))
            count += step
    return total / weights


@compiled
def _means(x_log_x: bool, sizes: Integers, totals: Integers, everybody: int) -> Floats:  # noqa: FBT001
    means = np.empty((sizes.size, totals.size))
    for area in range(sizes.size):
        for group in range(totals.size):
            means[area, group] = hypergeometric_mean(x_log_x, sizes[area], totals[group], everybody)
    return means


def means_by_area(table: Integers, *, x_log_x: bool) -> Floats:
    """Per area and group the mean of ``x ln x``, or of the deviation; areas of one size share their work."""
    sizes, size = np.unique(table.sum(axis=1), return_inverse=True)
    means: Floats = _means(x_log_x, sizes, table.sum(axis=0), int(table.sum()))[size]
    return means


def _summed(table: Integers, *, x_log_x: bool) -> Floats:
    summed: Floats = means_by_area(table, x_log_x=x_log_x).sum(axis=0)
    return summed


def expected_dissimilarity(table: Integers) -> float:
    """The mean of D under random allotment, exact, for any number of groups; shape (areas, groups)."""
    people = float(table.sum())
    interaction = float(interactions(table.sum(axis=0) / people))
    return float(_summed(table, x_log_x=False).sum()) / (2.0 * people * interaction)


def expected_entropy(table: Integers) -> float:
    """The mean of the entropy of the average person's area under random allotment, exact."""
    sizes = table.sum(axis=1).astype(np.float64)
    return float(((sizes * np.log(sizes)).sum() - _summed(table, x_log_x=True).sum()) / sizes.sum())


def expected_mutual_information(table: Integers) -> float:
    """The mean of M under random allotment, exact."""
    return max(float(entropies(table.sum(axis=0) / table.sum())) - expected_entropy(table), 0.0)


def expected_theil_h(table: Integers) -> float:
    """The mean of H under random allotment, exact: E does not change."""
    return expected_mutual_information(table) / float(entropies(table.sum(axis=0) / table.sum()))


def _expected_pairs(table: Integers, first: int, second: int) -> float:
    """The mean of ``Σ_i x_i y_i / t_i``, from the factorial moments ``E[xy] = t(t-1) XY / (T(T-1))``."""
    people, areas = float(table.sum()), table.shape[0]
    totals = table.sum(axis=0).astype(np.float64)
    other = totals[second] - (1.0 if first == second else 0.0)
    together = (people - areas) * totals[first] * other / (people * (people - 1.0))
    own = areas * totals[first] / people if first == second else 0.0
    return float(together + own)


def expected_isolation(table: Integers) -> float:
    """The mean of xPx of the first group under random allotment, exact."""
    return _expected_pairs(table, 0, 0) / float(table[:, 0].sum())


def expected_exposure(table: Integers) -> float:
    """The mean of xPy of the first group to the second under random allotment, exact."""
    return _expected_pairs(table, 0, 1) / float(table[:, 0].sum())


def expected_correlation_ratio(table: Integers) -> float:
    """The mean of the correlation ratio under random allotment, exact."""
    people = float(table.sum())
    overall = table.sum(axis=0) / people
    return float(
        sum(
            (_expected_pairs(table, group, group) / people - share**2) / (1.0 - share)
            for group, share in enumerate(overall)
            if 0.0 < share < 1.0
        )
    )


def expected_interaction(table: Integers) -> float:
    """The mean of Simpson's interaction of the average person's area under random allotment, exact."""
    return 1.0 - sum(_expected_pairs(table, group, group) for group in range(table.shape[1])) / float(
        table.sum()
    )


def chunks(draws: int, workers: int) -> Iterator[tuple[int, int]]:
    """The draws in `workers` runs of about the same length, as (first, last + 1)."""
    edges = np.linspace(0, draws, max(workers, 1) + 1).astype(int)
    return ((int(first), int(last)) for first, last in pairwise(edges) if last > first)


def side_by_side(work: Callable[[int, int], Floats], draws: int, workers: int) -> Floats:
    """The draws 0 up to `draws` by several workers, in order along the last axis."""
    with ThreadPoolExecutor(max(workers, 1)) as pool:
        parts = pool.map(lambda run: work(*run), chunks(draws, workers))
    return np.concatenate(list(parts), axis=-1)


def randomised_values(
    index: int, shape: float, plan: Plan, published: Published, settings: Settings
) -> Floats:
    """An index of as many random allotments as the settings ask; the number of workers changes nothing."""
    return side_by_side(
        lambda first, last: randomised(index, shape, plan, published, settings.seed, first, last),
        settings.draws,
        settings.workers,
    )


def p_value(observed: float, randomised_: Floats, *, rising: bool = True) -> float:
    """``(1 + k) / (1 + n)`` with k of n draws at least as extreme: never 0 (Phipson and Smyth 2010).

    `rising` says that high values are extreme. Values that differ by rounding alone count as equal.
    """
    slack = 1e-12 * max(1.0, abs(observed))
    extreme = randomised_ >= observed - slack if rising else randomised_ <= observed + slack
    return (1.0 + float(extreme.sum())) / (1.0 + randomised_.size)


def standard_error(values: Floats) -> float:
    """The standard error of a mean of simulated values."""
    return float(values.std(ddof=1)) / math.sqrt(values.size) if values.size > 1 else math.inf
