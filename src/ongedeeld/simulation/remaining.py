"""What is left of slots, ceilings and tallies before each round of a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ongedeeld.simulation.kernel._state import UNLIMITED, Ints, Left, Longs, PlanTables


@dataclass
class Remaining:
    """What is left under a plan, carried from month to month and from plan to plan.

    Parameters
    ----------
    tables
        The plan.
    left
        What is left; the rounds write in it.
    ceilings_given
        Whether ceilings were set for the year, so that another plan does not set them anew.
    """

    tables: PlanTables
    left: Left
    ceilings_given: bool = False

    @classmethod
    def at_first(cls, tables: PlanTables) -> Remaining:
        """What the first plan holds."""
        return cls(tables, _held(tables))

    def turn(self, tables: PlanTables) -> None:
        """Take another plan: what it counts like the one before goes on with what was let."""
        old, before, new = self.left, self.tables, _held(tables)
        _less(new.reservation_left, tables.slot_from, before.reservation_most, old.reservation_left)
        if self.ceilings_given:
            _go_on(new.ceiling_left, tables.ceiling_from, old.ceiling_left)
        else:
            _less(new.ceiling_left, tables.ceiling_from, before.ceiling_most, old.ceiling_left)
        _go_on(new.tally_done, tables.tally_from, old.tally_done)
        _go_on(new.tally_of, tables.tally_from, old.tally_of)
        self.tables, self.left = tables, new

    def new_year(self) -> None:
        """Begin anew what the law counts by calendar year."""
        yearly = self.tables.tally_yearly != 0
        self.left.tally_done[yearly] = 0
        self.left.tally_of[yearly] = 0

    def set_ceilings(self, most: Longs, *, year_begins: bool) -> None:
        """Let ceilings hold these numbers from now on: all where a year begins, else those that begin."""
        begin = np.flatnonzero(year_begins | (self.tables.ceiling_from < 0))
        self.left.ceiling_left[begin] = most[begin]
        self.ceilings_given = True


def _held(tables: PlanTables) -> Left:
    none = np.zeros(len(tables.tally_most), np.int64)
    return Left(
        tables.reservation_most.copy(),
        tables.ceiling_most.copy(),
        none,
        none.copy(),
    )


def _less(new: Longs, from_: Ints, most: Longs, left: Longs) -> None:
    """Take what was let off what is held, where it goes on; what has no end stays so."""
    for place, earlier in enumerate(from_):
        if earlier >= 0 and new[place] != UNLIMITED and most[earlier] != UNLIMITED:
            new[place] = max(0, new[place] - (most[earlier] - left[earlier]))


def _go_on(new: Longs, from_: Ints, old: Longs) -> None:
    """Take over what goes on."""
    new[from_ >= 0] = old[from_[from_ >= 0]]
