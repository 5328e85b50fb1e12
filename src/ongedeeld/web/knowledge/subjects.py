"""What can be proposed as local policy: every value that it may set, and every kind of record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Any, get_type_hints

from ongedeeld.errors import Sayable
from ongedeeld.rules import Parameter, load_parameters
from ongedeeld.rules.record_words import SECTIONS
from ongedeeld.rules.records import RECORDS, Record
from ongedeeld.vocabulary import Both

_OF_EVERY_RECORD = {one.name for one in fields(Record)}


@dataclass(frozen=True)
class Part:
    """One field of a kind of record: its name in the file, its form, and whether it may not be left out."""

    name: str
    form: object
    required: bool
    choices: tuple[Any, ...] = ()
    many: bool = False


@dataclass(frozen=True)
class Subject:
    """A value or kind of record that can be proposed; a value has its `parameter`, a record its `parts`."""

    name: str
    section: str
    label: Sayable
    parameter: Parameter | None = None
    parts: tuple[Part, ...] = ()


@cache
def subjects() -> Mapping[str, Subject]:
    """All that can be proposed, by name. What only an agreement may change is proposed as an agreement."""
    values = (
        Subject(name, f"values.{name}", Both(one.label_nl, one.label_en), parameter=one)
        for name, one in load_parameters().by_name.items()
        if one.local != "agreement"
    )
    kinds = (
        Subject(kind.section, kind.section, SECTIONS[kind.section], parts=tuple(_parts(kind)))
        for kind in RECORDS
    )
    return {one.name: one for one in (*kinds, *values)}


def _parts(kind: type[Record]) -> list[Part]:
    hints = get_type_hints(kind)
    return [_part(one, hints[one.name]) for one in fields(kind) if one.name not in _OF_EVERY_RECORD]


def _part(one: Field[Any], hint: Any) -> Part:
    many = getattr(hint, "__origin__", None) is tuple
    members: tuple[Any, ...] = getattr(hint, "__args__", ())
    form = members[0] if many else next((each for each in members if each is not type(None)), hint)
    optional_flag = form is bool and type(None) in members
    return Part(
        one.name,
        "flag" if optional_flag else form,
        required=one.default is MISSING,
        choices=tuple(one.metadata.get("choices", ())),
        many=many,
    )
