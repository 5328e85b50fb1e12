"""Bad input gets one error that names file, place, what was expected and the next step."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely

from ongedeeld.errors import InputError
from ongedeeld.sources import Inputs, build
from tests.shared import shared
from tests.sources.forms import KWB, box, write_csv, write_map, write_parquet, write_xlsx

TODAY = date(2026, 11, 22)
PAGE = "\n<!DOCTYPE html>\n<html><body>Niet gevonden</body></html>"


def refusal(path: Path, kind: str = "kwb", region: str = "GM0344") -> str:
    """What a build says of this file."""
    with pytest.raises(InputError) as caught:
        build(region, replace(Inputs(), **{kind: [path]}), today=TODAY)  # type: ignore[arg-type]
    error = caught.value
    assert error.place is not None
    assert error.remedy
    assert "{" not in str(error)
    return str(error)


def kwb(tmp_path: Path, *changed: list[object], header: list[object] | None = None) -> Path:
    """A csv of KWB 2023 with these rows behind its own."""
    return write_csv(tmp_path / "kwb-2023.csv", [header or KWB[0], *KWB[1:], *changed])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for kind, name in (("kwb", "kwb-2023.csv"), ("boundaries", "map.gpkg")):
        assert refusal(tmp_path / name, kind) == (
            f"{tmp_path / name}: this file is not there\nNext: check the path and the name"
        )


def test_a_folder_in_stead_of_a_file(tmp_path: Path) -> None:
    assert "this is a folder, not a file" in refusal(tmp_path)


@pytest.mark.parametrize(
    "suffix", ["csv", "xlsx", "parquet", "zip", "json", "gpkg", "geojson", "shp", "dbf", "txt"]
)
def test_an_empty_file_and_a_web_page_under_any_name(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"kwb-2023.{suffix}"
    file.touch()
    assert "kwb-2023" in (said := refusal(file))
    assert "this file is empty\nNext: download it again" in said
    file.write_text(PAGE)
    said = refusal(file)
    assert "this is a web page, not a table\nExpected: the file that its name promises" in said
    assert "Next: download the file itself" in said


def test_a_file_of_blanks_is_no_table(tmp_path: Path) -> None:
    file = tmp_path / "kwb-2023.csv"
    for blanks in ("\n\n", " \r\n", "\ufeff"):
        file.write_text(blanks, encoding="utf-8")
        refusal(file)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.93, 0.99])
@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("kwb", "utrecht/kwb-2023.xlsx"),
        ("proximity", "utrecht/proximity-2023.csv"),
        ("boundaries", "utrecht/neighbourhoods-2020-partial.geojson"),
        ("boundaries", "districts_2022/nl_wijken_2022.gpkg"),
        ("kwb", "districts_2016/wijk_2016.dbf"),
    ],
)
def test_a_real_file_that_is_cut_short(tmp_path: Path, kind: str, path: str, part: float) -> None:
    whole = shared(path).read_bytes()
    cut = tmp_path / Path(path).name
    cut.write_bytes(whole[: int(len(whole) * part)])
    said = refusal(cut, kind, "NL" if "districts" in path else "GM0344")
    assert cut.name in said
    assert "cut short or damaged" in said or "the file may be cut short" in said


@pytest.mark.parametrize("name", ["kwb-2023.parquet", "kwb-2023.zip"])
def test_a_parquet_file_or_archive_that_is_cut_short(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    if name.endswith("zip"):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("kwb-2023.csv", write_csv(tmp_path / "plain.csv").read_text() * 50)
    else:
        write_parquet(file)
    whole = file.read_bytes()
    for part in (0.05, 0.5, 0.95):
        file.write_bytes(whole[: int(len(whole) * part)])
        assert "cut short or damaged" in refusal(file)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-16-le"])
def test_a_file_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    rows = [*KWB, ["BU03440103", "Cité Bürgerpark", 10, ".", "."]]
    said = refusal(write_csv(tmp_path / "kwb-2023.csv", rows, encoding=encoding))
    if encoding != "utf-16-le":
        assert said.startswith("kwb-2023.csv, row 6: this file is not in UTF-8\nExpected: text in UTF-8\n")
    assert "Expected: text in UTF-8" in said


def test_a_file_without_the_key_column(tmp_path: Path) -> None:
    said = refusal(kwb(tmp_path, header=["naam", *KWB[0][1:]]))
    assert said.startswith("kwb-2023.csv, row 1: no table in this file is of a known form\n")
    assert "Expected: a column with codes of areas (gwb_code, " in said
    assert "headers must stand in the first row" in said


def test_a_row_shorter_than_the_header(tmp_path: Path) -> None:
    said = refusal(kwb(tmp_path, ["BU03440103", "Lombok"]))
    assert said.startswith("kwb-2023.csv, row 6: this row has 2 cells; the header has 5\n")


def test_a_header_that_stands_twice(tmp_path: Path) -> None:
    header: list[object] = ["gwb_code", "regio", "a_inw", "a_inw", "g_wozbag"]
    for file in (
        kwb(tmp_path, header=header),
        write_xlsx(tmp_path / "kwb-2023.xlsx", {"kwb": [header, *KWB[1:]]}),
    ):
        assert "row 1: the header 'a_inw' stands here twice" in refusal(file)


def test_two_rows_for_one_code(tmp_path: Path) -> None:
    said = refusal(kwb(tmp_path, ["BU03440101 ", "Welgelegen", 5, ".", "."]))
    assert said == (
        "kwb-2023.csv, row 6, column gwb_code, value 'BU03440101': "
        "BU03440101 stands here twice; the other is in row 4\n"
        "Expected: one row for each area and year\n"
        "Next: remove the row that does not belong"
    )  # fmt: skip


def test_codes_of_another_municipality(tmp_path: Path) -> None:
    said = refusal(kwb(tmp_path), region="GM0363")
    assert said == (
        "kwb-2023.csv, column gwb_code: this file holds no area of GM0363\n"
        "Expected: codes with 0363, such as WK036301\n"
        "Next: give the file of GM0363; this one has BU03440101, BU03440102, GM0344"
    )
    said = refusal(write_map(tmp_path / "map.gpkg", [box()]), "boundaries", "GM0363")
    assert "map.gpkg, column buurtcode: this file holds no area of GM0363" in said


def test_a_column_of_codes_without_codes(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "kwb-2023.csv", [KWB[0], ["Utrecht", "Utrecht", 1, 2, 3]])
    assert "row 2, column gwb_code, value 'Utrecht': no row has the code of an area" in refusal(file)


@pytest.mark.parametrize(
    "cell", ["12 mensen", "1.234.567", "1,234.5", "1 234", "inf", "-inf", "1e400", "0x1F", "1_000", "٣"]
)
def test_a_number_with_text_in_it(tmp_path: Path, cell: str) -> None:
    said = refusal(kwb(tmp_path, ["BU03440103", "Lombok", 10, ".", cell]))
    assert said.startswith(f"kwb-2023.csv, row 6, column g_wozbag, value '{cell}': this is not a number\n")
    assert (
        "Expected: a number, or . for unknown\nNext: mend this cell; cells like it in this column: 1" in said
    )


@pytest.mark.parametrize("cell", ["10.410", "10,5"])
def test_a_count_with_decimals_may_be_a_count_with_thousands(tmp_path: Path, cell: str) -> None:
    said = refusal(kwb(tmp_path, ["BU03440103", "Lombok", cell, ".", "."]))
    assert f"row 6, column a_inw, value '{cell}': this is not a whole number\nExpected: a count " in said


@pytest.mark.parametrize(
    ("cell", "limit"), [("101", "at most 100"), ("-1", "at least 0"), ("1e9", "at most 100")]
)
def test_a_percentage_that_cannot_be(tmp_path: Path, cell: str, limit: str) -> None:
    said = refusal(kwb(tmp_path, ["BU03440103", "Lombok", 10, cell, "."]))
    assert f"value '{cell}': this cannot be: share_association is {limit}\n" in said


def test_figures_of_an_unknown_year(tmp_path: Path) -> None:
    for name in ("kwb.csv", "kwb-2022-2023.csv"):
        said = refusal(write_csv(tmp_path / name))
        assert f"{name}: the year of these figures is not known\nExpected: one year in the name" in said
        assert f"2023={name}" in said


@pytest.mark.parametrize("year", ["", "24", "2024.5", "99999", "JJ00"])
def test_a_year_that_is_none(tmp_path: Path, year: str) -> None:
    rows = [["bu_code", "jaar", "afw"], ["BU03440101", year, "0.1"]]
    said = refusal(write_csv(tmp_path / "scores.csv", rows), "livability")
    assert "row 2, column jaar" in said
    assert "this is not a year\nExpected: a year such as 2024" in said


def crossing(west: float = 136_000, south: float = 456_000) -> shapely.Polygon:
    return shapely.Polygon(
        [(west, south), (west + 9, south + 9), (west + 9, south), (west, south + 9), (west, south)]
    )


BAD_SHAPES: list[tuple[shapely.Geometry | None, str, str]] = [
    (
        crossing(),
        "the boundary of this area crosses itself (Self-intersection[136004.5 456004.5])",
        "a valid polygon",
    ),
    (shapely.box(500_000, 456_000, 500_100, 456_100), "lies outside the Netherlands", "EPSG:28992 (RD)"),
    (shapely.box(5.1, 52.0, 5.2, 52.1), "lies outside the Netherlands", "EPSG:28992 (RD)"),
    (shapely.Point(136_000, 456_000), "this shape is not a polygon", "a polygon"),
    (shapely.Polygon(), "this area has no shape", "a polygon"),
    (None, "this area has no shape", "a polygon"),
]


@pytest.mark.parametrize(("shape", "problem", "expected"), BAD_SHAPES)
@pytest.mark.parametrize("suffix", ["gpkg", "geojson"])
def test_a_shape_that_cannot_be(
    tmp_path: Path, suffix: str, shape: shapely.Geometry | None, problem: str, expected: str
) -> None:
    said = refusal(write_map(tmp_path / f"map.{suffix}", [box(), shape]), "boundaries")
    assert said.startswith(f"map.{suffix}, row 2, column buurtcode, value 'BU03440102': ")
    assert problem in said
    assert f"Expected: {expected}" in said or "coordinates in EPSG:28992 (RD)" in said


def test_coordinates_in_rd_in_a_file_that_says_wgs84(tmp_path: Path) -> None:
    said = refusal(write_map(tmp_path / "map.gpkg", [box()], crs="EPSG:4326"), "boundaries")
    assert "lies outside the Netherlands" in said
    assert "Next: the file may name the wrong projection: save it again in RD" in said


def test_a_shapefile_without_its_projection(tmp_path: Path) -> None:
    file = write_map(tmp_path / "map.shp", [box()])
    (tmp_path / "map.prj").unlink()
    said = refusal(file, "boundaries")
    assert "map.shp, sheet map: the projection of this file is not known\nExpected: EPSG:28992" in said
    assert "put the .prj file beside it" in said


def test_a_map_without_codes_and_a_table_in_stead_of_a_map(tmp_path: Path) -> None:
    said = refusal(write_map(tmp_path / "map.gpkg", [box()], naam=["Lombok"]), "boundaries")
    assert "map.gpkg: no layer of this file has the codes of areas\nExpected: a field such as" in said
    assert "kwb-2023.csv: this is not a map\nExpected: GeoPackage, GeoJSON or Shapefile" in refusal(
        kwb(tmp_path), "boundaries"
    )


def test_a_kind_of_file_that_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "kwb-2023.pdf").write_bytes(b"%PDF-1.7")
    assert "kwb-2023.pdf: this kind of file is not known\nExpected: csv, xlsx" in refusal(
        tmp_path / "kwb-2023.pdf"
    )


def test_headers_below_a_blank_row_or_a_title(tmp_path: Path) -> None:
    blank = write_xlsx(tmp_path / "kwb-2023.xlsx", first_row=2)
    assert "sheet kwb-2023, row 1: the first row is empty\nExpected: headers in the first row" in refusal(
        blank
    )
    titled = write_xlsx(tmp_path / "kwb-2024.xlsx", {"kwb": [["Kerncijfers"], *KWB]})
    assert "headers must stand in the first row" in refusal(titled)
    assert "row 1: the first row is empty" in refusal(write_csv(tmp_path / "kwb-2023.csv", [[""], *KWB]))


def test_a_region_that_is_none_and_nothing_to_build_from() -> None:
    with pytest.raises(InputError, match=r"'Utrecht' is not a region\nExpected: NL, or the code"):
        build("Utrecht", Inputs(), today=TODAY)
    with pytest.raises(InputError, match="there is nothing to build from"):
        build("GM0344", Inputs(), today=TODAY)
