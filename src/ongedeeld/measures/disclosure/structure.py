"""How codes add up: per dimension, which codes are together exactly one other code."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

import polars as pl

from ongedeeld.errors import N_, InputError

Parts: TypeAlias = Mapping[str, frozenset[str]]
"""For a code that is a sum: the codes it is the sum of."""
Structure: TypeAlias = Mapping[str, Parts]
"""The parts by dimension."""
Nested: TypeAlias = Mapping[str, pl.DataFrame | str]


def read_structure(nested: Nested | None, table: pl.DataFrame) -> Structure:
    """How the codes of each dimension add up.

    Parameters
    ----------
    nested
        By dimension: a frame of `code` and `parent`, all codes of it, the top with an empty parent (a code
        in two overlapping areas has two rows); or the code of the total, of which all others in the table
        are part.
    table
        The table; every code of it must be known to the frame.

    Raises
    ------
    InputError
        For a dimension that the table does not have, a parent or code that is not listed, or a loop.
    """
    structure = {}
    for dimension, how in (nested or {}).items():
        codes = _codes(table, dimension) if dimension in table.columns else None
        if isinstance(how, str):
            structure[dimension] = _parts_of_total(how, codes or frozenset())
        else:
            structure[dimension] = _parts_of_frame(dimension, how, codes or frozenset())
    return structure


def merge(structures: list[Structure]) -> Structure:
    """All structures as one.

    Raises
    ------
    InputError
        When a code has other parts in one than in another.
    """
    merged: dict[str, dict[str, frozenset[str]]] = {}
    for structure in structures:
        for dimension, parts in structure.items():
            known = merged.setdefault(dimension, {})
            for code, children in parts.items():
                if known.setdefault(code, children) != children:
                    raise InputError(
                        N_(
                            "{dimension} {code} has other parts now than in a table that was published before"
                        ),
                        expected=N_("the same parts in every table; different are: {codes}"),
                        remedy=N_("give an area that changed another code, for instance with its year"),
                        dimension=dimension,
                        code=code,
                        codes=", ".join(sorted(known[code] ^ children)),
                    )
    return merged


def whole(parts: Parts) -> str | None:
    """The one code that is not part of another, or None where there are more."""
    children = frozenset[str]().union(*parts.values())
    tops = set(parts) - children
    return tops.pop() if len(tops) == 1 else None


def _codes(table: pl.DataFrame, dimension: str) -> frozenset[str]:
    return frozenset(table[dimension].cast(pl.String).unique())


def _parts_of_total(total: str, codes: frozenset[str]) -> Parts:
    return {total: codes - {total}} if total in codes and len(codes) > 1 else {}


def _parts_of_frame(dimension: str, frame: pl.DataFrame, used: frozenset[str]) -> Parts:
    if missing := {"code", "parent"} - set(frame.columns):
        raise InputError(
            N_("how {dimension} nests lacks the column {column}"),
            expected=N_("a frame with the columns code and parent"),
            dimension=dimension,
            column=min(missing),
        )
    links = frame.select(pl.col("code", "parent").cast(pl.String)).unique()
    codes = frozenset(links["code"].drop_nulls())
    parents = frozenset(links["parent"].drop_nulls())
    _refuse_unknown(
        N_("the parent {code} of {dimension} is not listed as a code"), parents - codes, dimension
    )
    _refuse_unknown(N_("{dimension} {code} of the table is not in what nests it"), used - codes, dimension)
    parts: dict[str, set[str]] = {}
    for code, parent in links.drop_nulls().iter_rows():
        parts.setdefault(parent, set()).add(code)
    try:
        TopologicalSorter(parts).prepare()
    except CycleError as error:
        raise InputError(
            N_("the codes of {dimension} go round in a loop: {loop}"),
            expected=N_("areas that lie within each other, with an empty parent at the top"),
            remedy=N_("correct the parent of one of these"),
            dimension=dimension,
            loop=" > ".join(error.args[1]),
        ) from error
    return {parent: frozenset(children) for parent, children in parts.items()}


def _refuse_unknown(problem: str, unknown: frozenset[str], dimension: str) -> None:
    if unknown:
        raise InputError(
            problem,
            expected=N_("every code once as code, the top with an empty parent"),
            remedy=N_("add a row for {code}"),
            dimension=dimension,
            code=min(unknown),
        )
