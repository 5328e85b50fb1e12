"""What is built, demolished and sold, from a table to months."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.errors import InputError
from ongedeeld.simulation.kernel._state import NEVER, NOBODY
from ongedeeld.simulation.preparing.stock_plan import read_stock_plan, stock_plan
from tests.allocation.steered_city import MEREL, steered_city
from tests.simulation.steered import START, setting_of

BUILD = {"change": "build", "day": "2027-01-01", "area": MEREL, "rent_cents": "60000", "sector": "social"}


def plan(*rows: dict[str, str]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), infer_schema_length=None)


def test_homes_come_and_go_on_the_first_of_a_month_on_which_it_is_so(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(
        "change;day;dwelling;complex;homes;area;rent_cents;sector;rooms;step_free\n"
        f"bouw;15-03-2027;;;2;{MEREL};60000;sociale huur;3;ja\n"
        "sloop;2028-01-01;;Tulphof;;;;;;\n"
        "verkoop;01-02-2027;M1;;;;;;;\n",
        encoding="utf-8",
    )
    setting = setting_of(tmp_path, stock_plan=read_stock_plan(file, steered_city(), START))
    stock, homes = setting.stock, setting.homes
    new = homes["dwelling"].str.starts_with("new-").to_numpy()
    assert stock.comes[new].tolist() == [7, 7]
    assert set(stock.comes[~new].tolist()) == {0}
    assert stock.rooms[new].tolist() == [3, 3]
    tulphof = (homes["complex"] == "Tulphof").fill_null(value=False).to_numpy()
    assert set(stock.goes[tulphof].tolist()) == {16}
    assert set(stock.goes[~tulphof].tolist()) == {NEVER}
    first = homes["dwelling"].to_list().index("M1")
    assert stock.for_sale[first] == 5
    assert sorted(set(stock.for_sale.tolist())) == [5, NEVER]
    held = setting.tenancies(1)
    assert (held.type_[new] == NOBODY).all()
    assert (held.free_from[new] == NEVER).all()


def test_new_homes_draw_no_seekers_before_they_are_there(tmp_path: Path) -> None:
    built = stock_plan(plan({**BUILD, "homes": "80"}), steered_city(), START)
    with_them, without = setting_of(tmp_path, stock_plan=built), setting_of(tmp_path)
    assert with_them.thresholds.listed.tolist() == without.thresholds.listed.tolist()


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        ({**BUILD, "change": "renovate"}, "change", "one of: build, demolish, sell"),
        ({**BUILD, "day": "2026-09-01"}, "day", "after 2026-09-01"),
        ({**BUILD, "day": ""}, "day", "a value in every row"),
        ({**BUILD, "rent_cents": ""}, "rent_cents", "homes that are built"),
        ({**BUILD, "area": "BU00000000"}, "area", "a neighbourhood of the City"),
        ({**BUILD, "area": "WK999901"}, "area", "a neighbourhood of the City"),
        ({**BUILD, "dwelling": "M1"}, "dwelling", "they get numbers"),
        ({**BUILD, "homes": "0"}, "homes", "1 or more"),
        ({"change": "sell", "day": "2027-01-01", "dwelling": "X"}, "dwelling", "that the City has"),
        ({"change": "sell", "day": "2027-01-01", "complex": "X"}, "complex", "that the City has"),
        ({"change": "sell", "day": "2027-01-01"}, "dwelling", "either a dwelling or a complex"),
        ({"change": "sell", "day": "2027-01-01", "dwelling": "M1", "rooms": "3"}, "rooms", "nothing"),
    ],
)
def test_it_refuses_a_row_that_cannot_be(row: dict[str, str], column: str, told: str) -> None:
    fine = {"change": "demolish", "day": "2028-01-01", "dwelling": "M4"}
    with pytest.raises(InputError) as refused:
        stock_plan(plan(fine, row), steered_city(), START)
    place = refused.value.place
    assert place is not None
    assert (place.row, place.column) == (3, column)
    assert told in str(refused.value)


def test_it_refuses_a_home_that_goes_twice() -> None:
    one = {"change": "demolish", "day": "2028-01-01", "complex": "Merelhof"}
    two = {"change": "sell", "day": "2027-01-01", "dwelling": "M4"}
    with pytest.raises(InputError, match="each home once"):
        stock_plan(plan(one, two), steered_city(), START)


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (pl.DataFrame({"change": ["sell"], "day": [date(2027, 1, 1)], "owner": ["X"]}), "no column owner"),
        (pl.DataFrame({"change": ["sell"]}), "has no column day"),
    ],
)
def test_it_refuses_another_column_and_one_that_lacks(frame: pl.DataFrame, told: str) -> None:
    with pytest.raises(InputError, match=told):
        stock_plan(frame, steered_city(), START)


def test_a_table_without_rows_changes_nothing() -> None:
    changes = stock_plan(pl.DataFrame({"change": [], "day": []}), steered_city(), START)
    assert (len(changes.built), changes.goes, changes.for_sale) == (0, {}, {})
