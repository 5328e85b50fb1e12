"""Write an empty file for a table of one's own, with every column explained."""

from __future__ import annotations

import csv
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.sources.headers import template_header
from ongedeeld.sources.own import DEFAULTS, refuse_unknown_table
from ongedeeld.vocabulary import CHOICES, TABLES, Language, translator
from ongedeeld.vocabulary.tables import KINDS_OF_CELLS, Column, Table

KINDS = {**KINDS_OF_CELLS, "cents": N_("euros, with at most two decimals")}
HEADERS = (
    N_("column"),
    N_("meaning"),
    N_("kind"),
    N_("required"),
    N_("between"),
    N_("choices"),
    N_("example"),
)
NOTES = (
    N_("Empty means not known; write 0 only for none. An empty reason is none, an empty status observed."),
    N_("Amounts are in euros. A column headed with its English name, such as rent_cents, holds whole cents."),
    N_("A lone point or comma is the decimal mark; 1.234 is refused where it could mean 1234."),
    N_("A neighbourhood is its code or its whole name; find codes with: ongedeeld areas DIR."),
    N_("Names, citizen service numbers and other facts about people do not belong here and are refused."),
)
# Spreadsheets take no longer list for a drop-down in a cell.
LONGEST_LIST = 255


@dataclass(frozen=True)
class Explanation:
    """What the second sheet says of one column, in words."""

    header: str
    meaning: str
    kind: str
    required: str
    between: str
    choices: str
    example: str

    def row(self) -> tuple[str, ...]:
        """The words in the order of the headers."""
        return (
            self.header, self.meaning, self.kind, self.required, self.between, self.choices, self.example,
        )  # fmt: skip


def write_template(table: str, path: Path, language: Language) -> tuple[Path, ...]:
    """Write an empty file for a table, with the headers in a language.

    Parameters
    ----------
    table
        A table that an association fills itself, such as `dwellings`.
    path
        Where to; `.xlsx` gives a workbook with a second sheet that explains each column, `.csv` a file with
        its header alone (a remark in it would end up in the data) and beside it a file that explains.
    language
        `nl` or `en`.

    Returns
    -------
    tuple[Path, ...]
        The files that were written.

    Raises
    ------
    InputError
        When there is no such table, the file exists already, is of another kind, or cannot be written.
    """
    refuse_unknown_table(table)
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    suffix = path.suffix.lower()
    if suffix not in writers:
        raise InputError(
            N_("a template cannot be of this kind"),
            place=Place(path.name),
            expected=N_("a name that ends in .xlsx or .csv"),
        )
    targets = (path, _beside(path, language)) if suffix == ".csv" else (path,)
    for target in targets:
        if target.exists():
            raise InputError(
                N_("this file exists already and is left as it is"),
                place=Place(target),
                remedy=N_("choose another name"),
            )
    try:
        writers[suffix](TABLES[table], targets, language)
    except OSError as error:
        for target in targets:
            with suppress(OSError):
                target.unlink()
        raise InputError(
            N_("this file could not be written: {detail}"),
            place=Place(path),
            remedy=N_("choose a folder that exists and may be written"),
            detail=error.strerror or str(error),
        ) from error
    return targets


def explain(table: str, language: Language) -> list[Explanation]:
    """What each column of a table holds, in words, with an example.

    Parameters
    ----------
    table
        The name of a table of the vocabulary.
    language
        `nl` or `en`.
    """
    say = translator(language).gettext
    return [
        Explanation(
            header=template_header(column, language),
            meaning=_meaning(column, language),
            kind=say(KINDS["cents" if _is_money(column) else column.type]),
            required=say(N_("yes")) if column.required and column.name not in DEFAULTS else "",
            between=_between(column, language),
            choices=", ".join(_labels(column, language)),
            example=_example(column, language),
        )
        for column in TABLES[table].columns
    ]


def _is_money(column: Column) -> bool:
    return column.name.endswith("_cents")


def _meaning(column: Column, language: Language) -> str:
    meaning = column.meaning(language)
    if _is_money(column):
        return meaning.replace("in centen", "in euro's").replace("in cents", "in euros")
    return meaning


def _between(column: Column, language: Language) -> str:
    if column.minimum is None or column.maximum is None:
        return ""
    low, high = (limit * (0.01 if _is_money(column) else 1) for limit in (column.minimum, column.maximum))
    return f"{low:.9g} {translator(language).gettext(N_('to'))} {high:.9g}"


def _labels(column: Column, language: Language) -> list[str]:
    return [choice.label(language) for choice in CHOICES[column.choices].values()] if column.choices else []


@cache
def _examples() -> dict[str, str]:
    text = (files("ongedeeld.sources") / "template_examples.csv").read_text(encoding="utf-8")
    return {row["column"]: row["example"] for row in csv.DictReader(StringIO(text, newline=""))}


def _example(column: Column, language: Language) -> str:
    """An example as people of this language would type it."""
    example = _examples().get(column.name, "")
    say = translator(language).gettext
    if column.name == "name":
        return say(N_("The Bird Quarter flat"))
    if not example:
        return ""
    if column.choices:
        return CHOICES[column.choices][example].label(language)
    if column.type == "boolean":
        return say(N_("yes"))
    if column.type == "date":
        return f"{date.fromisoformat(example):%d-%m-%Y}"
    if _is_money(column):
        example = f"{example[:-2]}.{example[-2:]}"
    decimals = column.type == "number" or _is_money(column)
    return example.replace(".", ",") if decimals and language == "nl" else example


def _beside(path: Path, language: Language) -> Path:
    return path.with_name(f"{path.stem}-{translator(language).gettext(N_('explanation'))}.csv")


def _write_csv(table: Table, targets: tuple[Path, ...], language: Language) -> None:
    say = translator(language).gettext
    explained = explain(table.name, language)
    rows: tuple[list[tuple[str, ...]], ...] = (
        [tuple(column.header for column in explained)],
        [
            tuple(map(say, HEADERS)),
            *(column.row() for column in explained),
            (),
            *((say(note),) for note in NOTES),
        ],
    )
    for target, lines in zip(targets, rows, strict=True):
        # The mark at the start tells a spreadsheet that this is UTF-8.
        with target.open("x", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(lines)


def _write_xlsx(table: Table, targets: tuple[Path, ...], language: Language) -> None:
    import xlsxwriter

    say = translator(language).gettext
    explained = explain(table.name, language)
    try:
        with xlsxwriter.Workbook(targets[0]) as book:
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for place, (column, words) in enumerate(zip(table.columns, explained, strict=True)):
                sheet.write_string(0, place, words.header, bold)
                _prepare_column(book, sheet, place, column, _labels(column, language))
            second = book.add_worksheet(say(N_("explanation")))
            second.freeze_panes(1, 0)
            second.set_column(0, 6, 24, wrapped)
            second.set_column(5, 5, 60, wrapped)
            lines = [tuple(map(say, HEADERS)), *(column.row() for column in explained)]
            for number, line in enumerate(lines):
                for place, text in enumerate(line):
                    second.write_string(number, place, text, bold if number == 0 else wrapped)
            for number, note in enumerate(NOTES, len(lines) + 1):
                second.write_string(number, 0, say(note))
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from error


def _prepare_column(book: Any, sheet: Any, place: int, column: Column, labels: list[str]) -> None:
    """Set a column up so that a spreadsheet keeps leading zeros, shows dates and offers the choices."""
    forms = {"text": "@", "date": "dd-mm-yyyy"}
    form = book.add_format({"num_format": forms[column.type]}) if column.type in forms else None
    sheet.set_column(place, place, 18, form)
    if labels and len(",".join(labels)) <= LONGEST_LIST and not any("," in label for label in labels):
        sheet.data_validation(1, place, 10_000, place, {"validate": "list", "source": labels})
