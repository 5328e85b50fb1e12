"""Whatever can be used has an entry in the documentation, and no entry tells of what is not there."""

from __future__ import annotations

import re

import pytest

import ongedeeld
from ongedeeld.city import CHECKS
from ongedeeld.cli import app
from ongedeeld.vocabulary import CHOICES, INDICATORS, TABLES
from tests.docs.pages import DOCS, ROOT
from tools.reference import FOLDER, pages
from tools.reference.names import VALUES, public_names, said_of_value, speaks_for_itself


def text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def headings(name: str) -> set[str]:
    """The headings of a page of the reference, without their marks."""
    found = re.findall(r"^#+ (.+?)(?: \{.*\})?$", text(name), flags=re.MULTILINE)
    return {heading.strip("`") for heading in found}


@pytest.mark.parametrize("name", pages())
def test_a_made_page_is_current(name: str) -> None:
    assert text(name) == pages()[name], f"{name} is out of date: run `python -m tools.reference`"


def test_every_public_name_has_an_entry() -> None:
    names = {name for held in public_names().values() for name in held}
    assert not (names | set(ongedeeld.__all__)) - headings("python.md")


def test_every_public_name_says_what_it_is() -> None:
    silent = [
        f"{room}.{name}"
        for room, held in public_names().items()
        for name, value in held.items()
        if not (_docstring(name, value) if speaks_for_itself(value) else said_of_value(room, name))
    ]
    assert not silent, "explain a value in a string right below it, or in tools/reference/names.py"


def test_no_explanation_is_left_of_a_name_that_is_gone() -> None:
    assert not set(VALUES) - {f"{room}.{name}" for room, held in public_names().items() for name in held}


def _docstring(name: str, value: object) -> str:
    """The docstring; where a data class has none, Python makes one of its signature, which says nothing."""
    doc = value.__doc__ or ""
    return "" if doc.startswith(f"{name}(") else doc


def test_every_command_has_an_entry() -> None:
    commands = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    assert not {name.replace("_", "-") for name in commands} - headings("commands.md")


def test_every_check_has_an_entry() -> None:
    assert not set(CHECKS) - headings("checks.md")


def test_every_table_and_column_has_an_entry() -> None:
    page = text("tables.md")
    assert not set(TABLES) - headings("tables.md")
    columns = {column.name for table in TABLES.values() for column in table.columns}
    assert not {column for column in columns if f"| `{column}` |" not in page}


def test_every_indicator_has_an_entry_with_both_labels() -> None:
    page = text("indicators.md")
    missing = {
        indicator.name
        for indicator in INDICATORS.values()
        if f"| `{indicator.name}` | {indicator.label_nl} | {indicator.label_en} |" not in page
    }
    assert not missing


def test_every_dutch_word_of_a_choice_has_an_entry() -> None:
    page = text("tables.md")
    missing = {
        f"{name}.{choice.code}"
        for name, choices in CHOICES.items()
        for choice in choices.values()
        if f"| `{choice.code}` | {choice.label_nl} | {choice.label_en} |" not in page
    }
    assert not missing


def test_every_term_is_in_dutch_and_in_english_with_its_meaning() -> None:
    rows = [line.strip("| ").split(" | ") for line in text("words.md").splitlines() if line.startswith("| ")]
    assert len(rows) > 30
    assert not [row for row in rows if len(row) != 3 or not all(cell.strip() for cell in row)]


def test_the_words_of_the_tables_are_among_the_terms() -> None:
    page = text("words.md").lower()
    labels = {column.label_nl for name in TABLES for column in TABLES[name].columns if column.key}
    assert not {label for label in labels - {"plek"} if label not in page}


def test_every_kind_of_error_has_an_entry() -> None:
    page = text("errors.md")
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    kinds = re.findall(r"^class ([A-Z]\w*)\(OngedeeldError\):", written, flags=re.MULTILINE)
    assert len(kinds) > 4
    assert not {kind for kind in kinds if f"`{kind}`" not in page}


def test_the_commands_of_the_readme_are_in_the_makefile() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]
    told = {
        command
        for document in documents
        for command in re.findall(
            r"(?:^|`)make ([a-z]+)", document.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
    }
    assert {"demo", "test"} <= told
    assert not told - targets
