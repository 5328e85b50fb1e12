"""The spatial indices of Reardon and O'Sullivan (2004), and their exact mean under random allotment.

All take the weight of every location, the shares of groups in its surroundings, shape (locations, groups),
and the shares of groups in all.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ongedeeld.measures.undividedness import chance, formulas
from ongedeeld.measures.undividedness.counts import Floats, Integers

MOST_EXACT = 4_096
BINARY_DIGITS = 10


def mutual_information(weights: Floats, local: Floats, overall: Floats) -> float:
    """``M̃ = Σ_p τ_p/T (E - Ẽ_p)``."""
    return float(formulas.entropies(overall) - weights @ formulas.entropies(local))


def theil_h(weights: Floats, local: Floats, overall: Floats) -> float:
    """``H̃ = M̃ / E``."""
    return mutual_information(weights, local, overall) / float(formulas.entropies(overall))


def dissimilarity(weights: Floats, local: Floats, overall: Floats) -> float:
    """``D̃ = Σ_p Σ_m τ_p |π̃_pm - π_m| / (2 T I)``."""
    apart = weights @ np.abs(local - overall).sum(axis=1)
    return float(apart) / (2.0 * float(formulas.interactions(overall)))


INDICES: dict[str, Callable[[Floats, Floats, Floats], float]] = {
    "theil_h": theil_h,
    "mutual_information": mutual_information,
    "dissimilarity": dissimilarity,
}


def expected(index: str, table: Integers, residents: Integers, around: Floats) -> list[float]:
    """The mean of the index under random allotment, when everybody in the surroundings counts in full.

    The people in the surroundings are then a random sample of everybody of that size: their groups follow the
    multivariate hypergeometric distribution. Where they and the rest are both more than 4,096, the smaller
    part is rounded to ten binary digits, for the value changes slowly there.
    """
    totals, everybody = table.sum(axis=0), int(table.sum())
    overall = totals / everybody
    part = np.minimum(around, everybody - around)
    steps = np.exp2(np.floor(np.log2(np.maximum(part, 1.0))) - BINARY_DIGITS + 1)
    part = np.where(part <= MOST_EXACT, part, np.round(part / steps) * steps)
    rounded = np.where(around <= everybody / 2, part, everybody - part)
    sizes, where = np.unique(rounded.astype(np.int64), return_inverse=True)
    informative = index != "dissimilarity"
    means = np.array(
        [
            sum(
                chance.hypergeometric_mean(informative, size, members, everybody)
                for members in totals.tolist()
            )
            for size in sizes.tolist()
        ]
    )
    if informative:
        each = formulas.entropies(overall) - np.log(sizes) + means / sizes
        whole = float(formulas.entropies(overall)) if index == "theil_h" else 1.0
    else:
        each, whole = means / sizes, 2.0 * float(formulas.interactions(overall))
    by_scale: Floats = each[where.reshape(around.shape)] @ residents / (everybody * whole)
    return [max(value, 0.0) for value in by_scale.tolist()]
