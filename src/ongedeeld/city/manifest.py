"""The manifest: where everything in a City comes from, and what was noticed on the way."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from string import Formatter
from typing import Any, Literal, Self, TypeGuard, get_args

from ongedeeld.errors import Translate
from ongedeeld.vocabulary import grouped, language_of
from ongedeeld.vocabulary.indicators import labels

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

    def texts(self) -> tuple[str, ...]:
        """All that is said of it, but the date."""
        return (self.key, self.title, self.owner, self.file, self.sha256, self.licence, self.reader)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something noticed while reading: what was dropped, what could not be joined, what was assumed.

    `text` is an English sentence that names `fields` in braces, so that it can be said in both languages. The
    field `what` is itself a text to translate, and `indicators` holds names of the vocabulary. Numbers from
    10,000, which are no years, and those with decimals get the marks of the language.
    """

    source: str
    text: str
    fields: dict[str, str | int | float] = field(default_factory=dict)

    def say(self, translate: Translate = str) -> str:
        """The sentence, through `translate`."""
        language = language_of(translate)
        fields: dict[str, str | int] = {
            name: field if isinstance(field, str) or _may_be_year(field) else grouped(field, language)
            for name, field in self.fields.items()
        }
        if "indicators" in self.fields:
            fields["indicators"] = labels(str(self.fields["indicators"]), language)
        if "what" in self.fields:
            fields["what"] = translate(str(self.fields["what"]))
        return translate(self.text).format(**fields)


def _may_be_year(number: float) -> TypeGuard[int]:
    return isinstance(number, int) and number < 10_000


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
        _refuse_other_types(data, sources)
        return cls(
            **{
                **data,
                "created": date.fromisoformat(data["created"]),
                "sources": sources,
                "remarks": tuple(_remark(remark) for remark in data["remarks"]),
                "tables": {name: _stored(stored) for name, stored in data["tables"].items()},
            }
        )


def _refuse_other_types(data: dict[str, Any], sources: tuple[Source, ...]) -> None:
    texts = (data["name"], data["region"], *(text for source in sources for text in source.texts()))
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("name, region and what is said of sources are texts")
    if type(data["invented"]) is not bool or type(data["schema_version"]) is not int:
        raise TypeError("invented is true or false, schema_version a whole number")
    if data["stock"] not in get_args(Stock):
        raise ValueError(f"stock: {data['stock']}")


def _remark(data: dict[str, Any]) -> Remark:
    """A remark that can be said: its text names plain fields that it has."""
    remark = Remark(**data)
    named = {name for _, name, _, _ in Formatter().parse(remark.text) if name is not None}
    if not named <= remark.fields.keys():
        raise ValueError(f"remark: {remark.text}")
    return remark


def _stored(data: dict[str, Any]) -> StoredTable:
    if not all(isinstance(data[part], str) for part in ("file", "sha256")):
        raise TypeError(f"tables: {data}")
    return StoredTable(**data)
