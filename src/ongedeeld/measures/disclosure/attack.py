"""What a reader who puts all that was published together can derive of each hidden cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.disclosure.publication import Publication
from ongedeeld.measures.disclosure.rounding import OPEN, Counts
from ongedeeld.measures.disclosure.solver import Solver, Unbounded
from ongedeeld.measures.disclosure.system import Row, System, build

SWEEPS = 20
"""How often simple sums are gone through; what they leave is for the linear programmes."""


def attack(tables: Iterable[Publication]) -> pl.DataFrame:
    """The bounds of every hidden cell, as tight as whole numbers allow.

    The reader is taken to know all these tables, how their cells add up, to what they were rounded, below
    which count nothing is shown, that counts are whole and not negative, and the relations given with a
    table. The lowest and highest value of a cell are found by linear programming, and by integer
    programming where a corner of the linear programme is not whole; each is taken in some table of whole
    numbers that agrees with everything published, so that no reader can exclude it.

    Parameters
    ----------
    tables
        What was published: a :class:`Ledger`, or publications, of which `protect` gives one.

    Returns
    -------
    pl.DataFrame
        The dimensions, `lower`, `upper` (empty: no upper bound) and `status`: 'hidden', or 'unlisted' for a
        cell that is in no table but is part of one that is.

    Raises
    ------
    InputError
        When the tables contradict each other.

    References
    ----------
    Fischetti, M. and Salazar-González, J.J. (2001). Solving the cell suppression problem on tabular data with
    linear constraints. *Management Science* 47(7), 1008-1027 (the attacker's problems).

    Examples
    --------
    Two of three areas are hidden:

    >>> import polars as pl
    >>> table = pl.DataFrame({"area": ["A", "B", "C", "city"], "count": [None, None, 40, 52]})
    >>> attack([Publication.of(table, nested={"area": "city"})])
    shape: (2, 4)
    ┌──────┬───────┬───────┬────────┐
    │ area ┆ lower ┆ upper ┆ status │
    │ ---  ┆ ---   ┆ ---   ┆ ---    │
    │ str  ┆ i64   ┆ i64   ┆ str    │
    ╞══════╪═══════╪═══════╪════════╡
    │ A    ┆ 0     ┆ 12    ┆ hidden │
    │ B    ┆ 0     ┆ 12    ┆ hidden │
    └──────┴───────┴───────┴────────┘
    """
    system = build(list(tables))
    lower, upper = _by_simple_sums(system)
    wanted = system.hidden | ~system.listed
    for cells, rows in _pieces(system, lower, upper):
        piece = _Piece(cells, rows, lower[cells], upper[cells])
        lower[cells], upper[cells] = piece.bounds(wanted[cells])
    chosen = np.flatnonzero(wanted)
    names = list(system.place)
    return pl.DataFrame(
        {
            **{
                name: pl.Series([names[cell][number] for cell in chosen], dtype=pl.String)
                for number, name in enumerate(system.dimensions)
            },
            "lower": lower[chosen],
            "upper": pl.Series(
                [None if most >= OPEN else most for most in upper[chosen].tolist()], dtype=pl.Int64
            ),
            "status": pl.Series(np.where(system.hidden[chosen], "hidden", "unlisted"), dtype=pl.String),
        }
    )


def _by_simple_sums(system: System) -> tuple[Counts, Counts]:
    """Bounds after filling in, again and again, what one equation by itself tells."""
    lower, upper = system.lower.copy(), system.upper.copy()
    waiting = list(system.rows)
    for _ in range(SWEEPS):
        waiting = [row for row in waiting if _fill_in(row, lower, upper)]
        if not waiting:
            break
    return lower, upper


def _fill_in(row: Row, lower: Counts, upper: Counts) -> bool:
    """Narrow the bounds of the cells of one equation; whether it told anything new."""
    cells, by = row.cells, row.coefficients
    low, high = lower[cells].astype(float), upper[cells].astype(float)
    high[high >= OPEN] = np.inf
    least, most = np.where(by > 0, by * low, by * high), np.where(by > 0, by * high, by * low)
    # What the others leave for each cell; infinite terms count apart, as infinity less itself is no number.
    others_least, others_most = _without_each(least), _without_each(most)
    with np.errstate(invalid="ignore"):
        one, other = (row.low - others_most) / by, (row.high - others_least) / by
    new_low = np.maximum(low, np.ceil(np.minimum(one, other) - 1e-9))
    new_high = np.minimum(high, np.floor(np.maximum(one, other) + 1e-9))
    if (new_low > new_high).any():
        _refuse_contradiction()
    lower[cells] = new_low.astype(np.int64)
    upper[cells] = np.where(np.isinf(new_high), OPEN, new_high).astype(np.int64)
    return bool((new_low > low).any() or (new_high < high).any())


def _without_each(terms: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each term, the sum of all others, where any of them may be infinite (of one sign)."""
    endless = np.isinf(terms)
    finite = np.where(endless, 0.0, terms)
    rest = finite.sum() - finite
    others_endless = endless.sum() - endless > 0
    return np.where(others_endless, terms[endless][0] if endless.any() else 0.0, rest)


def _refuse_contradiction() -> None:
    raise InputError(
        N_("the published tables contradict each other: no counts agree with all of them"),
        expected=N_("tables of the same counts"),
        remedy=N_(
            "name what they differ in (a date, a version, what is counted) in a column; check their rounding"
        ),
    )


def _pieces(system: System, lower: Counts, upper: Counts) -> Iterator[tuple[NDArray[np.int64], list[Row]]]:
    """The cells that are still open, in the groups that equations tie together, with these equations."""
    still_open = lower < upper
    rows = []
    for row in system.rows:
        free = still_open[row.cells]
        if free.any():
            told = float(row.coefficients[~free] @ lower[row.cells[~free]])
            rows.append(
                Row(row.cells[free], row.coefficients[free], round(row.low - told), round(row.high - told))
            )
    reduced = replace(system, rows=tuple(rows))
    group = reduced.together()
    by_group: dict[int, list[Row]] = {}
    for row in rows:
        by_group.setdefault(int(group[row.cells[0]]), []).append(row)
    number = np.zeros(len(lower), np.int32)
    for top, own in by_group.items():
        cells = np.flatnonzero(group == top)
        number[cells] = np.arange(len(cells))
        yield cells, [Row(number[row.cells], row.coefficients, row.low, row.high) for row in own]


class _Piece:
    """Open cells that hang together, and the lowest and highest value of each seen so far."""

    def __init__(self, cells: NDArray[np.int64], rows: list[Row], lower: Counts, upper: Counts) -> None:
        self._solver = Solver(rows, len(cells))
        self._lower, self._upper = lower, upper
        if (first := self._solver.lowest(np.zeros(len(cells)), lower, upper)) is None:
            _refuse_contradiction()
        assert first is not None  # noqa: S101 - refused above
        self._seen_low, self._seen_high = first.copy(), first.copy()

    def bounds(self, wanted: NDArray[np.bool_]) -> tuple[Counts, Counts]:
        """The exact bounds of the cells wanted; of the others those that were given."""
        low, high = self._lower.copy(), self._upper.copy()
        for cell in np.flatnonzero(wanted):
            if self._seen_low[cell] > low[cell]:
                low[cell] = self._extreme(int(cell), 1.0)
            if self._seen_high[cell] < high[cell]:
                high[cell] = self._extreme(int(cell), -1.0)
        return low, high

    def _extreme(self, cell: int, sign: float) -> int:
        costs = np.zeros(self._solver.size)
        costs[cell] = sign
        try:
            found = self._solver.lowest(costs, self._lower, self._upper)
        except Unbounded:
            return OPEN
        assert found is not None  # noqa: S101 - a table that agrees was found before
        np.minimum(self._seen_low, found, out=self._seen_low)
        np.maximum(self._seen_high, found, out=self._seen_high)
        return int(found[cell])
