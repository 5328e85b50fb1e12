"""The page of what a round reads and what may come of an offer, from the closed lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ongedeeld.allocation.columns import ANSWERS, INPUTS, InputColumn
from ongedeeld.allocation.declines import ACTORS, DECLINES, FOLLOWS, SIDES
from ongedeeld.allocation.groupings import LABELS
from ongedeeld.rules.codes import Codes
from tools.reference.markdown import code, number, table, whole

INTRODUCTION = """# Tables of a round

[A round](../how-to/one-round.md) reads the tables below, as csv or xlsx, and no column that does not stand
here. Columns marked *required* have a value in every row. What an empty cell says stands in the meaning:
mostly *not known*, which is never taken for a yes. A choice may be written as its code, or as its Dutch or
English word.

The columns of the lettings so far stand with [the rules](rules.md#columns-of-lettings), those of the City
under [Tables of the City](tables.md).
"""
OFFERS = """## What may come of an offer

The `answer` of a reaction is one of these; empty is not offered yet.
"""
REASONS = """## Reasons of a decline

Each lies on a side, and has a consequence beyond this home going to the next in the order.
"""
CONSEQUENCES = """## Consequences

They are told, to be acted on by people: the round itself takes nothing from anybody.
"""
GROUPS = """## Groups of the table of chances

The `unknown` are counted apart and not judged.
"""


def page() -> str:
    """Every table with its columns and choices, then what may come of an offer, and the groups."""
    parts = [INTRODUCTION]
    for name, columns in INPUTS.items():
        parts += [f"## {name}", _columns(columns.values()), *_choices(columns.values())]
    parts += [OFFERS, _codes(ANSWERS), REASONS, _reasons(), CONSEQUENCES, _consequences(), GROUPS]
    for grouping, codes in LABELS.items():
        parts += [f"### {grouping}", _codes(codes)]
    return whole(*parts)


def _columns(columns: Iterable[InputColumn]) -> str:
    rows = [
        (
            code(one.name),
            one.type + (", required" if one.required else ""),
            _range(one),
            one.label.nl,
            one.label.en,
            one.meaning.en,
        )
        for one in columns
    ]
    return table(("column", "type", "range", "Dutch label", "English label", "meaning"), rows)


def _range(column: InputColumn) -> str:
    low, high = number(column.minimum), number(column.maximum)
    return f"{low} to {high}" if low and high else f"from {low}" if low else ""


def _choices(columns: Iterable[InputColumn]) -> Iterator[str]:
    for one in columns:
        if one.codes and one.name not in ("answer", "reason"):
            yield f"### {one.name}"
            yield _codes(one.codes)


def _codes(codes: Codes) -> str:
    rows = [(code(name), words.nl, words.en) for name, words in codes.items()]
    return table(("code", "Dutch", "English"), rows)


def _reasons() -> str:
    rows = [
        (code(one.code), one.label.nl, one.label.en, SIDES[one.side].en, code(one.consequence))
        for one in DECLINES.values()
    ]
    return table(("code", "Dutch", "English", "side", "consequence"), rows)


def _consequences() -> str:
    rows = [
        (code(one.code), one.label.nl, one.label.en, ACTORS[one.acts].en if one.acts else "")
        for one in FOLLOWS.values()
    ]
    return table(("code", "Dutch", "English", "who acts"), rows)
