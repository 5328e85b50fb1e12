"""Conditions as small tables of outcomes: each is tested once for every different combination it looks at.

A condition over vacancies and seekers becomes a code per vacancy, a code per seeker and a table of outcomes.
Rows that the condition cannot part share a code before it is tested.
Seekers with the same outcomes for every vacancy get one code, so that few kinds of seekers are left.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.allocation.effects import Condition, Row

Codes = NDArray[np.int32]
Outcomes = NDArray[np.int64]
Kind = Callable[[Row], Hashable]


@dataclass(frozen=True)
class Coded:
    """Outcomes by code: `table[of_vacancy[v], of_seeker[s]]` is that of vacancy v and seeker s."""

    of_vacancy: Codes
    of_seeker: Codes
    table: Outcomes


def coded(condition: Condition, vacancies: pl.DataFrame, seekers: pl.DataFrame) -> Coded:
    """The outcomes of a condition, 1 for yes, for every vacancy and seeker."""
    return tabulated(
        (condition.of_vacancy, condition.of_seeker),
        lambda vacancy, seeker: int(condition.test(vacancy, seeker).allowed),
        vacancies,
        seekers,
        (condition.kind_of_vacancy, condition.kind_of_seeker),
    )


def tabulated(
    columns: tuple[Sequence[str], Sequence[str]],
    outcome: Callable[[Row, Row], int],
    vacancies: pl.DataFrame,
    seekers: pl.DataFrame,
    kind_of: tuple[Kind, Kind],
) -> Coded:
    """A whole number for every vacancy and seeker, from a function of some columns of each.

    `kind_of` tells of a vacancy, and of a seeker, which kind it is: the function is asked once for each pair.
    """
    vacancy_codes, vacancy_rows = _merged(*_distinct(vacancies, columns[0]), kind_of[0])
    seeker_codes, seeker_rows = _merged(*_distinct(seekers, columns[1]), kind_of[1])
    table = np.array(
        [[outcome(vacancy, seeker) for seeker in seeker_rows] for vacancy in vacancy_rows], dtype=np.int64
    ).reshape(len(vacancy_rows), len(seeker_rows))
    kinds, kind = np.unique(table, axis=1, return_inverse=True)
    return Coded(vacancy_codes, kind.reshape(-1).astype(np.int32)[seeker_codes], np.ascontiguousarray(kinds))


def profiles(coded_seekers: Sequence[Codes], count: int) -> tuple[Codes, Codes]:
    """The kinds of seekers over several codes: the kind of each, and one seeker of every kind."""
    if not coded_seekers:
        return np.zeros(count, np.int32), np.zeros(min(count, 1), np.int32)
    frame = pl.DataFrame([pl.Series(str(place), codes) for place, codes in enumerate(coded_seekers)])
    codes, _ = _codes_of(frame, frame.columns)
    _, first = np.unique(codes, return_index=True)
    return codes, first.astype(np.int32)


def _distinct(frame: pl.DataFrame, columns: Sequence[str]) -> tuple[Codes, list[Row]]:
    if not columns:
        return np.zeros(len(frame), np.int32), [{}]
    codes, distinct = _codes_of(frame, columns)
    return codes, list(distinct.iter_rows(named=True))


def _codes_of(frame: pl.DataFrame, columns: Sequence[str]) -> tuple[Codes, pl.DataFrame]:
    looked_at = frame.select(columns)
    distinct = looked_at.unique(maintain_order=True)
    coded_rows = looked_at.join(
        distinct.with_row_index("__code"),
        on=list(columns),
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    return coded_rows["__code"].to_numpy().astype(np.int32), distinct


def _merged(codes: Codes, rows: list[Row], kind: Kind) -> tuple[Codes, list[Row]]:
    """Codes in which rows of one kind share one, with the first of them as their row."""
    groups: dict[Hashable, int] = {}
    merged = np.array([groups.setdefault(kind(row), len(groups)) for row in rows], dtype=np.int32)
    _, first = np.unique(merged, return_index=True)
    return merged[codes], [rows[place] for place in first]
