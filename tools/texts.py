"""The texts that are shown to people, as the code and the templates hold them.

``python -m tools.texts`` prints those that have no Dutch yet, in the form of the catalogue, to be filled in.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

SOURCE = Path(__file__).parents[1] / "src" / "ongedeeld"
CATALOGUE = SOURCE / "vocabulary" / "locale" / "nl" / "LC_MESSAGES" / "ongedeeld.po"
# What marks or translates texts that stand in the code as they are, and how many it takes.
MARKS = {"N_": 1, "_": 1, "gettext": 1, "say": 1, "translate": 1, "ngettext": 2}
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+[^{}]*\}")


def texts() -> dict[str, list[str]]:
    """Every text, with the places where it stands; a plural is a text of its own."""
    found: dict[str, list[str]] = {}
    for file in sorted(SOURCE.rglob("*.py")):
        for line, text in _of_code(file):
            found.setdefault(text, []).append(f"{file.relative_to(SOURCE)}:{line}")
    for file in sorted(SOURCE.rglob("templates/**/*.html")):
        for line, message, *_ in extract_from_file(
            "jinja2.ext.babel_extract", file, options={"silent": "false", "extensions": "jinja2.ext.do"}
        ):
            for text in _forms(message):
                found.setdefault(text, []).append(f"{file.relative_to(SOURCE)}:{line}")
    return found


def _of_code(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in MARKS:
            for argument in node.args[: MARKS[_name(node.func)]]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield node.lineno, argument.value


def _forms(message: str | Sequence[str | None]) -> list[str]:
    """One text, or its singular and plural."""
    return [message] if isinstance(message, str) else [form for form in message if isinstance(form, str)]


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def catalogue(file: Path = CATALOGUE) -> Catalog:
    """The Dutch catalogue as it stands."""
    with file.open("rb") as stream:
        return read_po(stream, locale="nl", abort_invalid=True)


def translations(held: Catalog) -> dict[str, str]:
    """The translation of each text of a catalogue; the header is no text."""
    return {
        text: translation
        for message in held
        if message.id
        for text, translation in zip(_forms(message.id), _forms(message.string or ""), strict=False)
    }


def placeholders(text: str) -> list[str]:
    """What is filled in, in order of the alphabet."""
    return sorted(PLACEHOLDER.findall(text))


def untranslated() -> str:
    """The texts without a translation, as entries of the catalogue."""
    have = translations(catalogue())
    return "\n".join(
        f'#: {" ".join(places)}\nmsgid {_quoted(text)}\nmsgstr ""\n'
        for text, places in texts().items()
        if not have.get(text)
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    print(untranslated())  # noqa: T201 - this is what it is for
