"""Tables come in as text, whatever the kind of file, and say where each cell stands."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.sources import numbers
from ongedeeld.sources.files import year_in
from ongedeeld.sources.tabular import read_csv, read_sheets
from tests.sources.forms import KWB, write_csv, write_parquet, write_xlsx


def as_text() -> pl.DataFrame:
    header, *rows = KWB
    return pl.DataFrame(
        [[str(cell) for cell in row] for row in rows], schema=[str(name) for name in header], orient="row"
    )


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_whatever_its_separator_and_mark(tmp_path: Path, separator: str, encoding: str) -> None:
    file = write_csv(tmp_path / "kwb.csv", separator=separator, encoding=encoding)
    assert read_csv(file).frame.equals(as_text())


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_csv_is_read_whatever_its_line_ends(line_end: str) -> None:
    content = f"code;naam{line_end}GM0344;Utrecht{line_end}{line_end}GM0363;Amsterdam{line_end}".encode()
    sheet = read_csv(Path("a.csv"), content)
    assert sheet.frame["code"].to_list() == ["GM0344", None, "GM0363"]
    assert sheet.place(2, "code").row == 4


def test_quotes_keep_separators_and_line_ends_in_a_cell() -> None:
    sheet = read_csv(Path("a.csv"), b'code,naam\nGM0344,"Utrecht, de stad\nen ""land"""\nGM0363,x\n')
    assert sheet.frame["naam"].to_list() == ['Utrecht, de stad\nen "land"', "x"]
    assert sheet.place(1, "code").row == 3


def test_headers_lose_their_padding_and_columns_without_one_are_left_out() -> None:
    sheet = read_csv(Path("a.csv"), b";a_nb_won ;code\n0;5;GM0344\n")
    assert sheet.frame.to_dicts() == [{"a_nb_won": "5", "code": "GM0344"}]


def test_xlsx_and_parquet_give_the_same_text_as_csv(tmp_path: Path) -> None:
    assert read_sheets(write_xlsx(tmp_path / "kwb.xlsx"))[0].frame.equals(as_text())
    assert read_sheets(write_parquet(tmp_path / "kwb.parquet"))[0].frame.equals(as_text())


def test_numbers_in_xlsx_keep_all_their_digits(tmp_path: Path) -> None:
    values = [0.054516483912, -6.6666e-6, 1.4286e-13, 0.1, 367_947.0]
    rows = [["afw"], *[[value] for value in values], ["."], ["10410"]]
    (sheet,) = read_sheets(write_xlsx(tmp_path / "a.xlsx", {"a": rows}))
    read = sheet.frame.select(numbers.number(pl.col("afw"))).to_series().to_list()
    assert read == [*values, None, 10_410.0]


def test_a_title_page_is_passed_over(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", {"uitleg": [[], ["Toelichting"]], "leeg": [], "kwb": KWB})
    assert [sheet.name for sheet in read_sheets(book)] == ["kwb"]


def test_tables_of_an_archive_are_found_at_any_depth(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("open data/deep/scores buurten.csv", "bu_code,afw\nBU03440101,0.1\n")
        archive.writestr("open data/leesmij.txt", "uitleg")
        archive.writestr("open data/scores grids.csv", "grid_id,afw\nE1N1,0.1\n")
    names = [
        sheet.path.name for sheet in read_sheets(tmp_path / "a.zip", wanted=lambda name: "grid" not in name)
    ]
    assert names == ["scores buurten.csv"]


CELLS = [
    ("12", 12.0, "observed"),
    ("     1.0", 1.0, "observed"),
    ("26,4", 26.4, "observed"),
    ("1.234,5", 1234.5, "observed"),
    ("-0,05", -0.05, "observed"),
    ("1e-7", 1e-7, "observed"),
    (".", None, "missing"),
    ("       .", None, "missing"),
    (",", None, "missing"),
    ("", None, "missing"),
    (None, None, "missing"),
    ("nihil", None, "missing"),
    ("NaN", None, "missing"),
    ("-99999999", -99_999_999.0, "missing"),
    ("-99998.0", -99_998.0, "missing"),
    ("-99997", -99_997.0, "suppressed"),
    ("geheim", None, "suppressed"),
    ("inf", None, "observed"),
    ("1,234.5", None, "observed"),
    ("1.234.567", None, "observed"),
    ("12a", None, "observed"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "value", "status"), CELLS)
def test_a_cell_is_a_number_missing_or_withheld(cell: str | None, value: float | None, status: str) -> None:
    frame = pl.DataFrame({"cell": [cell]}, schema={"cell": pl.String})
    read = frame.select(value=numbers.number(pl.col("cell")), status=numbers.status(pl.col("cell")))
    assert read.row(0) == (value, status)


def test_the_year_of_a_file_is_the_only_one_in_its_name() -> None:
    assert year_in("kwb-2023.xlsx") == 2023
    assert year_in("wijk.xlsx", "districts_2016") == 2016
    assert year_in("scores 2002-2024.csv", "2024") is None
    assert year_in("kwb120234.csv") is None
