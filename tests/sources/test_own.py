from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.sources import Inputs, build
from ongedeeld.sources.headers import OWN_TABLES, recognise, squashed, unit_stem
from ongedeeld.sources.own import read_all_own, read_own
from ongedeeld.vocabulary import CHOICES, TABLES
from tests.small_city import areas, small_city
from tests.sources.own_files import COMPLEXES, DWELLINGS, TENANCIES, column, read_text, refusal


def test_it_reads_dutch_headers_labels_and_decimal_commas(tmp_path: Path) -> None:
    read = read_text(tmp_path, "dwellings", DWELLINGS)
    assert column(read, "dwelling") == ["W-1", "W-2", "W-3"]
    assert column(read, "type") == ["gallery", "gallery", None]
    assert column(read, "rooms") == [3, 2, None]
    assert column(read, "floor_area_m2") == [72.5, 1050.5, None]
    assert column(read, "step_free") == [True, False, None]
    assert column(read, "energy_label") == ["C", "A++", None]
    assert column(read, "rent_cents") == [61235, 123450, None]
    assert column(read, "sector") == ["social", "free", None]


def test_it_reads_english_headers_codes_and_decimal_points(tmp_path: Path) -> None:
    text = "dwelling,type,floor_area_m2,step_free,rent_cents\nW-1,gallery,72.5,true,61235\n"
    read = read_text(tmp_path, "dwellings", text)
    assert read.frame.row(0, named=True) == {
        **dict.fromkeys(read.frame.columns),
        "dwelling": "W-1",
        "type": "gallery",
        "floor_area_m2": 72.5,
        "step_free": True,
        "rent_cents": 61235,
        "tenure": "association",
        "status": "observed",
    }


@pytest.mark.parametrize(
    "header",
    [
        "huur",
        "Huur",
        "rent",
        "rent_euro",
        "Kale huur (euro)",
        "kale_huur",
        "Huur (€)",
        "huur in euro's",
        "Rent EUR",
    ],
)
def test_a_rent_without_a_unit_or_with_euro_holds_euros(tmp_path: Path, header: str) -> None:
    read = read_text(tmp_path, "dwellings", f"woning;{header}\nW-1;612,35\nW-2;612\nW-3;612.3\nW-4;0,10\n")
    assert column(read, "rent_cents") == [61235, 61200, 61230, 10]


@pytest.mark.parametrize("header", ["rent_cents", "huur in centen", "Kale huur (centen)"])
def test_a_rent_with_cents_in_its_header_holds_whole_cents(tmp_path: Path, header: str) -> None:
    assert column(read_text(tmp_path, "dwellings", f"woning;{header}\nW-1;61235\n"), "rent_cents") == [61235]


def test_euros_in_a_column_of_cents_are_refused_and_the_way_out_is_named(tmp_path: Path) -> None:
    said = refusal(tmp_path, "dwellings", "woning;rent_cents\nW-1;61235\nW-2;612.35\n")
    assert "dwellings.csv, row 3, column rent_cents, value '612.35'" in said
    assert "for euros, write (euro) in the header" in said


def test_cents_that_are_too_low_for_any_rent_are_remarked_upon(tmp_path: Path) -> None:
    read = read_text(tmp_path, "dwellings", "woning;eigendom;rent_cents\nW-1;koop;612\n")
    assert [remark.say() for remark in read.remarks] == [
        "the highest amount of column rent_cents, read as cents, is 6.12 euros: does it hold euros?"
    ]


@given(cents=st.integers(0, 1_000_000), comma=st.booleans())
def test_every_amount_in_euros_becomes_its_exact_cents(cents: int, comma: bool) -> None:
    text = str(Decimal(cents) / 100)
    with tempfile.TemporaryDirectory() as folder:
        read = read_text(
            Path(folder), "dwellings", f"woning;huur\nW-1;{text.replace('.', ',') if comma else text}\n"
        )
    assert column(read, "rent_cents") == [cents]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("huur", "1.234"),
        ("huur", "1,234"),
        ("huur", "612,355"),
        ("oppervlakte", "1.234"),
        ("kamers", "1.000"),
        ("kamers", "2,5"),
        ("kamers", "drie"),
        ("kamers", "31"),
        ("oppervlakte", "72,5 m2"),
        ("zonder trap bereikbaar", "misschien"),
        ("energielabel", "H"),
        ("woningtype", "kasteel"),
        ("buurt", "Merelbuurt"),
    ],
)
def test_a_cell_that_is_unclear_or_impossible_is_refused_with_its_place(
    tmp_path: Path, header: str, cell: str
) -> None:
    said = refusal(tmp_path, "dwellings", f"woning;{header}\nW-1;\nW-2;{cell}\n")
    assert f"dwellings.csv, row 3, column {header}, value '{cell}'" in said
    assert "\nExpected: " in said
    assert "\nNext: " in said


def test_a_lone_mark_is_a_decimal_mark_where_thousands_cannot_be(tmp_path: Path) -> None:
    header = "niveau;onderdeel;periode;vraag;gemiddelde;spreiding\n"
    read = read_text(tmp_path, "surveys", f"{header}buurt;BU99990101;2024;voelt zich thuis;7.125;1,250\n")
    assert (column(read, "mean"), column(read, "spread")) == ([7.125], [1.25])


def test_it_reads_dates_day_first_or_iso_with_or_without_a_time(tmp_path: Path) -> None:
    read = read_text(tmp_path, "tenancies", TENANCIES)
    assert column(read, "start") == [date(2019, 7, 1), date(2020, 2, 1), date(2024, 1, 5)]
    assert column(read, "end") == [None, date(2023, 12, 31), None]
    assert column(read, "age_class") == ["35_54", "under_23", "23_34"]


@pytest.mark.parametrize("cell", ["45296", "31-2-2024", "1-13-2024", "5-1-24", "0024-01-05", "gisteren"])
def test_a_cell_that_is_no_date_is_refused(tmp_path: Path, cell: str) -> None:
    said = refusal(tmp_path, "tenancies", f"huurcontract;woning;begin\nH-1;W-1;{cell}\n")
    assert f"row 2, column begin, value '{cell}'" in said


def test_a_period_may_be_a_year_or_a_month(tmp_path: Path) -> None:
    read = read_text(
        tmp_path, "caretaker_hours", "complex;periode;uren\nC-1;2023;4\nC-1;2024-03;5\nC-1;1-4-2024;6\n"
    )
    assert column(read, "period") == [date(2023, 1, 1), date(2024, 3, 1), date(2024, 4, 1)]


def test_a_count_that_is_not_filled_in_is_missing_and_not_zero(tmp_path: Path) -> None:
    text = "complex;periode;waarneming;aantal\nC-1;2023;ontruimingen;\nC-1;2023;nieuwe overlastzaken;0\n"
    read = read_text(tmp_path, "observations", text)
    assert column(read, "observation") == ["evictions", "nuisance_new"]
    assert column(read, "count") == [None, 0]
    assert column(read, "status") == ["missing", "observed"]
    assert column(read, "reason") == ["none", "none"]


def test_it_reads_dates_numbers_and_booleans_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "huur.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        book.add_worksheet("toelichting").write_string(0, 0, "Bestand van De Vogelbuurt")
        sheet = book.add_worksheet("contracten")
        for place, header in enumerate(("Huurcontract", "Woning", "Begin", "Huishoudgrootte")):
            sheet.write_string(0, place, header)
        sheet.write_number(1, 0, 1001)
        sheet.write_string(1, 1, "007")
        sheet.write_datetime(1, 2, datetime(2019, 7, 1), day)
        sheet.write_number(1, 3, 2)
    read = read_own(path, "tenancies")
    held = read.frame.select("tenancy", "dwelling", "start", "household_size").row(0)
    assert held == ("1001", "007", date(2019, 7, 1), 2)


def test_the_sheet_with_the_name_of_the_table_counts(tmp_path: Path) -> None:
    path = tmp_path / "alles.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, key in (("oud", "C-0"), ("complexes", "C-1")):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate((("complex", "naam"), (key, "Vogelflat"))):
                for place, cell in enumerate(cells):
                    sheet.write_string(row, place, cell)
    assert column(read_own(path, "complexes"), "complex") == ["C-1"]


def test_it_reads_typed_columns_of_a_parquet_file(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"tenancy": [1, 2], "dwelling": ["W-1", "W-2"], "start": [date(2019, 7, 1), date(2020, 2, 1)]}
    )
    path = tmp_path / "tenancies.parquet"
    frame.with_columns(end=pl.col("start").cast(pl.Datetime)).write_parquet(path)
    read = read_own(path, "tenancies")
    assert column(read, "start") == column(read, "end") == [date(2019, 7, 1), date(2020, 2, 1)]


def test_places_and_complexes_find_their_neighbourhood_and_dwellings_follow_their_complex(
    tmp_path: Path,
) -> None:
    complexes, dwellings = tmp_path / "c.csv", tmp_path / "d.csv"
    complexes.write_text(COMPLEXES + "C-004;Buiten;;100000;400000\nC-005;Nergens;;;\n")
    dwellings.write_text(DWELLINGS + "W-4;C-004;;;;;;;\n")
    held = {own.table: own for own in read_all_own({"complexes": complexes, "dwellings": dwellings}, areas())}
    found = ["BU99990101", "BU99990102", "BU99990202", None, None]
    assert column(held["complexes"], "area") == found
    assert column(held["dwellings"], "area") == ["BU99990101", "BU99990101", "BU99990102", None]
    said = [remark.say() for own in held.values() for remark in own.remarks]
    assert "rows in no neighbourhood with a boundary, whose area stays unknown: 1" in said
    assert "rows with neither an area nor a position, whose area stays unknown: 1" in said
    assert "dwellings without an area, of a complex without one, whose area stays unknown: 1" in said


def test_a_point_between_two_neighbourhoods_belongs_to_the_lower_code(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("plek;soort;x;y\nP-1;ontmoetingsplek;136500;456500\n")
    (places,) = read_all_own({"places": path}, areas())
    assert column(places, "area") == ["BU99990101"]


def test_an_area_that_is_given_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("complex;naam;buurt;x;y\nC-1;Vogelflat;bu99990202 ;136100;456200\nC-2;Hof;BU99990201;;\n")
    (complexes,) = read_all_own({"complexes": path}, areas())
    assert column(complexes, "area") == ["BU99990202", "BU99990201"]
    assert complexes.remarks == ()


def test_without_boundaries_the_neighbourhood_stays_unknown(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text(COMPLEXES)
    bare = areas().with_columns(geometry=pl.lit(None, pl.Binary))
    (complexes,) = read_all_own({"complexes": path}, bare)
    assert column(complexes, "area") == [None, None, None]
    assert complexes.remarks[-1].fields == {"count": 3}


def test_a_city_is_built_with_own_files_and_says_so(tmp_path: Path) -> None:
    files = {"complexes": COMPLEXES, "dwellings": DWELLINGS, "tenancies": TENANCIES}
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "kwb-2023.csv").write_text(
        "gwb_code;regio;a_inw\nGM9999;Vogelstad;5300\nBU99990101;Merelbuurt;2000\n"
    )
    own = {name: tmp_path / f"{name}.csv" for name in files}
    city = build("GM9999", Inputs(kwb=[tmp_path / "kwb-2023.csv"], own=own), today=date(2026, 1, 1))
    assert city.manifest.stock == "own"
    assert {"own-complexes", "own-dwellings", "own-tenancies"} <= {
        source.key for source in city.manifest.sources
    }
    assert [len(city.table(name)) for name in files] == [3, 3, 3]
    assert not [finding for finding in city.check() if finding.severity == "error"]


def test_a_table_that_cannot_be_filled_with_own_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no table areas to fill with own files"):
        read_own(tmp_path / "areas.csv", "areas")


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="csv, xlsx or Parquet"):
        read_own(tmp_path / "dwellings.docx", "dwellings")


@pytest.mark.parametrize("table", OWN_TABLES)
def test_no_header_means_two_columns(table: str) -> None:
    names = Counter(
        name
        for column in TABLES[table].columns
        for name in {
            squashed(name) for name in (column.name, unit_stem(column), column.label_nl, column.label_en)
        }
    )
    assert [name for name, count in names.items() if count > 1] == []
    assert len(recognise(table, [column.name for column in TABLES[table].columns])) == len(
        TABLES[table].columns
    )


def test_no_label_of_a_choice_is_that_of_another() -> None:
    for choices in CHOICES.values():
        spellings = Counter(
            name
            for choice in choices.values()
            for name in {
                label.lower().replace(" ", "") for label in (choice.code, choice.label_nl, choice.label_en)
            }
        )
        assert [name for name, count in spellings.items() if count > 1] == []


CELLS = st.one_of(
    st.sampled_from(
        ["", "1.234", "-", "NaN", "1e5", "99999999999999999999", "31-12-9999", "ja", "BU99990101"]
    ),
    st.text(alphabet=st.characters(exclude_characters=';"\n\r\x00', exclude_categories=["Cs"]), max_size=12),
)


@settings(max_examples=150, deadline=None)
@given(
    table=st.sampled_from([("complexes", COMPLEXES), ("dwellings", DWELLINGS), ("tenancies", TENANCIES)]),
    row=st.integers(0, 3),
    place=st.integers(0, 8),
    cell=CELLS,
    cut=st.one_of(st.none(), st.integers(0, 300)),
)
def test_any_change_to_a_file_gives_a_city_or_a_clear_refusal(
    table: tuple[str, str], row: int, place: int, cell: str, cut: int | None
) -> None:
    name, text = table
    rows = [line.split(";") for line in text.splitlines()]
    rows[row][place % len(rows[row])] = cell
    content = "\n".join(";".join(line) for line in rows).encode()[:cut]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.csv"
        path.write_bytes(content)
        said, city = _outcome(name, path)
    assert (f"{name}.csv" in said) != (city is not None)


def _outcome(table: str, path: Path) -> tuple[str, City | None]:
    """The City that a file gives, or the message with which it is refused."""
    try:
        (own,) = read_all_own({table: path}, areas())
    except InputError as error:
        return str(error), None
    return "", small_city({table: own.frame})


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=200), suffix=st.sampled_from([".csv", ".xlsx", ".parquet"]))
def test_any_bytes_give_a_table_or_a_clear_refusal(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"dwellings{suffix}"
        path.write_bytes(content)
        with pytest.raises(InputError):
            read_own(path, "dwellings")


def test_digits_of_other_scripts_are_refused_rather_than_read(tmp_path: Path) -> None:
    said = refusal(tmp_path, "dwellings", "woning;oppervlakte\nW-1;٧٢\n")
    assert "row 2, column oppervlakte, value '٧٢'" in said
