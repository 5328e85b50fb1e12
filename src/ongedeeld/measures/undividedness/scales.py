"""The scales of a profile, checked: distances, or numbers of nearest residents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.undividedness.counts import Floats
from ongedeeld.measures.undividedness.surroundings import KERNELS
from ongedeeld.measures.undividedness.uncertainty import Freed


@dataclass(frozen=True)
class Scales:
    """Radii in metres or numbers of nearest residents, ascending, each once."""

    values: Floats
    by_distance: bool
    kernel: str

    def table(
        self,
        surrounding_people: list[float],
        values: list[float] | None = None,
        expected: list[float] | None = None,
        freed: list[Freed] | None = None,
        p_values: list[float] | None = None,
    ) -> pl.DataFrame:
        """A row per scale; what is not known is null."""
        name, kind = ("radius_m", pl.Float64) if self.by_distance else ("neighbours", pl.Int64)
        figures = {
            "surrounding_people": surrounding_people,
            "value": values,
            "expected_by_chance": expected,
            **{part: [getattr(each, part) for each in freed] if freed else None for part in Freed._fields},
            "p_value": p_values,
        }
        empty = [None] * len(self.values)
        return pl.DataFrame(
            {
                name: pl.Series(name, self.values).cast(kind),
                **{title: pl.Series(title, column or empty, pl.Float64) for title, column in figures.items()},
            }
        )


def scales_of(radii_m: Sequence[float] | None, neighbours: Sequence[float] | None, kernel: str) -> Scales:
    """The scales of a profile.

    Raises
    ------
    InputError
        When both or neither are given, a radius is negative or not a number, a number of residents is not
        whole or below 1, or the kernel is unknown or does not go with residents.
    """
    if (radii_m is None) == (neighbours is None):
        raise InputError(
            N_("a profile needs scales: radii_m or neighbours, one of the two"),
            remedy=N_("give distances in metres, such as radii_m=[250, 500, 1000, 2000]"),
        )
    known_choice("kernel", kernel, KERNELS)
    if neighbours is not None:
        if kernel != "uniform":
            raise InputError(
                N_("kernel {kernel} goes with distances, not with numbers of residents"),
                remedy=N_("leave the kernel out, or give radii_m"),
                kernel=kernel,
            )
        return Scales(_numbers("neighbours", neighbours, least=1, whole=True), False, kernel)  # noqa: FBT003
    return Scales(_numbers("radii_m", radii_m or (), least=0, whole=False), True, kernel)  # noqa: FBT003


def known_choice(name: str, value: object, known: Collection[str]) -> None:
    """Refuse what is not one of the choices.

    Raises
    ------
    InputError
        When it is not.
    """
    if value not in known:
        raise InputError(
            N_("{name} is {value}"),
            expected=N_("one of: {known}"),
            name=name,
            value=value,
            known=", ".join(known),
        )


def check_grid(grid_m: float | None, scales: Scales) -> None:
    """Refuse a grid that is none, or that is asked for what it cannot do.

    Raises
    ------
    InputError
        When the side is no positive number, or scales are not discs.
    """
    if grid_m is None:
        return
    if not 0.0 < grid_m < float("inf"):
        raise InputError(N_("grid_m is {value}"), expected=N_("the side of a cell in metres"), value=grid_m)
    if scales.kernel != "uniform" or not scales.by_distance:
        raise InputError(
            N_("grid_m goes with distances and the uniform kernel only"),
            remedy=N_("leave grid_m out: the locations are then taken as points"),
        )


def _numbers(name: str, given: Sequence[float], *, least: int, whole: bool) -> Floats:
    try:
        values = np.unique(np.asarray(list(given), dtype=np.float64))
    except (TypeError, ValueError):
        values = np.array([np.nan])
    wrong = values[~(values >= least) | (whole & (values != np.floor(values)))]
    if wrong.size or not values.size:
        raise InputError(
            N_("{name} is {value}"),
            expected=N_("whole numbers of {least} or more, at least one")
            if whole
            else N_("numbers of {least} or more, at least one"),
            name=name,
            value=f"{wrong[0]:g}" if wrong.size else "-",
            least=least,
        )
    return values
