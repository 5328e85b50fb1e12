"""A reader who puts together what was published of a quarter and all that they see in full themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from ongedeeld.measures.disclosure import Publication, attack
from ongedeeld.measures.disclosure.structure import Nested
from ongedeeld.web.signals.counting.areas import ALL, CountedAreas, Counts
from ongedeeld.web.signals.counting.protecting import FEWEST

Bounds = Mapping[tuple[str, str], tuple[int, int | None]]


def bounds_for(
    publication: Publication, areas: CountedAreas, counts: Counts, kinds: Sequence[str], reach: frozenset[str]
) -> Bounds:
    """What the reader can derive of every area and kind, without the part that they see in full.

    Of every smallest area the reader knows a part (`… known`) to the last signal; what is left of an area, of
    a district and of all is a cell of its own (`… left`), so that the attacker is asked for it directly.
    """
    known: dict[str, list[tuple[str, str]]] = {}
    links: list[tuple[str, str | None]] = []
    left = {area for area, parts in areas.parts.items() if any(not areas.knows(reach, one) for one in parts)}
    for area in areas.parents:
        if area in areas.around:
            known[area] = [(area, kind) for kind in kinds]
            links += [(f"{area} known", area), (f"{area} left", area)]
        links += [(area, areas.parents[area])]
    for area in left:
        above = areas.parents[area]
        links += [(f"{area} left", f"{above} left" if above in left else None)]
    rows: dict[tuple[str, str], int | None] = {}
    for area in areas.around:
        for kind in kinds:
            seen = sum(
                count
                for (at, complex_, of), count in counts.items()
                if at == area and of == kind and areas.knows(reach, at, complex_)
            )
            rows[f"{area} known", kind] = seen
            if area not in left:
                rows[f"{area} left", kind] = 0
    for area in left:
        rows |= {(f"{area} left", kind): None for kind in (*kinds, ALL)}
    table = pl.DataFrame(
        [("signals", area, kind, count) for (area, kind), count in rows.items()],
        schema={"counted": pl.String, "area": pl.String, "kind": pl.String, "count": pl.Int64},
        orient="row",
    )
    nested: Nested = {"area": pl.DataFrame(links, schema=["code", "parent"], orient="row"), "kind": ALL}
    found = attack([publication, Publication.of(table, "what the reader sees", nested=nested)])
    return {
        (area.removesuffix(" left"), kind): (low, high)
        for area, kind, low, high in found.select("area", "kind", "lower", "upper").iter_rows()
        if area.endswith(" left")
    }


def small_groups(
    areas: CountedAreas, counts: Counts, kinds: Sequence[str], reach: frozenset[str]
) -> set[tuple[str, str]]:
    """The areas and kinds of which, outside a reach, fewer came than may be known."""
    found = set()
    for area, parts in areas.parts.items():
        if all(areas.knows(reach, one) for one in parts):
            continue
        for kind in (*kinds, ALL):
            outside = sum(
                count
                for (at, complex_, of), count in counts.items()
                if at in parts and kind in (of, ALL) and not areas.knows(reach, at, complex_)
            )
            if outside < FEWEST:
                found.add((area, kind))
    return found


def told(bounds: Bounds, small: set[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, int | None]]:
    """The small groups that the reader can tell from none, or from as many as may be known."""
    wrong = {}
    for cell in small:
        low, high = bounds[cell]
        if low > 0 or (high is not None and high < FEWEST):
            wrong[cell] = (low, high)
    return wrong
