from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.capacity import raw_figures
from ongedeeld.measures.capacity.indicators import check_periods
from ongedeeld.measures.capacity.known import Level
from tests.measures.capacity.card_cast import (
    COMPLEXES,
    DAY,
    MERELS,
    TULPEN,
    counts,
    dwellings,
    hours,
    stock_city,
)


def figure(
    city: City, unit: str, indicator: str, level: Level = "complex", day: date = DAY
) -> dict[str, object]:
    rows = raw_figures(city, day=day, level=level).table
    found = rows.filter((pl.col("unit") == unit) & (pl.col("indicator") == indicator))
    return found.row(0, named=True) if len(found) else {}


def test_turnover_is_vacancies_of_a_year_over_homes() -> None:
    city = stock_city({"observations": counts("vacancies", ("C1", [1, 0, 2, 1]), ("C2", [0, 0, 0, 0]))})
    found = figure(city, "C1", "turnover")
    assert (found["count"], found["exposure"]) == (4.0, 20.0)
    assert (found["period_start"], found["period_end"]) == (date(2025, 1, 1), date(2025, 12, 31))
    assert figure(city, "C2", "turnover")["count"] == 0.0


def test_a_quarter_that_is_not_known_takes_its_home_years_away() -> None:
    city = stock_city({"observations": counts("vacancies", ("C1", [1, None, 2, 1]), ("C2", [0, 0, 0, 0]))})
    found = figure(city, "C1", "turnover")
    assert (found["count"], found["exposure"]) == (4.0, 15.0)


def test_a_complex_without_rows_is_missing_and_not_zero() -> None:
    city = stock_city({"observations": counts("vacancies", ("C1", [1, 0, 2, 1]))})
    assert figure(city, "C3", "turnover") == {}


def test_arrears_are_of_the_last_quarter() -> None:
    city = stock_city({"observations": counts("arrears_households", ("C1", [5, 4, 3, 2]))})
    found = figure(city, "C1", "arrears")
    assert (found["count"], found["exposure"], found["period_start"]) == (2.0, 20.0, date(2025, 10, 1))


def test_counts_by_year_are_whole_years() -> None:
    rows = counts("vacancies", ("C1", [3, 0, 0, 0])).filter(pl.col("period") == date(2025, 1, 1))
    found = figure(stock_city({"observations": rows}), "C1", "turnover")
    assert (found["count"], found["exposure"]) == (3.0, 20.0)


def test_a_neighbourhood_sums_its_complexes_and_tells_what_part_is_known() -> None:
    rows = counts("arrears_households", ("C1", [0, 0, 0, 2]), ("C3", [0, 0, 0, 1]))
    found = figure(stock_city({"observations": rows}), MERELS, "arrears", "neighbourhood")
    assert (found["count"], found["exposure"], found["coverage"]) == (2.0, 20.0, 0.5)


def test_reactions_count_where_vacancies_are_known() -> None:
    rows = pl.concat(
        [counts("vacancies", ("C1", [1, 0, 2, 1])), counts("reactions", ("C1", [90, 7, 240, None]))]
    )
    found = figure(stock_city({"observations": rows}), "C1", "reactions")
    # Quarters of 90 for one and 240 for two vacancies: 330 / 3, and (1 x 20² + 2 x 10²) / 1.
    assert (found["mean"], found["answers"]) == (110.0, 3.0)
    assert found["spread"] == pytest.approx(600.0**0.5)


def test_where_no_home_came_free_no_reaction_is_missing() -> None:
    rows = pl.concat(
        [
            counts("vacancies", ("C1", [1, 0, 2, 1]), ("C2", [0, 0, 0, 0])),
            counts("reactions", ("C1", [90, 0, 240, 60])),
        ]
    )
    found = figure(stock_city({"observations": rows}), MERELS, "reactions", "neighbourhood")
    assert found["coverage"] == 1.0


def test_counts_by_year_stand_beside_quarters_of_a_later_year() -> None:
    year = counts("evictions", ("C1", [1, 0, 0, 0])).filter(pl.col("period") == date(2025, 1, 1))
    later = counts("vacancies", ("C1", [1, 0, 2, 1])).with_columns(pl.col("period").dt.offset_by("3mo"))
    city = stock_city({"observations": pl.concat([year, later])})
    evicted = figure(city, "C1", "evictions", day=date(2026, 5, 1))
    assert (evicted["count"], evicted["exposure"], evicted["period_end"]) == (1.0, 20.0, date(2025, 12, 31))
    assert figure(city, "C1", "turnover", day=date(2026, 5, 1))["period_end"] == date(2026, 3, 31)


def test_nuisance_cases_tell_how_many_come_together() -> None:
    rows = pl.concat(
        [
            counts("nuisance_open", ("C1", [0, 0, 0, 6]), ("C2", [0, 0, 0, 0])),
            counts("nuisance_households", ("C1", [0, 0, 0, 2]), ("C2", [0, 0, 0, 0])),
        ]
    )
    city = stock_city({"observations": rows})
    assert figure(city, "C2", "nuisance_cases")["clump"] == 3.0
    assert figure(city, "C1", "nuisance_households")["count"] == 2.0


def test_length_of_residence_and_routes_are_of_tenancies_that_run() -> None:
    rows = pl.DataFrame(
        [
            ("H1", "C1-00", date(2016, 1, 1), None, "55_66", "regular"),
            ("H2", "C1-01", date(2024, 1, 1), None, "under_23", "mediated"),
            ("H3", "C1-02", date(2010, 1, 1), date(2020, 1, 1), "under_23", "mediated"),
            ("H4", "C1-03", date(2015, 1, 1), None, "under_23", None),
        ],
        schema=["tenancy", "dwelling", "start", "end", "age_class", "route"],
        orient="row",
    )
    city = stock_city({"tenancies": rows})
    assert figure(city, "C1", "residence_years")["mean"] == pytest.approx((10 + 2 + 11) / 3, abs=0.01)
    assert [figure(city, "C1", "mediated")[name] for name in ("count", "exposure")] == [1.0, 2.0]
    # Who came before 23 eleven years ago is not young now.
    assert [figure(city, "C1", "young_tenants")[name] for name in ("count", "exposure")] == [1.0, 3.0]


def let_to(*homes: str, end: date | None = None, **known: str) -> pl.DataFrame:
    """Tenancies since 2016, one in each home."""
    facts = {"tenancy": [f"H{home}" for home in homes], "dwelling": list(homes), "start": date(2016, 1, 1)}
    columns = {"end": end, "age_class": "35_54", "route": "regular", **known}
    return pl.DataFrame(facts).with_columns(
        pl.lit(value, pl.Date if name == "end" else pl.String).alias(name) for name, value in columns.items()
    )


OF_TENANCIES = ("mediated", "residence_years", "young_tenants")


def test_homes_without_a_tenancy_are_not_covered() -> None:
    city = stock_city({"tenancies": let_to(*(f"C1-{number:02d}" for number in range(15)))})
    for name in OF_TENANCIES:
        assert figure(city, "C1", name)["coverage"] == 0.75
        assert figure(city, MERELS, name, "neighbourhood")["coverage"] == 15 / 40


def test_a_tenancy_without_a_route_or_age_is_not_covered() -> None:
    rows = let_to(*(f"C1-{number:02d}" for number in range(20))).with_row_index()
    some = pl.col("index") < 5
    hidden = rows.with_columns(pl.when(some).then(name).alias(name) for name in ("route", "age_class"))
    city = stock_city({"tenancies": hidden.drop("index")})
    assert [figure(city, "C1", name)["coverage"] for name in OF_TENANCIES] == [0.25, 1.0, 0.25]


def test_a_home_between_two_tenants_takes_nothing_away() -> None:
    running = let_to(*(f"C1-{number:02d}" for number in range(18)))
    left = let_to("C1-18", end=date(2025, 11, 1))
    long_ago = let_to("C1-19", end=date(2020, 1, 1))
    city = stock_city({"tenancies": pl.concat([running, left, long_ago])})
    assert figure(city, "C1", "mediated")["coverage"] == pytest.approx(18 / 19)


def test_quarters_that_are_not_known_are_not_covered() -> None:
    rows = pl.concat(
        [
            counts("vacancies", ("C1", [2, None, None, None]), ("C2", [1, 0, 2, 1])),
            counts("evictions", ("C1", [0, None, None, None]), ("C2", [0, 0, 0, 0])),
            counts("reactions", ("C1", [90, None, None, None]), ("C2", [30, 0, 60, 30])),
        ]
    )
    city = stock_city({"observations": rows})
    for name in ("turnover", "evictions", "reactions"):
        assert figure(city, "C1", name)["period_end"] == date(2025, 12, 31)
        assert figure(city, "C1", name)["coverage"] == 0.25
        assert figure(city, "C2", name)["coverage"] == 1.0
    assert figure(city, MERELS, "turnover", "neighbourhood")["coverage"] == (0.25 + 1.0) / 2


def test_caretakers_are_hours_a_home_and_year() -> None:
    city = stock_city({"caretaker_hours": hours(("C1", 5.0), ("C2", 0.0))})
    assert figure(city, "C1", "caretaker_hours")["mean"] == 3.0
    assert figure(city, "C2", "caretaker_hours")["mean"] == 0.0
    assert figure(city, "C3", "caretaker_hours") == {}
    assert figure(city, MERELS, "caretaker_hours", "neighbourhood")["mean"] == 1.5


def test_meeting_places_within_500_m_are_counted_and_none_is_zero() -> None:
    rows = pl.DataFrame(
        {
            "place": ["P1", "P2", "P3"],
            "kind": ["meeting_place", "community_centre", "gp"],
            "x_m": [136_100.0, 136_600.0, 136_100.0],
            "y_m": [456_400.0, 456_100.0, 456_100.0],
        }
    )
    city = stock_city({"places": rows})
    assert [figure(city, unit, "meeting_places")["mean"] for unit in ("C1", "C2", "C3")] == [2.0, 2.0, 1.0]


def test_answers_of_complexes_are_taken_together_as_one_heap() -> None:
    rows = pl.DataFrame(
        {
            "level": "complex",
            "unit": ["C1", "C2"],
            "period": date(2025, 9, 1),
            "question": "safe",
            "answers": [10, 30],
            "mean": [6.0, 8.0],
            "spread": [1.0, 2.0],
        }
    )
    found = figure(stock_city({"surveys": rows}), MERELS, "view_safe", "neighbourhood")
    assert (found["mean"], found["answers"]) == (7.5, 40.0)
    assert found["coverage"] == 1.0
    # (9 x 1 + 29 x 4 + 10 x 1.5² + 30 x 0.5²) / 39
    assert found["spread"] == pytest.approx((155 / 39) ** 0.5)


def test_a_survey_among_a_whole_neighbourhood_counts_where_its_complexes_have_none() -> None:
    rows = pl.DataFrame(
        {
            "level": ["neighbourhood", "neighbourhood", "complex"],
            "unit": [MERELS, TULPEN, "C1"],
            "period": date(2025, 9, 1),
            "question": "safe",
            "answers": [50, 60, 20],
            "mean": [7.0, 6.5, 8.0],
            "spread": 1.5,
        }
    )
    city = stock_city({"surveys": rows})
    whole, part = (figure(city, area, "view_safe", "neighbourhood") for area in (TULPEN, MERELS))
    assert (whole["mean"], whole["answers"], whole["coverage"]) == (6.5, 60.0, 1.0)
    # Of the two complexes of the Merelbuurt one was asked.
    assert (part["mean"], part["answers"], part["coverage"]) == (8.0, 20.0, 0.5)


def test_places_of_other_kinds_say_nothing_of_meeting_places() -> None:
    rows = pl.DataFrame({"place": ["P1"], "kind": ["gp"], "x_m": [136_100.0], "y_m": [456_100.0]})
    counted = counts("arrears_households", ("C1", [0, 0, 0, 2]))
    assert figure(stock_city({"places": rows, "observations": counted}), "C1", "meeting_places") == {}


def test_an_older_survey_does_not_stand_in_for_a_missing_one() -> None:
    rows = pl.DataFrame(
        {
            "level": "complex",
            "unit": ["C1", "C2"],
            "period": [date(2025, 9, 1), date(2023, 9, 1)],
            "question": "home",
            "answers": 20,
            "mean": 7.0,
            "spread": 1.5,
        }
    )
    city = stock_city({"surveys": rows})
    assert figure(city, "C1", "view_home")["period_start"] == date(2025, 1, 1)
    assert figure(city, "C2", "view_home") == {}


def test_a_published_figure_on_a_complex_is_of_the_neighbourhood_around_it() -> None:
    city = stock_city(benefits_social_assistance=(70, 35, 40, 20))
    found = figure(city, "C1", "social_assistance")
    assert found["of"] == MERELS
    assert found["mean"] == pytest.approx(70 / (300 + 700 + 400))
    assert found["spread"] == pytest.approx(5 / 1400)


def test_an_entrance_has_clean_whole_and_safe_only() -> None:
    inspected = pl.DataFrame(
        {
            "level": "entrance",
            "unit": "E1",
            "period": [date(2025, month, 2) for month in (2, 5, 8)],
            "by": "staff",
            "clean": [3.0, 4.0, 5.0],
            "whole": 4.0,
            "safe": None,
        },
        schema_overrides={"safe": pl.Float64},
    )
    entrances = pl.DataFrame({"entrance": ["E1"], "complex": ["C1"], "name": ["Merelstraat"]})
    figures = raw_figures(
        stock_city({"entrances": entrances, "inspections": inspected}), day=DAY, level="entrance"
    )
    assert figures.expected == ("inspection_clean", "inspection_whole", "inspection_safe")
    assert figures.table["indicator"].to_list() == ["inspection_clean", "inspection_whole"]
    assert figures.table["mean"].to_list() == [4.0, 4.0]


def test_nothing_after_the_day_counts() -> None:
    city = stock_city({"observations": counts("arrears_households", ("C1", [1, 2, 3, 4]))})
    assert figure(city, "C1", "arrears", day=date(2025, 8, 1))["count"] == 2.0


def test_it_refuses_years_among_quarters() -> None:
    quarters = counts("vacancies", ("C1", [1, 0, 2, 1]))
    year = counts("vacancies", ("C2", [3, 0, 0, 0])).filter(pl.col("period") == date(2025, 1, 1))
    with pytest.raises(InputError, match=r"by year of complex C2 and by quarter of others"):
        raw_figures(stock_city({"observations": pl.concat([quarters, year])}), day=DAY)


def test_it_refuses_figures_of_other_periods() -> None:
    table = pl.DataFrame(
        {
            "indicator": ["arrears", "arrears"],
            "period_start": [date(2024, 1, 1), date(2025, 1, 1)],
            "period_end": [date(2024, 12, 31), date(2025, 12, 31)],
        }
    )
    with pytest.raises(InputError, match="of arrears are of other periods: 2024"):
        check_periods(table)


def test_it_refuses_a_complex_without_dwellings() -> None:
    city = stock_city({"dwellings": dwellings(COMPLEXES.head(2))})
    with pytest.raises(InputError, match="complexes without dwellings: 1, such as C3"):
        raw_figures(city, day=DAY)


def test_it_refuses_more_households_than_homes() -> None:
    city = stock_city({"observations": counts("arrears_households", ("C1", [0, 0, 0, 21]))})
    with pytest.raises(InputError, match="C1 has 21 of arrears_households and 20 homes"):
        raw_figures(city, day=DAY)


@pytest.mark.parametrize("level", ["complex", "neighbourhood", "district", "entrance"])
def test_it_refuses_a_drawn_stock(level: Level) -> None:
    with pytest.raises(AbsentError, match="stock drawn from published totals"):
        raw_figures(stock_city(stock="drawn"), day=DAY, level=level)


def test_it_refuses_a_level_that_is_not_there() -> None:
    with pytest.raises(InputError, match="no cards of level street"):
        raw_figures(stock_city(), day=DAY, level="street")  # type: ignore[arg-type]


def test_it_says_so_where_nothing_is_known() -> None:
    with pytest.raises(AbsentError, match="tells nothing for a card at the level entrance"):
        raw_figures(stock_city(), day=DAY, level="entrance")
