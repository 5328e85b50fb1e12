"""Voorbeeldstad: the promises that later tests build on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.sources.model_city import model_city, turning_points
from ongedeeld.vocabulary import CHOICES, LIVABILITY, TABLES
from tests.shared import shared
from tests.sources.voorbeeldstad import SMALL, small_city, whole_city

LEEFBAAROMETER = LIVABILITY[0]


def figures(city: City, indicator: str) -> Mapping[tuple[str, int], float | None]:
    rows = city.table("indicators").filter(pl.col("indicator") == indicator)
    keys = zip(rows["area"], rows["period"].dt.year(), strict=True)
    return dict(zip(keys, rows["value"], strict=True))


def of_neighbourhood(city: City, table: str, area: str, unit: str = "complex") -> pl.DataFrame:
    complexes = city.table("complexes").filter(pl.col("area") == area)
    return city.table(table).join(complexes.select("complex"), left_on=unit, right_on="complex", how="semi")


def mean_of_years(frame: pl.DataFrame, column: str, *years: int) -> float:
    chosen = frame.filter(pl.col("period").dt.year().is_in(years))[column]
    return float(chosen.cast(pl.Float64).to_numpy().mean())


def test_it_is_the_same_city_every_time() -> None:
    again = model_city(scale=SMALL)
    for table in TABLES:
        assert_frame_equal(small_city().table(table), again.table(table))
    assert again.manifest == small_city().manifest


def test_it_is_saved_as_the_same_bytes(tmp_path: Path) -> None:
    first = small_city().save(tmp_path / "one").manifest
    assert model_city(scale=SMALL).save(tmp_path / "two").manifest == first


def test_it_is_the_same_city_on_every_machine() -> None:
    city = small_city()
    assert city.table("dwellings")["rent_cents"].sum() == 128_033_658
    assert len(city.table("tenancies")) == 4_098
    assert city.table("observations")["count"].sum() == 189_639


def test_another_seed_gives_another_city() -> None:
    other = model_city(seed=2, scale=SMALL)
    alike = {table for table in TABLES if other.table(table).equals(small_city().table(table))}
    assert alike == set()


def test_it_says_that_it_is_invented() -> None:
    manifest = small_city().manifest
    assert manifest.invented
    assert (manifest.name, manifest.stock, manifest.created) == ("Voorbeeldstad", "own", date(2026, 1, 1))
    assert [(source.owner, source.licence) for source in manifest.sources] == [("verzonnen", "CC0")]
    assert set(small_city().table("indicators")["source"]) == {manifest.sources[0].key}


def test_it_uses_no_code_of_a_real_area() -> None:
    real = pl.read_csv(shared("neighbourhoods_2024/nl_gebieden_2024.csv"), columns=["code"])["code"]
    assert not set(whole_city().table("areas")["code"]) & set(real)


def test_it_has_the_promised_size() -> None:
    city = whole_city()
    levels = city.table("areas")["level"].value_counts()
    assert dict(levels.iter_rows()) == {"neighbourhood": 40, "district": 8, "municipality": 1}
    dwellings = city.table("dwellings")
    assert len(dwellings) == 60_000
    own = dwellings.filter(pl.col("tenure") == "association")
    assert len(own) == 25_000
    assert own["complex"].null_count() == 0
    assert own["complex"].n_unique() == len(city.table("complexes")) == 180
    assert dwellings.filter(pl.col("tenure") != "association")["complex"].null_count() == 35_000


def test_a_tenth_of_the_city_has_a_tenth_of_everything() -> None:
    city = small_city()
    assert len(city.table("areas").filter(pl.col("level") == "neighbourhood")) == 6
    assert len(city.table("dwellings")) == 6_000
    assert len(city.table("complexes")) == 18
    for table in ("tenancies", "observations", "surveys", "caretaker_hours", "places"):
        assert len(city.table(table)) == pytest.approx(len(whole_city().table(table)) / 10, rel=0.1)


def test_its_checks_find_no_error_and_no_warning() -> None:
    for city in (small_city(), whole_city()):
        assert [finding.say() for finding in city.check() if finding.severity != "note"] == []


@given(seed=st.integers(0, 2**64 - 1), scale=st.sampled_from([0.05, 0.1, 0.2]))
@settings(max_examples=5, deadline=None)
def test_every_seed_gives_a_sound_city(seed: int, scale: float) -> None:
    city = model_city(seed=seed, scale=scale)
    assert [finding.say() for finding in city.check() if finding.severity != "note"] == []
    assert len(city.table("dwellings")) == round(60_000 * scale)


def test_its_neighbourhoods_are_valid_and_do_not_overlap() -> None:
    areas = whole_city().table("areas")
    shapes = {
        level: shapely.from_wkb(areas.filter(pl.col("level") == level)["geometry"].to_list())
        for level in ("neighbourhood", "district", "municipality")
    }
    for polygons in shapes.values():
        assert shapely.is_valid(polygons).all()
    neighbourhoods = shapes["neighbourhood"]
    assert shapely.coverage_is_valid(neighbourhoods)
    whole = shapes["municipality"][0]
    assert shapely.area(neighbourhoods).sum() == pytest.approx(whole.area)
    assert shapely.area(shapes["district"]).sum() == pytest.approx(whole.area)
    west, south, east, north = whole.bounds
    assert 6_000 < east - west < 8_500
    assert 5_000 < north - south < 7_500
    assert len(shapely.get_parts(whole)) == 2, "a river runs through it"


def test_its_places_and_complexes_lie_in_their_neighbourhood() -> None:
    city = whole_city()
    areas = city.table("areas")
    shapes = dict(zip(areas["code"], shapely.from_wkb(areas["geometry"].to_list()), strict=True))
    for table in ("places", "complexes"):
        for area, x, y in city.table(table).select("area", "x_m", "y_m").iter_rows():
            assert shapely.contains_xy(shapes[area], x, y)


def test_between_six_and_seven_percent_of_homes_are_let_again_each_year() -> None:
    for city in (small_city(), whole_city()):
        homes = city.table("dwellings")["complex"].count()
        lettings = city.table("tenancies").filter(pl.col("start") >= date(2016, 1, 1))
        assert 0.06 <= len(lettings) / homes / 10 <= 0.07


def test_lettings_in_the_records_are_those_of_the_tenancies() -> None:
    city = small_city()
    recorded = (
        city.table("observations")
        .filter(pl.col("observation").str.starts_with("lettings_"))
        .group_by(route=pl.col("observation").str.strip_prefix("lettings_"))
        .agg(count=pl.col("count").sum())
    )
    tenancies = city.table("tenancies").filter(pl.col("start") >= date(2016, 1, 1))
    assert dict(recorded.iter_rows()) == dict(tenancies["route"].value_counts().iter_rows())
    ended = city.table("tenancies")["end"].count()
    for observation in ("vacancies", "departures"):
        of_kind = city.table("observations").filter(pl.col("observation") == observation)
        assert of_kind["count"].sum() == ended


def test_routes_have_believable_shares() -> None:
    routes = whole_city().table("tenancies").filter(pl.col("start") >= date(2016, 1, 1))["route"]
    shares = dict(routes.value_counts(normalize=True).iter_rows())
    assert 0.6 < shares["regular"] < 0.8
    assert 0.08 < shares["mediated"] < 0.18
    assert 0.08 < shares["internal"] < 0.18
    assert 0.02 < shares["re_housing"] < 0.08


def test_more_is_mediated_where_more_falls_vacant() -> None:
    city = whole_city()
    dwellings = city.table("dwellings").select("dwelling", "complex").drop_nulls()
    homes = dwellings.group_by("complex").agg(homes=pl.len())
    complexes = (
        city.table("tenancies")
        .filter(pl.col("start") >= date(2016, 1, 1))
        .join(dwellings, on="dwelling")
        .group_by("complex")
        .agg(lettings=pl.len(), mediated=(pl.col("route") == "mediated").mean())
        .join(homes, on="complex")
        .select(pl.corr(pl.col("lettings") / pl.col("homes"), "mediated"))
    )
    assert complexes.item() > 0.5


def test_households_with_support_are_those_before_and_who_came_less_who_went() -> None:
    wide = (
        small_city()
        .table("observations")
        .filter(pl.col("observation").str.starts_with("support_"))
        .pivot("observation", index=["complex", "period"], values="count")
        .sort("complex", "period")
        .with_columns(before=pl.col("support_present").shift().over("complex"))
        .drop_nulls("before")
    )
    expected = (
        pl.col("before") + pl.col("support_in") + pl.col("support_started")
        - pl.col("support_out") - pl.col("support_ended")
    )  # fmt: skip
    assert wide.filter(pl.col("support_present") != expected).is_empty()


def test_nuisance_is_caused_by_few_households() -> None:
    nuisance = whole_city().table("observations").filter(pl.col("observation") == "nuisance_households")
    assert 0.5 < mean_of_years(nuisance, "count", *range(2016, 2026)) < 2
    assert nuisance.select((pl.col("count") <= 3).mean()).item() > 0.9


def test_every_kind_in_the_vocabulary_occurs() -> None:
    city = whole_city()
    for table, column, choices in (
        ("observations", "observation", "observation"),
        ("observations", "reason", "reason"),
        ("surveys", "question", "question"),
        ("inspections", "by", "inspector"),
        ("places", "kind", "place_kind"),
        ("tenancies", "age_class", "age_class"),
        ("dwellings", "tenure", "tenure"),
        ("dwellings", "label", "dwelling_label"),
    ):
        assert set(city.table(table)[column].drop_nulls()) == set(CHOICES[choices])


def test_livability_is_the_sum_of_its_dimensions() -> None:
    city = whole_city()
    wide = (
        city.table("indicators")
        .filter(pl.col("indicator").str.starts_with("livability3_"))
        .drop_nulls("value")
        .pivot("indicator", index=["area", "period"], values="value")
    )
    assert wide["period"].dt.year().unique().sort().to_list() == [2016, 2018, 2020, 2022, 2024]
    total = pl.sum_horizontal(LEEFBAAROMETER.dimensions)
    assert wide.select((total - pl.col(LEEFBAAROMETER.deviation)).abs().max()).item() < 1e-9
    assert wide.null_count().sum_horizontal().item() == 0


def test_figures_of_the_city_are_the_sum_of_its_homes() -> None:
    city = whole_city()
    homes = figures(city, "dwellings")
    assert homes["GM9999", 2025] == len(city.table("dwellings"))
    owned = (city.table("dwellings")["tenure"] == "association").mean()
    assert figures(city, "share_association")["GM9999", 2025] == pytest.approx(owned, abs=0.005)
    assert (homes["GM9999", 2016] or 0) < (homes["GM9999", 2025] or 0)


def test_small_neighbourhoods_are_kept_back_and_late_figures_are_missing() -> None:
    city = whole_city()
    statuses = city.table("indicators").group_by("status").agg(pl.col("value").count())
    assert dict(statuses.iter_rows()).keys() == {"observed", "missing", "suppressed"}
    assert statuses.filter(pl.col("status") != "observed")["value"].sum() == 0
    income = figures(city, "income_per_resident")
    assert income["GM9999", 2023] is not None
    assert income["GM9999", 2025] is None


def test_two_neighbourhoods_go_down_and_one_recovers() -> None:
    for city, points in ((small_city(), turning_points(scale=SMALL)), (whole_city(), turning_points())):
        score = figures(city, LEEFBAAROMETER.score or "")
        for area in points.declining:
            assert (score[area, 2024] or 0) < (score[area, 2018] or 0) - 0.1
        assert (score[points.recovered, 2024] or 0) > (score[points.recovered, 2016] or 0) + 0.2


@pytest.mark.parametrize("declining", [0, 1])
def test_what_is_seen_on_the_ground_moves_with_livability(declining: int) -> None:
    area = turning_points().declining[declining]
    counts = of_neighbourhood(whole_city(), "observations", area)
    before, after = (2016, 2017, 2018), (2023, 2024, 2025)
    for observation, growth in (("nuisance_new", 1.3), ("vacancies", 1.1)):
        of_kind = counts.filter(pl.col("observation") == observation)
        assert mean_of_years(of_kind, "count", *after) > growth * mean_of_years(of_kind, "count", *before)
    safe = of_neighbourhood(whole_city(), "surveys", area, "unit").filter(pl.col("question") == "safe")
    assert mean_of_years(safe, "mean", *after) < mean_of_years(safe, "mean", *before) - 0.4


def test_other_neighbourhoods_hardly_change() -> None:
    city, points = whole_city(), turning_points()
    score = figures(city, LEEFBAAROMETER.score or "")
    for (area, year), value in score.items():
        if year == 2024 and area not in (*points.declining, points.recovered) and value is not None:
            assert abs(value - (score[area, 2016] or 0)) < 0.1


@pytest.mark.parametrize("scale", [0.0, -1.0, 3.0, float("nan")])
def test_it_refuses_a_scale_outside_its_limits(scale: float) -> None:
    with pytest.raises(InputError, match="cannot have scale"):
        model_city(scale=scale)
