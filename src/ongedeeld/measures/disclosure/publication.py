"""A table as it was published, with everything that a reader of it may be expected to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.disclosure.rounding import OPEN, Counts, possible, rounded
from ongedeeld.measures.disclosure.structure import Nested, Structure, read_structure

NOT_DIMENSIONS = ("count", "households", "largest", "most", "status")
"""Columns that say something of a cell; every other column is a dimension that names it."""

Cell = tuple[tuple[str, str], ...]
"""The codes that name a cell, by dimension in alphabetical order."""
_NOT_CODES = frozenset({"relation", "coefficient", "constant", "margin"})


@dataclass(frozen=True)
class Relation:
    """Something known of cells: the sum of coefficient x count is `constant`, give or take `margin`."""

    name: str
    cells: tuple[tuple[Cell, int], ...]
    constant: int = 0
    margin: int = 0


@dataclass(frozen=True)
class Publication:
    """A published table.

    Parameters
    ----------
    title
        What it is called.
    table
        Dimensions as text, `count` as shown, empty where it is hidden, and if known `most`: what everybody
        knows the count not to exceed.
    min_count
        Below this nothing was shown; 0 where no such rule is known.
    round_to, rounded_to
        What the counts were rounded to when they were published, and by whoever supplied them.
    structure, relations
        How cells add up, and what else is known of them.
    """

    title: str
    table: pl.DataFrame
    min_count: int = 0
    round_to: int = 1
    rounded_to: int = 1
    structure: Structure = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()

    @classmethod
    def of(
        cls,
        table: pl.DataFrame,
        title: str = "",
        *,
        min_count: int = 0,
        round_to: int = 1,
        nested: Nested | None = None,
        relations: pl.DataFrame | None = None,
    ) -> Self:
        """A table that somebody published, from a frame of dimensions, `count` (empty if hidden) and `most`.

        Raises
        ------
        InputError
            For a count that could not have been shown so, a cell that is there twice, or a wrong nesting.
        """
        frame = text_dimensions(table)
        shown = frame["count"].drop_nulls().to_numpy().astype(np.int64)
        if (wrong := shown[(shown < 0) | (rounded(shown, round_to) != shown)]).size:
            raise InputError(
                N_("the published count {count} is negative or not rounded to {base}"),
                remedy=N_("give the rounding of this table as round_to"),
                count=int(wrong[0]),
                base=round_to,
            )
        return cls(
            title,
            frame,
            min_count,
            round_to,
            structure=read_structure(nested, table),
            relations=read_relations(relations),
        )

    @property
    def dimensions(self) -> list[str]:
        """The columns that name a cell."""
        return dimensions(self.table)

    def bounds(self) -> tuple[Counts, Counts]:
        """The smallest and largest count that each row can stand for, by itself."""
        shown = self.table["count"].fill_null(0).to_numpy().astype(np.int64)
        low, high = possible(shown, self.round_to, self.rounded_to, self.min_count)
        return np.where(self.hidden, 0, low), np.minimum(np.where(self.hidden, OPEN, high), self.most())

    def most(self) -> Counts:
        """What everybody knows the count of each row not to exceed."""
        if "most" not in self.table.columns:
            return np.full(len(self.table), OPEN)
        return self.table["most"].fill_null(OPEN).to_numpy().astype(np.int64)

    @property
    def hidden(self) -> NDArray[np.bool_]:
        """The rows without their count."""
        return self.table["count"].is_null().to_numpy()


def dimensions(table: pl.DataFrame) -> list[str]:
    """The columns of a table that name a cell."""
    return [column for column in table.columns if column not in NOT_DIMENSIONS]


def text_dimensions(table: pl.DataFrame) -> pl.DataFrame:
    """The dimensions as text, the count and, where there is such a column, the most it can be.

    Raises
    ------
    InputError
        When there is no column `count`, no dimension, no row, a code that is missing, a cell that is there
        twice, or numbers that are not whole.
    """
    names = dimensions(table)
    if "count" not in table.columns or not names:
        raise InputError(
            N_("a table to publish needs a column count and at least one column that names its cells"),
            expected=N_("for instance area, reason and count; found {columns}"),
            columns=", ".join(table.columns) or "-",
        )
    if table.is_empty():
        raise InputError(N_("there are no counts to publish"), expected=N_("a row for each cell"))
    numbers = [column for column in ("count", "most") if column in table.columns]
    for column in numbers:
        _refuse_fractions(table[column])
    frame = table.select(
        *(pl.col(name).cast(pl.String) for name in names), *(pl.col(name).cast(pl.Int64) for name in numbers)
    )
    for name in names:
        if frame[name].null_count():
            raise InputError(
                N_("column {column} is empty in {count} rows"),
                expected=N_("a code in every row"),
                column=name,
                count=frame[name].null_count(),
            )
    if (twice := frame.select(names).is_duplicated()).any():
        raise InputError(
            N_("the cell {cell} is in the table more than once"),
            expected=N_("one row for each cell"),
            remedy=N_("add the rows up, or name what they differ in in a column of its own"),
            cell=", ".join(frame.select(names).filter(twice).row(0)),
        )
    return frame


def _refuse_fractions(numbers: pl.Series) -> None:
    if not (numbers.dtype.is_integer() or numbers.dtype == pl.Null):
        raise InputError(
            N_("the numbers in column {column} are not whole numbers but {dtype}"),
            expected=N_("whole numbers in column {column}"),
            remedy=N_("publish counts, and work out shares from the published counts"),
            column=numbers.name,
            dtype=numbers.dtype,
        )


def read_relations(frame: pl.DataFrame | None) -> tuple[Relation, ...]:
    """Relations from rows of `relation`, `coefficient`, dimensions and, if wanted, `constant` and `margin`.

    Raises
    ------
    InputError
        When a column lacks, or a coefficient, constant or margin is not a whole number.
    """
    if frame is None:
        return ()
    numbers = [column for column in ("coefficient", "constant", "margin") if column in frame.columns]
    if "relation" not in frame.columns or "coefficient" not in numbers:
        raise InputError(
            N_("the relations lack the column relation or coefficient"),
            expected=N_(
                "relation, coefficient, the columns that name cells and, if wanted, constant and margin"
            ),
        )
    for column in numbers:
        if not frame[column].dtype.is_integer() or frame[column].null_count():
            raise InputError(
                N_("column {column} of the relations holds something else than whole numbers"),
                expected=N_("a whole number in every row"),
                column=column,
            )
    return tuple(
        _relation(str(name), list(rows.iter_rows(named=True)))
        for (name,), rows in frame.group_by("relation", maintain_order=True)
    )


def _relation(name: str, rows: list[dict[str, object]]) -> Relation:
    cells = tuple(
        (
            cell_of({key: value for key, value in row.items() if key not in _NOT_CODES}),
            _whole(row["coefficient"]),
        )
        for row in rows
    )
    known = {(_whole(row.get("constant", 0)), _whole(row.get("margin", 0))) for row in rows}
    constant, margin = min(known)
    if len(known) > 1 or margin < 0 or len({cell for cell, _ in cells}) < len(cells):
        raise InputError(
            N_("the relation {relation} does not hold together"),
            expected=N_(
                "every cell once, one constant in all its rows, and one margin that is not below zero"
            ),
            relation=name,
        )
    return Relation(name, cells, constant, margin)


def cell_of(codes: Mapping[str, object]) -> Cell:
    """The name of a cell; a dimension without a code is left out, which is its total."""
    return tuple(
        (dimension, str(codes[dimension])) for dimension in sorted(codes) if codes[dimension] is not None
    )


def _whole(value: object) -> int:
    assert isinstance(value, int)  # noqa: S101 - the column was held to be of whole numbers
    return value
