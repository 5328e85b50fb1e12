from __future__ import annotations

import csv
from pathlib import Path

import fastexcel
import pytest
import xlsxwriter

from ongedeeld.errors import InputError
from ongedeeld.sources import write_template
from ongedeeld.sources.headers import OWN_TABLES
from ongedeeld.sources.own import read_own
from ongedeeld.sources.template import explain
from ongedeeld.vocabulary import LANGUAGES, TABLES, Language


def example(table: str, language: Language) -> list[str]:
    return [column.example for column in explain(table, language)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", OWN_TABLES)
def test_a_csv_template_with_its_example_row_is_read_back(
    tmp_path: Path, table: str, language: Language
) -> None:
    path, _ = write_template(table, tmp_path / f"{table}.csv", language)
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerow(example(table, language))
    read = read_own(path, table)
    assert len(read.frame) == 1
    assert read.remarks == ()
    empty = [name for name in read.frame.columns if read.frame[name][0] is None]
    assert empty in ([], ["end"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", OWN_TABLES)
def test_the_headers_of_a_workbook_are_those_of_the_csv_file(
    tmp_path: Path, table: str, language: Language
) -> None:
    (path,) = write_template(table, tmp_path / f"{table}.xlsx", language)
    headers = (
        fastexcel.read_excel(path).load_sheet(table, header_row=None, dtypes="string").to_polars().row(0)
    )
    filled = tmp_path / "filled.xlsx"
    with xlsxwriter.Workbook(filled) as book:
        sheet = book.add_worksheet("blad1")
        for row, cells in enumerate((headers, example(table, language))):
            for place, cell in enumerate(cells):
                sheet.write_string(row, place, cell)
    csv_file, _ = write_template(table, tmp_path / f"{table}.csv", language)
    with csv_file.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerow(example(table, language))
    assert read_own(filled, table).frame.equals(read_own(csv_file, table).frame)


def test_the_second_sheet_explains_every_column(tmp_path: Path) -> None:
    (path,) = write_template("dwellings", tmp_path / "woningen.xlsx", "en")
    book = fastexcel.read_excel(path)
    assert book.sheet_names == ["dwellings", "explanation"]
    rows = book.load_sheet("explanation", dtypes="string").to_polars().rows(named=True)
    by_column = {row["column"]: row for row in rows}
    assert len([row for row in rows if row["meaning"]]) == len(TABLES["dwellings"].columns)
    rent = by_column["rent (euro)"]
    assert rent["meaning"] == "bare rent a month in euros"
    assert (rent["between"], rent["example"]) == ("0 to 10000", "612.35")
    assert by_column["dwelling"]["required"] == "yes"
    assert by_column["tenure"]["choices"] == "association, private rent, owner-occupied, unknown"


def test_dutch_examples_have_a_decimal_comma(tmp_path: Path) -> None:
    examples = {column.header: column.example for column in explain("dwellings", "nl")}
    assert (examples["huur (euro)"], examples["oppervlakte"]) == ("612,35", "72,5")


def test_a_csv_template_has_only_its_header_and_an_explanation_beside_it(tmp_path: Path) -> None:
    path, explanation = write_template("complexes", tmp_path / "complexen.csv", "nl")
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["complex;naam;buurt;bouwjaar;x (RD);y (RD)"]
    assert explanation.parent == tmp_path
    assert "eigen nummer van het complex" in explanation.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_file_that_is_there_already_is_never_overwritten(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"woningen{suffix}"
    path.write_text("filled with a day's work")
    with pytest.raises(InputError, match="exists already and is left as it is"):
        write_template("dwellings", path, "nl")
    assert path.read_text() == "filled with a day's work"
    assert list(tmp_path.iterdir()) == [path]


def test_a_template_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ends in \.xlsx or \.csv"):
        write_template("dwellings", tmp_path / "woningen.docx", "nl")


def test_there_is_no_template_for_a_table_that_is_not_of_ones_own(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no table areas"):
        write_template("areas", tmp_path / "areas.csv", "nl")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_folder_that_is_not_there_is_named(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(InputError, match="could not be written"):
        write_template("dwellings", tmp_path / "nowhere" / f"woningen{suffix}", "nl")
