"""What a version would lose beside the one in use, told before anybody accepts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_LOST = 0.2
"""The share of its rows that a table may lose before somebody has to say that they saw it."""


@dataclass(frozen=True)
class Losses:
    """Tables that lose many rows, with how many they had and have; areas and indicators that are gone."""

    tables: tuple[tuple[str, int, int], ...]
    areas: tuple[str, ...]
    indicators: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.tables or self.areas or self.indicators)


def losses_in(report: Mapping[str, Any]) -> Losses:
    """What is lost by the report of a dry run; nothing where there was no version before."""
    compared = report.get("compared")
    if compared is None:
        return Losses((), (), ())
    return Losses(
        tuple(_shrunken(compared["tables"])),
        tuple(compared["areas_gone"]),
        tuple(compared["indicators_gone"]),
    )


def _shrunken(tables: list[Mapping[str, Any]]) -> Iterator[tuple[str, int, int]]:
    for one in tables:
        if one["before"] - one["now"] > MOST_LOST * one["before"]:
            yield one["table"], one["before"], one["now"]
