"""The order of seekers after the priorities: registration time, points, the lot, or direct mediation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.chance import GOLDEN, Keys, keys_of, mixed
from ongedeeld.errors import N_, InputError

Places = NDArray[np.int64]
MODELS = ("registration", "points", "lottery", "direct")
PARTS = {
    "search_points": "search_points_most",
    "situation_points": "situation_points_most",
    "start_points": "start_points_most",
}


def lots(start: np.uint64, seekers: Keys) -> Keys:
    """The lot of each seeker, from a start that holds seed and vacancy: the lowest goes first."""
    with np.errstate(over="ignore"):
        return mixed(seekers ^ mixed(np.asarray([start + GOLDEN], dtype=np.uint64)))


def starts(seed: int, names: Iterable[str]) -> Keys:
    """The start of the lots for each of these under a seed: for a vacancy, its home and the day."""
    with np.errstate(over="ignore"):
        return mixed(keys_of(names) + mixed(np.asarray([seed], dtype=np.uint64) + GOLDEN))


def points(seekers: pl.DataFrame, day: date, parameters: Mapping[str, object]) -> Points:
    """The points of every seeker on a day, as the Amsterdam region has had them since 16 January 2023.

    ``total = waiting + search + situation + start``: waiting points for whole years of registration, and of
    each other part no more than its largest number (gmb-2023-2988). The parts as they stand on the day come
    with the seekers; the largest numbers are parameters.

    Parameters
    ----------
    seekers
        As they were read.
    day
        The day of the round.
    parameters
        `waiting_points_a_year`, and for search, situation and start the largest number that counts.

    Examples
    --------
    >>> from datetime import date
    >>> import polars as pl
    >>> seekers = pl.DataFrame({"registered": [date(2020, 3, 2)], "search_points": [34],
    ...                         "situation_points": [5], "start_points": [0]})
    >>> parameters = {"waiting_points_a_year": 1, "search_points_most": 30, "situation_points_most": 12,
    ...               "start_points_most": 0}
    >>> points(seekers, date(2026, 3, 1), parameters).of(0)
    Fraction(40, 1)
    """
    yearly = _number(parameters, "waiting_points_a_year")
    most = {part: _number(parameters, name) for part, name in PARTS.items()}
    unit = lcm(*(number.denominator for number in (yearly, *most.values())))
    total = whole_years(seekers["registered"], day) * int(yearly * unit)
    for part, largest in most.items():
        total += (seekers[part].fill_null(0) * unit).clip(upper_bound=int(largest * unit))
    return Points(total.to_numpy(), unit)


@dataclass(frozen=True, slots=True)
class Points:
    """Points of seekers as whole numbers, each one of `unit` parts of a point: no float decides an order."""

    parts: Places
    unit: int

    def of(self, seeker: int) -> Fraction:
        """The points of the seeker in this place."""
        return Fraction(int(self.parts[seeker]), self.unit)


def whole_years(start: pl.Series, day: date) -> pl.Series:
    """Whole years from each of these days to another.

    >>> from datetime import date
    >>> import polars as pl
    >>> whole_years(pl.Series([date(2020, 3, 2), date(2020, 3, 1)]), date(2026, 3, 1)).to_list()
    [5, 6]
    """
    month, number = start.dt.month(), start.dt.day()
    later = (month > day.month) | ((month == day.month) & (number > day.day))
    return day.year - start.dt.year().cast(pl.Int64) - later.cast(pl.Int64)


def _number(parameters: Mapping[str, object], name: str) -> Fraction:
    value = parameters.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
        raise InputError(
            N_("points need {name}"),
            expected=N_("a number of 0 or more"),
            remedy=N_("set it in the policy, under the instrument points"),
            name=name,
        )
    return Fraction(str(value))


def equal_lots(seed: int, day: date, seekers: Iterable[str]) -> Keys:
    """The lot of each seeker among those who are alike otherwise, in the round of a day under a seed.

    The day plays a part, so that the same person does not win or lose in every round.
    """
    return lots(starts(seed, [f"order of who is alike on {day}"])[0], keys_of(seekers))


def places(
    model: str, parameters: Mapping[str, object], seekers: pl.DataFrame, day: date, equal: Keys
) -> Places:
    """The place of every seeker in the order of a model, from 0; no two have the same.

    Who is alike goes by registration date, then by the lot among equals, then by number. A lottery is drawn
    by itself, so here its order is that of registration.

    Raises
    ------
    InputError
        For a model or parameter that is not as described.
    """
    if model not in MODELS:
        raise InputError(
            N_("there is no offer model {model}"),
            expected=N_("one of: {known}"),
            model=model,
            known=", ".join(MODELS),
        )
    by = [np.arange(len(seekers)), equal, seekers["registered"].to_physical().to_numpy()]
    if model == "points":
        by.append(-points(seekers, day, parameters).parts)
    found = np.empty(len(seekers), dtype=np.int64)
    found[np.lexsort(by)] = np.arange(len(seekers))
    return found
