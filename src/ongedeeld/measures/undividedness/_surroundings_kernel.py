"""The surroundings of many locations, compiled. The readable twins are in `_surroundings_plain`.

Locations are sorted by the square cell they lie in, row by row from west to east, so that everything within
some distance of a location lies in one unbroken run per row of cells. No distance is kept.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ongedeeld.compiling import compiled
from ongedeeld.measures.undividedness.counts import Floats, Integers

# Rounding must not leave out a location on the edge of a cell; the distance itself is compared afterwards.
ROUNDING = 1.000001
UNIFORM, TRIANGULAR, EPANECHNIKOV, BIWEIGHT = range(4)


class Cells(NamedTuple):
    """Locations sorted by cell; `begins` holds the first location in or after every cell, row by row.

    `x`, `y`, `columns` and `sizes` stand in the sorted order; `west` and `south` are where the cells begin,
    `side` is that of a cell in metres, and `width` and `height` are how many cells there are each way.
    """

    x: Floats
    y: Floats
    columns: Floats
    sizes: Floats
    begins: Integers
    west: float
    south: float
    side: float
    width: int
    height: int


class Lattice(NamedTuple):
    """Populated cells of a regular grid, row by row: `before` holds how many precede each place of the grid.

    `summed` holds running totals of the columns over the populated cells, with zeros first; `x` and `y` are
    the column and row of every populated cell.
    """

    x: Integers
    y: Integers
    before: NDArray[np.int32]
    summed: Floats


@compiled
def weight(kernel: int, share: float) -> float:
    """How much a location counts at this share of the radius; 1 where it is 0."""
    if kernel == TRIANGULAR:
        return 1.0 - share
    if kernel == EPANECHNIKOV:
        return 1.0 - share * share
    if kernel == BIWEIGHT:
        return (1.0 - share * share) ** 2
    return 1.0


@compiled
def _cell(place: float, side: float, number: int) -> int:
    """The number of the cell along one axis, held within the cells there are."""
    return int(min(max(place / side, 0.0), number - 1.0))


@compiled
def _runs(cells: Cells, location: int, reach: float, begins: Integers, ends: Integers) -> int:
    """The runs that hold all locations within `reach` of one; fills both arrays, returns how many."""
    x, y = cells.x[location] - cells.west, cells.y[location] - cells.south
    reach *= ROUNDING
    lowest = _cell(y - reach, cells.side, cells.height)
    highest = _cell(y + reach, cells.side, cells.height)
    west = _cell(x - reach, cells.side, cells.width)
    east = _cell(x + reach, cells.side, cells.width)
    for row in range(lowest, highest + 1):
        begins[row - lowest] = cells.begins[row * cells.width + west]
        ends[row - lowest] = cells.begins[row * cells.width + east + 1]
    return highest - lowest + 1


@compiled
def within(
    cells: Cells, kernel: int, radii: Floats, reach: float, first: int, last: int, out: Floats
) -> None:
    """Weighted sums within every radius (ascending) of the locations from `first` up to `last`.

    `reach` is the largest radius, or any finite distance beyond which nobody lives. Fills `out`, shape
    (radii, locations, columns), which is zero beforehand.
    """
    columns = cells.columns.shape[1]
    begins = np.empty(cells.height, dtype=np.int64)
    ends = np.empty(cells.height, dtype=np.int64)
    squares = radii * radii
    for location in range(first, last):
        x, y = cells.x[location], cells.y[location]
        for run in range(_runs(cells, location, reach, begins, ends)):
            for other in range(begins[run], ends[run]):
                square = (cells.x[other] - x) ** 2 + (cells.y[other] - y) ** 2
                scale = radii.size - 1
                while scale >= 0 and square <= squares[scale]:
                    counted = 1.0
                    if kernel != UNIFORM and square > 0.0:
                        counted = weight(kernel, math.sqrt(square) / radii[scale])
                    for column in range(columns):
                        out[scale, location, column] += counted * cells.columns[other, column]
                    scale -= 1


@compiled
def _found(cells: Cells, location: int, reach: float, begins: Integers, ends: Integers) -> float:
    """How many people live within `reach` of a location."""
    x, y = cells.x[location], cells.y[location]
    people = 0.0
    for run in range(_runs(cells, location, reach, begins, ends)):
        for other in range(begins[run], ends[run]):
            if (cells.x[other] - x) ** 2 + (cells.y[other] - y) ** 2 <= reach * reach:
                people += cells.sizes[other]
    return people


@compiled
def _by_distance(
    cells: Cells, location: int, reach: float, begins: Integers, ends: Integers
) -> tuple[Floats, Integers]:
    """The squared distances within `reach` of a location, ascending, and the locations at them."""
    x, y = cells.x[location], cells.y[location]
    runs = _runs(cells, location, reach, begins, ends)
    most = 0
    for run in range(runs):
        most += ends[run] - begins[run]
    squares, others = np.empty(most), np.empty(most, dtype=np.int64)
    found = 0
    for run in range(runs):
        for other in range(begins[run], ends[run]):
            square = (cells.x[other] - x) ** 2 + (cells.y[other] - y) ** 2
            if square <= reach * reach:
                squares[found] = square
                others[found] = other
                found += 1
    order = np.argsort(squares[:found])
    return squares[order], others[order]


@compiled
def _take(
    cells: Cells, squares: Floats, others: Integers, neighbours: Floats, location: int, out: Floats
) -> None:
    """The nearest people of one location, ring by ring; locations at one distance make up a ring."""
    sums, ring = np.zeros(cells.columns.shape[1]), np.zeros(cells.columns.shape[1])
    people = 0.0
    begin = scale = 0
    while begin < squares.size and scale < neighbours.size:
        ring[:] = 0.0
        together = 0.0
        end = begin
        while end < squares.size and squares[end] == squares[begin]:
            together += cells.sizes[others[end]]
            ring += cells.columns[others[end]]
            end += 1
        while scale < neighbours.size and people + together >= neighbours[scale]:
            out[scale, location] = sums + (neighbours[scale] - people) / together * ring
            scale += 1
        people += together
        sums += ring
        begin = end
    out[scale:, location] = sums


@compiled
def nearest(cells: Cells, neighbours: Floats, first: int, last: int, out: Floats) -> None:
    """Sums over the nearest `neighbours` people (ascending) of the locations from `first` up to `last`.

    Locations at one distance are taken together, in the same part. Fills `out`, shape (scales, locations,
    columns).
    """
    begins = np.empty(cells.height, dtype=np.int64)
    ends = np.empty(cells.height, dtype=np.int64)
    farthest = math.hypot(cells.width * cells.side, cells.height * cells.side)
    reach = cells.side
    for location in range(first, last):
        while reach < farthest and _found(cells, location, reach, begins, ends) < neighbours[-1]:
            reach *= 1.3
        squares, others = _by_distance(cells, location, reach, begins, ends)
        _take(cells, squares, others, neighbours, location, out)
        reach *= 0.8


@compiled
def within_on_lattice(lattice: Lattice, steps: Floats, first: int, last: int, out: Floats) -> None:
    """Sums within discs, of radii in steps of the grid, of the populated cells from `first` up to `last`.

    Fills `out`, shape (radii, cells, columns), which is zero beforehand.
    """
    height, width = lattice.before.shape
    for scale in range(steps.size):
        radius = steps[scale]
        up = int(min(radius, height - 1.0))
        halves = np.empty(up + 1, dtype=np.int64)
        for rise in range(up + 1):
            halves[rise] = int(min(math.sqrt(max(radius * radius - rise * rise, 0.0)), width - 1.0))
        begin = first
        while begin < last:
            y = lattice.y[begin]
            end = begin
            while end < last and lattice.y[end] == y:
                end += 1
            for row in range(max(y - up, 0), min(y + up, height - 1) + 1):
                _add_row(lattice, row, halves[abs(row - y)], begin, end, out[scale])
            begin = end


@compiled
def _add_row(lattice: Lattice, row: int, half: int, begin: int, end: int, out: Floats) -> None:
    """One row of the disc of every cell from `begin` up to `end`, which share a row: two lookups each."""
    before = lattice.before[row]
    for cell in range(begin, end):
        x = lattice.x[cell]
        west = before[max(x - half, 0)]
        east = before[min(x + half + 1, before.size - 1)]
        if east > west:
            for column in range(out.shape[1]):
                out[cell, column] += lattice.summed[east, column] - lattice.summed[west, column]
