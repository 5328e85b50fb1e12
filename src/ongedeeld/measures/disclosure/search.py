"""Hide as little as needed, found step by step.

For every cell whose promise does not hold yet, a linear programme finds the table a reader may not exclude
that moves as little as possible out of what is shown; the shown cells that it moves are hidden. Cells
hidden without need are then shown again, the costliest first. Each table found is kept as a witness: it is
of whole numbers, so the bounds of a reader are at least as wide as the witnesses show.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ongedeeld.measures.disclosure.problem import FREE, Flags, Problem
from ongedeeld.measures.disclosure.rounding import OPEN, Counts
from ongedeeld.measures.disclosure.witnesses import Witnesses

ROUNDS = 30
"""How many tables at most are looked for that serve many cells at once, in each direction."""
EFFORT, MOST_SEARCHES = 1_500_000, 1_500
"""How long cells are tried to be shown again: so many cells times tables looked for, and so many tables."""


class Search(Witnesses):
    """The cells hidden so far and the tables that witness what a reader cannot exclude."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._large = np.zeros(self.size, bool)

    def _gap(self) -> Counts:
        """How far the tables found so far are from the targets of each cell."""
        targets = self.targets
        below = np.where(targets.upper != FREE, targets.upper - self.high, 0)
        above = np.where(targets.lower != FREE, self.low - targets.lower, 0)
        gap: Counts = np.maximum(np.maximum(below, above), targets.width - self.high + self.low)
        return gap

    def settle(self) -> None:
        """Hide until every target holds, also of the cells that come to be hidden on the way."""
        before = -1
        while before != self.hidden.sum():
            before = int(self.hidden.sum())
            self._watch_unlisted()
            self._serve_many()
            while (waiting := np.flatnonzero(np.any(self.unmet(), axis=0))).size:
                for cell in waiting[np.argsort(-self._gap()[waiting], kind="stable")]:
                    self._serve(int(cell))

    def _serve_many(self) -> None:
        """Tables that bring many cells to their targets at once, for as long as that goes fast."""
        for direction in (-1, 1):
            for _ in range(ROUNDS):
                too_high, too_low, too_close = self.unmet()
                waiting = (too_low if direction < 0 else too_high) | too_close
                if waiting.sum() < 2:
                    break
                enough = {}
                if direction < 0:
                    # Cells that need not go beyond their target leave room for others.
                    known = np.flatnonzero(too_low & ~self.problem.unknown)
                    enough = {int(cell): (0, int(self.targets.upper[cell])) for cell in known}
                aims = np.where(waiting, direction, 0)
                if self.find(aims, enough) is None and self.find(aims) is None:
                    break
                still = np.any(self.unmet(), axis=0) & waiting
                if still.sum() > 0.9 * waiting.sum():
                    break

    def _serve(self, cell: int) -> None:
        """Make the targets of one cell hold."""
        targets = self.targets
        if targets.lower[cell] != FREE and self.low[cell] > targets.lower[cell]:
            self._reach(cell, 0, int(targets.lower[cell]))
        if targets.upper[cell] != FREE and self.high[cell] < targets.upper[cell]:
            self._reach(cell, int(targets.upper[cell]), OPEN)
        if targets.width[cell] != FREE and self.high[cell] - self.low[cell] < targets.width[cell]:
            self._widen(cell)

    def _reach(self, cell: int, least: int, most: int) -> None:
        """Find a table with a cell within bounds, hiding what that takes; ease the target where none is."""
        distance = max(1, least - int(self.high[cell]), int(self.low[cell]) - most)
        for also_in_vain in (False, True):
            wanted = {cell: (least, most)}
            if self.find(within=wanted, price=1.0 / distance, also_in_vain=also_in_vain) is not None:
                return
        if self.problem.unknown[cell] and not least:
            # Known not to be zero, so that it was not hidden for being small: vague is enough.
            self.targets.lower[cell] = self.targets.upper[cell] = FREE
            return
        attainable = self.extreme(cell, -1 if least else 1, all_hidden=True)
        self.targets.eased[cell] = True
        if least:
            self.targets.upper[cell] = attainable
        else:
            self.targets.lower[cell] = attainable

    def _widen(self, cell: int) -> None:
        """Find two tables in which a cell differs enough, hiding what that takes."""
        width = int(self.targets.width[cell])
        for direction in (-1, 1):
            self.extreme(cell, direction)
        apart = int(self.high[cell] - self.low[cell])
        if apart >= width:
            return
        price = 1.0 / (width - apart)
        if self.find(within={cell: (int(self.low[cell]) + width, OPEN)}, price=price) is not None:
            return
        high, low = (self.extreme(cell, direction, all_hidden=True) for direction in (-1, 1))
        if high - low < width:
            if self.problem.may_show[cell] and not self.in_vain[cell]:
                self._give_up_hiding(cell)
                return
            self.targets.width[cell] = high - low
            self.targets.eased[cell] = True
        # The lowest table may need hidden cells of its own; after it, the highest lies far enough off.
        self.find(within={cell: (0, low)}, price=price, also_in_vain=True)
        far = low + int(self.targets.width[cell])
        self.find(within={cell: (far, OPEN)}, price=price, also_in_vain=True)

    def _give_up_hiding(self, cell: int) -> None:
        """Show a cell of which earlier tables tell too much for it to be of use to others when hidden."""
        self.in_vain[cell] = True
        self.hidden[cell], self.targets.width[cell] = False, FREE
        self.keep_only(self.tables_with(cell))

    def _watch_unlisted(self) -> None:
        """Ask of cells in no table what is asked of small ones, unless they are large for certain."""
        self._large[:] = False
        for cell in self._unlisted_in_doubt():
            if self._is_known_small(int(cell)):
                width = self.problem.width[cell]
                self.targets.lower[cell], self.targets.upper[cell], self.targets.width[cell] = 0, width, width

    def _unlisted_in_doubt(self) -> NDArray[np.int64]:
        vague = (self.low == 0) & (self.high >= self.problem.width)
        return np.flatnonzero(self.problem.unlisted & (self.targets.width == FREE) & ~self._large & ~vague)

    def _is_known_small(self, cell: int) -> bool:
        """Whether a cell may be a small one of which too much can be derived."""
        lowest, width = self.extreme(cell, 1), int(self.problem.width[cell])
        self._large[cell] = lowest >= width
        return not self._large[cell] and (lowest > 0 or self.extreme(cell, -1) < width)

    def show_again(self) -> None:
        """Show what was hidden without need, the costliest first."""
        cells = np.flatnonzero(self.hidden)
        until = self.searches + min(EFFORT // self.size, MOST_SEARCHES)
        for cell in cells[np.argsort(-self.problem.loss[cells], kind="stable")]:
            if self.searches > until:
                break
            self._try_to_show(int(cell))

    def _try_to_show(self, cell: int) -> None:
        tables = self.tables
        width = int(self.targets.width[cell])
        self.hidden[cell], self.targets.width[cell] = False, FREE
        self.keep_only(self.tables_with(cell))
        if next(self.failing(beside=cell), None) is not None:
            self.hidden[cell], self.targets.width[cell] = True, width
            self.keep_only(tables)

    def failing(self, beside: int | None = None) -> Iterator[int]:
        """The cells of which a target does not hold as things are hidden now, first those beside a cell."""
        too_high, too_low, too_close = self.unmet()
        waiting = np.flatnonzero(too_high | too_low | too_close)
        if beside is not None:
            waiting = waiting[np.argsort(~np.isin(waiting, self._beside(beside)), kind="stable")]
        for cell in waiting.tolist():
            if (
                (too_high[cell] and self.find(within={cell: (0, int(self.targets.lower[cell]))}) is None)
                or (too_low[cell] and self.find(within={cell: (int(self.targets.upper[cell]), OPEN)}) is None)
                or (self.high[cell] - self.low[cell] < self.targets.width[cell] and not self._is_wide(cell))
            ):
                yield cell
        for cell in self._unlisted_in_doubt():
            if self._is_known_small(int(cell)):
                yield int(cell)

    def _beside(self, cell: int) -> NDArray[np.int32]:
        return np.concatenate([row.cells for row in self.problem.system.rows if cell in row.cells])

    def eased(self) -> Flags:
        """The cells that are not as vague as promised, because of what was known before."""
        flags: Flags = self.targets.eased & (self.hidden | ~self.problem.may_show)
        return flags

    def start_from(self, hidden: Flags) -> None:
        """Hide these of the cells that may be shown, and no others, and forget all tables."""
        self.hidden = hidden.copy()
        self.targets.eased[self.problem.may_show] = False
        self.targets.width[self.problem.may_show] = FREE
        self.targets.width[hidden] = self.problem.width[hidden]
        self._large[:] = False
        self.keep_only([])

    def _is_wide(self, cell: int) -> bool:
        return self.extreme(cell, -1) - self.extreme(cell, 1) >= int(self.targets.width[cell])
