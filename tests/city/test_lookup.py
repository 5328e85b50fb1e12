"""A neighbourhood is found by its code or its name."""

from __future__ import annotations

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.city.lookup import find_neighbourhood, neighbourhoods
from ongedeeld.errors import AbsentError
from tests.city.cast import AREAS, MANIFEST, NORTH, SOUTH, city


@pytest.mark.parametrize("text", [NORTH, NORTH.lower(), "Noord", " noord "])
def test_a_code_or_a_whole_name_in_capitals_or_not_names_it(text: str) -> None:
    assert find_neighbourhood(city(), text) == NORTH


def test_one_that_is_not_there_is_refused_with_those_that_come_near() -> None:
    with pytest.raises(AbsentError, match=rf"comes near: Noord \({NORTH}\)") as refusal:
        find_neighbourhood(city(), "Nord")
    assert "ongedeeld areas" in str(refusal.value)


def test_a_code_that_is_cut_short_brings_the_codes_that_begin_so() -> None:
    with pytest.raises(AbsentError, match=rf"Noord \({NORTH}\), Zuid \({SOUTH}\)"):
        find_neighbourhood(city(), NORTH[:-2])


def test_a_name_that_two_have_is_refused_with_both_codes() -> None:
    same = AREAS.with_columns(name=pl.lit("Centrum"))
    with pytest.raises(AbsentError, match=rf"Centrum \({NORTH}\), Centrum \({SOUTH}\)"):
        find_neighbourhood(City.of({"areas": same}, MANIFEST), "centrum")


def test_a_district_is_no_neighbourhood_but_finds_its_own() -> None:
    with pytest.raises(AbsentError):
        find_neighbourhood(city(), "Centrum")
    assert neighbourhoods(AREAS, "centr")["code"].to_list() == [NORTH, SOUTH]
