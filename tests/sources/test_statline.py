"""Tables of StatLine are read in every form in which they are saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.sources.statline_files import fetched, origin_of_2023, read, saved, values
from tests.sources.statline_tables import area_rows, data_rows, topics


def test_it_reads_what_fetch_writes_with_codes_names_year_and_numbers(tmp_path: Path) -> None:
    path = fetched(
        tmp_path,
        2023,
        {"AantalInwoners_5": ("Bevolking/Aantal inwoners", "aantal", [367947, 12000, 890, None])},
    )
    reading = read(path.rename(tmp_path / "renamed.json"))
    assert reading.areas.select("code", "name", "division").rows() == [
        ("BU03440111", "Welgelegen, Den Hommel", 2023),
        ("BU03440112", "Oog in Al", 2023),
        ("GM0344", "Utrecht", 2023),
        ("WK034401", "West", 2023),
    ]
    assert values(reading, "residents") == [890]
    assert reading.indicators["period"].unique().to_list() == [date(2023, 1, 1)]


def test_a_gap_stays_a_gap(tmp_path: Path) -> None:
    path = fetched(
        tmp_path, 2023, {"AantalInwoners_5": ("Bevolking/Aantal inwoners", "aantal", [1, 1, 0, None])}
    )
    reading = read(path)
    rows = reading.indicators.filter(pl.col("area").str.starts_with("BU")).sort("area")
    assert rows["value"].to_list() == [0.0, None]
    assert rows["status"].to_list() == ["observed", "missing"]


def test_it_reads_what_cbsodata_saves_with_the_titles_and_names_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "85618NED-2023"
    folder.mkdir()
    columns = origin_of_2023()
    rows = data_rows({key: cells for key, (_, _, cells) in columns.items()})
    path = saved(folder / "TypedDataSet.json", rows)
    saved(
        folder / "DataProperties.json",
        topics(*((key, path_, unit) for key, (path_, unit, _) in columns.items())),
    )
    saved(folder / "WijkenEnBuurten.json", area_rows())
    reading = read(path)
    assert values(reading, "origin_netherlands") == [500]
    assert "Oog in Al" in reading.areas["name"].to_list()


def test_titles_of_another_table_beside_the_file_are_not_used(tmp_path: Path) -> None:
    path = saved(tmp_path / "kwb-2023.json", data_rows({"Koopwoningen_40": [50] * 4}))
    saved(tmp_path / "DataProperties.json", topics(("Koopwoningen_39", "Wonen/Koopwoningen", "%")))
    reading = read(path)
    assert values(reading, "share_owner_occupied") == [0.5]
    assert any(
        "of another table" in remark.say() and "Koopwoningen_40" in remark.say() for remark in reading.remarks
    )


def test_it_reads_rows_in_which_cbsodata_put_names_for_codes(tmp_path: Path) -> None:
    rows = [
        {"ID": 0, "WijkenEnBuurten": "Oog in Al", "Codering_3": "BU03440112", "AantalInwoners_5": 4210},
        {"ID": 1, "WijkenEnBuurten": "West", "Codering_3": "WK034401  ", "AantalInwoners_5": 12000},
    ]
    reading = read(saved(tmp_path / "kwb-2023.json", rows))
    assert values(reading, "residents", "BU03440112") == [4210]
    assert dict(reading.areas.select("code", "name").iter_rows())["BU03440112"] == "Oog in Al"


def test_it_reads_the_untyped_form_with_padded_cells(tmp_path: Path) -> None:
    rows = [
        {"WijkenEnBuurten": "BU03440111", "AantalInwoners_5": "     890", "Koopwoningen_40": "       ."},
        {"WijkenEnBuurten": "BU03440112", "AantalInwoners_5": "    4210", "Koopwoningen_40": "      55"},
    ]
    reading = read(saved(tmp_path / "kwb-2023.json", {"value": rows}))
    assert values(reading, "residents") == [890]
    assert values(reading, "share_owner_occupied") == [None]


def test_of_the_figures_of_the_police_the_yearly_totals_count(tmp_path: Path) -> None:
    def row(kind: str, period: str, crimes: int | None) -> dict[str, Any]:
        return {
            "ID": 0,
            "SoortMisdrijf": kind,
            "WijkenEnBuurten": "BU03440111",
            "Perioden": period,
            "GeregistreerdeMisdrijven_1": crimes,
        }

    rows = [
        row("0.0.0 ", "2022JJ00", 61),
        row("0.0.0 ", "2023JJ00", 57),
        row("0.0.0 ", "2023MM04", 4),
        row("0.0.0 ", "2024JJ00", None),
        row("1.1.1 ", "2023JJ00", 8),
    ]
    reading = read(saved(tmp_path / "police.json", {"value": rows}), "crime")
    assert values(reading, "crimes") == [61, 57, None]
    assert reading.indicators["period"].dt.year().sort().to_list() == [2022, 2023, 2024]
    assert any(
        remark.say().startswith("rows of another kind, month or version, or of water, which are left out: 2")
        for remark in reading.remarks
    )


def test_it_reads_the_csv_of_statline_with_paths_for_headers(tmp_path: Path) -> None:
    headers = (
        "Wijken en buurten",
        "Regioaanduiding/Gemeentenaam (naam)",
        "Regioaanduiding/Codering (code)",
        "Bevolking/Aantal inwoners (aantal)",
        "Bevolking/Bevolking naar herkomst/Herkomstland/Europa (exclusief Nederland)  (aantal)",
        "Bevolking/Bevolking naar herkomst/Geboren buiten Nederland/Europa (exclusief Nederland)  (aantal)",
        "Inkomen/Huishoudens/40% huishoudens met laagste inkomen (%)",
    )
    path = tmp_path / "kwb-2024.csv"
    path.write_text(
        ";".join(headers) + "\nOog in Al;Utrecht;BU03440112;4210;520;210;28,5\n", encoding="utf-8-sig"
    )
    reading = read(path)
    assert reading.areas["name"].to_list() == ["Oog in Al"]
    told = dict(reading.indicators.select("indicator", "value").iter_rows())
    assert told == {
        "residents": 4210,
        "origin_europe": 520,
        "share_households_low_income": pytest.approx(0.285),
    }
