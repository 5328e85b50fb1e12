"""Every sealed column, and sealing it again with the newest key.

Each app names its own in its file `safeguarding.py`::

    sealed(Signal, "sealed", lambda one: f"signal:{one.key}")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BinaryField, Model, QuerySet

from ongedeeld.web.safeguards.keys import key_ring
from ongedeeld.web.safeguards.sealing import FORM, seal_bytes, unseal_bytes

BATCH = 200


@dataclass(frozen=True)
class SealedColumn:
    """A column that holds sealed texts or bytes, and to what each is bound."""

    model: type[Model]
    column: str
    bound_to: Callable[[Any], str]

    @property
    def name(self) -> str:
        """The model and the column."""
        return f"{self.model._meta.label}.{self.column}"

    @property
    def is_bytes(self) -> bool:
        """Whether it holds bytes."""
        return isinstance(self.model._meta.get_field(self.column), BinaryField)

    def sealed_with(self, name: str) -> QuerySet[Model]:
        """The rows that are sealed with one key; a range, which both databases compare alike for bytes."""
        begin = f"{FORM}.{name}."
        rows = self.model._default_manager.order_by("pk")
        if self.is_bytes:
            past = begin[:-1] + chr(ord(begin[-1]) + 1)
            return rows.filter(**{f"{self.column}__gte": begin.encode(), f"{self.column}__lt": past.encode()})
        return rows.filter(**{f"{self.column}__startswith": begin})


_COLUMNS: dict[str, SealedColumn] = {}


def sealed(model: type[Model], column: str, bound_to: Callable[[Any], str]) -> None:
    """Name a sealed column.

    Parameters
    ----------
    model, column
        The model and the name of its field, of text or of bytes; an empty one is not sealed.
    bound_to
        To what a row of it is sealed: the same as is given to `seal`.
    """
    one = SealedColumn(model, column, bound_to)
    _COLUMNS[one.name] = one


def sealed_columns() -> tuple[SealedColumn, ...]:
    """Every sealed column, by name."""
    return tuple(_COLUMNS[name] for name in sorted(_COLUMNS))


def sealed_with(name: str) -> bool:
    """Whether anything is sealed with a key still."""
    return any(column.sealed_with(name).exists() for column in sealed_columns())


def older_batches() -> Iterator[tuple[SealedColumn, list[Model]]]:
    """What is sealed with another key than the newest, a batch at a time.

    Whoever takes a batch seals it again before asking for the next.
    """
    ring = key_ring()
    newest, _ = ring.newest
    for column in sealed_columns():
        for name in ring.keys:
            while name != newest and (batch := list(column.sealed_with(name)[:BATCH])):
                yield column, batch


def reseal(column: SealedColumn, rows: list[Model]) -> None:
    """Seal rows with the newest key; a row that somebody changed meanwhile is left for the next batch."""
    for row in rows:
        before = getattr(row, column.column)
        held = bytes(before) if column.is_bytes else before.encode("ascii")
        bound_to = column.bound_to(row)
        after: bytes | str = seal_bytes(unseal_bytes(held, bound_to), bound_to)
        if not column.is_bytes:
            after = bytes(after).decode("ascii") if isinstance(after, bytes) else after
        unchanged = column.model._default_manager.filter(pk=row.pk, **{column.column: before})
        unchanged.update(**{column.column: after})
