"""A frame is held against the vocabulary before it becomes a table of a City."""

from __future__ import annotations

import polars as pl
import pytest

from ongedeeld.city import conform, empty
from ongedeeld.errors import CityError
from ongedeeld.vocabulary import TABLES
from tests.city.cast import AREAS


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_conforms_to_itself(table: str) -> None:
    assert conform(table, empty(table)).schema == empty(table).schema


def test_columns_that_are_not_given_become_empty() -> None:
    areas = conform("areas", AREAS.drop("geometry"))
    assert areas.columns == [column.name for column in TABLES["areas"].columns]
    assert areas["geometry"].null_count() == 4


def test_a_strange_column_is_refused_and_the_nearest_named() -> None:
    with pytest.raises(CityError, match=r"areas has no column parrent\nNext: use one of: parent"):
        conform("areas", AREAS.rename({"parent": "parrent"}))


def test_an_absent_value_in_a_required_column_is_refused() -> None:
    for gap in (None, ""):
        holed = AREAS.with_columns(name=pl.Series(["Voorbeeldstad", gap, "Noord", "Zuid"]))
        with pytest.raises(CityError, match="column name is empty in 1 rows"):
            conform("areas", holed)


def test_a_code_outside_its_list_is_refused_with_the_list() -> None:
    with pytest.raises(CityError, match=r"column level holds 'town'\nExpected: one of: municipality, d"):
        conform("areas", AREAS.with_columns(level=pl.lit("town")))


def test_two_rows_with_one_key_are_refused() -> None:
    with pytest.raises(CityError, match=r"more than one row for GM0001\nExpected: one row for each code"):
        conform("areas", pl.concat([AREAS, AREAS.head(1)]))


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(CityError, match="areas holds a value of another type"):
        conform("areas", AREAS.with_columns(division=pl.lit("last year")))


def test_decimals_in_a_whole_number_are_refused_rather_than_dropped() -> None:
    homes = pl.DataFrame({"dwelling": ["D1"], "rooms": [2.5]})
    with pytest.raises(CityError, match=r"column rooms holds 2.5\nExpected: whole numbers"):
        conform("dwellings", homes)
    assert conform("dwellings", homes.with_columns(rooms=3.0))["rooms"].to_list() == [3]
