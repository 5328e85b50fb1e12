"""Protect the counts of one quarter, also from who sees some of them in full.

A team sees every count of its own areas. With a total in hand it could subtract these, and know what is left
of its neighbours. So the table is protected once for a reader who knows nothing of it, and once more for each
reach that somebody has: of what is left of the table without that reach, as if totals were known to the last
signal. Whatever has to be hidden for one of them is hidden for all. To hide more tells nobody more, so that
the promise of :func:`~ongedeeld.measures.disclosure.protect` on small counts holds for every one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import polars as pl

from ongedeeld.measures.disclosure import Ledger, Publication, protect
from ongedeeld.web.signals.counting.areas import ALL, CountedAreas, Counts

FEWEST, ROUNDING = 10, 5
"""Below how many a count is hidden, and to what others are rounded."""

Reach = frozenset[str]
Hidden = frozenset[tuple[str, str]]
"""The area and kind of each hidden count."""


def protected(
    areas: CountedAreas, counts: Counts, kinds: Sequence[str], reaches: Iterable[Reach], ledger: Ledger
) -> Publication:
    """The counts of a quarter as everybody may see them.

    Parameters
    ----------
    areas
        Over which is counted; what lies elsewhere is left out.
    counts
        How many came.
    kinds
        Every kind there is, also of what did not come.
    reaches
        The areas and complexes of which somebody sees every count.
    ledger
        What was published of this quarter before.

    Returns
    -------
    Publication
        With a row for every area and kind, and for all kinds together.
    """
    result = protect(
        table_of(areas, counts, kinds),
        FEWEST,
        ROUNDING,
        nested={"area": _nesting(areas, areas.parents), "kind": ALL},
        ledger=ledger,
    )
    hidden = hidden_in(result.publication)
    for reach in sorted(set(reaches), key=sorted):
        hidden |= hidden_from(areas, counts, kinds, reach)
    shown = pl.struct("area", "kind").is_in([{"area": area, "kind": kind} for area, kind in sorted(hidden)])
    table = result.publication.table.with_columns(
        count=pl.when(shown).then(pl.lit(None, pl.Int64)).otherwise("count")
    )
    return replace(result.publication, table=table)


def hidden_from(areas: CountedAreas, counts: Counts, kinds: Sequence[str], reach: Reach) -> Hidden:
    """What must be hidden so that somebody who sees all of a reach learns nothing of what lies outside it."""
    outside = {
        code for code, parts in areas.parts.items() if any(not areas.knows(reach, one) for one in parts)
    }
    if not outside or not _touches(areas, counts, reach):
        return frozenset()
    left = {
        (area, complex_, kind): count
        for (area, complex_, kind), count in counts.items()
        if area in areas.around and not areas.knows(reach, area, complex_)
    }
    table = table_of(areas, left, kinds).filter(pl.col("area").is_in(sorted(outside)))
    nested: dict[str, pl.DataFrame | str] = {"area": _nesting(areas, outside), "kind": ALL}
    return hidden_in(protect(table, FEWEST, 1, nested=nested).publication)


def hidden_in(publication: Publication) -> Hidden:
    """The counts that a published table does not show."""
    rows = publication.table.filter(pl.col("count").is_null())
    return frozenset(rows.select("area", "kind").iter_rows())


def table_of(areas: CountedAreas, counts: Counts, kinds: Sequence[str]) -> pl.DataFrame:
    """Every area and kind with its count, zeros as well."""
    sums = {(area, kind): 0 for area in areas.parents for kind in (*kinds, ALL)}
    for (area, _, kind), count in counts.items():
        at: str | None = area if area in areas.around else None
        while at is not None:
            sums[at, kind] += count
            sums[at, ALL] += count
            at = areas.parents[at]
    rows = [("signals", area, kind, count) for (area, kind), count in sums.items()]
    return pl.DataFrame(rows, schema=["counted", "area", "kind", "count"], orient="row")


def _nesting(areas: CountedAreas, codes: Collection[str]) -> pl.DataFrame:
    rows = [(code, areas.parents[code]) for code in sorted(codes)]
    return pl.DataFrame(rows, schema={"code": pl.String, "parent": pl.String}, orient="row")


def _touches(areas: CountedAreas, counts: Counts, reach: Reach) -> bool:
    """Whether a reach holds anything of what is counted: otherwise its reader is one who knows nothing."""
    return any(areas.knows(reach, area) for area in areas.around) or any(
        complex_ in reach for _, complex_, _ in counts if complex_
    )
