"""What a check gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import polars as pl

from ongedeeld.errors import Translate

if TYPE_CHECKING:
    from ongedeeld.city.city import City

Severity = Literal["error", "warning", "note"]
Check = Callable[["City"], Iterator["Finding"]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: which rows of which table, and what is the matter with them.

    An `error` makes results wrong, a `warning` may, a `note` tells what is not known.
    """

    check: str
    severity: Severity
    table: str
    text: str
    rows: tuple[str, ...]
    fields: dict[str, str | int | float] = field(default_factory=dict)

    def say(self, translate: Translate = str) -> str:
        """The sentence, through `translate`."""
        return translate(self.text).format(count=len(self.rows), **self.fields)


def names(rows: pl.DataFrame) -> tuple[str, ...]:
    """The cells of each row behind each other, as a finding names its rows."""
    return tuple(" ".join(str(part) for part in row) for row in rows.iter_rows())
