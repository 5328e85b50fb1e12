"""Random allotment of counts that were rounded, suppressed or made from shares, and published again."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np

from ongedeeld.measures.undividedness._allot import Published
from ongedeeld.measures.undividedness._behind import Nested, null_divisions, null_values, published_draw
from ongedeeld.measures.undividedness.behind import Behind, behind
from ongedeeld.measures.undividedness.chance import side_by_side
from ongedeeld.measures.undividedness.counts import Counts, Floats, Integers
from ongedeeld.measures.undividedness.settings import Settings


class Null(NamedTuple):
    """What draws under a null start from: the counts behind, what is exchangeable, how it is published."""

    known: Behind
    nested: Nested
    published: Published

    def values(self, index: int, shape: float, settings: Settings) -> Floats:
        """An index of as many random allotments as the settings ask."""
        work = partial(null_values, index, shape, *self, settings.seed)
        return side_by_side(work, settings.draws, settings.workers)

    def divisions(self, settings: Settings) -> Floats:
        """The division among units within larger ones of as many random allotments."""
        work = partial(null_divisions, *self, settings.seed)
        return side_by_side(work, settings.draws, settings.workers)

    def table(self, seed: int, draw: int) -> Floats:
        """The table of one random allotment as it would have been published."""
        table: Floats = published_draw(*self, seed, draw)
        return table


def null_of(
    counts: Counts, published: Published, units: Integers | None = None, parents: Integers | None = None
) -> Null:
    """The null that units have the mix of the larger unit they are part of.

    Parameters
    ----------
    counts, published
        Counts without empty areas, and how they were published.
    units, parents
        Of every area the unit and the larger unit it is part of, numbered from 0 without gaps; None for every
        area a unit of its own, and for the whole.
    """
    areas = len(counts.areas)
    unit = np.arange(areas) if units is None else units
    larger = np.zeros(areas, dtype=np.int64) if parents is None else parents
    return Null(behind(counts, larger), nested(unit, larger), published)


def nested(units: Integers, parents: Integers) -> Nested:
    """Areas in units in larger ones, from the number of each by area."""
    parent = np.zeros(int(units.max()) + 1, dtype=np.int64)
    parent[units] = parents
    return Nested(units, parent, int(parents.max()) + 1)
