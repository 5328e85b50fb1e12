"""Counts of tenants as a table to protect: what nests in what, and that nothing is promised twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.measures.disclosure import Ledger, Publication, Relation, attack, protect
from ongedeeld.measures.disclosure.stock import Home, TenantCounts, nest_homes, tenants_to_publish
from ongedeeld.measures.undividedness.group_sets import SCALES, Scale, group_set
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


def with_an_unknown_route(city: City) -> City:
    """The same, but for one running tenancy of which nobody wrote down the route."""
    tables = {name: city.table(name) for name in city.tables()}
    numbered = tables["tenancies"].with_row_index()
    one = numbered.filter(pl.col("end").is_null())["index"][0]
    route = pl.when(pl.col("index") != one).then("route")
    tables["tenancies"] = numbered.with_columns(route=route).drop("index")
    return City.of(tables, city.manifest)


def merged(shelf: Iterable[Publication]) -> list[Publication]:
    """The same for a reader who sees through names: all of them count the same tenants."""

    def renamed(known: Relation) -> Relation:
        cells = (
            (tuple(sorted({**dict(cell), "counted": "tenants"}.items())), by) for cell, by in known.cells
        )
        return replace(known, cells=tuple(cells))

    return [
        replace(
            each,
            table=each.table.with_columns(counted=pl.lit("tenants")),
            relations=tuple(renamed(known) for known in each.relations),
        )
        for each in shelf
    ]


def narrow(shelf: Iterable[Publication]) -> list[tuple[str, str, int, int]]:
    """Hidden counts known more closely than promised, though everybody knows of ten homes or more."""
    shelf = merged(shelf)
    homes = pl.concat([each.table.select("area", "group", "most") for each in shelf])
    most = homes.group_by("area", "group").agg(pl.col("most").max())
    found = attack(shelf).filter(status="hidden").join(most, on=["area", "group"])
    close = found.filter(pl.col("upper") - pl.col("lower") < 10, pl.col("most") >= 10)
    return close.select("area", "group", "lower", "upper").rows()


def parents(homes: Sequence[Home], code: str) -> set[str | None]:
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
    assert parents(homes, "complex:C1") == {None}
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


def test_every_tenant_is_counted_at_every_scale(city: City) -> None:
    unknown = with_an_unknown_route(city)
    tables = [counted(unknown, "route", scale).table for scale in SCALES]
    tables.append(counted(unknown, "tenant_age", "complex").table)
    for table in tables:
        assert table["counted"].unique().to_list() == ["tenants"]
        units = table.filter(pl.col("area") != "all").group_by("group").agg(pl.col("count", "most").sum())
        whole = table.filter(area="all").select("group", "count", "most").sort("group")
        assert units.sort("group").select("group", "count").equals(whole.select("group", "count"))
        assert (
            whole.filter(group="all")["count"].item()
            == tables[0].filter(area="all", group="all")["count"].item()
        )
        assert (units["most"] >= units["count"]).all()
    routes = tables[0].filter(pl.col("area") == "all", pl.col("group") != "all")
    assert routes.filter(group="route:unknown")["count"].to_list() == [1]


def test_a_complex_in_two_neighbourhoods_is_held_against_both(city: City, tmp_path: Path) -> None:
    tables = {name: city.table(name) for name in city.tables()}
    homes = tables["dwellings"]
    moved = pl.col("complex").is_in(homes["complex"].unique().sort()[-2:].to_list()) & (
        pl.int_range(pl.len()) % 2 == 0
    )
    tables["dwellings"] = homes.with_columns(
        area=pl.when(moved).then(pl.lit(homes["area"].min())).otherwise("area")
    )
    spread, shelf = City.of(tables, city.manifest), new_ledger(tmp_path)
    shelf = publish(shelf, counted(spread, "route", "complex"))
    shelf = publish(shelf, counted(spread, "route", "neighbourhood"))
    assert narrow(shelf) == []


def test_homes_of_which_the_entrance_is_not_known_are_a_row_of_their_complex(city: City) -> None:
    areas = counted(city, "route", "entrance").table["area"].unique()
    rest = areas.filter(~areas.str.starts_with("entrance:") & (areas != "all"))
    assert len(rest) > 0
    assert rest.str.contains(r"^(complex:\S+|no complex), rest in BU\d{8}$").all()


@pytest.mark.parametrize("scales", [("complex", "neighbourhood", "district"), ("district", "complex")])
def test_a_tenant_of_whom_the_group_is_not_known_gives_no_other_away(
    city: City, tmp_path: Path, scales: tuple[Scale, ...]
) -> None:
    unknown = with_an_unknown_route(city)
    shelf = new_ledger(tmp_path)
    for scale in scales:
        shelf = publish(shelf, counted(unknown, "route", scale))
    assert narrow(shelf) == []


def test_entrances_do_not_give_away_what_their_complexes_hide(city: City, tmp_path: Path) -> None:
    shelf = new_ledger(tmp_path)
    shelf = publish(shelf, counted(city, "route", "complex"))
    shelf = publish(shelf, counted(city, "route", "entrance"))
    assert narrow(shelf) == []


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
