"""Disclosure control: a city of 500 neighbourhoods, beside plain suppression as it is done by hand.

The plain way goes through every sum again and again: where one count is hidden alone, or the hidden ones are
too few together, the smallest count shown is hidden as well. It is the rule of thumb of a spreadsheet, and it
keeps no promise: ``python -m bench.disclosure`` prints what is lost either way, how many hidden counts a
reader derives more narrowly than promised, and below which loss no way can keep the promise.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.measures.disclosure import Publication, attack, protect
from ongedeeld.measures.disclosure.case import among, problem_of
from ongedeeld.measures.disclosure.problem import Problem
from ongedeeld.measures.disclosure.sensitive import find_sensitive, read_table
from ongedeeld.measures.disclosure.solver import model_of
from ongedeeld.measures.disclosure.structure import Nested, read_structure

Work = Callable[[], object]

NEIGHBOURHOODS, COLUMNS, IN_DISTRICT = 500, 12, 20
MIN_COUNT = 10
ROUNDS, SECONDS = 20, 60.0


@dataclass(frozen=True)
class Made:
    """A made-up table: codes, counts and how areas nest."""

    table: pl.DataFrame
    nested: Nested


def city(neighbourhoods: int = NEIGHBOURHOODS, typical: float = 15.0, seed: int = 1) -> Made:
    """Twelve columns and their total, for neighbourhoods, districts of twenty and the city.

    `typical` sets how many counts are small: about a fifth of them at 15, and ever fewer above.
    """
    luck = np.random.default_rng(seed)
    inner = luck.poisson(
        luck.gamma(2, typical, (neighbourhoods, 1)) * luck.dirichlet(np.ones(COLUMNS), 1) * COLUMNS
    )
    district = np.arange(neighbourhoods) // IN_DISTRICT
    above = np.stack([inner[district == number].sum(axis=0) for number in range(district.max() + 1)])
    counts = np.concatenate([inner, above, inner.sum(axis=0, keepdims=True)])
    counts = np.column_stack([counts, counts.sum(axis=1)])
    names = [f"WK{number:02d}" for number in range(len(above))]
    codes = [*(f"BU{number:04d}" for number in range(neighbourhoods)), *names, "GM"]
    columns = [*(f"column {number:02d}" for number in range(COLUMNS)), "all"]
    table = pl.DataFrame(
        {
            "area": np.repeat(codes, len(columns)),
            "reason": np.tile(columns, len(codes)),
            "count": counts.ravel().astype(np.int64),
        }
    )
    parents = pl.DataFrame(
        {"code": codes, "parent": [*(names[number] for number in district), *["GM"] * len(names), None]}
    )
    return Made(table.sort("area", "reason"), {"area": parents, "reason": "all"})


def problem(made: Made) -> tuple[Problem, NDArray[np.int64]]:
    """What is asked of the table, and its counts by cell."""
    cells = read_table(made.table, 1)
    nothing = cells.cells.with_columns(pl.lit(None, pl.Int64).alias("count"))
    now = Publication("", nothing, MIN_COUNT, 1, 1, read_structure(made.nested, made.table))
    case = among((), now, cells)
    sensitive = find_sensitive(cells, case.width[case.place], 0.5)
    counts = np.zeros(len(case.system.lower), np.int64)
    counts[case.place] = cells.counts
    return problem_of(case, sensitive), counts


def hide_plainly(asked: Problem, counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The cells hidden by the rule of thumb, primary ones included."""
    hidden = asked.targets.asked()
    changed = True
    while changed:
        changed = False
        for row in asked.system.rows:
            own = hidden[row.cells]
            while own.any() and not own.all() and (own.sum() < 2 or counts[row.cells[own]].sum() < MIN_COUNT):
                shown = row.cells[~own]
                hidden[shown[np.argmin(counts[shown])]] = changed = True
                own = hidden[row.cells]
    return hidden


def least_loss(asked: Problem, counts: NDArray[np.int64], seconds: float = SECONDS) -> float:
    """A loss below which no way of hiding keeps the promise of the small counts.

    The relaxation of Fischetti and Salazar-González (2001): each shown cell is hidden to a degree from 0
    to 1, at that share of its loss. For a small count and its target a linear programme asks whether cells
    hidden to these degrees leave room; where not, its dual is a cut that every way of hiding satisfies, with
    coefficients no larger than what it demands. In a table of two dimensions of which one nests, a witness
    needs to move no cell further than the small count itself. The bound holds whenever cutting stops.
    """
    showable = np.flatnonzero(asked.may_show)
    place = np.full(len(counts), -1)
    place[showable] = np.arange(len(showable))
    master = highspy.Highs()  # type: ignore[no-untyped-call]
    master.setOptionValue("output_flag", "false")
    for loss in asked.loss[showable]:
        master.addCol(float(loss), 0.0, 1.0, 0, [], [])
    room = _Room(asked, counts)
    small = np.flatnonzero((asked.targets.upper >= 0) & (counts < MIN_COUNT))
    until, bound = time.process_time() + seconds, 0.0
    for _ in range(ROUNDS):
        cuts = 0
        for batch in np.array_split(small, max(1, len(small) // 100)):
            degrees = np.array(master.getSolution().col_value) if cuts or bound else np.zeros(len(showable))
            for cell in batch:
                for target in (MIN_COUNT, 0):
                    cut = room.cut(int(cell), target, degrees, showable)
                    if cut is not None:
                        numbers, by, least = cut
                        master.addRow(least, np.inf, len(numbers), numbers.astype(np.int32), by)
                        cuts += 1
            master.run()
            bound = master.getObjectiveValue()
            if time.process_time() > until:
                return float(bound)
        if not cuts:
            break
    return float(bound)


class _Room:
    """How far a small count can move when cells are hidden to some degree."""

    def __init__(self, asked: Problem, counts: NDArray[np.int64]) -> None:
        self._shown, self._counts = asked.may_show, counts.astype(float)
        self._all = np.arange(len(counts), dtype=np.int32)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", "false")
        self._highs.setOptionValue("threads", 1)
        model = model_of(asked.system.rows, len(counts))
        self._highs.passModel(model)

    def cut(
        self, cell: int, target: int, degrees: NDArray[np.float64], showable: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], float] | None:
        """What must be hidden more for a cell to reach its target; None where it does."""
        far = abs(target - self._counts[cell])
        if far == 0:
            return None
        share = np.ones(len(self._counts))
        share[showable] = degrees
        up, down = np.full(len(share), far), np.minimum(self._counts, far)
        sign = 1.0 if target > self._counts[cell] else -1.0
        self._highs.changeColsBounds(len(self._all), self._all, -down * share, up * share)
        costs = np.zeros(len(share))
        costs[cell] = -sign
        self._highs.changeColsCost(len(self._all), self._all, costs)
        self._highs.run()
        if -self._highs.getObjectiveValue() >= far - 1e-6:
            return None
        gain = -np.array(self._highs.getSolution().col_dual)
        worth = np.where(gain > 0, gain * up, -gain * down)
        least = far - worth[~self._shown].sum()
        if least <= 1e-6:
            return None
        # In units of what is demanded: no cell does more than all of it.
        by = np.minimum(worth[showable] / least, 1.0)
        numbers = np.flatnonzero(by > 1e-9)
        return numbers, by[numbers], 1.0


def protect_city() -> Work:
    """Protect 6,838 counts."""
    made = city()
    protect(city(20).table, round_to=1, nested=city(20).nested)
    return lambda: [protect(made.table, MIN_COUNT, 1, nested=made.nested).report.loss]


def protect_plainly() -> Work:
    """The same with the rule of thumb."""
    made = city()

    def work() -> object:
        asked, counts = problem(made)
        return [_lost(asked, hide_plainly(asked, counts), counts)]

    return work


def _lost(asked: Problem, hidden: NDArray[np.bool_], counts: NDArray[np.int64]) -> float:
    return float(asked.loss[hidden & asked.may_show].sum() / np.log2(1 + counts).sum())


def _told(made: Made, hidden: NDArray[np.bool_], names: list[tuple[str, ...]]) -> int:
    """How many hidden counts a reader derives more narrowly than promised."""
    codes = pl.DataFrame(
        [names[cell] for cell in np.flatnonzero(hidden)], schema=["area", "reason"], orient="row"
    ).with_columns(hidden=True)
    table = made.table.join(codes, on=["area", "reason"], how="left", maintain_order="left").with_columns(
        count=pl.when(pl.col("hidden")).then(None).otherwise(pl.col("count"))
    )
    published = Publication.of(table.drop("hidden"), min_count=MIN_COUNT, nested=made.nested)
    bounds = attack([published]).join(made.table, on=["area", "reason"])
    narrow = pl.col("upper").fill_null(10**9) - pl.col("lower") < MIN_COUNT
    small = pl.col("count") < MIN_COUNT
    told = narrow | (small & ((pl.col("lower") > 0) | (pl.col("upper") < MIN_COUNT)))
    return len(bounds.filter(told))


def compare(typical: float, seconds: float = SECONDS) -> str:
    """A line of the table in the docs."""
    made = city(typical=typical)
    asked, counts = problem(made)
    start = time.process_time()
    ours = protect(made.table, MIN_COUNT, 1, nested=made.nested)
    took = time.process_time() - start
    plain = hide_plainly(asked, counts)
    names = [tuple(cell) for cell in asked.system.place]
    hidden = np.zeros(len(counts), bool)
    for row in ours.reasons.select("area", "reason").rows():
        hidden[asked.system.place[row]] = True
    whole = np.log2(1 + counts).sum()
    cells = [
        f"{ours.report.small:,}",
        f"{took:.1f}",
        f"{ours.report.loss:.2%}",
        f"{_told(made, hidden, names)}",
        f"{_lost(asked, plain, counts):.2%}",
        f"{_told(made, plain, names):,}",
        f"{least_loss(asked, counts, seconds) / whole:.2%}",
    ]
    return "| " + " | ".join(cells) + " |"


CASES: dict[str, tuple[Callable[[], Work], Callable[[], Work] | None]] = {
    "Protect 500 neighbourhoods x 12 columns (other way: a rule of thumb, unchecked; gap in share lost)": (
        protect_city,
        protect_plainly,
    ),
}


if __name__ == "__main__":
    sys.stdout.write(
        "| small counts | processor seconds | lost | told "
        "| rule of thumb: lost | told | no way loses less than |\n"
        "|---:|---:|---:|---:|---:|---:|---:|\n"
    )
    for typical in (15.0, 50.0, 150.0):
        sys.stdout.write(compare(typical) + "\n")
        sys.stdout.flush()
