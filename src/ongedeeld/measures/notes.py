"""Sentences that go with a measure: what the reader must know, and what is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ongedeeld.errors import said


@dataclass(frozen=True)
class Note:
    """A sentence in English that may name `fields` in braces, which are filled after it is translated.

    A field that is itself a text to translate (`N_`), or is said in another way in each language, is said so.
    `method` tells how a figure was made from what a reader must know of it.
    """

    text: str
    fields: Mapping[str, object] = field(default_factory=dict)
    method: bool = False

    def say(self, translate: Callable[[str], str] = str) -> str:
        """The sentence, through `translate`."""
        fields = {name: said(value, translate) for name, value in self.fields.items()}
        return translate(self.text).format(**fields)

    def __str__(self) -> str:
        return self.say()


@dataclass(frozen=True)
class Listed:
    """Several things in one field of a note, each said in its own way, with commas between."""

    parts: tuple[object, ...]

    def say(self, translate: Callable[[str], str]) -> str:
        """The parts in the language of `translate`."""
        return ", ".join(str(said(part, translate)) for part in self.parts)


def note(text: str, **fields: object) -> Note:
    """A note with its fields."""
    return Note(text, fields)


def method_note(text: str, **fields: object) -> Note:
    """A note on how a figure was made, with its fields."""
    return Note(text, fields, method=True)
