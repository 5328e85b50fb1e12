"""Cities from real files, held against what is known of those files from elsewhere."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.city import City, Finding
from ongedeeld.sources import Inputs, build
from tests.real_cities import districts, netherlands, utrecht
from tests.shared import shared

PERIOD = date(2023, 1, 1)


def levels(city: City) -> dict[str, int]:
    return dict(city.table("areas").group_by("level").len().iter_rows())


def known(city: City, indicator: str, year: int, level: str = "neighbourhood") -> pl.DataFrame:
    """The figures of one indicator and year that are there, by area of one level."""
    areas = city.table("areas").filter(pl.col("level") == level)["code"].to_list()
    return (
        city.table("indicators")
        .filter(
            pl.col("indicator") == indicator,
            pl.col("period") == pl.date(year, 1, 1),
            pl.col("area").is_in(areas),
            pl.col("value").is_not_null(),
        )
        .select("area", pl.col("value").alias(indicator))
    )


def correlation(first: pl.DataFrame, second: pl.DataFrame) -> float:
    both = first.join(second, on="area").drop("area")
    return float(both.select(pl.corr(*both.columns)).item())


def finding(city: City, check: str, **fields: str) -> Finding:
    found = [
        found for found in city.check() if found.check == check and fields.items() <= found.fields.items()
    ]
    assert len(found) == 1
    return found[0]


def test_utrecht_has_its_districts_and_neighbourhoods() -> None:
    assert levels(utrecht()) == {"municipality": 1, "district": 10, "neighbourhood": 111}
    assert utrecht().manifest.name == "Utrecht"


@pytest.mark.parametrize(
    ("indicator", "year", "expected"),
    [
        ("livability3_score", 2020, 106),
        ("share_association", 2023, 108),
        ("property_value", 2023, 107),
        ("benefits_social_assistance", 2023, 107),
    ],
)
def test_each_gap_in_utrecht_is_named(indicator: str, year: int, expected: int) -> None:
    assert len(known(utrecht(), indicator, year)) == expected
    (gap,) = [
        found
        for found in utrecht().check()
        if found.check == "indicator_incomplete"
        and indicator in str(found.fields["indicators"]).split("; ")
        and (found.fields["year"], found.fields["level"]) == (str(year), "neighbourhood")
    ]
    assert gap.severity == "note"
    assert len(gap.rows) == 111 - expected
    assert f"{expected} of 111" in gap.say()


def test_98_neighbourhoods_of_utrecht_have_a_boundary_and_the_others_are_named() -> None:
    gap = finding(utrecht(), "area_without_geometry", level="neighbourhood")
    areas = utrecht().table("areas").filter(pl.col("level") == "neighbourhood")
    assert areas["geometry"].is_not_null().sum() == 98
    assert set(gap.rows) == set(areas.filter(pl.col("geometry").is_null())["code"])


def test_all_files_of_utrecht_speak_of_the_same_neighbourhoods() -> None:
    city = utrecht()
    codes = set(city.table("areas").filter(pl.col("level") == "neighbourhood")["code"])
    figures = city.table("indicators").filter(pl.col("area").is_in(list(codes)))
    by_source = {source: set(rows["area"]) for (source,), rows in figures.group_by("source")}
    assert by_source == dict.fromkeys(
        ("kwb-2023.xlsx", "kwb-2024-partial.xlsx", "proximity-2023.csv", "province-leefbaarometer-2020.csv"),
        codes,
    )
    crime = netherlands().table("areas").filter(pl.col("code").str.starts_with("BU0344"))
    assert set(crime["code"]) == codes
    assert not [remark for remark in city.manifest.remarks if "outside this division" in remark.text]


def test_no_finding_on_utrecht_is_an_error() -> None:
    assert {found.severity for found in utrecht().check()} == {"warning", "note"}


@pytest.mark.parametrize(
    ("indicator", "expected"), [("livability3_score", -0.62), ("livability3_nuisance", -0.57)]
)
def test_homes_of_associations_go_with_lower_livability(indicator: str, expected: float) -> None:
    homes = known(utrecht(), "share_association", 2023)
    assert correlation(homes, known(utrecht(), indicator, 2020)) == pytest.approx(expected, abs=0.005)


def test_homes_of_associations_go_with_a_lower_socio_economic_score() -> None:
    raw = pl.read_csv(shared("utrecht/province-leefbaarometer-2020.csv"), infer_schema=False)
    column = pl.col("social_economische_score_gemiddeld").cast(pl.Float64, strict=False)
    score = raw.select(area="buurt_code", ses=column).drop_nulls()
    homes = known(utrecht(), "share_association", 2023)
    assert correlation(homes, score) == pytest.approx(-0.77, abs=0.005)


def test_figures_of_utrecht_are_those_that_statistics_netherlands_published() -> None:
    figures = utrecht().table("indicators").filter(pl.col("area") == "GM0344", pl.col("period") == PERIOD)
    values = dict(figures.select("indicator", "value").iter_rows())
    published = {"residents": 367_947, "share_association": 0.31, "property_value": 45_800_000}
    assert {name: values[name] for name in published} == published


def test_every_district_with_livability_has_its_attributes() -> None:
    city = districts()
    assert levels(city)["district"] == 2_981
    scored = city.table("indicators").filter(pl.col("indicator") == "livability2_deviation")
    assert scored["area"].n_unique() == 2_962
    assert not [remark for remark in city.manifest.remarks if "figures of" in remark.text]


def test_districts_have_their_scores_in_three_years() -> None:
    scored = [
        set(known(districts(), "livability2_deviation", year, "district")["area"])
        for year in (2012, 2014, 2016)
    ]
    assert len(set.intersection(*scored)) == 2_803


def test_districts_meet_the_boundaries_of_2022_as_far_as_they_kept_their_codes() -> None:
    scored = set(
        districts().table("indicators").filter(pl.col("indicator") == "livability2_deviation")["area"]
    )
    drawn = districts().table("areas").filter(pl.col("geometry").is_not_null(), pl.col("code").is_in(scored))
    assert len(drawn) == 2_513
    complete = {"0363": 99, "0599": 20, "0518": 44, "0344": 10}
    for municipality, expected in complete.items():
        there = {code for code in scored if code.startswith(f"WK{municipality}")}
        assert len(there) == expected
        assert there <= set(drawn["code"])


def test_the_dimensions_of_districts_add_up_to_the_total() -> None:
    figures = (
        districts()
        .table("indicators")
        .filter(pl.col("indicator").str.starts_with("livability2_"), pl.col("value").is_not_null())
        .pivot("indicator", index=["area", "period"], values="value")
    )
    parts = [name for name in figures.columns if name not in {"area", "period", "livability2_deviation"}]
    assert len(parts) == 5
    off = {
        period: max(
            abs(math.fsum(row[part] for part in parts) - row["livability2_deviation"])
            for row in rows.iter_rows(named=True)
        )
        for (period,), rows in figures.group_by(pl.col("period").dt.year())
    }
    assert off[2016] < 2.5e-14
    assert max(off.values()) < 1e-13


def test_livability_of_districts_goes_with_the_share_of_non_western_origin_of_that_time() -> None:
    scored = districts().table("indicators").filter(pl.col("indicator") == "livability2_deviation")["area"]
    origin = known(districts(), "share_background_nonwestern", 2016, "district")
    assert len(origin.filter(pl.col("area").is_in(scored.unique().to_list()))) == 2_902
    scores = known(districts(), "livability2_deviation", 2016, "district")
    assert correlation(scores, origin) == pytest.approx(-0.61, abs=0.005)


def test_the_netherlands_has_all_its_neighbourhoods() -> None:
    assert levels(netherlands()) == {"municipality": 342, "district": 3_393, "neighbourhood": 14_574}
    assert netherlands().manifest.name == "Nederland"


def test_crime_and_health_keep_their_own_years() -> None:
    figures = netherlands().table("indicators")
    years = {
        name: sorted(figures.filter(pl.col("indicator") == name)["period"].dt.year().unique())
        for name in ("crimes", "share_good_health", "residents")
    }
    assert years == {
        "crimes": [2021, 2022, 2023, 2024, 2025],
        "share_good_health": [2012, 2016, 2020, 2022, 2024],
        "residents": [2024],
    }


def test_each_city_stands_on_disk_as_it_was_built(tmp_path_factory: pytest.TempPathFactory) -> None:
    for city in (utrecht(), districts(), netherlands()):
        saved = city.save(tmp_path_factory.mktemp("city") / "whole")
        for table in city.tables():
            assert saved.table(table).equals(city.table(table))
        assert [found for found in saved.check() if found.severity == "error"] == []


def test_two_files_of_one_name_are_two_sources(tmp_path: Path) -> None:
    for year, folder in ((2023, "first"), (2024, "second")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "kwb.csv").write_text(f"gwb_code;regio;a_inw\nGM0001;Stad;{year}\n")
    inputs = Inputs(kwb=[f"2023={tmp_path}/first/kwb.csv", f"2024={tmp_path}/second/kwb.csv"])
    made = build("GM0001", inputs, today=date(2026, 1, 1))
    assert [source.key for source in made.manifest.sources] == ["kwb.csv", "kwb.csv (2)"]
    told = made.table("indicators").sort("period").select("value", "source").rows()
    assert told == [(2023, "kwb.csv"), (2024, "kwb.csv (2)")]
