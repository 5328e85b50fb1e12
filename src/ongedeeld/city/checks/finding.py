"""What a check gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import polars as pl

from ongedeeld.errors import Translate
from ongedeeld.vocabulary import CHOICES, TABLES, Language, grouped, language_of
from ongedeeld.vocabulary.indicators import labels

if TYPE_CHECKING:
    from ongedeeld.city.city import City

SEPARATOR = ", "
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
        """The sentence, through `translate`: codes of the vocabulary as their labels."""
        language = language_of(translate)
        fields = {
            name: in_words(name, str(field), self.table, language) for name, field in self.fields.items()
        }
        return translate(self.text).format(
            count=grouped(len(self.rows), language),
            table=in_words("table", self.table, self.table, language),
            **fields,
        )


def in_words(name: str, field: str, table: str, language: Language) -> str:
    """A field of a finding as people know it."""
    if name == "level":
        return CHOICES["level"][field].label(language)
    if name in {"table", "target"}:
        return TABLES[field].label(language)
    if name == "column":
        return next((c.label(language) for c in TABLES[table].columns if c.name == field), field)
    if name == "indicators":
        return labels(field, language)
    return field


def names(rows: pl.DataFrame) -> tuple[str, ...]:
    """The cells of each row behind each other, as a finding names its rows."""
    return tuple(SEPARATOR.join(str(part) for part in row) for row in rows.iter_rows())
