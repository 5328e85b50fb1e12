"""What a round refuses to read, and that it says where and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from ongedeeld import InputError
from ongedeeld.allocation.reading import checked, read_so_far
from ongedeeld.allocation.vacancies import read_vacancies
from ongedeeld.errors import Place
from tests.allocation.round_cast import DAY, city, law, run, seeker, seekers, vacancies

EARLY = date(2012, 3, 1)
FILE = Place("seekers.csv")


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        ("nationaliteit", "nationality, ethnicity"),
        ("Diagnose", "health and diagnoses"),
        ("inkomen_euro", "the class alone"),
        ("income_cents", "the class alone"),
        ("risicoscore", "a score of a person"),
        ("police_record", "police data"),
        ("geboortedatum", "dates of birth"),
        ("bsn", "pseudonymous"),
    ],
)
def test_it_refuses_what_must_not_be_held_by_name_and_with_the_reason(column: str, reason: str) -> None:
    frame = seekers(seeker("A", EARLY)).with_columns(pl.lit("x").alias(column))
    with pytest.raises(InputError, match=reason) as refusal:
        checked("seekers", frame, FILE)
    assert f"seekers.csv, column {column}" in str(refusal.value)


def test_it_refuses_any_other_column_and_names_those_that_there_are() -> None:
    frame = seekers(seeker("A", EARLY)).with_columns(colour=pl.lit("blue"))
    with pytest.raises(InputError, match="holds no column colour") as refusal:
        checked("seekers", frame, FILE)
    assert "household_size" in str(refusal.value)


def test_it_refuses_a_seeker_twice() -> None:
    people = seekers(seeker("A", EARLY), seeker("B", EARLY), seeker("A", DAY))
    with pytest.raises(InputError, match="row 4, column seeker: A stands here twice; the other is in row 2"):
        run(vacancies("W1"), people, places={"seekers": FILE})


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"household_size": 0}, "1 or more"),
        ({"age_class": "40"}, "under_23"),
        ({"income_class": "rich"}, "below_passend"),
        ({"minors": 1}, "fewer minors"),
        ({"registered": date(2027, 1, 1)}, "that of the round"),
        ({"urgency": "friend"}, "informal_care"),
        ({"free_space_ground": "friend"}, "house_swap"),
        ({"current_dwelling": "W77"}, "W1, W2"),
        ({"wish_areas": "BU00000000"}, "codes of neighbourhoods"),
        ({"assets_exception": True}, "elderly households"),
        ({"assets_exception": True, "pension_age": None}, "elderly households"),
        ({"age_class": "under_23", "pension_age": True}, "no elderly household"),
        ({"urgency": "no_fixed_abode_minors"}, "one minor or more"),
    ],
)
def test_it_refuses_a_cell_that_cannot_be_and_says_the_row(facts: dict[str, Any], expected: str) -> None:
    people = seekers(seeker("A", EARLY), {**seeker("B", EARLY), **facts})
    with pytest.raises(InputError, match="row 3") as refusal:
        run(vacancies("W1"), people)
    assert expected in str(refusal.value)


@pytest.mark.parametrize(
    ("home", "columns", "message"),
    [
        ("W9", {}, "the home W9 is let since 1 January 2020, so it is not free from 1 September 2026 on"),
        ("W8", {}, "not in the City: W8"),
        ("W1", {"area": ["BU99999999"]}, "not in the City: BU99999999"),
        ("W1", {"complex": ["C9"]}, "not in the City: C9"),
        ("W1", {"rent_cents": [851_00]}, "above the maximum of € 850 by the points"),
        ("W1", {"rent_cents": [-1]}, "0 or more"),
        ("W1", {"rent_cents": [940_00], "maximum_rent_cents": [990_00]}, "maximum rent in cents is € 850"),
        ("W1", {"label": ["flats"]}, "seniors"),
    ],
)
def test_it_refuses_a_vacancy_that_cannot_be(home: str, columns: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match="row 2") as refusal:
        read_vacancies(vacancies(home, **columns), city(), law(), Place("vacancies.csv"))
    assert message in str(refusal.value)


def test_it_refuses_a_home_offered_twice() -> None:
    twice = vacancies("W1", "W2").with_columns(dwelling=pl.lit("W1"))
    with pytest.raises(InputError, match="the home W1 is offered twice"):
        read_vacancies(twice, city(), law())


def test_it_refuses_a_home_whose_maximum_rent_nobody_knows() -> None:
    stock = city()
    homes = stock.table("dwellings").with_columns(maximum_rent_cents=pl.lit(None, pl.Int64))
    other = type(stock).of(
        {name: homes if name == "dwellings" else stock.table(name) for name in stock.tables()}, stock.manifest
    )
    with pytest.raises(InputError, match="of the home W1 this is not known: maximum rent"):
        read_vacancies(vacancies("W1"), other, law())


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"seeker": "Z"}, "stands in the other tables"),
        ({"vacancy": "V9"}, "stands in the other tables"),
        ({"answer": "declined"}, "the reason of the decline"),
        ({"reason": "size"}, "beside an answer that declines"),
        ({"answer": "maybe"}, "accepted"),
    ],
)
def test_it_refuses_a_reaction_that_cannot_be(row: dict[str, str], expected: str) -> None:
    reactions = pl.DataFrame([{"seeker": "A", "vacancy": "V1", **row}])
    with pytest.raises(InputError, match="row 2") as refusal:
        run(vacancies("W1"), seekers(seeker("A", EARLY)), reactions=reactions)
    assert expected in str(refusal.value)


def test_text_as_a_file_has_it_is_read_as_typed_values_are() -> None:
    text = pl.DataFrame(
        {
            "Seeker": ["A", "B"],
            "registered": ["01-03-2012", "2012-03-01 00:00:00"],
            "household_size": ["2", "1.0"],
            "pension_age": ["nee", "yes"],
            "age_class": ["35 tot en met 54", "67_and_over"],
            "minors": ["", " "],
        }
    )
    read = checked("seekers", text, FILE)
    assert read["registered"].to_list() == [EARLY, EARLY]
    assert read["household_size"].to_list() == [2, 1]
    assert read["pension_age"].to_list() == [False, True]
    assert read["age_class"].to_list() == ["35_54", "67_and_over"]
    assert read["minors"].to_list() == [None, None]


def test_lettings_so_far_are_read_from_text_too() -> None:
    text = pl.DataFrame(
        {
            "letting": ["L1"],
            "date": ["1-2-2026"],
            "municipality": ["GM9999"],
            "social": ["ja"],
            "rent_cents": ["60000"],
            "household_size": ["1"],
            "income_class": ["below_passend"],
        }
    )
    assert read_so_far(text).frame["date"].to_list() == [date(2026, 2, 1)]
    with pytest.raises(InputError, match="row 2, column date, value 'gisteren'"):
        read_so_far(text.with_columns(date=pl.lit("gisteren")), Place("lettings.csv"))
