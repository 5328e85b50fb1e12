"""Figures in the forms of their owners, with the traps that those hold."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.errors import InputError
from ongedeeld.sources.figures import read_figures
from ongedeeld.sources.reading import Reading
from tests.shared import shared
from tests.sources.forms import KWB, Rows, box, write_csv, write_map, write_xlsx

SCORES = ["versie", "jaar", "bu_code", "bu_naam", "lbm", "afw", "fys", "onv", "soc", "vrz", "won"]
WELGELEGEN = ["Leefbaarometer 3.0", 2022, "BU03440101", "Welgelegen", 4.2, 0.15, 0.01, 0.02, 0.03, 0.04, 0.05]


def value(reading: Reading, area: str, indicator: str, year: int = 2023) -> object:
    rows = reading.indicators.filter(
        pl.col("area") == area, pl.col("indicator") == indicator, pl.col("period") == date(year, 1, 1)
    )
    return rows.select("value", "status").row(0)


def only(path: Path, kind: str = "kwb", region: str = "GM0344", year: int | None = None) -> Reading:
    (reading,) = read_figures(path, kind, region, year)  # type: ignore[arg-type]
    return reading


def test_figures_come_in_our_units_and_missing_is_not_zero(tmp_path: Path) -> None:
    reading = only(write_xlsx(tmp_path / "kwb-2023.xlsx"))
    assert value(reading, "BU03440101", "share_association") == (0.125, "observed")
    assert value(reading, "BU03440102", "property_value") == (51_200_000, "observed")
    assert value(reading, "BU03440101", "property_value") == (None, "missing")
    assert reading.source.title == "Kerncijfers wijken en buurten 2023"
    assert reading.source.date == date(2023, 1, 1)
    areas = reading.areas.select("code", "level", "parent", "division")
    assert areas.row(0) == ("BU03440101", "neighbourhood", "WK034401", 2023)


def test_codes_may_be_padded_in_lower_case_and_hold_letters(tmp_path: Path) -> None:
    rows = [["gwb_code_10", "a_inw"], ["bu0363ae01 ", 5], ["WK0363MB  ", 10], ["NL00      ", 15]]
    reading = only(write_csv(tmp_path / "kwb-2023.csv", rows), region="GM0363")
    assert reading.areas["code"].to_list() == ["BU0363AE01", "WK0363MB"]
    assert [remark.say() for remark in reading.remarks] == [
        "rows without the code of an area, which are left out: 1"
    ]


def test_renamed_columns_tell_the_same_indicator(tmp_path: Path) -> None:
    for header in ("g_woz", "g_wozbag", "GemiddeldeWOZWaardeVanWoningen_35", "GemiddeldeWoningwaarde_39 "):
        rows = [["gwb_code", header], ["GM0344", 458]]
        reading = only(write_csv(tmp_path / "kwb-2020.csv", rows))
        assert value(reading, "GM0344", "property_value", 2020) == (45_800_000, "observed")


def test_the_two_concepts_of_origin_stay_apart(tmp_path: Path) -> None:
    old = only(write_csv(tmp_path / "kwb-2021.csv", [["gwb_code", "a_w_all", "a_nw_all"], ["GM0344", 5, 10]]))
    new = only(
        write_csv(tmp_path / "kwb-2023.csv", [["gwb_code", "a_eur_al", "a_neu_al"], ["GM0344", 5, 10]])
    )
    assert set(old.indicators["indicator"]).isdisjoint(new.indicators["indicator"])


def test_a_year_may_be_given_before_its_file_is_named(tmp_path: Path) -> None:
    reading = only(write_csv(tmp_path / "kwb.csv"), year=2019)
    assert value(reading, "GM0344", "residents", 2019) == (370, "observed")


def test_columns_without_any_figure_are_named_and_left_out() -> None:
    reading = only(shared("utrecht/kwb-2023.xlsx"))
    (remark,) = [remark for remark in reading.remarks if "without any figure" in remark.text]
    assert "income_per_resident" in str(remark.fields["indicators"])
    assert "income_per_resident" not in set(reading.indicators["indicator"])


def test_early_proximity_tells_what_it_has_in_metres() -> None:
    reading = only(shared("utrecht/proximity-2023.csv"), "proximity")
    found = set(reading.indicators["indicator"])
    assert {"distance_supermarket", "distance_cafe", "distance_library"} <= found
    assert "distance_gp" not in found
    distances = reading.indicators.filter(pl.col("indicator") == "distance_supermarket")["value"].drop_nulls()
    assert 100 <= distances.median() <= 2_000  # type: ignore[operator]


def test_a_map_gives_its_layers_as_levels_and_its_codes_for_missing_as_missing(tmp_path: Path) -> None:
    path = tmp_path / "wijkbuurtkaart_2023.gpkg"
    write_map(
        path, [box(), box()], layer="gemeenten", gemeentecode=["GM0344", "GM0344"], water=["NEE", "JA"],
        aantal_inwoners=["370", "-99999999"],
    )  # fmt: skip
    write_map(
        path, [box(), box(), box()], layer="buurten", append=True,
        buurtcode=["BU03440101", "BU03440102", "BU00000000"], gemeentecode=["GM0344", "GM0344", "GM0000"],
        water=["NEE", "NEE", "B"], aantal_inwoners=["250", "-99997", "-99998"],
    )  # fmt: skip
    readings = read_figures(path, "kwb", "GM0344")
    figures = pl.concat([reading.indicators for reading in readings]).sort("area")
    assert figures.select("area", "value", "status").rows() == [
        ("BU03440101", 250.0, "observed"),
        ("BU03440102", None, "suppressed"),
        ("GM0344", 370.0, "observed"),
    ]


def archive(tmp_path: Path, **tables: Rows) -> Path:
    path = tmp_path / "open-data-leefbaarometer-meting-2024.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, rows in tables.items():
            csv = write_csv(tmp_path / "part.csv", rows, ",").read_text()
            file.writestr(f"Leefbaarometer 3.0 - Meting 2024/Leefbaarometer-{name} 2002-2024.csv", csv)
    return path


def test_the_leefbaarometer_is_read_straight_from_its_archive(tmp_path: Path) -> None:
    path = archive(
        tmp_path,
        **{
            "scores buurten": [SCORES, WELGELEGEN, [WELGELEGEN[0], 2024, *WELGELEGEN[2:]]],
            "scores PC4": [["jaar", "PC4", "afw"], [2024, 3531, 0.1]],
            "scores grids": [["jaar", "grid_id", "afw"], [2024, "E1350N4561", 0.1]],
            "ontwikkeling buurten": [["jaar", "bu_code", "afw"], ["2022-2024", "BU03440101", 0.1]],
        },
    )
    reading = only(path, "livability")
    assert value(reading, "BU03440101", "livability3_deviation", 2022) == (0.15, "observed")
    assert set(reading.indicators["period"].dt.year()) == {2022, 2024}
    assert reading.areas["code"].to_list() == ["BU03440101"]
    everywhere = read_figures(path, "livability", "NL")
    codes = {code for reading in everywhere for code in reading.areas["code"]}
    assert codes == {"BU03440101", "PC3531", "VKE1350N4561"}


def test_a_postcode_is_not_taken_for_the_municipality_with_its_digits(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "pc4.csv", [["jaar", "PC4", "afw"], [2024, 1621, 0.1]])
    with pytest.raises(InputError, match="this file holds no area of GM1621"):
        read_figures(file, "livability", "GM1621")


def test_two_versions_of_the_leefbaarometer_never_form_one_series(tmp_path: Path) -> None:
    older = ["Leefbaarometer 2.0", 2018, *WELGELEGEN[2:]]
    reading = only(write_csv(tmp_path / "scores.csv", [SCORES, older, WELGELEGEN], ","), "livability")
    assert set(reading.indicators["period"].dt.year()) == {2022}
    assert any("another kind, month or version" in remark.text for remark in reading.remarks)
    with pytest.raises(InputError, match=r"row 2, column versie, value 'Leefbaarometer 2[.]0': no row"):
        read_figures(write_csv(tmp_path / "old.csv", [SCORES, older], ","), "livability", "GM0344")


def test_the_service_of_the_leefbaarometer_gives_classes_and_no_level(tmp_path: Path) -> None:
    properties = {
        "gemeente": "Utrecht", "name": "Welgelegen", "id": "BU03440101", "scale": "buurt", "year": "2024",
        "kscore": 9, "kfys": 5, "kafw": 9, "afw": 0.189053, "fys": 0.0343143, "onv": -0.113587,
        "soc": -0.0306654, "vrz": 0.310165, "won": -0.011174,
    }  # fmt: skip
    feature = {"type": "Feature", "id": "buurtscore24.1", "geometry": None, "properties": properties}
    file = tmp_path / "buurtscore24.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    reading = only(file, "livability")
    assert value(reading, "BU03440101", "livability3_class", 2024) == (9, "observed")
    assert value(reading, "BU03440101", "livability3_nuisance", 2024) == (-0.113587, "observed")
    assert "livability3_score" not in set(reading.indicators["indicator"])


def test_another_kind_of_file_is_not_taken_for_this_one(tmp_path: Path) -> None:
    scores = write_csv(tmp_path / "scores.csv", [SCORES, WELGELEGEN], ",")
    for path, kind in ((scores, "proximity"), (write_csv(tmp_path / "kwb-2023.csv", KWB), "livability")):
        with pytest.raises(InputError, match="no table in this file is of a known form"):
            read_figures(path, kind, "GM0344")  # type: ignore[arg-type]
