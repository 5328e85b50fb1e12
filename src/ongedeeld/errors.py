"""What can go wrong, as one short tree.

::

    OngedeeldError
    ├── InputError      a file, row, column or field is not as expected
    ├── CityError       a City cannot be opened, saved or combined
    ├── AbsentError     what was asked is not in this City
    └── FetchError      a host did not give what was asked of it

Every message says what is wrong, where, what was expected and what to do next, in English by default and
in Dutch through :meth:`OngedeeldError.say`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

Translate = Callable[[str], str]


class Marked(str):
    """A text to translate when it is shown, also where another text names it."""

    __slots__ = ()


def N_(text: str) -> str:
    """Mark a text as one to translate when it is shown."""
    return Marked(text)


def _as_it_is(text: str) -> str:
    return text


@runtime_checkable
class Sayable(Protocol):
    """What is said in another way in each language: a label, a number."""

    def say(self, translate: Translate) -> str:
        """It in the language of `translate`."""


def said(field: object, translate: Translate) -> object:
    """What a text names, in the language of `translate` where it has one."""
    if isinstance(field, Marked):
        return translate(field)
    return field.say(translate) if isinstance(field, Sayable) else field


@dataclass(frozen=True)
class Place:
    """Where in the input something is: a file and, as far as known, its sheet, row, column and value.

    Rows are counted as a spreadsheet does: the header is row 1. A file of text, such as TOML, has lines.
    """

    file: str | Path
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    line: int | None = None

    def say(self, translate: Translate = _as_it_is) -> str:
        """The place in words."""
        parts = [str(self.file)]
        if self.sheet is not None:
            parts.append(translate(N_("sheet {part}")).format(part=_brief(self.sheet)))
        return ", ".join([*parts, *self._cell(translate)])

    def say_cell(self, translate: Translate = _as_it_is) -> str:
        """The row, column and value in words, where the file was named before."""
        return ", ".join(self._cell(translate))

    def _cell(self, translate: Translate) -> list[str]:
        parts = []
        for text, part in (
            (N_("line {part}"), self.line),
            (N_("row {part}"), self.row),
            (N_("column {part}"), self.column),
            (N_("value '{part}'"), self.value),
        ):
            if part is not None:
                parts.append(translate(text).format(part=_brief(str(part))))
        return parts


def _brief(text: str, limit: int = 60) -> str:
    """What a cell holds, fit for one line of a terminal."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    words = " ".join(line.split())
    return words if len(words) <= limit else f"{words[: limit - 1]}…"


class OngedeeldError(Exception):
    """Everything this package raises on purpose.

    Parameters
    ----------
    problem, expected, remedy
        Texts, in English, that may name `fields` in braces; all are translated when they are said.
    place
        Where it happened.
    fields
        What the texts name.
    """

    def __init__(
        self,
        problem: str,
        *,
        place: Place | None = None,
        expected: str = "",
        remedy: str = "",
        **fields: object,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.place = place
        self.expected = expected
        self.remedy = remedy
        self.fields = fields

    def say(self, translate: Translate = _as_it_is) -> str:
        """The whole message, through `translate`."""
        fields = {name: said(field, translate) for name, field in self.fields.items()}

        def fill(text: str) -> str:
            return translate(text).format(**fields)

        lines = [fill(self.problem)]
        if self.place:
            lines[0] = f"{self.place.say(translate)}: {lines[0]}"
        if self.expected:
            lines.append(translate(N_("Expected: {what}")).format(what=fill(self.expected)))
        if self.remedy:
            lines.append(translate(N_("Next: {what}")).format(what=fill(self.remedy)))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.say()


class InputError(OngedeeldError):
    """A file, row, column or field is not as expected."""


class CityError(OngedeeldError):
    """A City cannot be opened, saved or combined."""


class AbsentError(OngedeeldError):
    """What was asked is not in this City, or may not be told from it."""


class FetchError(OngedeeldError):
    """A host did not give what was asked of it."""
