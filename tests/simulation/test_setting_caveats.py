"""What a result rests on is told with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.simulation.preparing.caveats import caveats
from tests.allocation.steered_city import law_of, steered_city
from tests.simulation.steered import EVERYTHING, setting_of, tenants

BINDING = """
holder = "Vogelstad"
[[binding]]
municipality = "GM9999"
category = "flats"
share = 0.3
source = "ordinance"
from = 2020-01-01
"""


def told(folder: Path, text: str = "", **rest: object) -> list[str]:
    return [one.say() for one in caveats(setting_of(folder, text, **rest))]


def test_an_invented_city_a_law_carried_on_and_an_assumed_scheme_are_told(tmp_path: Path) -> None:
    first, second, third = told(tmp_path)
    assert "Vogelstad is invented" in first
    assert "carried on from 2027-01-01" in second
    assert "no urgency scheme of Vogelstad" in third


def test_a_run_within_the_known_law_carries_nothing_on(tmp_path: Path) -> None:
    setting = setting_of(tmp_path, years=1)
    assert setting.ahead.carried_from is not None
    assert not setting.ahead.reasons(setting.start)


LABEL = """
name = "by price"
[[instrument]]
name = "label_youth"
from = {start}
until = {end}
criterion = "price"
goes = "only"
agreed = ["council"]
source = "policy"
"""
BRIEF = """
name = "brief"
[[instrument]]
name = "motivation_letting"
from = {start}
until = {end}
areas = ["BU99990101"]
share = 0.3
agreed = ["tenants"]
source = "policy"
"""


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-10-05", "2026-10-25"), ("2035-01-01", "2036-01-01"), ("2026-01-01", "2026-08-31")],
)
def test_a_use_that_holds_in_no_round_is_told(tmp_path: Path, start: str, end: str) -> None:
    found = told(tmp_path, BRIEF.format(start=start, end=end), what_if=True)
    assert any("plays no part: it holds on none of the rounds" in one for one in found)


def test_a_use_that_begins_within_a_month_is_told_to_count_from_the_next(tmp_path: Path) -> None:
    found = told(tmp_path, BRIEF.format(start="2026-10-05", end="2027-10-25"), what_if=True)
    assert any("counts from 1 November 2026" in one and "begins on 5 October 2026" in one for one in found)
    assert not any("plays no part" in one for one in found)
    whole_month = told(tmp_path, BRIEF.format(start="2026-10-01", end="2027-10-25"), what_if=True)
    assert not any("begins on" in one for one in whole_month)


def test_a_policy_is_lawful_on_the_day_on_which_a_use_begins_or_it_is_refused(tmp_path: Path) -> None:
    text = LABEL.format(start="2026-10-05", end="2026-10-25")
    with pytest.raises(InputError, match="2026-10-05"):
        setting_of(tmp_path, text)


def test_tenants_drawn_for_want_of_tenancies_are_told_first_of_all_that_is_drawn(tmp_path: Path) -> None:
    city = tenants(steered_city())
    tables = {name: city.table(name) for name in city.tables() if name != "tenancies"}
    found = told(tmp_path, city=City.of(tables, city.manifest))
    assert any("tells no tenancy that runs on 1 September 2026" in one for one in found)


def test_many_homes_without_a_tenancy_are_told(tmp_path: Path) -> None:
    found = told(tmp_path, city=tenants(steered_city(), empty=("T1", "T2", "T3", "T4")))
    assert any("4 of 8 homes" in one for one in found)
    assert not any(
        "homes have no tenancy" in one for one in told(tmp_path, city=tenants(steered_city(), empty=()))
    )


def test_what_a_policy_counts_without_the_past_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, EVERYTHING, what_if=True)
    assert any("without asking whether the law allows it" in one for one in found)
    counted = [one for one in found if "counts from 1 September 2026" in one]
    assert len(counted) == 4  # neighbourly work, support agreement, internal movers, moving chain


def test_a_priority_by_category_that_plays_no_part_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, law=law_of(tmp_path, BINDING))
    assert any("category flats plays no part" in one for one in found)


def test_a_stock_drawn_from_totals_is_told(tmp_path: Path) -> None:
    city = tenants(steered_city())
    tables = {name: city.table(name) for name in city.tables()}
    drawn = City.of(tables, replace(city.manifest, stock="drawn"))
    assert any("drawn from published totals" in one for one in told(tmp_path, city=drawn))
