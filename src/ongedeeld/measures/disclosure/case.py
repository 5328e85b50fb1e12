"""One table among all that was published before: the equations that bear on it, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.disclosure.problem import Flags, Problem, Targets
from ongedeeld.measures.disclosure.publication import Publication
from ongedeeld.measures.disclosure.rounding import Counts, possible, rounded
from ongedeeld.measures.disclosure.sensitive import UNKNOWN, Sensitive, Table
from ongedeeld.measures.disclosure.solver import Solver
from ongedeeld.measures.disclosure.system import System, build


@dataclass(frozen=True)
class Case:
    """The table with nothing of it shown, among the earlier tables that are tied to it.

    `place` has the cell of each row; `kept` are the cells that an earlier table or the supplier hid; `width`
    is how vague each cell must stay if it is not shown: by the limit of this table, or by a higher one of an
    earlier table that hid it. Cells in no table go by the highest limit of all.
    """

    cells: Table
    now: Publication
    system: System
    place: NDArray[np.int64]
    kept: Flags
    width: Counts


def among(earlier: Iterable[Publication], now: Publication, cells: Table) -> Case:
    """The table `now`, nothing of which is shown yet, among the earlier ones that are tied to it.

    Raises
    ------
    InputError
        When its counts contradict each other or what was published before.
    """
    earlier = list(earlier)
    system = build([*earlier, now])
    group = system.together()
    tied = np.isin(group, group[system.tables[-1]])
    hidden_before, width = np.zeros(len(system.lower), bool), np.full(len(system.lower), now.min_count)
    for publication, numbers in zip(earlier, system.tables, strict=False):
        hidden = numbers[publication.hidden]
        hidden_before[hidden] = True
        width[hidden] = np.maximum(width[hidden], publication.min_count)
        if tied[numbers].any():
            width[~system.listed] = np.maximum(width[~system.listed], publication.min_count)
    hidden_before[system.tables[-1][cells.counts == UNKNOWN]] = True
    part = system.part(np.flatnonzero(tied))
    case = Case(cells, now, part, part.tables[-1], hidden_before[tied], width[tied])
    _refuse_contradictions(case)
    return case


def problem_of(case: Case, sensitive: Sensitive) -> Problem:
    """What must stay hidden, what may be shown and at what loss, and how vague every cell must stay."""
    system, place, now = case.system, case.place, case.now
    size = len(system.lower)
    targets = Targets.none(size)
    targets.lower[case.kept] = 0
    targets.upper[case.kept] = targets.width[case.kept] = case.width[case.kept]
    primary = sensitive.any()
    targets.lower[place[primary]] = sensitive.targets.lower[primary]
    targets.upper[place[primary]] = sensitive.targets.upper[primary]
    targets.width[place[primary]] = sensitive.targets.width[primary]
    showable = ~primary & ~case.kept[place]
    cells, counts = place[showable], case.cells.counts[showable]
    may_show, loss = np.zeros(size, bool), np.zeros(size)
    may_show[cells], loss[cells] = True, np.log2(1 + counts)
    low, high = possible(rounded(counts, now.round_to), now.round_to, now.rounded_to, now.min_count)
    shown_low, shown_high = system.lower.copy(), system.upper.copy()
    shown_low[cells] = np.maximum(low, system.lower[cells])
    shown_high[cells] = np.minimum(high, system.upper[cells])
    kept = case.kept.copy()
    kept[place[primary]] = False
    return Problem(system, may_show, shown_low, shown_high, loss, targets, kept, ~system.listed, case.width)


def _refuse_contradictions(case: Case) -> None:
    """Refuse a table that does not add up, or not with what was published before."""
    system, place, known = case.system, case.place, case.cells.counts != UNKNOWN
    low, high = system.lower.copy(), system.upper.copy()
    least, most = possible(case.cells.counts[known], case.now.rounded_to)
    low[place[known]] = np.maximum(low[place[known]], least)
    high[place[known]] = np.minimum(high[place[known]], most)
    names = list(system.place)
    for cell in np.flatnonzero(low > high):
        raise InputError(
            N_("the count of {cell} contradicts what was published of it before"),
            expected=N_("one count for one cell in every table"),
            remedy=N_("name what these tables differ in (a date, a version, what is counted) in a column"),
            cell=", ".join(names[cell]),
        )
    for row in system.rows:
        ends = row.coefficients * low[row.cells], row.coefficients * high[row.cells]
        if np.minimum(*ends).sum() > row.high or np.maximum(*ends).sum() < row.low:
            raise InputError(
                N_("the count of {cell} does not agree with the counts it is tied to: {others}"),
                expected=N_("a total that is the sum of its parts, and relations that hold"),
                remedy=N_("correct the counts; for rounded ones give rounded_to"),
                cell=", ".join(names[row.cells[0]]),
                others="; ".join(", ".join(names[cell]) for cell in row.cells[1:4]),
            )
    if (
        Solver(system.rows, len(low)).lowest(np.zeros(len(low)), low.astype(float), high.astype(float))
        is None
    ):
        raise InputError(
            N_("these counts contradict what was published before, or each other"),
            expected=N_("counts that add up within this table and with every earlier one"),
            remedy=N_("name what these tables differ in (a date, a version, what is counted) in a column"),
        )
