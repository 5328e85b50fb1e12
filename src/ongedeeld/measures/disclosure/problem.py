"""What must stay hidden, what may be hidden with it, and how wide the bounds of hidden cells must stay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ongedeeld.measures.disclosure.rounding import Counts
from ongedeeld.measures.disclosure.system import System

Flags = NDArray[np.bool_]

FREE = -1
"""In a target: nothing is asked."""


@dataclass
class Targets:
    """What a reader may not exclude, by cell; FREE where nothing is asked.

    `lower`: a count this low; `upper`: a count this high; `width`: two counts this far apart. `eased` are
    cells whose target was lowered to what earlier publications and known relations leave.
    """

    lower: Counts
    upper: Counts
    width: Counts
    eased: Flags

    @classmethod
    def none(cls, size: int) -> Targets:
        """No target for any cell."""
        low, high, width = (np.full(size, FREE, np.int64) for _ in range(3))
        return cls(low, high, width, np.zeros(size, bool))

    def asked(self) -> Flags:
        """The cells with any target."""
        flags: Flags = (self.lower != FREE) | (self.upper != FREE) | (self.width != FREE)
        return flags


@dataclass(frozen=True)
class Problem:
    """One table to protect, as cells of a system in which none of its counts is known yet.

    `may_show` are the cells of the table that may be shown, with what their number as shown says of the
    count (`shown_low`, `shown_high`) and what is lost if it is hidden (`loss`, 0 elsewhere). `kept` are
    cells that were hidden in an earlier table. `unlisted` are cells in no table. Hidden cells, also those
    that come to be hidden here, must keep bounds `width` wide, which differs by cell: what an earlier table
    promised with a higher limit is still promised.
    """

    system: System
    may_show: Flags
    shown_low: Counts
    shown_high: Counts
    loss: NDArray[np.float64]
    targets: Targets
    kept: Flags
    unlisted: Flags
    width: Counts

    @property
    def unknown(self) -> Flags:
        """The cells whose count is not known here."""
        flags: Flags = self.kept | self.unlisted
        return flags
