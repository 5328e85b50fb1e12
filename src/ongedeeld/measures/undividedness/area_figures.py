"""What the figures of areas are: their formulas, means by chance, bounds, and how they follow the whole."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ongedeeld.errors import N_
from ongedeeld.measures.undividedness import chance, formulas
from ongedeeld.measures.undividedness.behind import NOBODY
from ongedeeld.measures.undividedness.counts import Floats, Integers

AS_LOW = N_("The p-value of an area is the share of random allotments with a figure as low.")
AS_HIGH = N_("The p-value of an area is the share of random allotments with a figure as high.")
AS_FAR = N_("The p-value of an area is the share of random allotments with a figure as far from 1.")


@dataclass(frozen=True)
class Figure:
    """A figure of an area: from its shares and those of the whole, its mean by chance, and which way is far.

    `of` takes shares of shape (..., groups); `expected` takes the table and gives a mean per area; `far`
    turns figures into numbers that are higher the further the area is from what random allotment gives;
    `bounds` are those that the figure cannot pass. `slope`, of a figure that the whole is part of, is how it
    follows the shares of the whole.
    """

    name: str
    of: Callable[[Floats, Floats], Floats]
    expected: Callable[[Integers], Floats]
    far: Callable[[Floats], Floats]
    direction: str
    bounds: Callable[[Integers], tuple[Floats | float, Floats | float]]
    slope: Callable[[Floats, Floats], Floats] | None = None


def _informations(local: Floats, overall: Floats) -> Floats:
    ratio = np.divide(local, overall, out=np.ones_like(local), where=(local > 0) & (overall > 0))
    total: Floats = (local * np.log(ratio)).sum(axis=-1)
    return total


def _ratios(local: Floats, overall: Floats) -> Floats:
    ratios: Floats = np.divide(local, overall, out=np.zeros_like(local), where=overall > 0)
    return ratios


def _times(table: Integers) -> Floats:
    """How many times its share of the whole a group can have in an area: as the whole is larger than it."""
    times: Floats = table.sum() / table.sum(axis=1)
    return times


def _expected_entropies(table: Integers) -> Floats:
    sizes = table.sum(axis=1)
    means = chance.means_by_area(table, x_log_x=True).sum(axis=1)
    entropies: Floats = np.log(sizes) - means / sizes
    return entropies


def _expected_informations(table: Integers) -> Floats:
    # The mean share of a group is that of the whole, so the mean of Σ π_j ln π_m is minus the entropy of the
    # whole.
    return float(formulas.entropies(table.sum(axis=0) / table.sum())) - _expected_entropies(table)


def _expected_interactions(table: Integers) -> Floats:
    sizes = table.sum(axis=1).astype(np.float64)
    people, totals = float(sizes.sum()), table.sum(axis=0).astype(np.float64)
    alike = (totals * (totals - 1.0)).sum() / (people * max(people - 1.0, 1.0))
    interactions: Floats = (1.0 - alike) * (sizes - 1.0) / sizes
    return interactions


FIGURES = {
    "entropy": Figure(
        "entropy",
        lambda local, _: formulas.entropies(local),
        _expected_entropies,
        np.negative,
        AS_LOW,
        lambda table: (0.0, math.log(table.shape[1])),
    ),
    "simpson_interaction": Figure(
        "simpson_interaction",
        lambda local, _: formulas.interactions(local),
        _expected_interactions,
        np.negative,
        AS_LOW,
        lambda table: (0.0, 1.0 - 1.0 / table.shape[1]),
    ),
    "local_mutual_information": Figure(
        "local_mutual_information",
        _informations,
        _expected_informations,
        np.positive,
        AS_HIGH,
        lambda table: (0.0, np.log(_times(table))),
        lambda local, overall: -_ratios(local, overall),
    ),
    "location_quotient": Figure(
        "location_quotient",
        lambda local, overall: local[..., 0] / overall[..., 0],
        lambda table: np.ones(len(table)),
        lambda quotients: np.abs(quotients - 1.0),
        AS_FAR,
        lambda table: (0.0, _times(table)),
        lambda local, overall: _ratios(local, overall) / np.maximum(overall, NOBODY) * [-1.0, 0.0],
    ),
}
