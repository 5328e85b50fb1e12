"""Everything that was published, as one set of equations over all cells that it says something about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.disclosure.names import refuse_lookalikes, refuse_unknown_totals
from ongedeeld.measures.disclosure.publication import Publication, Relation
from ongedeeld.measures.disclosure.rounding import OPEN, Counts
from ongedeeld.measures.disclosure.structure import Parts, Structure, merge, whole


@dataclass(frozen=True)
class Row:
    """One equation: the sum of coefficient x count lies between `low` and `high`."""

    cells: NDArray[np.int32]
    coefficients: NDArray[np.float64]
    low: int
    high: int


@dataclass(frozen=True)
class System:
    """All cells, what is known of each by itself, and the equations between them.

    `hidden` cells stand in a table without their count; cells that stand in no table are neither hidden nor
    shown, but may be derivable all the same. `tables` has for each publication the cell of each of its rows.
    """

    dimensions: tuple[str, ...]
    place: dict[tuple[str, ...], int]
    lower: Counts
    upper: Counts
    hidden: NDArray[np.bool_]
    listed: NDArray[np.bool_]
    rows: tuple[Row, ...]
    tables: tuple[NDArray[np.int64], ...]

    def together(self) -> NDArray[np.int32]:
        """For each cell the number of the group of cells that equations tie together."""
        group = np.arange(len(self.lower), dtype=np.int32)

        def top(cell: int) -> int:
            while group[cell] != cell:
                group[cell] = group[group[cell]]
                cell = int(group[cell])
            return cell

        for row in self.rows:
            first = top(int(row.cells[0]))
            for cell in row.cells[1:]:
                group[top(int(cell))] = first
        return np.array([top(cell) for cell in range(len(group))], dtype=np.int32)

    def part(self, cells: NDArray[np.int64]) -> System:
        """The same for some cells only; equations over others are left out, their place in `tables` is -1."""
        number = np.full(len(self.lower), -1, np.int32)
        number[cells] = np.arange(len(cells))
        names = list(self.place)
        return System(
            self.dimensions,
            {names[cell]: place for place, cell in enumerate(cells)},
            self.lower[cells],
            self.upper[cells],
            self.hidden[cells],
            self.listed[cells],
            tuple(
                Row(number[row.cells], row.coefficients, row.low, row.high)
                for row in self.rows
                if (number[row.cells] >= 0).all()
            ),
            tuple(number[table].astype(np.int64) for table in self.tables),
        )


def build(publications: Sequence[Publication]) -> System:
    """The equations behind these publications.

    A dimension that a table does not have is taken as its total. Cells that no table holds come in where an
    equation needs them: the parts of a published total that were never published themselves.

    Raises
    ------
    InputError
        When a code has other parts in one publication than in another, two names are one thing in two ways
        of writing, or a table sums over a dimension of which the total is not known.
    """
    refuse_lookalikes(publications)
    structure = merge([publication.structure for publication in publications])
    names = _all_dimensions(publications)
    tops = {name: whole(structure.get(name, {})) or "" for name in names}
    refuse_unknown_totals(publications, structure, tops)
    listed: dict[tuple[str, ...], tuple[int, int, bool]] = {}
    tables = [_add_cells(listed, publication, names, tops) for publication in publications]
    relations = {_named(relation, names, tops) for table in publications for relation in table.relations}
    place = {cell: number for number, cell in enumerate(listed)}
    numbers = tuple(np.array([place[cell] for cell in cells], np.int64) for cells in tables)
    for cells, _, _ in sorted(relations):
        for cell, _ in cells:
            place.setdefault(cell, len(place))
    rows = _nested_rows(place, structure, names)
    rows += [_relation_row(place, *relation) for relation in sorted(relations)]
    lower, upper = np.zeros(len(place), np.int64), np.full(len(place), OPEN, np.int64)
    hidden, known = np.zeros(len(place), bool), np.zeros(len(place), bool)
    for number, (low, high, is_hidden) in enumerate(listed.values()):
        lower[number], upper[number], hidden[number], known[number] = low, high, is_hidden, True
    return System(names, place, lower, upper, hidden, known, tuple(rows), numbers)


def _all_dimensions(publications: Iterable[Publication]) -> tuple[str, ...]:
    names = {name for publication in publications for name in publication.dimensions}
    for publication in publications:
        names |= {
            name for relation in publication.relations for cell, _ in relation.cells for name, _ in cell
        }
    return tuple(sorted(names))


def _add_cells(
    listed: dict[tuple[str, ...], tuple[int, int, bool]],
    publication: Publication,
    names: tuple[str, ...],
    tops: dict[str, str],
) -> list[tuple[str, ...]]:
    """Narrow what is known of each cell by what a table shows of it; the cells of the table by row."""
    low, high = publication.bounds()
    own = {name: publication.table[name].to_list() for name in publication.dimensions}
    columns = [own.get(name, [tops[name]] * len(low)) for name in names]
    cells = list(zip(*columns, strict=True))
    for cell, least, most, hidden in zip(
        cells, low.tolist(), high.tolist(), publication.hidden.tolist(), strict=True
    ):
        before = listed.get(cell, (0, OPEN, False))
        lowest, highest = max(least, before[0]), min(most, before[1])
        if lowest > highest:
            raise InputError(
                N_("the count of {cell} contradicts what was published of it before"),
                expected=N_("one count for one cell in every table"),
                remedy=N_(
                    "name what these tables differ in (a date, a version, what is counted) in a column"
                ),
                cell=", ".join(cell),
            )
        listed[cell] = (lowest, highest, before[2] or hidden)
    return cells


def _named(
    relation: Relation, names: tuple[str, ...], tops: dict[str, str]
) -> tuple[tuple[tuple[tuple[str, ...], int], ...], int, int]:
    cells = []
    for cell, coefficient in relation.cells:
        codes = dict(cell)
        cells.append((tuple(codes.get(name, tops[name]) for name in names), coefficient))
    return tuple(cells), relation.constant, relation.margin


def _relation_row(
    place: dict[tuple[str, ...], int],
    cells: tuple[tuple[tuple[str, ...], int], ...],
    constant: int,
    margin: int,
) -> Row:
    numbers = np.array([place[cell] for cell, _ in cells], np.int32)
    return Row(numbers, np.array([by for _, by in cells], float), constant - margin, constant + margin)


def _nested_rows(
    place: dict[tuple[str, ...], int], structure: Structure, names: tuple[str, ...]
) -> list[Row]:
    """An equation for each sum, from the published cells down; cells that are needed are added to `place`."""
    parts = [
        _needed_parts(structure.get(name, {}), {cell[number] for cell in place})
        for number, name in enumerate(names)
    ]
    rows = []
    queue = list(place)
    for cell in queue:
        for number in range(len(names)):
            children = parts[number].get(cell[number])
            if not children:
                continue
            numbers = [place[cell]]
            for code in children:
                child = (*cell[:number], code, *cell[number + 1 :])
                if child not in place:
                    place[child] = len(place)
                    queue.append(child)
                numbers.append(place[child])
            coefficients = np.full(len(numbers), -1.0)
            coefficients[0] = 1.0
            rows.append(Row(np.array(numbers, np.int32), coefficients, 0, 0))
    return rows


def _needed_parts(parts: Parts, present: set[str]) -> dict[str, list[str]]:
    """The parts of each code, as far as they can be told apart; the others stand together as the rest."""
    parents: dict[str, list[str]] = {}
    for parent, children in parts.items():
        for child in children:
            parents.setdefault(child, []).append(parent)
    needed = set[str]()
    queue = [*present, *(code for code, above in parents.items() if len(above) > 1)]
    for code in queue:
        if code not in needed:
            needed.add(code)
            queue.extend(parents.get(code, []))
    told_apart = {}
    for parent in needed & set(parts):
        rest = sorted(parts[parent] - needed)
        own = sorted(parts[parent] & needed)
        if own:
            told_apart[parent] = own + (rest if len(rest) < 2 else [f"{parent}: rest"])
    return told_apart
