"""What is shown of a count, and what a reader can conclude from what is shown."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]

OPEN = 2**40
"""An upper bound that stands for none: no count comes near it."""


def rounded(counts: Counts, base: int) -> Counts:
    """The nearest multiple of `base`; halves go up."""
    return (counts + base // 2) // base * base


def possible(shown: Counts, round_to: int, rounded_to: int = 1, least: int = 0) -> tuple[Counts, Counts]:
    """The smallest and largest count behind each number shown.

    A count was first rounded to `rounded_to` by whoever supplied it (1 is not at all), then left out if it
    was below `least`, and then rounded to `round_to`.

    Examples
    --------
    >>> import numpy as np
    >>> possible(np.array([10, 15]), 5, least=10)
    (array([10, 13]), array([12, 17]))
    """
    low = np.maximum(shown - round_to // 2, least)
    high = shown + round_to - 1 - round_to // 2
    lowest_supplied = -(-low // rounded_to) * rounded_to
    highest_supplied = high // rounded_to * rounded_to
    return (
        np.maximum(lowest_supplied - rounded_to // 2, 0),
        highest_supplied + rounded_to - 1 - rounded_to // 2,
    )
