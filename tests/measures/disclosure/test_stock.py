"""Counts of tenants as a table to protect: what nests in what, and that nothing is promised twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.measures.disclosure import Ledger, attack, protect
from ongedeeld.measures.disclosure.stock import Home, TenantCounts, nest_homes, tenants_to_publish
from ongedeeld.measures.undividedness.group_sets import Scale, group_set
from ongedeeld.measures.undividedness.groups import counts_by_group
from ongedeeld.sources.model_city import model_city

from .tables import new_ledger


@pytest.fixture(scope="module")
def city() -> City:
    """A made-up City with tenants of its own."""
    return model_city(seed=1, scale=0.05)


def counted(city: City, groups: str, scale: Scale) -> TenantCounts:
    return tenants_to_publish(city, counts_by_group(city, group_set(groups)[0], scale))


def publish(ledger: Ledger, found: TenantCounts) -> Ledger:
    result = protect(found.table, nested=found.nested, relations=found.relations, ledger=ledger)
    return result.publish("counts")


def parents(homes: Sequence[Home], code: str) -> set[str]:
    return set(nest_homes(homes).filter(code=code)["parent"])


def test_an_entrance_lies_in_a_complex_in_a_neighbourhood_in_a_district() -> None:
    home = [("W1", "B1", "C1", "E1")]
    assert parents(home, "entrance:E1") == {"complex:C1"}
    assert parents(home, "complex:C1") == {"neighbourhood:B1"}
    assert parents(home, "neighbourhood:B1") == {"district:W1"}
    assert parents(home, "district:W1") == {"all"}


def test_a_complex_in_two_neighbourhoods_is_a_sum_of_parts_of_both() -> None:
    homes = [
        ("W1", "B1", "C1", "E1"),
        ("W1", "B2", "C1", "E2"),
        ("W1", "B2", "C1", None),
    ]
    assert parents(homes, "complex:C1") == set()
    assert parents(homes, "entrance:E1") == {"complex:C1", "neighbourhood:B1"}
    assert parents(homes, "entrance:E2") == {"complex:C1", "neighbourhood:B2"}
    assert parents(homes, "complex:C1, rest in B2") == {"complex:C1", "neighbourhood:B2"}


def test_homes_without_a_complex_are_a_part_of_their_neighbourhood() -> None:
    assert parents([(None, "B1", None, None)], "no complex, rest in B1") == {"neighbourhood:B1"}
    assert parents([(None, "B1", None, None)], "neighbourhood:B1") == {"all"}


def test_every_set_of_groups_adds_up_to_one_total(city: City) -> None:
    ages, sizes = (counted(city, groups, "complex").table for groups in ("tenant_age", "household_size"))
    totals = [table.filter(group="all").sort("area") for table in (ages, sizes)]
    assert totals[0].equals(totals[1])
    assert (ages["count"] <= ages["most"]).all()


def test_complexes_are_held_against_neighbourhoods_and_other_groups(city: City, tmp_path: Path) -> None:
    shelf = new_ledger(tmp_path)
    truth = []
    for groups, scale in (("tenant_age", "neighbourhood"), ("tenant_age", "complex"), ("route", "complex")):
        found = counted(city, groups, scale)  # type: ignore[arg-type]
        truth.append(found.table)
        shelf = publish(shelf, found)
    names = ["area", "counted", "group", "period"]
    bounds = attack(shelf).join(pl.concat(truth).unique(names), on=names)
    inside = pl.col("count").is_between(pl.col("lower"), pl.col("upper").fill_null(10**9))
    assert bounds.select(inside.all()).item()
    small = bounds.filter(pl.col("status") == "hidden", pl.col("count") < 10, pl.col("most") >= 20)
    assert (small["lower"] == 0).all()


def test_published_figures_are_not_for_it(city: City) -> None:
    counts = counts_by_group(city, group_set("tenure")[0], "neighbourhood", date(2025, 1, 1))
    with pytest.raises(InputError, match="tenure comes from published figures"):
        tenants_to_publish(city, counts)
