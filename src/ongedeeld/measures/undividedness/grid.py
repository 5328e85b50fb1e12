"""Surroundings on a regular grid, such as the 100 m squares of CBS: a disc is a run of cells per row."""

from __future__ import annotations

import numpy as np

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.undividedness import _surroundings_kernel as kernels
from ongedeeld.measures.undividedness._surroundings_kernel import Lattice
from ongedeeld.measures.undividedness.counts import Floats, Integers
from ongedeeld.measures.undividedness.surroundings import filled

MOST_PLACES = 400_000_000


def within_on_grid(
    columns: Floats, points: Floats, radii_m: Floats, grid_m: float, workers: int = 1
) -> Floats:
    """Sums of columns over the cells whose centre lies within every radius, the own cell among them.

    The same as :func:`~ongedeeld.measures.undividedness.surroundings.within` with a uniform kernel, by
    running totals: the cost grows with the radius and not with its square. Exact where the columns hold whole
    numbers.

    Parameters
    ----------
    columns
        What to add up, shape (cells, columns); only populated cells need to be there.
    points
        x and y of a fixed point of every cell, its centre or a corner, in metres, shape (cells, 2).
    radii_m
        Ascending, in metres.
    grid_m
        The side of a cell in metres.
    workers
        How many threads work on it; they change no value.

    Returns
    -------
    Floats
        Shape (radii, cells, columns).

    Raises
    ------
    InputError
        When the points do not lie on such a grid, or the grid has more than 400 million places.
    """
    x, y = _places(points, grid_m)
    width, height = int(x.max()) + 2, int(y.max()) + 1
    if width * height > MOST_PLACES:
        raise InputError(
            N_("the grid spans {places} places"),
            expected=N_("at most {most}"),
            remedy=N_("check for a point that lies far off, or leave grid_m out"),
            places=width * height,
            most=MOST_PLACES,
        )
    order = np.lexsort((x, y))
    x, y = x[order], y[order]
    before = np.zeros(width * height, dtype=np.int32)
    np.add.at(before, y * width + x + 1, 1)
    np.cumsum(before, out=before)
    summed = np.concatenate([np.zeros((1, columns.shape[1])), np.cumsum(columns[order], axis=0)])
    lattice = Lattice(x, y, before.reshape(height, width), summed)
    steps = np.minimum(radii_m / grid_m, width + height)
    return filled(
        lambda first, last, out: kernels.within_on_lattice(lattice, steps, first, last, out),
        (len(radii_m), *columns.shape),
        order,
        workers,
    )


def _places(points: Floats, grid_m: float) -> tuple[Integers, Integers]:
    """Column and row of every point on the grid."""
    steps = (points - points.min(axis=0)) / grid_m
    whole = np.rint(steps)
    off = np.abs(steps - whole).max(axis=1) > 1e-6
    if off.any():
        row = int(np.argmax(off))
        raise InputError(
            N_("location {row} does not lie on a grid of {grid} m: x {x}, y {y}"),
            expected=N_("points that are whole steps of the grid apart"),
            remedy=N_("give the side of the cells as grid_m, or leave it out"),
            row=row,
            grid=f"{grid_m:g}",
            x=points[row, 0],
            y=points[row, 1],
        )
    x, y = whole.astype(np.int64).T
    return np.ascontiguousarray(x), np.ascontiguousarray(y)
