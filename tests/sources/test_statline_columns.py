"""Columns of StatLine are known by key, title and group; what fits two is left out and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.statline_files import ORIGIN, fetched, origin_of_2023, read, saved, values
from tests.sources.statline_tables import data_rows

CORPORATION = "Wonen/Woningen naar eigendom/Huurwoningen/In bezit woningcorporatie"


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
