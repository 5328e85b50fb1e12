"""Where the association's tenants are divided and why their mix changed; never for the public."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.city import City
from ongedeeld.reporting.tenants import FEWEST_HOUSEHOLDS, put_together
from tests.reporting.cast import MEREL, WALK, large_city, own_city
from tests.reporting.pages import page_of
from tests.reporting.reading import Page


def read(city: City, code: str) -> Page:
    return page_of(city, code, "en")


def walk() -> Page:
    """A neighbourhood of the model city."""
    return read(large_city(), WALK)


def with_tenancies(change: pl.Expr) -> City:
    """The model city with another column of tenancies."""
    city = large_city()
    tables = {name: city.table(name) for name in city.tables()}
    return City.of({**tables, "tenancies": tables["tenancies"].with_columns(change)}, city.manifest)


def test_tenants_are_told_beside_all_tenants() -> None:
    head, *rows = walk().table("tenants-household_size")
    assert head == ["group", "Walkwartier", "all tenants"]
    assert rows[0][0] == "1 person"
    assert sum(int(row[2].rstrip("%")) for row in rows) in (99, 100, 101)


def test_it_tells_whether_complexes_or_entrances_are_divided_and_what_chance_does() -> None:
    page = walk()
    told = {row[0]: row[1] for row in page.table("scales")[1:]}
    full = {row[0]: row[1:] for row in page.table("scales-research")[1:]}
    assert set(told) == set(full)
    entrances = "Size of tenants' households: between entrances of a complex"
    assert told[entrances] == "too few homes to say"
    value, by_chance = float(full[entrances][1]), float(full[entrances][3])
    assert by_chance > value / 2


@pytest.mark.parametrize("name", ["older", "alone", "mediated", "support"])
def test_the_parts_of_a_change_add_up_to_it(name: str) -> None:
    *parts, whole = (float(row[1].replace("−", "-")) for row in walk().table(f"change-{name}")[1:])
    assert sum(parts) == pytest.approx(whole, abs=1e-9)


def test_age_at_the_start_and_estimated_age_are_told_apart() -> None:
    page = walk()
    assert "Age at the start of the tenancy" in page.words
    assert page.table("tenants-tenant_age")[-1][0].endswith("at the start")
    assert "Tenants aged 67 and over by now (estimated)" in page.words
    assert "Ages are estimated: only the age class at the start of a tenancy is known" in page.words


def test_few_tenants_are_not_told_in_groups() -> None:
    words = read(own_city(), MEREL).words
    assert "Who rents here" not in words.partition("What is not known")[0]
    city = own_city()
    tables = {name: city.table(name) for name in city.tables()}
    sized = tables["tenancies"].with_columns(household_size=pl.lit(1, pl.Int64))
    few = read(City.of({**tables, "tenancies": sized}, city.manifest), MEREL).words
    assert "Not known: too few tenants here to tell of groups; at least 40 are needed." in few


def test_a_change_of_few_households_is_not_told() -> None:
    rare = with_tenancies(
        pl.when(pl.int_range(pl.len()) % 400 == 0)
        .then(pl.lit("mediated"))
        .otherwise(pl.lit("regular"))
        .alias("route")
    )
    with pytest.raises(LookupError):
        read(rare, WALK).table("change-mediated")


def test_a_change_needs_tenancies_of_both_dates() -> None:
    city = large_city()
    running = city.table("tenancies").filter(pl.col("end").is_null())
    recent = running.with_columns(start=pl.max_horizontal("start", pl.lit(date(2025, 6, 1))))
    tables = {name: city.table(name) for name in city.tables() if name != "observations"}
    page = read(City.of({**tables, "tenancies": recent}, city.manifest), WALK)
    assert "Not known: tenancies are not known of nine in ten homes, a year ago and now." in page.words


def test_a_complex_that_was_not_counted_leaves_the_neighbourhood_without_a_split() -> None:
    city = large_city()
    here = city.table("complexes").filter(pl.col("area") == WALK)["complex"][0]
    gap = (pl.col("complex") == here) & (pl.col("observation") == "support_in")
    broken = city.table("observations").with_columns(
        count=pl.when(gap).then(None).otherwise("count"),
        status=pl.when(gap).then(pl.lit("missing")).otherwise("status"),
    )
    tables = {name: city.table(name) for name in city.tables()}
    page = read(City.of({**tables, "observations": broken}, city.manifest), WALK)
    with pytest.raises(LookupError):
        page.table("change-support")
    assert page.table("change-alone")


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 40), min_size=1))
def test_groups_put_together_lose_nobody_and_leave_no_few(counts: dict[str, int]) -> None:
    together = put_together(counts)
    assert sum(together.values()) == sum(counts.values())
    assert sorted(name for part in together for name in part) == sorted(counts)
    if len(together) > 1:
        assert min(together.values()) >= FEWEST_HOUSEHOLDS
