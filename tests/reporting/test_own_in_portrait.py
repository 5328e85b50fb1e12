"""What a portrait tells of the association's own tables: modest counts, and what is not known as such."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ongedeeld.city import City
from tests.reporting.cast import MEREL, few_tenancies, own_city
from tests.reporting.pages import page_of
from tests.reporting.reading import Page


def read(city: City, code: str, audience: str = "internal") -> Page:
    return page_of(city, code, "nl", audience)


def test_few_households_and_few_answers_are_not_told_as_a_number() -> None:
    words = read(own_city(), MEREL).words
    assert "Huishoudens met huurachterstand in kwartaal 4 van 2022 minder dan 5" in words
    assert "Gewone verhuringen in het jaar tot en met kwartaal 4 van 2022 minder dan 5" in words
    assert "Huishoudens met begeleiding in kwartaal 4 van 2022 6" in words
    assert "Wordt gegroet" not in words


def test_how_often_homes_are_let_is_not_known_from_a_part_of_them() -> None:
    words = read(few_tenancies(), MEREL).words
    assert (
        "Opnieuw verhuurde woningen in 2022 huurcontracten in dat jaar zijn bekend van 2 van de 10 woningen; "
        "negen op de tien is nodig niet bekend" in words
    )


def test_a_drawn_stock_is_named_and_never_told() -> None:
    words = read(own_city("drawn"), MEREL).words
    assert "getrokken uit gepubliceerde totalen" in words
    assert "Eigen woningen" not in words


def with_own(table: str, rows: pl.DataFrame) -> City:
    """The ten own homes of Merelbuurt, with another table of counts or hours."""
    city = own_city()
    return City.of({**{name: city.table(name) for name in city.tables()}, table: rows}, city.manifest)


def counted(counts: dict[str, int | None], period: date = date(2022, 10, 1)) -> City:
    """Households in arrears per complex of Merelbuurt."""
    rows = {
        "complex": list(counts),
        "period": period,
        "observation": "arrears_households",
        "reason": "none",
        "count": list(counts.values()),
        "status": ["observed" if count is not None else "missing" for count in counts.values()],
    }
    city = with_own("observations", pl.DataFrame(rows))
    complexes = pl.DataFrame({"complex": list(counts), "name": list(counts), "area": MEREL})
    tables = {name: city.table(name) for name in city.tables()}
    return City.of({**tables, "complexes": complexes}, city.manifest)


def test_counts_and_hours_up_to_the_29th_of_february_are_of_a_year() -> None:
    days = [date(2023, 2, 28), date(2023, 3, 1), date(2024, 2, 29)]
    hours = pl.DataFrame({"complex": "C1", "period": days, "hours": [100.0, 10.0, 12.0]})
    assert "Uren van huismeesters in een jaar 220 per 100 woningen 22" in (
        read(with_own("caretaker_hours", hours), MEREL).words
    )
    assert "in kwartaal 1 van 2024 6" in read(counted({"C1": 6}, date(2024, 2, 29)), MEREL).words


def test_hours_that_are_missing_make_the_others_at_least() -> None:
    days = [date(2022, 11, 1), date(2022, 12, 1)]
    hours = pl.DataFrame({"complex": "C1", "period": days, "hours": [10.0, None]})
    assert "Uren van huismeesters in een jaar ten minste 100 per 100 woningen ten minste 10" in (
        read(with_own("caretaker_hours", hours), MEREL).words
    )


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"C1": 2, "C2": None, "C3": 1}, "; een van de 3 complexen niet geteld niet bekend"),
        ({"C1": 2, "C2": None, "C3": None}, "; 2 van de 3 complexen niet geteld niet bekend"),
        ({"C1": 6, "C2": None, "C3": 1}, " ten minste 7"),
        ({"C1": 2, "C2": 0, "C3": 1}, " minder dan 5"),
    ],
)
def test_a_small_sum_with_complexes_not_counted_is_not_known(
    counts: dict[str, int | None], told: str
) -> None:
    words = read(counted(counts), MEREL).words
    assert f"Huishoudens met huurachterstand in kwartaal 4 van 2022{told}" in words


def test_it_tells_why_there_is_nothing_of_drawn_homes() -> None:
    reason = "Niet bekend: de woningen in deze gegevens zijn getrokken uit gepubliceerde totalen"
    assert reason in read(own_city("drawn"), MEREL).words
    assert reason not in read(own_city("drawn"), MEREL, audience="public").words
