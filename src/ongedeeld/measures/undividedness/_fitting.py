"""Iterative proportional fitting, compiled. Its readable twin is `fitted_to` in `_plain`."""

from __future__ import annotations

import numpy as np

from ongedeeld.compiling import compiled
from ongedeeld.measures.undividedness._kernel import added_up
from ongedeeld.measures.undividedness.counts import Floats


@compiled
def _scaled(table: Floats, rows: Floats, columns: Floats) -> float:
    """Scales columns and then rows to their sums; returns the largest difference of a row in between."""
    areas, groups = table.shape
    difference = 0.0
    for group in range(groups):
        total = 0.0
        for area in range(areas):
            total += table[area, group]
        for area in range(areas):
            table[area, group] *= columns[group] / total if total > 0.0 else 0.0
    for area in range(areas):
        total = 0.0
        for group in range(groups):
            total += table[area, group]
        difference = max(difference, abs(total - rows[area]))
        for group in range(groups):
            table[area, group] *= rows[area] / total if total > 0.0 else 0.0
    return difference


@compiled
def fitted_to(source: Floats, target: Floats, enough: float, rounds: int) -> tuple[Floats, float]:
    """The source with the margins of the target, and the largest difference left as a share of all people.

    A cell that is zero stays zero. It stops at a difference of `enough` or after so many rounds.
    """
    rows, columns, people = added_up(target)
    table = source.copy()
    difference = np.inf
    for _ in range(rounds):
        difference = _scaled(table, rows, columns) / people
        if difference <= enough:
            break
    return table, difference
