"""Empty files for the tables of a round, with every column explained beside them."""

from __future__ import annotations

import csv
from pathlib import Path

from ongedeeld.allocation.columns import INPUTS, InputColumn
from ongedeeld.allocation.reading import as_input
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.rules.lettings import LETTING_COLUMNS
from ongedeeld.vocabulary import Language, translator
from ongedeeld.vocabulary.tables import KINDS_OF_CELLS

HEADERS = (N_("column"), N_("name"), N_("meaning"), N_("kind"), N_("required"), N_("choices"))


def write_templates(folder: Path, language: Language) -> tuple[Path, ...]:
    """Write an empty csv file for each table of a round, and for each one that explains it.

    Parameters
    ----------
    folder
        Where to; it is made when it is not there.
    language
        Of the explanation: `nl` or `en`.

    Returns
    -------
    tuple[Path, ...]
        The files that were written.

    Raises
    ------
    InputError
        When one of the files is there already, or cannot be written; then none is.
    """
    say = translator(language).gettext
    explanation = say(N_("explanation"))
    files: dict[Path, list[tuple[str, ...]]] = {}
    lettings = {name: as_input(column) for name, column in LETTING_COLUMNS.items()}
    for table, columns in {**INPUTS, "lettings": lettings}.items():
        files[folder / f"{table}.csv"] = [tuple(columns)]
        rows = [_explained(column, language) for column in columns.values()]
        files[folder / f"{table}-{explanation}.csv"] = [tuple(map(say, HEADERS)), *rows]
    for file in files:
        if file.exists():
            raise InputError(
                N_("this file exists already and is left as it is"),
                place=Place(file),
                remedy=N_("choose another folder"),
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, lines in files.items():
            with file.open("x", encoding="utf-8-sig", newline="") as open_file:
                csv.writer(open_file, delimiter=";").writerows(lines)
    except OSError as error:
        raise InputError(
            N_("this file could not be written: {detail}"),
            place=Place(folder),
            remedy=N_("choose a folder that exists and may be written"),
            detail=error.strerror or str(error),
        ) from error
    return tuple(files)


def _explained(column: InputColumn, language: Language) -> tuple[str, ...]:
    say = translator(language).gettext
    return (
        column.name,
        column.label.say(say),
        column.meaning.say(say),
        say(KINDS_OF_CELLS[column.type]),
        say(N_("yes")) if column.required else "",
        ", ".join(f"{code} ({words.say(say)})" for code, words in column.codes.items()),
    )
