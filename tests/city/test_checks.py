"""Each check finds what it is named after, names the rows, and is silent on a City in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ongedeeld.city import CHECKS, City
from ongedeeld.city.checks import figures as figure_checks
from tests.city.cast import (
    AREAS,
    CITY,
    DISTRICT,
    MANIFEST,
    NORTH,
    SOUTH,
    city,
    figures,
    findings,
    square,
    stock,
)


def tenancies(*rows: tuple[str, str, date, date | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["tenancy", "dwelling", "start", "end"], orient="row")


def moved(code: str, geometry: bytes | None) -> pl.DataFrame:
    return AREAS.with_columns(
        geometry=pl.when(pl.col("code") == code).then(pl.lit(geometry)).otherwise("geometry")
    )


def place(area: str, x: float, y: float) -> pl.DataFrame:
    return pl.DataFrame({"place": ["P1"], "kind": ["park"], "area": [area], "x_m": [x], "y_m": [y]})


def test_a_city_in_order_has_no_findings() -> None:
    whole = {
        "indicators": figures([(CITY, "residents", 200.0), (DISTRICT, "residents", 200.0)]),
        **stock(),
        "places": place(NORTH, 150_050, 450_150),
        "tenancies": tenancies(
            ("T1", "D1", date(2020, 1, 1), date(2021, 1, 1)), ("T2", "D1", date(2021, 1, 2), None)
        ),
    }
    assert findings(city(whole)) == []
    assert findings(city()) == []


def test_every_check_is_named_after_its_function() -> None:
    assert all(name == check.__name__ and check.__doc__ for name, check in CHECKS.items())
    assert "sum_of_parts" in CHECKS
    assert figure_checks.sum_of_parts in CHECKS.values()


AMISS: list[tuple[str, str, dict[str, Any], tuple[str, ...]]] = [
    ("unknown_parent", "error", {"areas": AREAS.filter(pl.col("code") != CITY)}, (f"{DISTRICT}, {CITY}",)),
    ("orphan_dwelling", "error", stock(complex=["C1", "C9"]), ("D2, C9",)),
    ("unknown_area", "error", stock(area=[NORTH, "BU99999999"]), ("D2, BU99999999",)),
    (
        "orphan_tenancy",
        "error",
        {**stock(), "tenancies": tenancies(("T1", "D9", date(2020, 1, 1), None))},
        ("T1, D9",),
    ),
    (
        "orphan_entrance",
        "error",
        {"entrances": pl.DataFrame({"entrance": ["E1"], "complex": ["C9"]})},
        ("E1, C9",),
    ),
    (
        "unknown_unit",
        "error",
        {
            "surveys": pl.DataFrame(
                {
                    "level": ["complex", "neighbourhood"],
                    "unit": ["C9", NORTH],
                    "period": [date(2024, 1, 1)] * 2,
                    "question": ["safe"] * 2,
                }
            )
        },
        ("complex, C9, 2024-01-01, safe",),
    ),
    (
        "unknown_source",
        "error",
        {"indicators": figures([(NORTH, "residents", 5.0)]).with_columns(source=pl.lit("lost.csv"))},
        ("lost.csv",),
    ),
    (
        "parent_of_wrong_level",
        "error",
        {"areas": AREAS.with_columns(parent=pl.col("parent").replace(DISTRICT, SOUTH))},
        (f"{NORTH}, {SOUTH}", f"{SOUTH}, {SOUTH}"),
    ),
    ("unknown_indicator", "warning", {"indicators": figures([(NORTH, "bliss", 1.0)])}, ("bliss",)),
    (
        "indicator_out_of_range",
        "error",
        {"indicators": figures([(NORTH, "share_rented", 1.2), (SOUTH, "share_rented", float("nan"))])},
        (f"{NORTH}, share_rented, 2024-01-01, 1.2", f"{SOUTH}, share_rented, 2024-01-01, nan"),
    ),
    (
        "indicator_out_of_range",
        "error",
        {"indicators": figures([(NORTH, "residents", float("inf"))])},
        (f"{NORTH}, residents, 2024-01-01, inf",),
    ),
    (
        "value_contradicts_status",
        "error",
        {"indicators": figures([(NORTH, "residents", None), (SOUTH, "residents", 5.0)], status="observed")},
        (f"{NORTH}, residents, 2024-01-01, observed",),
    ),
    # Two parts and a whole, each rounded to 5, may differ by 7.5.
    (
        "sum_of_parts",
        "warning",
        {
            "indicators": figures(
                [(DISTRICT, "residents", 100.0), (NORTH, "residents", 60.0), (SOUTH, "residents", 50.0)]
            )
        },
        (f"{DISTRICT}, residents, 2024-01-01, 100.0, 110.0",),
    ),
    (
        "dimensions_do_not_add_up",
        "error",
        {
            "indicators": figures(
                [(NORTH, "livability3_deviation", 0.5)]
                + [
                    (NORTH, f"livability3_{part}", 0.11)
                    for part in ("physical", "nuisance", "cohesion", "amenities", "housing")
                ]
            )
        },
        (f"{NORTH}, 2024-01-01, 0.5, 0.55",),
    ),
    (
        "shares_do_not_add_up",
        "warning",
        {"indicators": figures([(NORTH, "share_occupied", 0.9), (NORTH, "share_vacant", 0.2)])},
        (f"{NORTH}, 2024-01-01, 1.1",),
    ),
    ("area_without_geometry", "warning", {"areas": moved(NORTH, None)}, (NORTH,)),
    ("broken_geometry", "error", {"areas": moved(NORTH, b"a square")}, (NORTH,)),
    (
        "overlapping_areas",
        "warning",
        {"areas": moved(NORTH, square(150_000, 450_050))},
        (f"{NORTH}, {SOUTH}",),
    ),
    (
        "part_outside_whole",
        "warning",
        {"areas": moved(NORTH, square(150_450, 450_000))},
        (f"{NORTH}, {DISTRICT}",),
    ),
    ("place_outside_area", "warning", {"places": place(NORTH, 150_050, 450_050)}, (f"P1, {NORTH}",)),
    ("value_out_of_range", "error", stock(rooms=[3, 300]), ("D2, 300",)),
    (
        "overlapping_tenancies",
        "error",
        {
            **stock(),
            "tenancies": tenancies(
                ("T1", "D1", date(2020, 1, 1), date(2021, 1, 1)), ("T2", "D1", date(2021, 1, 1), None)
            ),
        },
        ("D1, T1, T2",),
    ),
    (
        "tenancy_ends_before_it_starts",
        "error",
        {**stock(), "tenancies": tenancies(("T1", "D1", date(2020, 1, 2), date(2020, 1, 1)))},
        ("T1, 2020-01-02, 2020-01-01",),
    ),
    (
        "rent_above_maximum",
        "warning",
        stock(sector=["social", "free"], rent_cents=[60_000, 90_000], maximum_rent_cents=[55_000, 55_000]),
        ("D1, 60000, 55000",),
    ),
    (
        "count_exceeds_homes",
        "warning",
        {
            **stock(),
            "observations": pl.DataFrame(
                {
                    "complex": ["C1"],
                    "period": [date(2024, 1, 1)],
                    "observation": ["arrears_households"],
                    "reason": ["none"],
                    "count": [3],
                    "status": ["observed"],
                }
            ),
        },
        ("C1, 2024-01-01, arrears_households, 3, 2",),
    ),
]


@pytest.mark.parametrize(("check", "severity", "tables", "rows"), AMISS)
def test_a_check_names_what_is_amiss(
    check: str, severity: str, tables: dict[str, pl.DataFrame], rows: tuple[str, ...]
) -> None:
    found = [finding for finding in findings(city(tables)) if finding.check == check]
    assert [(finding.severity, finding.rows) for finding in found] == [(severity, rows)]
    assert "{" not in found[0].say()


def test_every_check_has_a_case() -> None:
    by_another_name = {"unknown_reference": "orphan_dwelling"}
    cases = {case[0] for case in AMISS} | {"changed_file", "indicator_incomplete"}
    assert {by_another_name.get(name, name) for name in CHECKS} <= cases


def test_parts_within_rounding_raise_no_finding() -> None:
    parts = [(DISTRICT, "residents", 100.0), (NORTH, "residents", 55.0), (SOUTH, "residents", 50.0)]
    assert findings(city({"indicators": figures(parts)})) == []


def test_a_part_without_a_figure_leaves_the_whole_out_of_the_sum() -> None:
    parts = [(DISTRICT, "residents", 100.0), (NORTH, "residents", 10.0), (SOUTH, "residents", None)]
    assert findings(city({"indicators": figures(parts)})) == []


def test_areas_with_one_boundary_overlap_without_reckoning_all_their_pairs() -> None:
    many = pl.DataFrame({"code": [f"BU0002{number:04}" for number in range(9_000)]}).with_columns(
        level=pl.lit("neighbourhood"), name=pl.col("code"), geometry=pl.lit(square(160_000, 450_000))
    )
    same = pl.concat([AREAS, many], how="diagonal")
    (found,) = [finding for finding in city({"areas": same}).check() if finding.check == "overlapping_areas"]
    assert len(found.rows) == 8_999
    assert found.rows[0] == "BU00020000, BU00020001"


def test_neighbours_that_share_a_border_do_not_overlap() -> None:
    assert "overlapping_areas" not in {found.check for found in city().check()}


def test_an_indicator_that_some_areas_lack_is_a_note_with_their_codes() -> None:
    gap = figures([(NORTH, "residents", 5.0), (SOUTH, "residents", None)])
    (note,) = city({"indicators": gap}).check()
    assert (note.check, note.severity, note.rows) == ("indicator_incomplete", "note", (SOUTH,))
    assert note.say() == "known for 1 of 2 areas, level neighbourhood, 2024: residents"


def test_indicators_that_lack_the_same_areas_are_one_note() -> None:
    rows = [
        (area, name, 5.0 if area == NORTH else None)
        for name in ("residents", "households")
        for area in (NORTH, SOUTH)
    ]
    (note,) = city({"indicators": figures([*rows, (SOUTH, "dwellings", 5.0)])}).check()[1:]
    assert (note.fields["indicators"], note.rows) == ("households; residents", (SOUTH,))


def test_a_level_without_any_boundary_is_a_note_and_a_level_that_has_some_a_warning() -> None:
    def severities(bare: list[str]) -> dict[object, str]:
        areas = AREAS.with_columns(geometry=pl.when(~pl.col("code").is_in(bare)).then("geometry"))
        return {found.fields["level"]: found.severity for found in city({"areas": areas}).check()}

    assert severities([CITY, DISTRICT]) == {"municipality": "note", "district": "note"}
    assert severities([NORTH]) == {"neighbourhood": "warning"}


def test_a_finding_is_said_in_labels_of_the_language() -> None:
    (found,) = [one for one in city(stock(complex=["C1", "C9"])).check() if one.check == "orphan_dwelling"]
    assert found.say() == "dwellings: rows whose complex is not among the complexes: 1"


def test_a_file_that_was_changed_after_writing_is_found(tmp_path: Path) -> None:
    saved = city().save(tmp_path / "city")
    file = tmp_path / "city" / saved.manifest.tables["areas"].file
    saved.table("areas").with_columns(name=pl.lit("?")).write_parquet(file)
    found = City.open(tmp_path / "city").check()[0]
    assert (found.check, found.severity, found.rows) == ("changed_file", "error", (file.name,))


def test_errors_come_before_warnings_and_notes() -> None:
    broken = City.of(
        {
            "areas": moved(NORTH, None),
            "indicators": figures([(NORTH, "share_rented", 1.2), (SOUTH, "residents", 5.0)]),
        },
        MANIFEST,
    )
    assert [found.severity for found in broken.check()] == ["error", "warning", "note", "note"]
