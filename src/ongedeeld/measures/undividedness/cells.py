"""The cells of a table by area and group: what may not stand in them, told with the first that is wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ongedeeld.errors import N_, InputError

_WHOLE = N_("whole numbers of people, 0 or more")
_WAY_OUT_OF_SHARES = N_(
    "give numbers of people; from published shares and the number of people of every area, counts_of_shares "
    "makes them"
)


@dataclass(frozen=True, eq=False)
class Cells:
    """Numbers of shape (areas, groups), NaN where one is missing, with the names of both."""

    values: NDArray[np.float64]
    areas: tuple[str, ...]
    groups: tuple[str, ...]

    def refuse(
        self, wrong: NDArray[np.bool_], problem: str, expected: str, remedy: str, *, unit: int = 1
    ) -> None:
        """Refuse these cells, if there are any; `unit` is for a problem that speaks of rounding.

        Raises
        ------
        InputError
            Naming the area, group and value of the first, and how many there are.
        """
        if wrong.any():
            row, column = np.argwhere(wrong)[0]
            raise InputError(
                problem,
                expected=expected,
                remedy=remedy,
                area=self.areas[row],
                group=self.groups[column],
                value=f"{self.values[row, column]:g}",
                cells=int(wrong.sum()),
                unit=unit,
            )

    def refuse_all_but_counts(self, *, suppressed: bool) -> None:
        """Refuse what is no whole number of people; gaps too, unless the owner suppressed them."""
        missing = np.isnan(self.values)
        if not suppressed:
            self.refuse(
                missing,
                N_("area {area}, group {group}: the count is missing ({cells} cells in all)"),
                N_("a number in every cell; missing is never zero"),
                N_("leave the area out, or say with suppressed_below below what number the owner suppressed"),
            )
        known = np.where(missing, 0.0, self.values)
        self.refuse(
            np.isinf(known),
            N_("area {area}, group {group}: {value} is not a count"),
            _WHOLE,
            N_("correct the cell"),
        )
        self.refuse(
            known < 0, N_("area {area}, group {group}: {value} is negative"), _WHOLE, N_("correct the cell")
        )
        fractional = known != np.floor(known)
        if fractional.any() and not missing.any() and _look_like_shares(known):
            self.refuse(
                fractional,
                N_("area {area}, group {group}: {value} is a share, not a count"),
                N_("numbers of people: how much chance can do depends on how many there are"),
                _WAY_OUT_OF_SHARES,
            )
        self.refuse(
            fractional,
            N_("area {area}, group {group}: {value} is not a whole number"),
            _WHOLE,
            _WAY_OUT_OF_SHARES,
        )

    def refuse_unrounded(self, unit: int) -> None:
        """Refuse what is no multiple of the unit that the owner rounded to."""
        self.refuse(
            np.nan_to_num(self.values) % unit != 0,
            N_("area {area}, group {group}: {value} is not rounded to {unit} ({cells} cells in all)"),
            N_("multiples of {unit}, as rounded_to says"),
            N_("give what the owner rounded to as rounded_to, or leave it out"),
            unit=unit,
        )

    def refuse_all_but_shares(self) -> None:
        """Refuse what is not from 0 to 1, gaps included."""
        self.refuse(
            ~((self.values >= 0.0) & (self.values <= 1.0)),
            N_("area {area}, group {group}: {value} is not a share"),
            N_("a number from 0 to 1 in every cell; missing is never zero"),
            N_("divide percentages by 100; leave out areas of which a share is not known"),
        )


def _look_like_shares(known: NDArray[np.float64]) -> bool:
    """Whether rows add up to about 1 or 100, or nothing is above 1."""
    sums = known.sum(axis=1)
    filled = sums[sums > 0]
    return bool(
        np.allclose(filled, 1.0, atol=0.02) or np.allclose(filled, 100.0, atol=2.0) or known.max() <= 1.0
    )
