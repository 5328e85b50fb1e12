"""One name for one thing: names under which the same count would pass for another.

A count that goes by two names is two unknowns to the equations and one number to a reader. What can be
recognised is refused here; what cannot, such as an area with a new code, is told.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.disclosure.publication import Publication
from ongedeeld.measures.disclosure.structure import Structure

Codes = dict[str, set[str]]
"""The codes by dimension."""
Cells = dict[str, list[str]]
"""The codes of cells by dimension, cell after cell."""


def codes_of(publications: Iterable[Publication]) -> Codes:
    """All codes that tables, nestings and relations name."""
    codes: Codes = {}
    for publication in publications:
        for name in publication.dimensions:
            codes.setdefault(name, set()).update(publication.table[name])
        for name, parts in publication.structure.items():
            codes.setdefault(name, set()).update(parts, *parts.values())
        for relation in publication.relations:
            for cell, _ in relation.cells:
                for name, code in cell:
                    codes.setdefault(name, set()).add(code)
    return codes


def new_names(earlier: Sequence[Publication], now: Publication) -> tuple[str, ...]:
    """The dimensions, and the codes of known dimensions, that no earlier table has; in order."""
    known, told = codes_of(earlier), codes_of([now])
    if not known:
        return ()
    dimensions = sorted(set(told) - set(known))
    codes = [code for name in sorted(set(told) & set(known)) for code in sorted(told[name] - known[name])]
    return (*dimensions, *codes)


def refuse_lookalikes(publications: Iterable[Publication]) -> None:
    """Refuse names that differ in nothing but case, spaces or the way letters are stored.

    Raises
    ------
    InputError
        For two dimensions, or two codes of one dimension.
    """
    codes = codes_of(publications)
    for names in (set(codes), *codes.values()):
        seen: dict[str, str] = {}
        for name in sorted(names):
            other = seen.setdefault(" ".join(unicodedata.normalize("NFKC", name).casefold().split()), name)
            if other != name:
                raise InputError(
                    N_("'{one}' and '{other}' differ in nothing but case or spaces"),
                    expected=N_("one name for one thing, in this table and in those published before"),
                    remedy=N_("write it as it was written before"),
                    one=other,
                    other=name,
                )


def refuse_unknown_totals(
    publications: Sequence[Publication], structure: Structure, tops: dict[str, str]
) -> None:
    """Refuse a table or relation that sums over a dimension of another of which nobody told the total.

    Raises
    ------
    InputError
        When such a sum may concern the same counts.
    """
    for name in sorted(name for name, top in tops.items() if not top):
        having = [table for table in map(_cells, publications) if name in table]
        lacking = [cells for cells in _all_cells(publications) if name not in cells]
        nested = {other for other, parts in structure.items() if parts}
        if any(_may_be_tied(one, other, nested) for one in having for other in lacking):
            raise InputError(
                N_("one table has {dimension} and another sums over it, and nothing tells what its total is"),
                expected=N_("how the codes of {dimension} add up, so that the two can be held together"),
                remedy=N_(
                    "give nested for {dimension}, as a frame of code and parent with one code at the top; or "
                    "name in a column what these tables differ in"
                ),
                dimension=name,
            )


def _cells(publication: Publication) -> Cells:
    return {name: publication.table[name].to_list() for name in publication.dimensions}


def _all_cells(publications: Sequence[Publication]) -> Iterator[Cells]:
    yield from map(_cells, publications)
    for publication in publications:
        for relation in publication.relations:
            for cell, _ in relation.cells:
                yield {name: [code] for name, code in cell}


def _may_be_tied(one: Cells, other: Cells, nested: set[str]) -> bool:
    """Whether the two name the same codes wherever both tell and nothing adds up."""
    shared = sorted((set(one) & set(other)) - nested)
    if not shared:
        return True
    first, second = (set(zip(*(cells[name] for name in shared), strict=True)) for cells in (one, other))
    return not first.isdisjoint(second)
