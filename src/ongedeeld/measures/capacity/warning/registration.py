"""Whether a jump of the whole stock at once looks like another way of writing down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ongedeeld.measures.capacity.warning.records import Counts
from ongedeeld.measures.capacity.warning.watched import Watched
from ongedeeld.measures.capacity.warning.windows import windows

Floats = NDArray[np.float64]

LEAST_JUMP = 1.25
"""A jump of the stock of less than this factor, up or down, is not taken for another registration."""

_TIMES_THE_SPREAD = 3.0
_MOVED_ALONG = 0.5
_LEAST_PERIODS = {3: 2, 12: 1}


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump of the whole stock: what was counted, from which period on, and how many times as much.

    `middle` is the same factor for the middle half of the units, by how much each moved.
    """

    each: Watched
    since: date
    factor: float
    middle: float


def jump(each: Watched, counts: Counts) -> Jump | None:
    """The largest jump in the rate of the stock within the periods compared; None when nothing stands out.

    For every split of the periods, the mean logarithm of the rate after it less that before it. The largest
    counts when it is a factor of 1.25 or more, three times its standard error from period to period, and the
    middle half of the units, by how much each moved, made at least half of it (on a logarithmic scale): what
    only a few places do is not a change of registration.

    Parameters
    ----------
    each
        What was counted.
    counts
        By unit and period.

    Returns
    -------
    Jump or None
    """
    split = windows(counts.periods)
    places = [*split.before, *split.now]
    events, homes = counts.events[:, places], counts.homes[:, places]
    # Half an event more, as a quarter without any has no logarithm.
    rates = np.log((events.sum(axis=0) + 0.5) / np.maximum(homes.sum(axis=0), 1.0))
    least = _LEAST_PERIODS[counts.months]
    steps = {at: _step(rates, at) for at in range(least, len(rates) - least + 1)}
    if not steps:
        return None
    at = max(steps, key=lambda place: abs(steps[place][0]))
    height, error = steps[at]
    factor, middle = float(np.exp(height)), _of_the_middle(events, homes, at)
    stands_out = abs(height) >= np.log(LEAST_JUMP) and abs(height) >= _TIMES_THE_SPREAD * error
    if not stands_out or np.log(middle) / height < _MOVED_ALONG:
        return None
    return Jump(each, counts.periods[places[at]], factor, middle)


def _step(rates: Floats, at: int) -> tuple[float, float]:
    """How high the step is, and its standard error from the ups and downs on both sides."""
    earlier, later = rates[:at], rates[at:]
    free = max(len(rates) - 2, 1)
    variance = (((earlier - earlier.mean()) ** 2).sum() + ((later - later.mean()) ** 2).sum()) / free
    error = float(np.sqrt(variance * (1 / len(earlier) + 1 / len(later))))
    return float(later.mean() - earlier.mean()), error


def _of_the_middle(events: Floats, homes: Floats, at: int) -> float:
    """How many times as much the middle half of the units counts, by how much each moved."""
    earlier, later = events[:, :at].sum(axis=1), events[:, at:].sum(axis=1)
    stay_earlier, stay_later = homes[:, :at].sum(axis=1), homes[:, at:].sum(axis=1)
    known = np.flatnonzero((stay_earlier > 0) & (stay_later > 0) & (earlier + later > 0))
    moved = later[known] / stay_later[known] - earlier[known] / stay_earlier[known]
    out = len(known) // 4
    middle = known[np.argsort(moved, kind="stable")][out : len(known) - out]
    before = (earlier[middle].sum() + 0.5) / max(stay_earlier[middle].sum(), 1.0)
    return float((later[middle].sum() + 0.5) / max(stay_later[middle].sum(), 1.0) / before)
