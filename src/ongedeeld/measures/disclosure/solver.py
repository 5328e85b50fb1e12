"""Tables of whole numbers that agree with what is published, found with HiGHS.

By linear programming, and by integer programming where a corner of the linear programme is not whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.measures.disclosure.rounding import OPEN
from ongedeeld.measures.disclosure.system import Row

Numbers = NDArray[np.float64]
Bounds = NDArray[np.float64] | NDArray[np.int64]

WHOLE = 1e-6
"""A solution this close to whole numbers is taken as whole, and then checked in whole numbers."""
PATIENCE_SECONDS = 30.0
"""How long one search for a table of whole numbers may last; only reached in tables that are not networks."""


class Unbounded(Exception):  # noqa: N818 - an answer rather than a mistake
    """The lowest cost lies below every number."""


class Solver:
    """The equations of a table as a linear programme of which costs and bounds change and the rest stays.

    Parameters
    ----------
    rows
        The equations.
    size
        The number of columns.
    """

    def __init__(self, rows: Sequence[Row], size: int) -> None:
        self.size = size
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", "false")
        self._highs.setOptionValue("threads", 1)
        self._all = np.arange(size, dtype=np.int32)
        self._costs, self._lower, self._upper = np.zeros(size), np.zeros(size), np.zeros(size)
        model = model_of(rows, size)
        self._highs.passModel(model)
        self._starts = np.array(model.a_matrix_.start_[:-1], dtype=np.int64)
        self._cells = np.array(model.a_matrix_.index_, dtype=np.int64)
        self._coefficients = np.array(model.a_matrix_.value_)
        self._least, self._most = np.array(model.row_lower_), np.array(model.row_upper_)

    def lowest(self, costs: Numbers, lower: Bounds, upper: Bounds) -> NDArray[np.int64] | None:
        """The whole numbers within the bounds that satisfy the equations at the lowest cost; None if none do.

        A linear programme comes first. Its corner is whole for the common tables, which are networks; where
        it is not, an integer programme follows.

        Raises
        ------
        Unbounded
            When there is no lowest cost; also, of a table that has none at all, when HiGHS cannot tell.
        OngedeeldError
            When the search takes longer than it may.
        """
        self._set(costs, lower.astype(float), np.where(upper >= OPEN, np.inf, upper))
        values = self._run()
        if values is None:
            return None
        nearest = np.rint(values)
        if np.abs(values - nearest).max(initial=0.0) > WHOLE:
            kinds = np.full(self.size, int(highspy.HighsVarType.kInteger), np.uint8)
            self._highs.changeColsIntegrality(self.size, self._all, kinds)
            values = self._run()
            kinds[:] = int(highspy.HighsVarType.kContinuous)
            self._highs.changeColsIntegrality(self.size, self._all, kinds)
            if values is None:
                return None
            nearest = np.rint(values)
        self._hold(nearest)
        return nearest.astype(np.int64)

    def _set(self, costs: Numbers, lower: Numbers, upper: Numbers) -> None:
        """Tell HiGHS what changed; the rest of a large table stays as it was."""
        changed = np.flatnonzero(costs != self._costs)
        self._highs.changeColsCost(len(changed), changed, costs[changed])
        changed = np.flatnonzero((lower != self._lower) | (upper != self._upper))
        self._highs.changeColsBounds(len(changed), changed, lower[changed], upper[changed])
        self._costs, self._lower, self._upper = costs.copy(), lower.copy(), upper.copy()

    def _hold(self, table: Numbers) -> None:
        """Refuse a table that, once whole, does not satisfy the equations."""
        if not len(self._starts):
            return
        sums = np.add.reduceat(self._coefficients * table[self._cells], self._starts)
        if (sums < self._least).any() or (sums > self._most).any():
            raise OngedeeldError(
                N_("the search for tables that agree with what is published was not exact enough"),
                remedy=N_("publish the table in parts"),
            )

    def _run(self) -> Numbers | None:
        # HiGHS counts the time of all runs together.
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + PATIENCE_SECONDS)
        status = self._highs.run()
        outcome = self._highs.getModelStatus()
        known = highspy.HighsModelStatus
        if outcome == known.kInfeasible:
            return None
        if outcome in {known.kUnbounded, known.kUnboundedOrInfeasible}:
            raise Unbounded
        if status == highspy.HighsStatus.kError or outcome not in {known.kOptimal, known.kModelEmpty}:
            raise OngedeeldError(
                N_("the search for tables that agree with what is published stopped: {why}"),
                remedy=N_("publish fewer dimensions at once, or publish the table in parts"),
                why=self._highs.modelStatusToString(outcome),
            )
        return np.array(self._highs.getSolution().col_value)


def model_of(rows: Sequence[Row], size: int) -> highspy.HighsLp:
    """The equations as a linear programme without costs, all columns fixed at 0."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = size, len(rows)
    model.col_cost_ = model.col_lower_ = np.zeros(size)
    model.col_upper_ = np.zeros(size)
    model.row_lower_ = np.array([row.low for row in rows], float)
    model.row_upper_ = np.array([row.high for row in rows], float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.cells) for row in rows)])
    model.a_matrix_.index_ = np.concatenate([row.cells for row in rows] or [np.zeros(0, np.int32)])
    model.a_matrix_.value_ = np.concatenate([row.coefficients for row in rows] or [np.zeros(0)])
    return model
