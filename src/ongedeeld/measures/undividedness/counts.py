"""Counts of people by area and group, checked: what every measure of undividedness starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.undividedness.cells import Cells

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Table = pl.DataFrame | ArrayLike
Group = str | int | Sequence[str | int]

# In how many areas a column must be the sum of others, which are not all of one mix, to be taken for a total.
FEWEST_TELLING = 3
# Far more than live on earth. A draw takes as long as the root of a count, and what is larger overflows.
MOST_PEOPLE = 100_000_000_000
_TOTALS = frozenset({"total", "totals", "totaal", "all", "everybody", "population", "people", "iedereen"})


@dataclass(frozen=True)
class Counts:
    """Whole numbers of people (or households, or homes) by area and group.

    `table` has shape (areas, groups). `rounded_to` is the unit the owner of the figures rounded to (1: not
    rounded). `hidden` marks, in the shape of the table, cells that the owner suppressed because they lie
    below `suppressed_below`; the table holds the middle of what they can be. `share_unit` is what the owner
    rounded shares to, where the counts were made from shares (0.01 for whole percents; 0: they were not);
    `rest` then names the group that is what the other groups leave, if there is one.
    """

    table: Integers
    areas: tuple[str, ...]
    groups: tuple[str, ...]
    rounded_to: int = 1
    suppressed_below: int = 0
    hidden: Booleans | None = None
    share_unit: float = 0.0
    rest: str | None = None

    @property
    def sizes(self) -> Integers:
        """The number of people of every area, shape (areas,)."""
        sizes: Integers = self.table.sum(axis=1)
        return sizes

    @property
    def people(self) -> int:
        """The number of people together."""
        return int(self.table.sum())

    @property
    def exact(self) -> bool:
        """Whether the table holds the numbers as they were counted, neither rounded nor suppressed."""
        return self.rounded_to == 1 and self.hidden is None and not self.share_unit

    def occupied(self) -> Counts:
        """The same without areas where nobody lives."""
        kept = self.sizes > 0
        if kept.all():
            return self
        return replace(
            self,
            table=self.table[kept],
            areas=tuple(np.asarray(self.areas)[kept].tolist()),
            hidden=None if self.hidden is None else self.hidden[kept],
        )

    def columns(self, group: Group) -> list[int]:
        """The columns of a group: one name or number, or several that together are the group.

        Raises
        ------
        InputError
            When there is no such column.
        """
        several = [group] if isinstance(group, (str, int)) else list(group)
        return [self._column(name) for name in several]

    def _column(self, name: str | int) -> int:
        if isinstance(name, str) and name in self.groups:
            return self.groups.index(name)
        if isinstance(name, int) and 0 <= name < len(self.groups):
            return name
        near = get_close_matches(str(name), self.groups, n=1)
        raise InputError(
            N_("there is no group {group}"),
            expected=N_("one of {groups}, or a column number from 0 to {last}"),
            remedy=N_("write {near}") if near else N_("name the column of the group as it is in the counts"),
            near=", ".join(near),
            group=name,
            groups=", ".join(self.groups),
            last=len(self.groups) - 1,
        )


def counts_of(counts: Table | Counts, *, rounded_to: int = 1, suppressed_below: int = 0) -> Counts:
    """Counts from an array or a frame, checked.

    Parameters
    ----------
    counts
        People by area (rows) and group (columns), every person in one group: an array of shape (areas,
        groups), or a frame with a column of whole numbers per group and at most one text column, which names
        the areas.
    rounded_to
        The unit the figures were rounded to by their owner: 5 for most tables of CBS, 1 for not rounded.
    suppressed_below
        What a missing cell is below, where the owner suppressed small numbers: with 10, a missing cell is 0
        to 9. With 0, a missing cell is an error, for missing is never zero.

    Returns
    -------
    Counts

    Raises
    ------
    InputError
        When something is missing, negative, fractional or a share, when a count is no multiple of
        `rounded_to`, when there are more than 100 billion people, when groups overlap, or when a name occurs
        twice.

    Examples
    --------
    >>> counts_of([[10, 90], [30, 70]]).people
    200
    """
    if isinstance(counts, Counts):
        return counts
    _check_whole("rounded_to", rounded_to, least=1)
    _check_whole("suppressed_below", suppressed_below, least=0)
    values, areas, groups = read_table(counts)
    missing = np.isnan(values)
    cells = Cells(values, areas, groups)
    cells.refuse_all_but_counts(suppressed=suppressed_below > 0)
    cells.refuse_unrounded(rounded_to)
    _refuse_too_many(values, areas)
    hidden = missing if missing.any() else None
    table = np.where(missing, max(suppressed_below - 1, 0) // 2, values).astype(np.int64)
    checked = Counts(table, areas, groups, rounded_to, suppressed_below, hidden)
    _refuse_overlap(checked)
    return checked


def _check_whole(name: str, value: object, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise InputError(
            N_("{name} is {value}"),
            expected=N_("a whole number of at least {least}"),
            name=name,
            value=value,
            least=least,
        )


def read_table(table: Table) -> tuple[Floats, tuple[str, ...], tuple[str, ...]]:
    """The cells, the names of areas and those of groups; what is missing is not a number.

    Raises
    ------
    InputError
        When it holds no numbers by area and group, or a name occurs twice.
    """
    return _from_frame(table) if isinstance(table, pl.DataFrame) else _from_array(table)


def _from_frame(frame: pl.DataFrame) -> tuple[Floats, tuple[str, ...], tuple[str, ...]]:
    texts = [name for name, dtype in frame.schema.items() if not dtype.is_numeric()]
    groups = tuple(name for name in frame.columns if name not in texts)
    if len(texts) > 1 or not groups or (texts and frame.schema[texts[0]] != pl.String):
        raise InputError(
            N_("columns {columns} hold no numbers"),
            expected=N_(
                "a column of numbers per group and at most one text column, with the names of the areas"
            ),
            remedy=N_("select the columns of the groups first"),
            columns=", ".join(texts) or "-",
        )
    areas = (
        frame[texts[0]] if texts else pl.Series([str(row) for row in range(frame.height)], dtype=pl.String)
    )
    if areas.null_count() or areas.is_duplicated().any():
        twice = areas.filter(areas.is_duplicated()).drop_nulls().unique().sort().head(5).to_list()
        raise InputError(
            N_("an area has no name, or occurs more than once: {areas}"),
            expected=N_("one row per area"),
            remedy=N_("add up the rows of an area first"),
            areas=", ".join(twice) or "-",
        )
    values = frame.select(pl.col(groups).cast(pl.Float64).fill_null(float("nan"))).to_numpy()
    return np.asarray(values, dtype=np.float64), tuple(areas.to_list()), groups


def _from_array(counts: ArrayLike) -> tuple[Floats, tuple[str, ...], tuple[str, ...]]:
    if hasattr(counts, "columns"):
        raise InputError(
            N_("the counts are a frame of {kind}, of which the names would be lost"),
            expected=N_("an array, or a frame of Polars"),
            remedy=N_(
                'give polars.DataFrame(frame.to_dict("list")); frame.reset_index() first, if the index names '
                "the areas"
            ),
            kind=type(counts).__module__.partition(".")[0],
        )
    try:
        values = np.asarray(counts, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(
            N_("the counts hold something that is not a number"),
            expected=N_("whole numbers, areas by groups"),
        ) from error
    if values.ndim != 2 or 0 in values.shape:
        raise InputError(
            N_("the counts have shape {shape}"),
            expected=N_("two dimensions: a row per area and a column per group"),
            shape=values.shape,
        )
    rows, columns = values.shape
    return values, tuple(str(row) for row in range(rows)), tuple(str(column) for column in range(columns))


def _refuse_too_many(values: Floats, areas: tuple[str, ...]) -> None:
    sizes = np.nansum(values, axis=1)
    if sizes.sum() > MOST_PEOPLE:
        raise InputError(
            N_("the counts add up to {people} people, of whom {most} in area {area}"),
            expected=N_("at most 100 billion, far more than live on earth"),
            remedy=N_("correct the cells; is a number in cents or a code among them?"),
            people=f"{sizes.sum():.3g}",
            most=f"{sizes.max():.3g}",
            area=areas[int(np.argmax(sizes))],
        )


def _refuse_overlap(counts: Counts) -> None:
    for column, name in enumerate(counts.groups):
        if name.strip().lower() in _TOTALS or _adds_up_others(counts, column):
            raise InputError(
                N_("groups overlap: {group} looks like the total of the others"),
                expected=N_("every person in one group only"),
                remedy=N_(
                    "leave {group} out; for one group against everybody else, subtract the group from the "
                    "total"
                ),
                group=name,
            )


def _adds_up_others(counts: Counts, column: int) -> bool:
    """Whether a column is the sum of the others in every area, where that can hardly be an accident."""
    table = counts.occupied().table
    if table.shape[1] < 3:
        return False
    others = np.delete(table, column, axis=1)
    slack = 0 if counts.rounded_to == 1 else counts.rounded_to * table.shape[1] // 2
    if (np.abs(others.sum(axis=1) - table[:, column]) > slack).any() or others.max() <= slack:
        return False
    telling = ((others > 0).sum(axis=1) > 1).sum() >= FEWEST_TELLING
    return bool(telling and np.linalg.matrix_rank(others) > 1)
