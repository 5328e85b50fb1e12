"""The own surroundings of every location: who lives within some distance, or the nearest residents."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.undividedness import _surroundings_kernel as kernels
from ongedeeld.measures.undividedness._surroundings_kernel import Cells
from ongedeeld.measures.undividedness.chance import chunks
from ongedeeld.measures.undividedness.counts import Floats, Integers

KERNELS = {
    "uniform": kernels.UNIFORM,
    "triangular": kernels.TRIANGULAR,
    "epanechnikov": kernels.EPANECHNIKOV,
    "biweight": kernels.BIWEIGHT,
}
CELLS_PER_RADIUS = 16
RUNS_PER_WORKER = 16


def within(
    columns: Floats, points: Floats, radii_m: Floats, kernel: str = "uniform", workers: int = 1
) -> Floats:
    """Weighted sums of columns over the locations within every radius, the own location among them.

    A location at distance d counts by a kernel of z = d / radius, and not at all beyond the radius: `uniform`
    1, `triangular` 1 - z, `epanechnikov` 1 - z², `biweight` (1 - z²)² (the kernel of Reardon and others
    2008).

    Parameters
    ----------
    columns
        What to add up, shape (locations, columns).
    points
        x and y of every location in metres, shape (locations, 2).
    radii_m
        Ascending, in metres; infinity is everybody.
    kernel
        One of the four names.
    workers
        How many threads work on it; they change no value.

    Returns
    -------
    Floats
        Shape (radii, locations, columns).
    """
    reach = min(float(radii_m[-1]), float(np.hypot(*np.ptp(points, axis=0))) + 1.0)
    cells, order = _in_cells(columns, np.zeros(len(points)), points, reach)
    return filled(
        lambda first, last, out: kernels.within(cells, KERNELS[kernel], radii_m, reach, first, last, out),
        (len(radii_m), *columns.shape),
        order,
        workers,
    )


def nearest(columns: Floats, sizes: Floats, points: Floats, neighbours: Floats, workers: int = 1) -> Floats:
    """Sums of columns over the nearest people of every location, those at the location itself first.

    Locations are taken by distance; of those at which the number is reached a part of the people counts, so
    that exactly the number asked for does. Locations at one distance are taken together and in the same part:
    their order changes nothing.

    Parameters
    ----------
    columns
        What to add up, shape (locations, columns).
    sizes
        The number of people at every location, all above 0.
    points
        x and y of every location in metres, shape (locations, 2).
    neighbours
        How many people, ascending; more than there are is everybody.
    workers
        How many threads work on it; they change no value.

    Returns
    -------
    Floats
        Shape (scales, locations, columns).
    """
    cells, order = _in_cells(columns, sizes, points, 0.0)
    return filled(
        lambda first, last, out: kernels.nearest(cells, neighbours, first, last, out),
        (len(neighbours), *columns.shape),
        order,
        workers,
    )


def _in_cells(columns: Floats, sizes: Floats, points: Floats, reach: float) -> tuple[Cells, Integers]:
    """Locations sorted into cells, of which there are not many more than locations nor many within reach."""
    west, south = (float(edge) for edge in points.min(axis=0))
    places = points - (west, south)
    across, up = (float(side) for side in places.max(axis=0))
    number = len(points)
    fewest = max(across / number, up / number, math.sqrt(across * up / number), 1.0)
    side = max(fewest, min(reach, math.hypot(across, up)) / CELLS_PER_RADIUS)
    width, height = int(across / side) + 1, int(up / side) + 1
    cell = (places[:, 1] / side).astype(np.int64) * width + (places[:, 0] / side).astype(np.int64)
    order = np.argsort(cell, kind="stable")
    begins = np.searchsorted(cell[order], np.arange(width * height + 1))
    x, y = (np.ascontiguousarray(points[order, axis]) for axis in (0, 1))
    return Cells(x, y, columns[order], sizes[order], begins, west, south, side, width, height), order


def filled(
    fill: Callable[[int, int, Floats], None], shape: tuple[int, ...], order: Integers, workers: int
) -> Floats:
    """What kernels fill in, by several threads, put back in the order of the locations."""
    out = np.zeros(shape)
    with ThreadPoolExecutor(workers) as pool:
        runs = chunks(shape[1], workers * RUNS_PER_WORKER)
        list(pool.map(lambda run: fill(run[0], run[1], out), runs))
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return out[:, back]


def checked_points(points: object, locations: int) -> Floats:
    """Points checked: one per location, numbers, metres.

    Raises
    ------
    InputError
        When they are not.
    """
    try:
        checked = np.asarray(points, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(
            N_("the points hold something that is not a number"),
            expected=N_("x and y in metres per location"),
        ) from error
    if checked.shape != (locations, 2):
        raise InputError(
            N_("the points have shape {shape} and there are {locations} locations"),
            expected=N_("a row per location, with x and y"),
            remedy=N_("give the points in the order of the counts"),
            shape=checked.shape,
            locations=locations,
        )
    wrong = ~np.isfinite(checked).all(axis=1)
    if wrong.any():
        raise InputError(
            N_("location {row} has no place: x {x}, y {y} ({number} locations in all)"),
            expected=N_("x and y in metres for every location"),
            remedy=N_("leave out locations that cannot be placed, from the counts as well"),
            row=int(np.argmax(wrong)),
            x=checked[np.argmax(wrong), 0],
            y=checked[np.argmax(wrong), 1],
            number=int(wrong.sum()),
        )
    if (np.abs(checked) <= (180.0, 90.0)).all():
        raise InputError(
            N_("the points look like degrees: no x is beyond 180 and no y beyond 90"),
            expected=N_("metres, as in EPSG:28992 (RD)"),
            remedy=N_(
                "project the points to RD first; are these metres of a small plan of your own, then add the "
                "same number, such as 1000, to every x and y: distances alone count"
            ),
        )
    return checked
