"""Lots that were drawn elsewhere and are handed to a round, in place of those that follow from its seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.errors import N_, InputError

COLUMNS = ("seeker", "lottery", "equal")


@dataclass(frozen=True)
class Lots:
    """The lots of a round as somebody else drew them: a notary, say, or a simulation.

    Parameters
    ----------
    drawn
        A row for each seeker, with `seeker` and two whole numbers from 0, below 2**64, of which the lowest
        goes first: `lottery` in every lottery of the round, `equal` among those who are alike otherwise.
    by
        Who drew them, as the reasons tell.

    Raises
    ------
    InputError
        When a column lacks or holds no such numbers, or a seeker has two lots.

    Examples
    --------
    >>> import polars as pl
    >>> frame = pl.DataFrame({"seeker": ["S2", "S1"], "lottery": [5, 7], "equal": [1, 1]})
    >>> Lots(frame, by="notary De Vries").of(pl.Series(["S1", "S2"]), "lottery").tolist()
    [7, 5]
    """

    drawn: pl.DataFrame
    by: str

    def __post_init__(self) -> None:
        """Refuse what cannot be lots."""
        if set(self.drawn.columns) != set(COLUMNS) or not all(
            self.drawn[name].dtype.is_integer() and self.drawn[name].null_count() == 0 for name in COLUMNS[1:]
        ):
            raise self._wrong(N_("the columns seeker, lottery and equal, with whole numbers in the last two"))
        if self.drawn.select(pl.any_horizontal((pl.col(*COLUMNS[1:]) < 0).any())).item():
            raise self._wrong(N_("whole numbers from 0"))
        if self.drawn["seeker"].is_duplicated().any():
            raise self._wrong(N_("one row for each seeker"))

    def of(self, seekers: pl.Series, column: str) -> NDArray[np.uint64]:
        """The lots under a column, in the order of these seekers.

        Raises
        ------
        InputError
            When a seeker has none.
        """
        found = pl.DataFrame({"seeker": seekers}).join(
            self.drawn, on="seeker", how="left", maintain_order="left"
        )
        without = found.filter(pl.col(column).is_null())["seeker"]
        if len(without):
            raise self._wrong(N_("a lot for every seeker of the round; {seeker} has none"), without[0])
        return found[column].cast(pl.UInt64).to_numpy()

    def _wrong(self, expected: str, seeker: str = "") -> InputError:
        return InputError(
            N_("these lots, drawn by {by}, cannot be used in this round"),
            expected=expected,
            remedy=N_("have them drawn again, or leave them out: then the seed draws them"),
            by=self.by,
            seeker=seeker,
        )
