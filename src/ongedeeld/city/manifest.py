"""The manifest: where everything in a City comes from, and what was noticed on the way."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal, Self

from ongedeeld.errors import Translate

SCHEMA_VERSION = 1

Stock = Literal["none", "own", "drawn"]


@dataclass(frozen=True, slots=True)
class Source:
    """One file or service that figures came from.

    `key` is what the column `source` of the indicators holds; `date` is the day the data speaks of or was
    taken; `sha256` is of the file as read.
    """

    key: str
    title: str
    owner: str
    file: str
    sha256: str
    licence: str
    date: date | None
    reader: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something noticed while reading: what was dropped, what could not be joined, what was assumed.

    `text` is an English sentence that names `fields` in braces, so that it can be said in both languages.
    """

    source: str
    text: str
    fields: dict[str, str | int | float] = field(default_factory=dict)

    def say(self, translate: Translate = str) -> str:
        """The sentence, through `translate`."""
        return translate(self.text).format(**self.fields)


@dataclass(frozen=True, slots=True)
class StoredTable:
    """The file that holds a table."""

    file: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a City is called, where it comes from and which files hold it.

    `invented` marks a model city: every output says so. `stock` tells whether the dwellings are the
    association's own records, drawn from published totals, or absent.
    """

    name: str
    region: str
    created: date
    invented: bool = False
    stock: Stock = "none"
    sources: tuple[Source, ...] = ()
    remarks: tuple[Remark, ...] = ()
    tables: dict[str, StoredTable] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION

    def with_tables(self, tables: dict[str, StoredTable]) -> Self:
        """The same manifest for other files."""
        return replace(self, tables=tables)

    def to_json(self) -> str:
        """The text of `manifest.json`."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, default=date.isoformat) + "\n"

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The manifest that :meth:`to_json` wrote.

        Raises
        ------
        AttributeError, KeyError, TypeError, ValueError
            For a text that is not a manifest.
        """
        sources = tuple(
            Source(**{**source, "date": date.fromisoformat(source["date"]) if source["date"] else None})
            for source in data["sources"]
        )
        return cls(
            **{
                **data,
                "created": date.fromisoformat(data["created"]),
                "sources": sources,
                "remarks": tuple(Remark(**remark) for remark in data["remarks"]),
                "tables": {name: _stored(stored) for name, stored in data["tables"].items()},
            }
        )


def _stored(data: dict[str, Any]) -> StoredTable:
    if not all(isinstance(data[part], str) for part in ("file", "sha256")):
        raise TypeError(f"tables: {data}")
    return StoredTable(**data)
