"""Parts of a whole as they are written: rounded so that they add up to the whole as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor


def adding_up(parts: Sequence[float], decimals: int) -> list[float]:
    """Parts rounded by largest remainder, so that they add up to their rounded sum.

    Every part is at most one last digit from where rounding it by itself would put it.

    Parameters
    ----------
    parts
        Of any sign.
    decimals
        How many are written.

    Examples
    --------
    >>> adding_up([0.034, 0.004], 2)
    [0.03, 0.01]
    >>> sum(adding_up([1 / 3, 1 / 3, 1 / 3], 2))
    1.0
    """
    size = 10**decimals
    scaled = [round(part * size, 9) for part in parts]
    units = [floor(value) for value in scaled]
    missing = round(sum(scaled)) - sum(units)
    rising = sorted(range(len(units)), key=lambda at: units[at] - scaled[at])
    for at in rising[:missing]:
        units[at] += 1
    return [unit / size for unit in units]
