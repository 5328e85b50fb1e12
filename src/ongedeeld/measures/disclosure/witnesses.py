"""Tables that a reader cannot exclude, looked for one by one and kept to witness how vague each cell is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ongedeeld.measures.disclosure.problem import FREE, Flags, Problem
from ongedeeld.measures.disclosure.rounding import OPEN, Counts
from ongedeeld.measures.disclosure.solver import Solver
from ongedeeld.measures.disclosure.system import Row

SCALINGS = 4
"""How often the price of hiding is set anew for one cell to protect."""


class Witnesses:
    """The cells hidden so far, and for each the lowest and highest count in the tables found.

    Parameters
    ----------
    problem
        The table to protect.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.targets = problem.targets
        system = problem.system
        self.size = len(system.lower)
        self.hidden = np.zeros(self.size, bool)
        self._extra = np.flatnonzero(problem.may_show)
        self._solver = Solver(
            _with_moves(system.rows, self._extra, self.size), self.size + 2 * len(self._extra)
        )
        self._upper = np.minimum(system.upper, _roof(problem))
        self.in_vain = np.zeros(self.size, bool)
        self.searches = 0
        self.keep_only([])

    def keep_only(self, tables: list[Counts]) -> None:
        """Forget all tables found but these."""
        self.tables = tables
        self.low = np.full(self.size, OPEN, np.int64)
        self.high = np.full(self.size, FREE, np.int64)
        for table in tables:
            np.minimum(self.low, table, out=self.low)
            np.maximum(self.high, table, out=self.high)

    def find(
        self,
        aims: Counts | None = None,
        within: dict[int, tuple[int, int]] | None = None,
        price: float | None = None,
        *,
        also_in_vain: bool = False,
    ) -> Counts | None:
        """A table that a reader cannot exclude, with the lowest sum of aim x count; None if there is none.

        `within` narrows the bounds of some cells. With a `price` per count and unit of loss, shown cells may
        move out of what is shown; those that do are hidden from then on. With a price of 0 any may move, and
        nothing comes to be hidden.
        """
        self.searches += 1
        problem, extra = self.problem, self._extra
        shown = problem.may_show & ~self.hidden
        lower = np.where(shown, problem.shown_low, problem.system.lower)
        upper = np.where(shown, problem.shown_high, self._upper)
        for cell, (least, most) in (within or {}).items():
            lower[cell], upper[cell] = max(lower[cell], least), min(upper[cell], most)
            if lower[cell] > upper[cell]:
                return None
        movable = shown[extra] & (price is not None)
        if price and not also_in_vain:
            movable &= ~self.in_vain[extra]
        above = np.where(movable, np.maximum(self._upper[extra] - upper[extra], 0), 0)
        below = np.where(movable, lower[extra] - problem.system.lower[extra], 0)
        aims = np.zeros(self.size, np.int64) if aims is None else aims
        bounds = (
            np.concatenate([lower, np.zeros(2 * len(extra), np.int64)]),
            np.concatenate([upper, above, below]),
        )
        found = self._cheapest(aims, bounds, price) if price else self._solve(aims, bounds)
        if found is None:
            return None
        table, moved = found
        if price:
            self._hide(extra[moved > 0])
        if price != 0.0:
            self._remember(table)
        return table

    def _solve(
        self, aims: Counts, bounds: tuple[Counts, Counts], costs: NDArray[np.float64] | None = None
    ) -> tuple[Counts, Counts] | None:
        """A table of the lowest cost, and how far each cell that may be shown lies out of what is shown."""
        count = len(self._extra)
        costs = np.zeros(count) if costs is None else costs
        found = self._solver.lowest(np.concatenate([aims, costs, costs]), *bounds)
        if found is None:
            return None
        up, down = found[self.size : self.size + count], found[self.size + count :]
        table = found[: self.size].copy()
        table[self._extra] += up - down
        return table, up + down

    def _cheapest(
        self, aims: Counts, bounds: tuple[Counts, Counts], price: float
    ) -> tuple[Counts, Counts] | None:
        """A table that hides little.

        Hiding costs the same however far a cell moves, but a linear programme pays by the distance. So the
        price of each moved cell is set anew by how far it moved, as long as that hides less (slope scaling:
        Kim and Pardalos 1999, Operations Research Letters 24, 195-203).
        """
        loss = self.problem.loss[self._extra]
        costs = loss * price
        best = self._solve(aims, bounds, costs)
        found, lost = best, np.inf
        for _ in range(SCALINGS):
            if found is None or not found[1].any() or loss[found[1] > 0].sum() >= lost:
                break
            best, lost = found, loss[found[1] > 0].sum()
            costs = np.where(found[1] > 0, loss / np.maximum(found[1], 1), costs)
            found = self._solve(aims, bounds, costs)
        return best

    def _hide(self, cells: NDArray[np.int64]) -> None:
        self.hidden[cells] = True
        self.targets.width[cells] = self.problem.width[cells]

    def _remember(self, table: Counts) -> None:
        np.minimum(self.low, table, out=self.low)
        np.maximum(self.high, table, out=self.high)
        self.tables.append(table)

    def extreme(self, cell: int, direction: int, *, all_hidden: bool = False) -> int:
        """The highest (-1) or lowest (1) value of a cell, as things are hidden now or with all hidden."""
        aims = np.zeros(self.size, np.int64)
        aims[cell] = direction
        table = self.find(aims, price=0.0 if all_hidden else None)
        assert table is not None  # noqa: S101 - the true table is among them
        return int(table[cell])

    def tables_with(self, cell: int) -> list[Counts]:
        """The tables in which a cell is as it would be shown."""
        low, high = self.problem.shown_low[cell], self.problem.shown_high[cell]
        return [table for table in self.tables if low <= table[cell] <= high]

    def unmet(self) -> tuple[Flags, Flags, Flags]:
        """The cells not yet seen as low, as high, and as wide apart as they must."""
        targets = self.targets
        too_high = (targets.lower != FREE) & (self.low > targets.lower)
        too_low = (targets.upper != FREE) & (self.high < targets.upper)
        too_close = (targets.width != FREE) & (self.high - self.low < targets.width)
        return too_high, too_low, too_close


def _roof(problem: Problem) -> int:
    """A count that no table needs to exceed to serve the targets: it keeps the search finite."""
    upper = problem.system.upper
    known = upper[upper < OPEN].sum() + problem.shown_high[problem.may_show].sum()
    return (
        4 * int(known)
        + 4 * int(problem.targets.upper.clip(0).sum())
        + 100 * int(problem.width.max(initial=0))
    )


def _with_moves(rows: tuple[Row, ...], extra: NDArray[np.int64], size: int) -> list[Row]:
    """The equations with, for each cell that may be shown, a column for a move up and one for a move down."""
    place = np.full(size, FREE, np.int64)
    place[extra] = np.arange(len(extra))
    longer = []
    for row in rows:
        moving = place[row.cells] != FREE
        above = size + place[row.cells[moving]]
        by = row.coefficients[moving]
        longer.append(
            Row(
                np.concatenate([row.cells, above, above + len(extra)]).astype(np.int32),
                np.concatenate([row.coefficients, by, -by]),
                row.low,
                row.high,
            )
        )
    return longer
