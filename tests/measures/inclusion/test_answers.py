from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.inclusion import answers_by_year, answers_of_residents, change_of_answers
from tests.measures.inclusion.cast import MERELS, TULPEN, answered, city, drawn, dwellings, said_yes
from tests.small_city import small_city

STOCK = pl.concat([dwellings("C1", 30), dwellings("C2", 20)])
EARLIER = date(2023, 9, 1)


def row(table: pl.DataFrame, **key: object) -> dict[str, object]:
    found = table.filter(**key)
    assert len(found) == 1
    return found.row(0, named=True)


def test_grades_of_complexes_are_put_together_with_their_interval() -> None:
    safe = answered("safe", ("C1", 12, 7.0, 1.5), ("C2", 8, 6.0, 1.0))
    here = row(answers_of_residents(city(STOCK, surveys=safe)).table, area=MERELS)
    # Mean (12 x 7 + 8 x 6) / 20 = 6.6; squares 11 x 2.25 + 7 + 12 x 0.16 + 8 x 0.36 = 36.55, so s = 1.387;
    # 20 of 50 homes answered, so the half width is 2.093 x 1.387 x sqrt(0.6 / 20) = 0.503.
    assert (here["answers"], here["units"], here["level"]) == (20, 2, "complex")
    assert here["value"] == pytest.approx(6.6)
    assert here["low"] == pytest.approx(6.097, abs=2e-3)
    assert here["high"] == pytest.approx(7.103, abs=2e-3)
    assert (here["period"], here["outcome"]) == (date(2025, 1, 1), "known")


def test_without_homes_or_of_a_drawn_stock_no_answer_is_taken_for_a_large_part_of_them() -> None:
    safe = answered("safe", ("C1", 12, 7.0, 1.5))
    # t(11) = 2.201, so 7 ± 2.201 x 1.5 / sqrt(12).
    for whole in (city(surveys=safe), drawn(city(STOCK, surveys=safe))):
        here = row(answers_of_residents(whole).table, area=MERELS)
        assert here["low"] == pytest.approx(7 - 0.953, abs=1e-3)


def test_answers_of_yes_or_no_give_a_share() -> None:
    given = said_yes("volunteers", ("C1", 10, 3), ("C2", 10, 2))
    here = row(answers_of_residents(city(STOCK, surveys=given)).table, area=MERELS)
    # Wilson of 5 in 20.
    assert here["value"] == 0.25
    assert (here["low"], here["high"]) == pytest.approx((0.1119, 0.4687), abs=1e-4)


def test_too_few_answers_give_no_figure() -> None:
    given = answered("safe", ("C1", 5, 9.0, 0.5), ("C2", 4, 9.0, 0.5))
    here = row(answers_of_residents(city(STOCK, surveys=given)).table, area=MERELS)
    assert (here["outcome"], here["value"], here["low"], here["answers"]) == ("too_few", None, None, 9)


def test_without_a_spread_there_is_a_grade_without_an_interval() -> None:
    given = answered("safe", ("C1", 12, 7.0, None))
    here = row(answers_of_residents(city(STOCK, surveys=given)).table, area=MERELS)
    assert (here["value"], here["low"], here["high"], here["outcome"]) == (7.0, None, None, "known")


def test_answers_of_the_neighbourhood_go_before_those_of_its_complexes() -> None:
    given = pl.concat(
        [
            answered("safe", ("C1", 12, 5.0, 1.0)),
            answered("safe", (MERELS, 40, 7.5, 1.0), level="neighbourhood"),
        ]
    )
    here = row(answers_of_residents(city(STOCK, surveys=given)).table, area=MERELS)
    assert (here["value"], here["level"], here["answers"]) == (7.5, "neighbourhood", 40)


def test_the_latest_year_counts_and_an_earlier_one_can_be_asked() -> None:
    given = pl.concat(
        [answered("safe", ("C1", 12, 7.0, 1.0)), answered("safe", ("C1", 12, 6.0, 1.0), day=EARLIER)]
    )
    whole = city(STOCK, surveys=given)
    assert row(answers_of_residents(whole).table, area=MERELS)["value"] == 7
    assert row(answers_of_residents(whole, year=2023).table, area=MERELS)["value"] == 6


def test_answers_develop_by_year() -> None:
    given = pl.concat(
        [
            answered("safe", ("C1", 20, grade, 1.0), ("C2", 20, grade, 1.0), day=date(year, 9, 1))
            for year, grade in ((2023, 6.0), (2024, 6.5), (2025, 7.0))
        ]
    )
    found = answers_by_year(city(surveys=given), ["safe"])
    assert found.table.select("period", "value", "answers").rows() == [
        (date(2023, 1, 1), 6.0, 40),
        (date(2024, 1, 1), 6.5, 40),
        (date(2025, 1, 1), 7.0, 40),
    ]
    latest = answers_of_residents(city(surveys=given), ["safe"]).table
    assert found.table.tail(1).equals(latest)
    assert any("Other places may have been asked in another year" in str(said) for said in found.notes)


def test_a_row_without_answers_is_left_out_and_one_without_a_place_is_counted() -> None:
    given = answered("safe", ("C1", 12, 7.0, 1.0), ("C2", 3, None, None), ("C9", 12, 1.0, 1.0))
    found = answers_of_residents(city(STOCK, surveys=given))
    assert row(found.table, area=MERELS)["answers"] == 12
    assert any("1 rows of surveys belong to no known neighbourhood" in str(each) for each in found.missing)


def test_a_change_comes_with_its_interval() -> None:
    given = pl.concat(
        [
            answered("safe", ("C1", 25, 6.0, 1.5), day=EARLIER),
            answered("safe", ("C1", 25, 7.0, 2.0)),
            said_yes("volunteers", ("C1", 80, 48), day=EARLIER),
            said_yes("volunteers", ("C1", 70, 56)),
            answered("clean", ("C1", 9, 6.0, 1.0), day=EARLIER),
            answered("clean", ("C1", 50, 7.0, 1.0)),
            answered("home", ("C1", 50, 7.0, 1.0)),
        ],
        how="diagonal",
    )
    table = change_of_answers(city(surveys=given), 2023, 2025).table
    safe, yes, clean = (row(table, question=name) for name in ("safe", "volunteers", "clean"))
    # As worked by hand in the tests of intervals.
    assert safe["change"] == 1
    assert (safe["low"], safe["high"]) == pytest.approx((-0.007, 2.007), abs=1e-3)
    assert yes["change"] == pytest.approx(0.2)
    assert (yes["low"], yes["high"]) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert (clean["outcome"], clean["change"], clean["answers_start"]) == ("too_few", None, 9)
    assert "home" not in table["question"]


def test_a_change_compares_only_places_asked_twice() -> None:
    given = pl.concat(
        [
            answered("safe", ("C1", 20, 7.0, 1.0), ("C2", 20, 3.0, 1.0), day=EARLIER),
            answered("safe", ("C1", 20, 7.0, 1.0)),
            answered("home", ("C1", 20, 7.0, 1.0), day=EARLIER),
            answered("home", (MERELS, 90, 8.0, 1.0), level="neighbourhood"),
        ]
    )
    table = change_of_answers(city(surveys=given), 2023, 2025).table
    safe, home = (row(table, question=name) for name in ("safe", "home"))
    assert (safe["change"], safe["answers_start"]) == (0, 20)
    assert (home["outcome"], home["change"]) == ("not_known", None)


def test_it_refuses_results_without_a_number_of_answers() -> None:
    for given in (
        answered("safe", ("C1", None, 7.0, 1.0)),
        answered("safe", ("C1", 0, 7.0, 1.0)),
        said_yes("volunteers", ("C1", None, 3)),
    ):
        with pytest.raises(
            InputError, match=r"survey of C1, \w+, 2025-09-01: a result without a number of answers"
        ):
            answers_of_residents(city(STOCK, surveys=given))


def test_it_refuses_more_yes_than_answers() -> None:
    with pytest.raises(InputError, match="more answered yes than answered"):
        answers_of_residents(city(STOCK, surveys=said_yes("gives_care", ("C1", 10, 11))))


def test_it_refuses_what_it_cannot_tell() -> None:
    safe = city(STOCK, surveys=answered("safe", ("C1", 12, 7.0, 1.0)))
    with pytest.raises(AbsentError, match=r"nothing in its table surveys.*\n.*--surveys"):
        answers_of_residents(small_city())
    with pytest.raises(AbsentError, match=r"no answers to these questions \(2019\).*\n.*safe"):
        answers_of_residents(safe, year=2019)
    with pytest.raises(AbsentError, match="no answers to these questions"):
        answers_of_residents(safe, ["home"])
    with pytest.raises(InputError, match="no question happy"):
        answers_of_residents(safe, ["happy"])
    with pytest.raises(InputError, match="from an earlier to a later year"):
        change_of_answers(safe, 2025, 2025)


def test_other_neighbourhoods_are_not_touched() -> None:
    given = answered("safe", ("C1", 12, 7.0, 1.0), ("C3", 12, 9.0, 1.0))
    table = answers_of_residents(city(STOCK, surveys=given)).table
    assert dict(table.select("area", "value").iter_rows()) == {MERELS: 7, TULPEN: 9}
