"""Hide as little as can be, proven: for tables of few cells, one mixed-integer programme.

For every target the programme holds a table that witnesses it; a cell may leave what is shown of it, in any
of these tables, only if it is hidden. The demand that a cell that comes to be hidden keeps wide bounds
itself is added when it turns out to be needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from ongedeeld.measures.disclosure.problem import FREE, Flags, Problem
from ongedeeld.measures.disclosure.rounding import OPEN
from ongedeeld.measures.disclosure.search import Search

FEW_CELLS, FEW_COLUMNS = 60, 3_000
"""Up to so many cells that may be shown and columns of witnesses, the least loss is looked for; above, HiGHS
may take minutes."""
MOST_NODES = 300
"""After so many branches the proof is given up; a count, so that the outcome does not hang on the machine."""


@dataclass(frozen=True)
class _Demand:
    """A witness that is needed: a count of at most `low`, or of at least `high`, or two `width` apart."""

    cell: int
    low: int = FREE
    high: int = FREE
    width: int = FREE


def hide_least(problem: Problem, found: Search) -> bool:
    """Hide the cells with which the least is lost; whether it is proven that they do.

    Parameters
    ----------
    problem
        The table, with targets eased to what can be had.
    found
        A search that has settled. It verifies, and is left with what is hidden in the end, which is what it
        had found where the proof would take too long.
    """
    demands = _demands(problem)
    tables = sum(2 if demand.width != FREE else 1 for demand in demands)
    if problem.may_show.sum() > FEW_CELLS or tables * found.size > FEW_COLUMNS:
        return False
    before, eased = found.hidden.copy(), found.targets.eased.copy()
    while True:
        hidden = _solve(problem, demands)
        if hidden is None:
            break
        found.start_from(hidden)
        failing = set(found.failing())
        if not failing:
            return True
        new = [
            demand
            for cell in sorted(failing)
            if problem.may_show[cell]
            and (demand := _Demand(cell, width=int(problem.width[cell]))) not in demands
        ]
        if not new:
            break
        demands += new
    found.start_from(before)
    found.targets.eased[:] = eased
    return False


def _demands(problem: Problem) -> list[_Demand]:
    targets = problem.targets
    demands = []
    for cell in np.flatnonzero(targets.asked() & ~problem.may_show):
        if targets.lower[cell] != FREE:
            demands.append(_Demand(int(cell), low=int(targets.lower[cell])))
        if targets.upper[cell] != FREE:
            demands.append(_Demand(int(cell), high=int(targets.upper[cell])))
        if targets.width[cell] != FREE:
            demands.append(_Demand(int(cell), width=int(targets.width[cell])))
    return demands


def _solve(problem: Problem, demands: list[_Demand]) -> Flags | None:
    programme = _Programme(problem)
    for demand in demands:
        programme.add(demand)
    return programme.solve()


class _Programme:
    """The mixed-integer programme, built up demand by demand."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._extra = np.flatnonzero(problem.may_show)
        farthest = int(max(problem.targets.upper.max(initial=0), problem.width.max(initial=0)))
        # How far a cell may move in a witness: far more than any target asks, and small enough to be exact.
        self._span = 10 * farthest
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", "false")
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("mip_rel_gap", 0.0)
        self._highs.setOptionValue("mip_max_nodes", MOST_NODES)
        for loss in problem.loss[self._extra]:
            self._highs.addCol(float(loss), 0.0, 1.0, 0, [], [])
        self._count = len(self._extra)
        kinds = np.full(self._count, int(highspy.HighsVarType.kInteger), np.uint8)
        self._highs.changeColsIntegrality(self._count, np.arange(self._count, dtype=np.int32), kinds)

    def add(self, demand: _Demand) -> None:
        """Add the tables that witness a demand."""
        if demand.width == FREE:
            start = self._add_table()
            least = 0 if demand.high == FREE else demand.high
            most = np.inf if demand.low == FREE else demand.low
            self._row(least, most, [start + demand.cell], [1.0])
            return
        low, high = self._add_table() + demand.cell, self._add_table() + demand.cell
        if self._problem.may_show[demand.cell]:
            switch = int(np.searchsorted(self._extra, demand.cell))
            self._row(0.0, np.inf, [high, low, switch], [1.0, -1.0, -float(demand.width)])
        else:
            self._row(float(demand.width), np.inf, [high, low], [1.0, -1.0])

    def _add_table(self) -> int:
        """Columns for a whole table; the number of the first."""
        problem, start = self._problem, self._count
        system = problem.system
        for least, most in zip(system.lower.tolist(), system.upper.tolist(), strict=True):
            self._highs.addCol(0.0, float(least), np.inf if most >= OPEN else float(most), 0, [], [])
        self._count += len(system.lower)
        for row in system.rows:
            self._row(row.low, row.high, (row.cells + start).tolist(), row.coefficients.tolist())
        for switch, cell in enumerate(self._extra.tolist()):
            low, high = int(problem.shown_low[cell]), int(problem.shown_high[cell])
            down = min(low - int(system.lower[cell]), self._span)
            up = min(int(system.upper[cell]) - high, self._span)
            self._row(float(low), np.inf, [start + cell, switch], [1.0, float(max(down, 0))])
            self._row(-np.inf, float(high), [start + cell, switch], [1.0, -float(max(up, 0))])
        return start

    def _row(self, low: float, high: float, cells: list[int], by: list[float]) -> None:
        self._highs.addRow(
            float(low), float(high), len(cells), np.array(cells, np.int32), np.array(by, float)
        )

    def solve(self) -> Flags | None:
        """The cells that are hidden at the least loss; None where none is proven in time."""
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        switches = np.array(self._highs.getSolution().col_value)[: len(self._extra)]
        hidden = np.zeros(len(self._problem.may_show), bool)
        hidden[self._extra[switches > 0.5]] = True
        return hidden
