from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ongedeeld.errors import InputError
from ongedeeld.sources.own import read_all_own, read_own
from ongedeeld.vocabulary import translator
from tests.small_city import areas
from tests.sources.own_files import column, read_text, refusal


@pytest.mark.parametrize(
    "header",
    [
        "Nationaliteit",
        "herkomst_huurder",
        "ethnicity",
        "BSN",
        "bsn huurder",
        "diagnose",
        "geboortedatum",
        "date_of_birth",
        "naam",
        "Naam bewoner",
        "TenantName",
        "inkomen",
        "E-mail",
        "emailadres",
        "telefoon",
        "huurachterstand",
        "begeleiding door",
        "zwarte lijst",
    ],
)
def test_what_must_not_be_held_of_people_is_refused_by_name(tmp_path: Path, header: str) -> None:
    said = refusal(tmp_path, "tenancies", f"huurcontract;woning;begin;{header}\nH-1;W-1;1-7-2019;x\n")
    assert f"tenancies.csv, column {header}: " in said
    assert "not held" in said or "held only as counts" in said
    assert "remove the column" in said


def test_another_unknown_column_is_left_out_and_said(tmp_path: Path) -> None:
    read = read_text(tmp_path, "complexes", "complex;naam;ketel;naam gevel\nC-1;De Vogelbuurt flat;HR;oost\n")
    assert [remark.say() for remark in read.remarks] == [
        "the column ketel is not read",
        "the column naam gevel is not read",
    ]


def test_a_column_that_looks_like_one_of_the_vocabulary_is_said_to_be_perhaps_meant(tmp_path: Path) -> None:
    read = read_text(tmp_path, "dwellings", "woning;eigendom;opp\nW-1;koop;70\n")
    assert [remark.say() for remark in read.remarks] == [
        "the column opp is not read; do you mean floor_area_m2 / oppervlakte / floor area?"
    ]


@pytest.mark.parametrize(
    "header",
    ["nationaliteit", "ras", "statushouder", "diagnose", "politiecontact", "detentie", "risicoscore"],
)
def test_what_the_law_protects_is_not_to_come_under_another_name(tmp_path: Path, header: str) -> None:
    said = refusal(tmp_path, "tenancies", f"huurcontract;woning;begin;{header}\nH-1;W-1;1-7-2019;x\n")
    assert "under any name" in said
    assert "give it another name" not in said


def test_in_place_of_a_date_of_birth_an_age_class_is_asked(tmp_path: Path) -> None:
    said = refusal(tmp_path, "tenancies", "huurcontract;woning;begin;geboortedatum\nH-1;W-1;1-7-2019;x\n")
    assert "an age class: the column age_class (leeftijdsklasse)" in said


def test_all_bad_cells_are_told_in_one_error_in_the_order_of_the_file(tmp_path: Path) -> None:
    said = refusal(tmp_path, "dwellings", "woning;kamers;oppervlakte\nW-1;drie;70\n;2;6450\n")
    rooms = "Expected: a whole number between 1 and 30, in digits alone"
    area = "Expected: a number between 8 m2 and 2,000 m2 as 1.234,5 or 1234.5"
    assert said.splitlines() == [
        "dwellings.csv: cells that cannot be read: 3",
        f"- row 2, column kamers, value 'drie': this is not a whole number. {rooms}",
        "- row 3, column woning: this cell is empty. Expected: a value in every row",
        f"- row 3, column oppervlakte, value '6450': this is more than 2,000 m2. {area}",
        "Next: mend these cells and try again",
    ]


def test_of_many_bad_cells_ten_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    rows = "".join(f"W-{number};veel\n" for number in range(25))
    said = refusal(tmp_path, "dwellings", f"woning;kamers\n{rows}")
    assert said.count("\n- row ") == 10
    assert "\n- and 15 more\n" in said


def test_choices_and_limits_are_said_in_the_language_of_the_message(tmp_path: Path) -> None:
    path = tmp_path / "dwellings.csv"
    path.write_text("woning;eigendom;oppervlakte\nW-1;pacht;6450\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_own(path, "dwellings")
    said = caught.value.say(translator("nl").gettext)
    assert "corporatie, particuliere huur, koop, onbekend" in said
    assert "dit is meer dan 2.000 m2" in said


def test_a_neighbourhood_may_be_given_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("complex;naam;buurt\nC-1;Hof;merelbuurt\nC-2;Flat;BU99990202\n", encoding="utf-8")
    (complexes,) = read_all_own({"complexes": path}, areas())
    assert column(complexes, "area") == ["BU99990101", "BU99990202"]


def test_a_name_that_no_neighbourhood_has_is_refused_with_the_codes_of_near_ones(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("complex;naam;buurt\nC-1;Hof;Merelburt\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"near it: Merelbuurt \(BU99990101\)"):
        read_all_own({"complexes": path}, areas())


def test_a_name_that_two_neighbourhoods_have_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("complex;naam;buurt\nC-1;Hof;Centrum\n", encoding="utf-8")
    same = areas().with_columns(
        name=pl.when(pl.col("level") == "neighbourhood").then(pl.lit("Centrum")).otherwise("name")
    )
    with pytest.raises(InputError, match="more than one neighbourhood is called so"):
        read_all_own({"complexes": path}, same)


def test_a_home_in_a_complex_that_is_not_among_the_complexes_is_refused(tmp_path: Path) -> None:
    complexes, dwellings = tmp_path / "c.csv", tmp_path / "d.csv"
    complexes.write_text("complex;naam\nC-1;Hof\n", encoding="utf-8")
    dwellings.write_text("woning;complex\nW-1;C-1\nW-2;C-9\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"row 3, column complex, value 'C-9': this is not in the file of"):
        read_all_own({"dwellings": dwellings, "complexes": complexes}, areas())


def test_citizen_service_numbers_as_tenancy_numbers_are_refused(tmp_path: Path) -> None:
    # Made up; each passes the eleven test.
    numbers = ["111222333", "123456782", "100000009", "100000010", "100000022"]
    rows = "".join(f"{number};W-1;1-7-2019\n" for number in numbers)
    said = refusal(tmp_path, "tenancies", "huurcontract;woning;begin\n" + rows)
    assert "these look like citizen service numbers (BSN)" in said
    ordinary = rows.replace("111222333", "111222334")
    assert len(read_text(tmp_path, "tenancies", "huurcontract;woning;begin\n" + ordinary).frame) == 5


def test_all_absent_columns_are_named_at_once_with_the_way_to_a_template(tmp_path: Path) -> None:
    said = refusal(tmp_path, "tenancies", "huurcontract;route\nH-1;regular\n")
    assert "dwelling (woning / dwelling), start (begin / start)" in said
    assert "ongedeeld template tenancies" in said


def test_two_rows_with_one_key_are_both_named(tmp_path: Path) -> None:
    said = refusal(tmp_path, "dwellings", "woning;kamers\nW-1;3\nW-2;2\n;\nW-1;4\n")
    assert "row 5: W-1 stands here twice; the other is in row 2" in said


def test_two_columns_that_tell_the_same_are_refused(tmp_path: Path) -> None:
    assert "column huur tell the same: rent_cents" in refusal(
        tmp_path, "dwellings", "woning;huur;rent_cents\nW-1;612,35;61235\n"
    )


def test_an_empty_cell_in_a_required_column_is_refused(tmp_path: Path) -> None:
    assert "row 3, column naam" in refusal(tmp_path, "complexes", "complex;naam\nC-1;Vogelflat\nC-2;\n")


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    assert "this table has no rows" in refusal(tmp_path, "complexes", "complex;naam\n")


def test_longitude_and_latitude_are_recognised_and_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, "complexes", "complex;naam;x;y\nC-1;Vogelflat;5,123;52,09\n")
    assert "this looks like longitude and latitude (WGS84)" in said
    assert "EPSG:28992" in said
