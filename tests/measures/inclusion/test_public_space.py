from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.inclusion import (
    change_in_liking,
    change_of_inspections,
    inspected,
    inspections_by_year,
    liked_by_residents,
)
from tests.measures.inclusion.cast import MERELS, answered, city
from tests.small_city import small_city

YEAR = (date(2025, 1, 1), date(2026, 1, 1))
BEFORE = (date(2023, 1, 1), date(2024, 1, 1))


def rounds(*rows: tuple[str, date, str, float | None]) -> pl.DataFrame:
    """Inspections of complexes: complex, day, by whom, and how clean; whole is always 4."""
    schema = {"unit": pl.String, "period": pl.Date, "by": pl.String, "clean": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        level=pl.lit("complex"), whole=pl.lit(4.0)
    )


def in_year(year: int, by: str, *grades: float | None) -> pl.DataFrame:
    return rounds(*(("C1", date(year, month, 1), by, grade) for month, grade in enumerate(grades, 1)))


def row(table: pl.DataFrame, **key: object) -> dict[str, object]:
    found = table.filter(**key)
    assert len(found) == 1
    return found.row(0, named=True)


def test_inspections_by_staff_and_by_residents_stand_apart() -> None:
    given = pl.concat([in_year(2025, "staff", 3.0, 4.0, 5.0, 4.0), in_year(2025, "residents", 2.0, 2.0, 3.0)])
    table = inspected(city(inspections=given), *YEAR).table
    staff = row(table, area=MERELS, by="staff", aspect="clean")
    # s = sqrt(2 / 3), t(3) = 3.182: 4 ± 3.182 x 0.8165 / 2, within the scale.
    assert (staff["inspections"], staff["places"], staff["value"]) == (4, 1, 4)
    assert (staff["low"], staff["high"]) == pytest.approx((2.701, 5.0), abs=1e-3)
    assert row(table, by="residents", aspect="clean")["value"] == pytest.approx(7 / 3)


def test_what_was_not_graded_is_not_counted() -> None:
    given = in_year(2025, "staff", 3.0, None, 4.0, 5.0)
    table = inspected(city(inspections=given), *YEAR).table
    assert row(table, aspect="clean")["inspections"] == 3
    assert row(table, aspect="whole")["inspections"] == 4
    assert "safe" not in table["aspect"]


def test_too_few_inspections_give_no_grade() -> None:
    here = row(inspected(city(inspections=in_year(2025, "staff", 1.0, 5.0)), *YEAR).table, aspect="clean")
    assert (here["outcome"], here["value"], here["inspections"]) == ("too_few", None, 2)


def test_a_change_of_inspections_comes_with_its_interval() -> None:
    given = pl.concat([in_year(2023, "staff", 2.0, 3.0, 4.0), in_year(2025, "staff", 3.0, 4.0, 5.0, 4.0)])
    found = change_of_inspections(city(inspections=given), BEFORE, YEAR)
    here = row(found.table, aspect="clean")
    # Standard errors 0.5774 and 0.4082; freedom (1/3 + 1/6)² / ((1/3)²/2 + (1/6)²/3) = 3.857, t = 2.8176.
    assert here["change"] == 1
    assert (here["low"], here["high"]) == pytest.approx((1 - 1.9925, 1 + 1.9925), abs=2e-2)


def test_a_few_inspections_that_agree_are_not_sure_of_it() -> None:
    given = pl.concat([in_year(2023, "staff", 2.0, 3.0, 4.0), in_year(2025, "staff", 3.0, 4.0, 5.0, 4.0)])
    whole = row(inspected(city(inspections=given), *BEFORE).table, aspect="whole")
    # Three fours: as much as 1 - 0.025^(1/3) = 0.7076 of inspections may have given another grade.
    assert whole["value"] == 4
    assert (whole["low"], whole["high"]) == pytest.approx((4 - 0.7076 * 3, 4 + 0.7076), abs=1e-4)
    change = row(change_of_inspections(city(inspections=given), BEFORE, YEAR).table, aspect="whole")
    # Four fours: 0.6024, so from 2.193 to 4.602; both put together by Newcombe's method 10.
    assert change["change"] == 0
    assert (change["low"], change["high"]) == pytest.approx((-1.9407, 2.2066), abs=1e-3)


def test_inspections_develop_by_year() -> None:
    given = pl.concat([in_year(2023, "staff", 2.0, 3.0, 4.0), in_year(2025, "staff", 3.0, 4.0, 5.0, 4.0)])
    found = inspections_by_year(city(inspections=given))
    clean = found.table.filter(aspect="clean")
    assert clean.select("start", "inspections", "value").rows() == [
        (date(2023, 1, 1), 3, 3.0),
        (date(2025, 1, 1), 4, 4.0),
    ]
    single = inspected(city(inspections=given), *YEAR).table
    assert found.table.filter(start=YEAR[0]).equals(single)


def test_who_inspected_only_once_shows_no_change() -> None:
    given = pl.concat([in_year(2023, "staff", 2.0, 3.0, 4.0), in_year(2025, "residents", 3.0, 4.0, 5.0)])
    assert change_of_inspections(city(inspections=given), BEFORE, YEAR).table.is_empty()


def test_a_change_compares_only_places_inspected_twice() -> None:
    new = rounds(*(("C2", date(2025, month, 1), "staff", 1.0) for month in range(1, 6)))
    given = pl.concat([in_year(2023, "staff", 2.0, 3.0, 4.0), in_year(2025, "staff", 3.0, 4.0, 5.0), new])
    found = change_of_inspections(city(inspections=given), BEFORE, YEAR)
    here = row(found.table, area=MERELS, aspect="clean")
    # The second complex, which was not inspected before, does not pull the grade down.
    assert (here["change"], here["inspections_end"]) == (1, 3)
    assert "Only places inspected at both times are compared" in map(str, found.notes)


def test_inspections_of_unknown_places_are_counted() -> None:
    lost = rounds(("C9", date(2025, 1, 1), "staff", 3.0))
    given = pl.concat([in_year(2025, "staff", 3.0, 4.0, 5.0), lost])
    found = inspected(city(inspections=given), *YEAR)
    assert any("1 inspections belong to no known neighbourhood" in str(each) for each in found.missing)


def test_the_questions_of_the_aedes_benchmark_are_four() -> None:
    names = ("safe", "nuisance", "clean", "effort", "home")
    given = pl.concat(
        [
            answered(name, ("C1", 20, grade, 1.0), day=day)
            for name in names
            for grade, day in ((6.0, date(2023, 9, 1)), (7.0, date(2025, 9, 1)))
        ]
    )
    whole = city(surveys=given)
    assert set(liked_by_residents(whole).table["question"]) == {"safe", "nuisance", "clean", "effort"}
    assert change_in_liking(whole, 2023, 2025).table["change"].to_list() == [1, 1, 1, 1]


def test_it_refuses_what_it_cannot_tell() -> None:
    whole = city(inspections=in_year(2025, "staff", 3.0, 4.0, 5.0))
    with pytest.raises(AbsentError, match=r"nothing in its table inspections.*\n.*--inspections"):
        inspected(small_city(), *YEAR)
    lost = rounds(("C9", date(2025, 1, 1), "staff", 3.0))
    with pytest.raises(
        AbsentError, match=r"no inspections of a place in a known neighbourhood.*\n.*--complexes"
    ):
        inspections_by_year(city(inspections=lost))
    with pytest.raises(AbsentError, match="no inspections from 2023-01-01 to 2024-01-01"):
        inspected(whole, *BEFORE)
    with pytest.raises(InputError, match="the end of a period comes after its start"):
        inspected(whole, *reversed(YEAR))
    with pytest.raises(InputError, match="begins before the first has ended"):
        change_of_inspections(whole, YEAR, BEFORE)
