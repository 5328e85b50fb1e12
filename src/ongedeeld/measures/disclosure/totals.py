"""Totals that nobody told of: a count beside its total is not hidden by leaving it out.

What adds up is known to the equations only when it is told, in `nested` or as a relation. A reader sees it
in a name or in the numbers. So a code that is called a total, or of which the counts are the sums of those of
the others, is refused until it is told what it is the total of, or that it is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.disclosure.names import codes_of
from ongedeeld.measures.disclosure.publication import Publication, dimensions
from ongedeeld.measures.disclosure.rounding import Counts
from ongedeeld.measures.disclosure.sensitive import UNKNOWN
from ongedeeld.measures.disclosure.structure import Nested

Told = list[frozenset[str]]
"""Sets of codes of one dimension of which somebody told how they add up."""
FEWEST_CODES = 3
"""Of two codes with the same count neither need be the total."""
_TOTALS = frozenset(
    {
        *("total", "totals", "subtotal", "all", "everybody", "everyone", "sum", "together", "overall"),
        *("totaal", "totalen", "eindtotaal", "subtotaal", "alle", "allen", "iedereen", "som", "samen"),
    }
)


def refuse_untold_totals(
    earlier: Sequence[Publication], now: Publication, counts: Counts, nested: Nested | None
) -> None:
    """Refuse a code that looks like the total of others, where nobody told that it is, or that it is not.

    Parameters
    ----------
    earlier
        What was published before.
    now
        The table, with its nesting and relations.
    counts
        Its counts by row, UNKNOWN where the supplier hid one.
    nested
        As given with the table: a frame tells of every code in it, also that it is no total.

    Raises
    ------
    InputError
        With the ways to tell.
    """
    known = codes_of([*earlier, now])
    for dimension in dimensions(now.table):
        told = [*_told([*earlier, now], dimension), *_stated(nested, dimension)]
        called = {code for code in known[dimension] if _is_called_total(code)}
        for code in sorted(called | _sums_of_others(now, counts, dimension)):
            if _is_untold(code, set(now.table[dimension]), known[dimension], told):
                _refuse(dimension, code)


def _is_untold(code: str, codes: set[str], known: set[str], told: Told) -> bool:
    """Whether nobody told how a code, in the table or known from before, adds up with others."""
    with_it = [each for each in told if code in each]
    if code in codes and len(codes) > 1:
        return not codes <= {code}.union(*with_it)
    # Beside codes of other tables, which may be new: it is enough that it was told of.
    return len(known) > 1 and not with_it


def _told(publications: Sequence[Publication], dimension: str) -> Iterator[frozenset[str]]:
    parts = [each.structure[dimension] for each in publications if each.structure.get(dimension)]
    yield frozenset(code for each in parts for parent, own in each.items() for code in (parent, *own))
    for publication in publications:
        for relation in publication.relations:
            yield frozenset(code for cell, _ in relation.cells for name, code in cell if name == dimension)


def _stated(nested: Mapping[str, pl.DataFrame | str] | None, dimension: str) -> Iterator[frozenset[str]]:
    how = (nested or {}).get(dimension)
    if isinstance(how, pl.DataFrame):
        yield frozenset(how["code"].cast(pl.String).drop_nulls())


def _is_called_total(code: str) -> bool:
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", code).casefold())
    return any(word in _TOTALS for word in words)


def _sums_of_others(now: Publication, counts: Counts, dimension: str) -> set[str]:
    """The codes of which the counts are, with all else the same, always those of the others together."""
    rows = now.table.select(dimensions(now.table)).with_columns(own=pl.Series(counts))
    same = [name for name in dimensions(now.table) if name != dimension]
    codes, whole, known = pl.len(), pl.col("own").sum(), (pl.col("own") != UNKNOWN).all()
    if same:
        codes, whole, known = (each.over(same) for each in (codes, whole, known))
    rows = rows.with_columns(codes=codes, whole=whole, known=known)
    slack = pl.col("codes") * (now.rounded_to // 2)
    adds_up = (2 * pl.col("own") - pl.col("whole")).abs() <= slack
    found = (
        rows.filter(pl.col("known"), pl.col("codes") >= FEWEST_CODES)
        .group_by(dimension)
        .agg(adds_up=adds_up.all() & (pl.col("own") > slack).any())
    )
    return set(found.filter("adds_up")[dimension])


def _refuse(dimension: str, code: str) -> None:
    raise InputError(
        N_("{code} looks like the total of {dimension}, and nothing tells how that adds up"),
        expected=N_("how the codes of {dimension} add up: a count that is hidden follows from its total"),
        remedy=N_(
            "give nested for {dimension}: the code of the total, or a frame of code and parent; if it is no "
            "total, give it there no parent and make it the parent of nothing"
        ),
        dimension=dimension,
        code=code,
    )
