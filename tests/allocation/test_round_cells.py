"""How the files of a round may be written, and what of them is refused rather than guessed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from ongedeeld import AbsentError, InputError
from ongedeeld.allocation import effects_of, read_allocation_policy
from ongedeeld.allocation.effects import WhatIf
from ongedeeld.allocation.reading import checked, read_so_far
from ongedeeld.errors import Place
from tests.allocation.round_cast import DAY, TULP, city, law, let, run, seeker, seekers, vacancies

EARLY, LATE = date(2012, 3, 1), date(2020, 3, 1)
FILE = Place("people.csv")


def people(**columns: Any) -> pl.DataFrame:
    """Two seekers, with these columns as they stand in a file or a program."""
    return seekers(seeker("A", EARLY), seeker("B", LATE)).with_columns(
        **{name: pl.Series(values) for name, values in columns.items()}
    )


@pytest.mark.parametrize("written", ["01-03-12", "2020-03-01abc", "2020-03-01 13:45", "0012-03-01", "44927"])
def test_a_date_with_two_digits_for_the_year_or_something_behind_it_is_refused(written: str) -> None:
    with pytest.raises(InputError, match="row 3, column registered") as refusal:
        checked("seekers", people(registered=["01-03-2012", written]), FILE)
    assert "a year of four digits" in str(refusal.value)


@pytest.mark.parametrize(
    "written", ["1-3-2012", "01/03/2012", "2012-03-01", "2012-3-1", "2012-03-01T00:00:00"]
)
def test_a_date_may_be_written_with_the_day_or_the_year_first(written: str) -> None:
    read = checked("seekers", people(registered=[written, "01.03.2020"]), FILE)
    assert read["registered"].to_list() == [EARLY, LATE]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("household_size", [1.0, 2.7]),
        ("household_size", [1.0, float("nan")]),
        ("household_size", [True, True]),
        ("pension_age", [0, 1]),
        ("registered", [15_400, 18_322]),
        ("registered", [datetime(2012, 3, 1), datetime(2020, 3, 1, 23)]),
        ("registered", [EARLY, date(12, 3, 1)]),
        ("seeker", [1.5, 2.5]),
    ],
)
def test_typed_values_that_would_lose_something_are_refused(column: str, values: list[Any]) -> None:
    with pytest.raises(InputError, match=f"column {column}"):
        checked("seekers", people(**{column: values}), FILE)


def test_typed_values_that_lose_nothing_are_read() -> None:
    read = checked("seekers", people(household_size=[1.0, 2.0], seeker=[7, 8]), FILE)
    assert read["household_size"].to_list() == [1, 2]
    assert read["seeker"].to_list() == ["7", "8"]


def test_headers_and_codes_may_be_written_as_our_own_explanation_prints_them() -> None:
    homes = pl.DataFrame(
        {
            "Vrijgekomen woning": ["V1"],
            "Woning": ["W1"],
            "Beschikbaar": ["01-09-2026"],
            "Huur": ["€ 539,50"],
        }
    )
    dutch = pl.DataFrame(
        {
            "Woningzoekende": ["A"],
            "Ingeschreven": ["01-03-2012"],
            "Huishoudgrootte": ["1"],
            "minderjarigen": ["0"],
            "leeftijdsklasse": ["35 tot en met 54"],
            "inkomensklasse": ["Tot de grens van passend toewijzen"],
            "grond vrije ruimte": ["Woningruil"],
        }
    )
    done = run(homes, dutch)
    assert let(done) == {"V1": "A"}
    assert done.lettings["rent_cents"].to_list() == [539_50]
    assert done.given.seekers["free_space_ground"].to_list() == ["house_swap"]


@pytest.mark.parametrize(
    ("header", "written", "cents"),
    [
        ("rent", "612.35", 612_35),
        ("huur (euro)", "1.234,50", 1_234_50),
        ("rent_euro", "1,234.50", 1_234_50),
        ("kale huur", "539", 539_00),
        ("huur in centen", "53900", 539_00),
        ("rent_cents", "53900", 539_00),
    ],
)
def test_a_rent_is_in_euros_unless_the_header_says_cents(header: str, written: str, cents: int) -> None:
    homes = pl.DataFrame(
        {"vacancy": ["V1"], "dwelling": ["W1"], "available": ["01-09-2026"], header: [written]}
    )
    assert checked("vacancies", homes)["rent_cents"].to_list() == [cents]


def test_an_amount_that_can_be_read_in_two_ways_is_refused() -> None:
    homes = pl.DataFrame(
        {"vacancy": ["V1"], "dwelling": ["W1"], "available": ["01-09-2026"], "huur": ["1,234"]}
    )
    with pytest.raises(InputError, match="an amount in euros, such as 539 or 612,35"):
        checked("vacancies", homes)


def test_two_headers_that_mean_the_same_are_refused() -> None:
    with pytest.raises(InputError, match="two headers mean the same column: seeker and SEEKER"):
        checked("seekers", people(SEEKER=["A", "B"]), FILE)


def test_a_rent_in_euros_in_a_column_of_cents_is_refused() -> None:
    with pytest.raises(
        InputError, match=r"a rent of € 6\.50 is less than a tenth of the target rent of € 650"
    ):
        run(vacancies("W1", rent_cents=[650]), people())


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"area": [TULP]}, "neighbourhood is BU99990101"),
        ({"complex": ["C2"]}, "complex is C1"),
        ({"sector": ["free"]}, "sector is social"),
        ({"maximum_rent_cents": [990_00]}, "maximum rent in cents is € 850"),
    ],
)
def test_a_vacancy_that_contradicts_the_city_is_refused(columns: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match="row 2") as refusal:
        run(vacancies("W1", **columns), people())
    assert told in str(refusal.value)


def test_a_maximum_rent_below_that_of_the_city_is_taken_as_it_is() -> None:
    done = run(vacancies("W1", maximum_rent_cents=[700_00]), people())
    assert done.given.vacancies["maximum_rent_cents"].to_list() == [700_00]


@pytest.mark.parametrize("available", [date(1990, 1, 1), date(2019, 6, 1), date(2026, 9, 1)])
def test_a_home_that_is_let_cannot_be_let_whatever_day_is_given(available: date) -> None:
    with pytest.raises(InputError, match="the home W9 is let since 1 January 2020"):
        run(vacancies("W9", available=[available]), people())


@pytest.mark.parametrize(
    ("current", "expected"),
    [
        (["W1", None], "no vacancy of this round"),
        (["W9", "W9"], "one seeker for each home"),
        (["W77", None], "one of: W1, W2"),
    ],
)
def test_a_current_dwelling_must_be_one_that_comes_free(current: list[str | None], expected: str) -> None:
    with pytest.raises(InputError, match="column current_dwelling") as refusal:
        run(vacancies("W1"), people(current_dwelling=current))
    assert expected in str(refusal.value)


def test_a_private_home_is_no_current_dwelling() -> None:
    stock = city()
    homes = stock.table("dwellings").with_columns(
        tenure=pl.when(pl.col("dwelling") == "W9").then(pl.lit("private_rent")).otherwise("tenure")
    )
    tables = {name: homes if name == "dwellings" else stock.table(name) for name in stock.tables()}
    with pytest.raises(InputError, match="column current_dwelling, value 'W9'"):
        run(vacancies("W1"), people(current_dwelling=["W9", None]), type(stock).of(tables, stock.manifest))


def reactions(*answers: tuple[str, str, str | None]) -> pl.DataFrame:
    """Reactions of seekers to vacancies with their answers."""
    schema = dict.fromkeys(("seeker", "vacancy", "answer"), pl.String)
    return pl.DataFrame(answers, schema=schema, orient="row")


def test_a_home_accepted_by_somebody_before_whom_another_stands_is_refused() -> None:
    with pytest.raises(InputError, match="B accepted V1, but by the rules A is the first") as refusal:
        run(vacancies("W1"), people(), reactions=reactions(("A", "V1", None), ("B", "V1", "accepted")))
    assert "row 3" in str(refusal.value)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((("A", "V1", "accepted"), ("B", "V1", "accepted")), "one seeker who accepted each home"),
        ((("A", "V1", "accepted"), ("A", "V2", "accepted")), "one home that each seeker accepted"),
    ],
)
def test_what_two_accepted_is_refused(answers: tuple[tuple[str, str, str], ...], expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        run(vacancies("W1", "W2"), people(), reactions=reactions(*answers))


@pytest.mark.parametrize("seed", [-1, 2**80])
def test_a_seed_that_cannot_be_is_refused(seed: int) -> None:
    with pytest.raises(InputError, match="is no seed"):
        run(vacancies("W1"), people(), seed=seed)


def test_lettings_so_far_take_dutch_headers_and_euros_too() -> None:
    text = pl.DataFrame(
        {
            "verhuring": ["L1"],
            "datum": ["1-2-2026"],
            "gemeente": ["GM9999"],
            "sociaal": ["ja"],
            "huur": ["600,50"],
            "huishoudgrootte": ["1"],
        }
    )
    assert read_so_far(text, Place("let.csv")).frame["rent_cents"].to_list() == [600_50]


def test_effects_that_were_made_as_a_what_if_mark_the_round(tmp_path: Any) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(
        'name = "p"\n[[instrument]]\nname = "local_binding"\nshare = 0.8\nfrom = 2026-07-01\n',
        encoding="utf-8",
    )
    stock, today = city(), law()
    policy = read_allocation_policy(file, stock)
    effects = effects_of(policy, today.law, stock, DAY, what_if=True)
    assert isinstance(effects, WhatIf)
    assert run(vacancies("W1"), people(), stock, policy=effects).what_if


def test_lettings_that_lack_a_column_are_named_by_their_file() -> None:
    text = pl.DataFrame(
        {
            "letting": ["L1"],
            "date": ["1-2-2026"],
            "municipality": ["GM9999"],
            "social": ["ja"],
            "rent_cents": ["60000"],
            "household_size": ["1"],
        }
    )
    with pytest.raises(AbsentError, match=r"let\.csv.*no column contingent"):
        read_so_far(text, Place("let.csv")).with_column("contingent")
