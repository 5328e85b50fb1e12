from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.sources.figures import read_figures
from ongedeeld.sources.layouts import Kind
from ongedeeld.sources.reading import Reading
from ongedeeld.sources.tabular import read_sheets
from tests.sources.statline_tables import area_rows, data_rows, topics

ORIGIN = "Bevolking/Bevolking naar herkomst"
CORPORATION = "Wonen/Woningen naar eigendom/Huurwoningen/In bezit woningcorporatie"


def saved(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def fetched(folder: Path, year: int, columns: dict[str, tuple[str, str, list[float | None]]]) -> Path:
    """A file as our own fetch writes it; columns by key: path of titles, unit, cells."""
    content = {
        "table": "85618NED",
        "year": year,
        "properties": topics(*((key, path, unit) for key, (path, unit, _) in columns.items())),
        "areas": area_rows(),
        "rows": data_rows({key: cells for key, (_, _, cells) in columns.items()}),
    }
    return saved(folder / f"kwb-{year}.json", content)


def read(path: Path, kind: Kind = "kwb") -> Reading:
    (reading,) = read_figures(path, kind, "GM0344")
    return reading


def values(reading: Reading, indicator: str, area: str = "BU03440111") -> list[float | None]:
    wanted = (pl.col("area") == area) & (pl.col("indicator") == indicator)
    return reading.indicators.filter(wanted).sort("period")["value"].to_list()


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


@pytest.mark.parametrize(
    ("year", "key"),
    [
        (2021, "InBezitWoningcorporatie_42"),
        (2023, "InBezitWoningcorporatie_43"),
        (2024, "InBezitWoningcorporatie_49"),
    ],
)
def test_a_column_with_another_number_each_year_tells_the_same(tmp_path: Path, year: int, key: str) -> None:
    path = fetched(tmp_path, year, {key: (CORPORATION, "%", [31, 20, 45, None])})
    assert values(read(path), "share_association") == pytest.approx([0.45])


@pytest.mark.parametrize(
    ("year", "key", "title"),
    [
        (2018, "GemiddeldeWoningwaarde_35", "Gemiddelde woningwaarde"),
        (2020, "GemiddeldeWOZWaardeVanWoningen_35", "Gemiddelde WOZ-waarde van woningen"),
        (2024, "GemiddeldeWOZWaardeVanWoningen_39", "Gemiddelde WOZ-waarde van woningen"),
    ],
)
def test_a_renamed_column_tells_the_same(tmp_path: Path, year: int, key: str, title: str) -> None:
    path = fetched(tmp_path, year, {key: (f"Wonen/{title}", "x 1 000 euro", [300, 300, 412, None])})
    assert values(read(path), "property_value") == [41_200_000]


def test_the_key_counts_where_the_title_is_new(tmp_path: Path) -> None:
    path = fetched(
        tmp_path, 2024, {"InBezitWoningcorporatie_49": ("Wonen/Van corporaties", "%", [31, 20, 45, 1])}
    )
    assert values(read(path), "share_association") == pytest.approx([0.45])


def origin_of_2023() -> dict[str, tuple[str, str, list[float | None]]]:
    """Three groups with the same titles, as the table of 2023 has them, in an order of our own."""
    groups = {"Geboren in Nederland": 100, "Herkomstland": 500, "Geboren buiten Nederland": 200}
    titles = ("Nederland", "Europa (exclusief Nederland) ", "Buiten Europa ")
    keys = ("Nederland", "EuropaExclusiefNederland", "BuitenEuropa")
    columns: dict[str, tuple[str, str, list[float | None]]] = {}
    for group, start in groups.items():
        for step, (key, title) in enumerate(zip(keys, titles, strict=True)):
            cells: list[float | None] = [start + step] * 4
            columns[f"{key}_{17 + len(columns)}"] = (f"{ORIGIN}/{group}/{title}", "aantal", cells)
    return columns


def test_titles_that_stand_in_three_groups_are_told_apart_by_their_group(tmp_path: Path) -> None:
    reading = read(fetched(tmp_path, 2023, origin_of_2023()))
    assert values(reading, "origin_netherlands") == [500]
    assert values(reading, "origin_europe") == [501]
    assert values(reading, "origin_outside_europe") == [502]
    assert reading.indicators["indicator"].n_unique() == 3


def test_a_group_of_the_same_name_deeper_in_another_group_does_not_confuse_it(tmp_path: Path) -> None:
    columns = origin_of_2023()
    columns["Nederland_40"] = (f"{ORIGIN}/Geboren in Nederland/Herkomstland/Nederland", "aantal", [7] * 4)
    assert values(read(fetched(tmp_path, 2023, columns)), "origin_netherlands") == [500]


def test_a_title_that_fits_two_columns_is_left_out_and_named(tmp_path: Path) -> None:
    columns: dict[str, tuple[str, str, list[float | None]]] = {
        "AantalInwoners_5": ("Bevolking/Aantal inwoners", "aantal", [1] * 4),
        "Koopwoningen_8": ("Wonen/Vorig jaar/Koopwoningen", "%", [40] * 4),
        "Koopwoningen_9": ("Wonen/Dit jaar/Koopwoningen", "%", [50] * 4),
    }
    reading = read(fetched(tmp_path, 2023, columns))
    assert values(reading, "share_owner_occupied") == []
    (said,) = [remark.say() for remark in reading.remarks if "Koopwoningen" in remark.say()]
    assert said.startswith("columns left out, as their titles fit several columns of this file: 2")
    assert "Wonen/Dit jaar/Koopwoningen (%)" in said


def test_columns_with_one_and_the_same_path_are_left_out_and_named(tmp_path: Path) -> None:
    columns: dict[str, tuple[str, str, list[float | None]]] = {
        "AantalInwoners_5": ("Bevolking/Aantal inwoners", "aantal", [1] * 4),
        "Koopwoningen_8": ("Wonen/Koopwoningen", "%", [40] * 4),
        "Koopwoningen_9": ("Wonen/Koopwoningen", "%", [50] * 4),
    }
    reading = read(fetched(tmp_path, 2023, columns))
    assert values(reading, "share_owner_occupied") == []
    assert any("Koopwoningen_8, Koopwoningen_9" in remark.say() for remark in reading.remarks)


def test_without_titles_what_only_a_number_tells_apart_is_left_out_and_named(tmp_path: Path) -> None:
    rows = data_rows(
        {
            "AantalInwoners_5": [9] * 4,
            "Nederland_17": [5] * 4,
            "Nederland_20": [6] * 4,
            "Koopwoningen_40": [7] * 4,
        }
    )
    reading = read(saved(tmp_path / "kwb-2023.json", {"value": rows}))
    assert values(reading, "residents") == [9]
    assert values(reading, "share_owner_occupied") == pytest.approx([0.07])
    assert any("Nederland_17, Nederland_20" in remark.say() for remark in reading.remarks)


def test_the_origin_of_2022_and_of_2023_stay_two_concepts(tmp_path: Path) -> None:
    before = fetched(
        tmp_path,
        2022,
        {
            "WestersTotaal_17": ("Bevolking/Migratieachtergrond/Westers totaal", "aantal", [60] * 4),
            "NietWestersTotaal_18": (
                "Bevolking/Migratieachtergrond/Niet-westers/Niet-westers totaal",
                "aantal",
                [90] * 4,
            ),
        },
    )
    after = fetched(tmp_path, 2023, origin_of_2023())
    assert set(read(before).indicators["indicator"]) == {"background_western", "background_nonwestern"}
    assert set(read(after).indicators["indicator"]) == {
        "origin_netherlands",
        "origin_europe",
        "origin_outside_europe",
    }


def test_schools_of_four_kinds_are_told_apart_by_their_group(tmp_path: Path) -> None:
    path = fetched(
        tmp_path,
        2023,
        {
            "AfstandTotSchool_60": (
                "Onderwijs/Basisonderwijs/Afstand tot school",
                "km",
                [1.0, 0.9, 0.6, 0.7],
            ),
            "AfstandTotSchool_64": (
                "Onderwijs/Voortgezet onderwijs/Voortgezet onderwijs totaal/Afstand tot school",
                "km",
                [2.0, 1.9, 1.6, 1.7],
            ),
            "AfstandTotSchool_68": (
                "Onderwijs/Voortgezet onderwijs/Vmbo/Afstand tot school",
                "km",
                [3.0, 2.9, 2.6, 2.7],
            ),
            "AfstandTotBinnenzwembad_93": (
                "Vrije tijd en cultuur/Afstand tot binnenzwembad",
                "km",
                [4, 4, 4, 4],
            ),
        },
    )
    reading = read(path, "proximity")
    assert values(reading, "distance_primary_school") == [600]
    assert values(reading, "distance_secondary_school") == [1600]
    assert values(reading, "distance_swimming_pool") == [4000]


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


def test_a_table_of_another_kind_is_not_taken_for_neighbourhood_figures(tmp_path: Path) -> None:
    titles = ("park of plantsoen", "sportterrein", "bos", "bioscoop", "bibliotheek", "apotheek", "restaurant")
    keys = ("ParkOfPlantsoen", "Sportterrein", "Bos", "Bioscoop", "Bibliotheek", "Apotheek", "Restaurant")
    columns: dict[str, tuple[str, str, list[float | None]]] = {
        f"AfstandTot{key}_{number}": (f"Nabijheid/Afstand tot {title}", "km", [1.5] * 4)
        for number, (key, title) in enumerate(zip(keys, titles, strict=True), 5)
    }
    columns["AfstandTotGroteSupermarkt_24"] = ("Nabijheid/Afstand tot grote supermarkt", "km", [0.5] * 4)
    path = fetched(tmp_path, 2023, columns)
    assert values(read(path, "proximity"), "distance_cinema") == [1500]
    with pytest.raises(InputError, match="no table in this file is of a known form"):
        read(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"value": [{"WijkenEnBuurten": "BU034', "cut short or damaged"),
        ("<!DOCTYPE html><html></html>", "web page"),
        ('{"value": []}', "has no rows"),
        ('{"type": "FeatureCollection", "features": []}', "not a table of StatLine"),
        ('[{"WijkenEnBuurten": "BU03440111"}, 3]', "not a table of StatLine"),
        ("12", "not a table of StatLine"),
    ],
)
def test_it_refuses_what_is_not_a_table_of_statline(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "kwb-2023.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        read_sheets(path)
    assert "kwb-2023.json" in str(caught.value)
    assert "Next: " in str(caught.value)


def test_an_error_names_the_row_and_the_titles_of_the_column(tmp_path: Path) -> None:
    path = fetched(tmp_path, 2023, {"Koopwoningen_40": ("Wonen/Koopwoningen", "%", [50, 50, 120, 50])})
    with pytest.raises(InputError, match=r"row 3, column Wonen/Koopwoningen \(%\), value '120'"):
        read(path)


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["value", "rows", "properties", "areas", "year", "Key", "ID", "ParentID", "Title"]
            )
            | st.sampled_from(
                ["WijkenEnBuurten", "Wijken en buurten", "Type", "Koopwoningen_1", "Koopwoningen_2"]
            )
            | st.text(max_size=4),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(content=TREES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_json_it_is_given_it_reads_it_or_says_what_is_wrong(tmp_path: Path, content: Any) -> None:
    path = saved(tmp_path / "kwb-2023.json", content)
    with suppress(InputError):
        read_figures(path, "kwb", "GM0344")


@given(share=st.floats(0, 1, exclude_max=True), noise=st.binary(max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_that_is_cut_anywhere_is_refused(tmp_path: Path, share: float, noise: bytes) -> None:
    whole = fetched(tmp_path, 2023, origin_of_2023()).read_bytes()
    path = tmp_path / "cut-2023.json"
    path.write_bytes(whole[: int(share * len(whole))] + noise.replace(b"}", b""))
    with pytest.raises(InputError, match="cut-2023"):
        read_figures(path, "kwb", "GM0344")
