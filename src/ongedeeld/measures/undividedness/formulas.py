"""The formulas, readable: the value of every index, and the twin that the compiled kernels are held against.

Every function takes a table of shape (areas, groups) without empty areas. Symbols are those of Reardon and
Firebaugh, "Measures of multigroup segregation", *Sociological Methodology* 32 (2002): t people of an area, T
people together, π a group's share of an area or of all, I Simpson's interaction, E entropy (natural
logarithm).
"""

from __future__ import annotations

import numpy as np

from ongedeeld.measures.undividedness.counts import Floats


def shares(table: Floats) -> tuple[Floats, Floats, Floats]:
    """The weight of every area, the shares of groups in every area, and their shares in all."""
    sizes = table.sum(axis=1)
    return sizes / sizes.sum(), table / sizes[:, None], table.sum(axis=0) / sizes.sum()


def entropies(proportions: Floats) -> Floats:
    """``E = Σ π ln(1/π)`` along the last axis; a group that is absent adds nothing."""
    logs = np.log(proportions, out=np.zeros_like(proportions), where=proportions > 0)
    total: Floats = 0.0 - (proportions * logs).sum(axis=-1)
    return total


def interactions(proportions: Floats) -> Floats:
    """``I = Σ π(1-π)`` along the last axis: the chance that two people belong to different groups."""
    total: Floats = (proportions * (1.0 - proportions)).sum(axis=-1)
    return total


def dissimilarity(table: Floats) -> float:
    """``D = Σ_m Σ_j t_j |π_jm - π_m| / (2 T I)``."""
    weight, local, overall = shares(table)
    apart = (weight[:, None] * np.abs(local - overall)).sum()
    return float(apart / (2.0 * interactions(overall)))


def gini(table: Floats) -> float:
    """``G = Σ_m Σ_i Σ_j t_i t_j |π_im - π_jm| / (2 T² I)``, by sorted shares."""
    weight, local, overall = shares(table)
    apart = 0.0
    for group in range(table.shape[1]):
        order = np.argsort(local[:, group])
        sorted_weight, sorted_share = weight[order], local[order, group]
        before = np.cumsum(sorted_weight) - sorted_weight
        members_before = np.cumsum(sorted_weight * sorted_share) - sorted_weight * sorted_share
        apart += 2.0 * float((sorted_weight * (sorted_share * before - members_before)).sum())
    return float(apart / (2.0 * interactions(overall)))


def isolation(table: Floats) -> float:
    """``xPx = Σ_i (x_i / X)(x_i / t_i)`` of the first group."""
    return float((table[:, 0] / table[:, 0].sum() * table[:, 0] / table.sum(axis=1)).sum())


def exposure(table: Floats) -> float:
    """``xPy = Σ_i (x_i / X)(y_i / t_i)`` of the first group to the second."""
    return float((table[:, 0] / table[:, 0].sum() * table[:, 1] / table.sum(axis=1)).sum())


def correlation_ratio(table: Floats) -> float:
    """``P = Σ_m Σ_j (t_j / T)(π_jm - π_m)² / (1 - π_m)``; with two groups η² = (xPx - π) / (1 - π)."""
    weight, local, overall = shares(table)
    mixed = overall < 1.0
    squares = (weight[:, None] * (local - overall) ** 2).sum(axis=0)
    return float((squares[mixed] / (1.0 - overall[mixed])).sum())


def atkinson(table: Floats, shape: float) -> float:
    """``A = 1 - (P/(1-P)) |Σ_i (1-p_i)^(1-b) p_i^b t_i / (P T)|^(1/(1-b))`` of the first group."""
    weight, local, overall = shares(table)
    share, total = local[:, 0], overall[0]
    inner = (weight * (1.0 - share) ** (1.0 - shape) * share**shape).sum() / total
    return float(1.0 - total / (1.0 - total) * abs(inner) ** (1.0 / (1.0 - shape)))


def mean_entropy(table: Floats) -> float:
    """The entropy of the area of the average person."""
    weight, local, _ = shares(table)
    return float((weight * entropies(local)).sum())


def mean_interaction(table: Floats) -> float:
    """Simpson's interaction of the area of the average person."""
    weight, local, _ = shares(table)
    return float((weight * interactions(local)).sum())


def mutual_information(table: Floats) -> float:
    """``M = E - Σ_j (t_j / T) E_j``."""
    _, _, overall = shares(table)
    return float(entropies(overall)) - mean_entropy(table)


def theil_h(table: Floats) -> float:
    """``H = Σ_j (t_j / T)(E - E_j) / E``."""
    _, _, overall = shares(table)
    return mutual_information(table) / float(entropies(overall))


def local_informations(table: Floats, overall: Floats) -> Floats:
    """``L_j = Σ_m π_jm ln(π_jm / π_m)`` of every area; the mean by people is M."""
    _, local, _ = shares(table)
    ratio = np.divide(local, overall, out=np.ones_like(local), where=local > 0)
    total: Floats = (local * np.log(ratio)).sum(axis=1)
    return total
