"""The readable twins of `_surroundings_kernel`: one location at a time, all distances laid out."""

from __future__ import annotations

import numpy as np

from ongedeeld.measures.undividedness._surroundings_kernel import BIWEIGHT, EPANECHNIKOV, TRIANGULAR
from ongedeeld.measures.undividedness.counts import Floats


def weights(kernel: int, share: Floats) -> Floats:
    """How much locations count at these shares of the radius."""
    if kernel == TRIANGULAR:
        return 1.0 - share
    if kernel == EPANECHNIKOV:
        return 1.0 - share**2
    if kernel == BIWEIGHT:
        return (1.0 - share**2) ** 2
    return np.ones_like(share)


def within(columns: Floats, points: Floats, radii: Floats, kernel: int) -> Floats:
    """Weighted sums of the columns within every radius, shape (radii, locations, columns)."""
    out = np.zeros((len(radii), *columns.shape))
    for location, point in enumerate(points):
        squares = ((points - point) ** 2).sum(axis=1)
        for scale, radius in enumerate(radii):
            near = squares <= radius**2
            share = np.sqrt(squares[near]) / radius if radius > 0.0 else np.zeros(near.sum())
            out[scale, location] = weights(kernel, share) @ columns[near]
    return out


def nearest(columns: Floats, sizes: Floats, points: Floats, neighbours: Floats) -> Floats:
    """Sums of the columns over the nearest people, shape (scales, locations, columns).

    Rings of locations at one distance are taken from near to far; of the ring in which the number is reached,
    all count in the same part.
    """
    out = np.zeros((len(neighbours), *columns.shape))
    for location, point in enumerate(points):
        squares = ((points - point) ** 2).sum(axis=1)
        for scale, wanted in enumerate(neighbours):
            people = 0.0
            for square in np.unique(squares):
                ring = squares == square
                part = min(1.0, (wanted - people) / sizes[ring].sum())
                out[scale, location] += part * columns[ring].sum(axis=0)
                people += sizes[ring].sum()
                if people >= wanted:
                    break
    return out
