"""What another table of scoring changes: the scores and ranks that move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from ongedeeld.city import City
from ongedeeld.measures.capacity.cards import Cards, cards_of
from ongedeeld.measures.capacity.indicators import raw_figures
from ongedeeld.measures.capacity.known import Level
from ongedeeld.measures.capacity.scoring import Scoring, load_scoring


@dataclass(frozen=True, eq=False)
class Moves:
    """What moves between two tables of scoring.

    Parameters
    ----------
    indicators
        Names of the indicators that count otherwise: another role, theme, weight or bands, or only in one.
    themes
        A row per unit and theme: `before`, `after` and `moved` (after minus before; null where one is not
        known).
    ranks
        A row per unit: the ranks `before` and `after`, and `moved`; above zero is down the list.
    before, after
        The cards by each table.
    """

    indicators: tuple[str, ...]
    themes: pl.DataFrame
    ranks: pl.DataFrame
    before: Cards
    after: Cards


def compare_scorings(
    city: City,
    after: Scoring | str | Path,
    before: Scoring | str | Path | None = None,
    *,
    day: date,
    level: Level = "complex",
) -> Moves:
    """The cards of a City by two tables of scoring, and what moves between them.

    Parameters
    ----------
    city, day, level
        As of :func:`~ongedeeld.measures.capacity.cards.cards`.
    after
        One's own table, or its file.
    before
        The table it is held against; the shipped one when not given.

    Returns
    -------
    Moves

    Raises
    ------
    AbsentError, InputError
        As :func:`~ongedeeld.measures.capacity.cards.cards` does.
    """
    figures = raw_figures(city, day=day, level=level)
    tables = [one if isinstance(one, Scoring) else load_scoring(one) for one in (before, after)]
    old, new = (cards_of(figures, day=day, scoring=table) for table in tables)
    first, second = tables
    names = {**first.indicators, **second.indicators}
    otherwise = tuple(name for name in names if _counts(first, name) != _counts(second, name))
    return Moves(
        otherwise,
        _side_by_side(old.themes, new.themes, ["unit", "theme"], "score"),
        _side_by_side(old.ranks, new.ranks, ["unit"], "rank"),
        old,
        new,
    )


def _counts(table: Scoring, name: str) -> tuple[object, ...] | None:
    one = table.indicators.get(name)
    return None if one is None else (one.theme, one.role, one.weight, one.bands)


def _side_by_side(before: pl.DataFrame, after: pl.DataFrame, key: list[str], column: str) -> pl.DataFrame:
    old, new = before.select(*key, before=column), after.select(*key, after=column)
    both = old.join(new, on=key, how="full", coalesce=True, maintain_order="left_right")
    return both.with_columns(moved=pl.col("after").cast(pl.Float64) - pl.col("before").cast(pl.Float64))
