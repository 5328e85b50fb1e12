"""The sides of an inclusive neighbourhood, each with interval, source and answers, or why there are none."""

from __future__ import annotations

from datetime import date

import polars as pl

from ongedeeld.city import City
from tests.reporting.cast import MEREL, TULP, WALK, full_city, large_city, own_city
from tests.reporting.pages import page_of
from tests.reporting.reading import Page

SIDES = (
    "Room for different groups",
    "Amenities in order",
    "Everyone takes part",
    "Public space that invites",
    "Encounter and recognition",
)


def read(city: City, code: str, audience: str = "internal") -> Page:
    return page_of(city, code, "en", audience)


def walk() -> Page:
    """A neighbourhood of the model city."""
    return read(large_city(), WALK)


def test_all_sides_stand_side_by_side_and_are_never_one_number() -> None:
    words = walk().words
    assert all(side in words for side in SIDES)
    assert "They stand side by side and are never added up into one number." in words


def test_a_grade_has_its_interval_and_number_of_answers() -> None:
    # 6.4 with a spread of 1.0 among 40: 2.02 times 1 over the root of 40 is 0.32.
    page = read(own_city(), MEREL)
    assert page.table("answers-safe")[1] == [
        "Feels safe in the neighbourhood",
        "6.4",
        "6.1 to 6.7",
        "6.4",
        "40",
    ]
    assert "Source: own survey, at most 40 answers to a question." in page.words


def test_of_few_answers_no_grade_is_told() -> None:
    city = own_city()
    asked = city.table("surveys").filter(pl.col("question") == "greeted").with_columns(answers=pl.lit(40))
    few = city.table("surveys").with_columns(
        answers=pl.when(pl.col("question") == "safe").then(4).otherwise(40)
    )
    tables = {name: city.table(name) for name in city.tables()}
    assert asked.height == 1
    words = read(City.of({**tables, "surveys": few}, city.manifest), MEREL).words
    assert "Feels safe in the neighbourhood" not in words
    assert "Is greeted 8.0" in words


def asked_before(mean: float, complex_name: str = "C1", year: int = 2020) -> City:
    """The own city, of which 40 residents graded safety in an earlier year too, with a spread of 1.0."""
    city = own_city()
    tables = {name: city.table(name) for name in city.tables()}
    safe = city.table("surveys").filter(pl.col("question") == "safe")
    earlier = safe.with_columns(mean=pl.lit(mean), unit=pl.lit(complex_name), period=pl.lit(date(year, 9, 1)))
    tables["surveys"] = pl.concat([tables["surveys"], earlier])
    nest = tables["complexes"]
    tables["complexes"] = pl.concat([nest, nest.with_columns(complex=pl.lit("C2"))])
    return City.of(tables, city.manifest)


def test_a_change_of_answers_is_told_with_its_interval_and_the_years_as_a_table() -> None:
    # From 5.4 to 6.4: Welch's t of 78 degrees, 1.99, times the root of 2/40 is 0.45; with few homes less.
    page = read(asked_before(5.4), MEREL)
    assert "Feels safe in the neighbourhood: +1.0 since 2020, between 0.6 and 1.4." in page.words
    assert page.table("years-liking")[0][1:] == ["2020", "2022"]
    assert page.table("years-liking")[1] == ["Feels safe in the neighbourhood", "5.4", "6.4"]


def test_a_difference_that_chance_can_explain_is_no_change() -> None:
    words = read(asked_before(6.3), MEREL).words
    assert "Feels safe in the neighbourhood: no change beyond chance since 2020." in words


def test_of_other_places_no_change_is_told() -> None:
    words = read(asked_before(5.4, "C2"), MEREL).words
    assert "cannot be compared with 2020, for too little was measured at the same places." in words


def test_of_one_year_no_development_is_told() -> None:
    words = read(own_city(), MEREL).words
    assert "known of 2022 only, so no development can be told." in words
    assert "mean of the year" not in words


def test_inspections_change_too_since_the_year_before_and_since_the_first() -> None:
    page = walk()
    assert (
        "Clean, by staff; safe, by staff; whole, by staff: no change beyond chance since 2024." in page.words
    )
    assert "Clean, by staff: +0.8 since 2016, between 0.6 and 1.1." in page.words
    head, *rows = page.table("years-liking")
    assert head[1:] == ["2016", "2021", "2022", "2023", "2024", "2025"]
    assert [row[1:] for row in rows if row[0] == "Clean, by staff"] == [
        ["3.1", "3.7", "4.0", "3.9", "4.0", "3.9"]
    ]


def test_the_public_is_told_nothing_of_how_answers_changed() -> None:
    words = read(large_city(), WALK, "public").words
    assert "mean of the year" not in words
    assert "beyond chance since" not in words


def test_the_weakest_links_are_named() -> None:
    assert "Weakest links, farther than 1.0 km: gp practice." in read(full_city(), TULP).words
    assert "No daily amenity is farther than 1.0 km." in read(full_city(), MEREL).words


def test_a_side_without_data_says_what_to_supply_but_not_to_the_public() -> None:
    internal, public = (read(full_city(), MEREL, one).words for one in ("internal", "public"))
    assert "Give your own homes with --dwellings." in internal
    assert "`ongedeeld template surveys` makes an empty file." in internal
    assert "--" not in public
    assert "surveys" not in public
    assert "Amenities in order" in public


def test_shares_of_few_residents_are_not_told() -> None:
    figures = {"benefits_social_assistance": (10, 60, 300, 100)}
    few = full_city(
        residents_15_24=(20, 200, 150, 100),
        residents_25_44=(30, 300, 400, 250),
        residents_45_64=(30, 200, 450, 200),
        **figures,
    )
    told = {row[0]: row[1] for row in read(few, TULP).table("taking-part")[1:]}
    assert told == {"Social assistance, of those aged 15 to 64": "30%"}
    assert "too few to say" not in read(few, TULP).words
    assert "Everyone takes part Not known: nothing is known of this neighbourhood." in read(few, MEREL).words


def test_room_is_told_for_types_of_household_with_what_comes_free() -> None:
    page = walk()
    head, *rows = page.table("room")
    assert head == ["type of household", "incomes", "homes that fit", "come free in a year"]
    assert len(rows) == 36  # of the 48 types those of middle incomes have no rent limit in 2026
    assert "Not to be told of: middle incomes (12)." in page.words
    assert "The highest rent for middle incomes is not known for this day." in page.words
    assert "higher incomes 0 of 12." in page.words
    small_homes = read(large_city(), "BU99990101")
    assert sum(row[2] == "0%" for row in small_homes.table("room")) == 18
    told = (
        "lowest incomes (rent allowance) 3 of 12; other incomes for social homes 3 of 12; higher incomes 12"
    )
    assert f"Types of household without a fitting home here: {told} of 12." in small_homes.words


def test_the_places_where_people_meet_are_named_with_their_hours() -> None:
    city = large_city()
    indoor = city.table("places").filter(pl.col("kind") == "community_centre").drop_nulls("opening_hours")
    words = read(city, indoor["area"][0]).words
    assert "of the own homes have a place to meet indoors within 500 m in a straight line." in words
    assert f"{indoor['name'][0]} (" in words
    assert "hours a week)" in words
    assert "In the neighbourhood: De Huiskamer (opening hours not known)." in read(own_city(), MEREL).words
