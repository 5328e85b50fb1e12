"""The homes of the association, from a City to whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
import polars as pl

from ongedeeld.allocation.columns import INPUTS
from ongedeeld.chance import keys_of
from ongedeeld.city import City, conform, empty
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.livability import livability
from ongedeeld.rules.law import LawOfDay
from ongedeeld.simulation.assuming.assumptions import DWELLINGS
from ongedeeld.simulation.kernel._state import NEVER, Ints, Longs, Stock
from ongedeeld.simulation.preparing.rents import banded, offered_rents, refuse_gap, rents_of_now

KINDS_OF_DWELLING: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("detached", "semi_detached", "corner", "terraced", "house"), "house")
    | dict.fromkeys(("walk_up", "gallery", "upstairs", "maisonette", "flat"), "flat")
    | {"room": "room"}
)
"""The kind of dwelling by which turnover differs, of each type of the vocabulary."""

UNKNOWN_DWELLING = len(DWELLINGS)
"""The turnover class of a home whose type is not known: as homes are on average."""

WEAK, MIDDLE, STRONG = range(3)
"""The classes of popularity and of surroundings, by the livability of the neighbourhood."""


@dataclass(frozen=True)
class Homes:
    """The homes of a run.

    Parameters
    ----------
    stock
        In whole numbers.
    frame
        A row for each home, as a round reads a vacancy; rents are in bands.
    city
        The City as a run sees it: these homes alone, each with the band of its rent of now as rent and that
        of the rent at which it is offered as target rent.
    left
        A dwelling of each class of home that can come free by a move, in the order of `Stock.leaves`.
    municipalities, districts, areas, complexes
        Their codes, in the order of the numbers in `stock`.
    """

    stock: Stock
    frame: pl.DataFrame
    city: City
    left: tuple[str, ...]
    municipalities: tuple[str, ...]
    districts: tuple[str, ...]
    areas: tuple[str, ...]
    complexes: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """How the stock changes by plan: homes that come, and the months of what goes.

    Parameters
    ----------
    built
        The new homes, with the columns of dwellings.
    comes, goes, for_sale
        The month of each dwelling by number.
    """

    built: pl.DataFrame
    comes: Mapping[str, int]
    goes: Mapping[str, int]
    for_sale: Mapping[str, int]


NO_CHANGES = Changes(empty("dwellings"), {}, {}, {})


def own_homes(city: City) -> pl.DataFrame:
    """The homes of the association in a City, by number; where it does not tell whose they are, all are.

    Raises
    ------
    AbsentError
        When it has none.
    """
    ours = pl.col("tenure").fill_null("association") == "association"
    homes = city.table("dwellings").filter(ours).sort("dwelling")
    if homes.is_empty():
        raise AbsentError(
            N_("this City has no homes of an association, so there is nothing to let"),
            remedy=N_("build it with --dwellings FILE, or draw a stock from published totals"),
        )
    return homes


def homes_of(
    city: City,
    law: LawOfDay,
    limits: Iterable[int],
    *,
    rent_matters_from: int | None = None,
    changes: Changes = NO_CHANGES,
) -> Homes:
    """The homes of a City in whole numbers.

    Parameters
    ----------
    city
        With the dwellings and areas.
    law
        The law of the first day.
    limits
        The limits of rent that no band may cut, in cents.
    rent_matters_from
        The rooms from which the rent of a home that comes free by a move plays a part, so that classes part
        it; None where it plays none.
    changes
        What is built, demolished and sold.

    Raises
    ------
    AbsentError
        When there are no homes, or the area, rent or sector of one is not known.
    """
    there = own_homes(city)
    homes = pl.concat([there, conform("dwellings", changes.built)]).sort("dwelling")
    refuse_gap(homes, pl.col("area"), "area", city)
    held = tuple(limits)
    offered = banded(offered_rents(homes, law, city), held)
    of_now = banded(rents_of_now(homes), held)
    frame = _frame(homes, city, offered)
    leaves, left = _leaves(homes, of_now, rent_matters_from)
    places = {name: _numbered(frame[name]) for name in ("municipality", "district", "area", "complex")}
    stock = _stock(frame, places, leaves, _fares(places["area"][1], city), changes)
    seen = _seen(city, homes, of_now, offered)
    return Homes(stock, frame, seen, left, *(codes for _, codes in places.values()))


def _stock(
    frame: pl.DataFrame,
    places: Mapping[str, tuple[Ints, tuple[str, ...]]],
    leaves: Ints,
    fares: Ints,
    changes: Changes,
) -> Stock:
    """The homes in whole numbers; `fares` tells how each area fares, `places` the numbers and codes."""
    number, numbers = frame["dwelling"], {name: found for name, (found, _) in places.items()}
    return Stock(
        key=keys_of(number),
        municipality=numbers["municipality"],
        district=numbers["district"],
        area=numbers["area"],
        complex=numbers["complex"],
        rooms=_known(frame["rooms"]),
        step_free=frame["step_free"].fill_null(value=False).to_numpy().astype(np.uint8),
        turnover=_turnover(frame["type"]),
        popularity=fares[numbers["area"]],
        surroundings=fares[numbers["area"]],
        leaves=leaves,
        comes=_months(number, changes.comes, 0),
        goes=_months(number, changes.goes, NEVER),
        for_sale=_months(number, changes.for_sale, NEVER),
        municipality_key=keys_of(places["municipality"][1]),
    )


def _frame(homes: pl.DataFrame, city: City, offered: np.ndarray) -> pl.DataFrame:
    """The homes as a round reads its vacancies; an area without a district is in that of its municipality."""
    parents = city.table("areas").select(area="code", district="parent")
    told = homes.join(parents, on="area", how="left", maintain_order="left")
    municipality = pl.concat_str(pl.lit("GM"), pl.col("area").str.slice(2, 4))
    empty = [pl.lit(None, column.dtype).alias(name) for name, column in INPUTS["vacancies"].items()]
    held = ("dwelling", "complex", "area", "sector", "type", "rooms", "floor_area_m2", "step_free", "label")
    return (
        told.with_columns(pl.col("label").fill_null("none"), municipality=municipality)
        .with_columns(pl.col("district").fill_null(pl.col("municipality")))
        .select(
            *(one for one in empty if one.meta.output_name() not in held), *held, "municipality", "district"
        )
        .with_columns(vacancy=pl.lit(""), rent_cents=pl.Series(offered), target_rent_cents=pl.Series(offered))
        .select(*INPUTS["vacancies"], "municipality", "district")
    )


def _leaves(homes: pl.DataFrame, rents: Longs, matters_from: int | None) -> tuple[Ints, tuple[str, ...]]:
    """The class of each home that comes free by a move, from 1, and the first dwelling of every class."""
    matters = pl.lit(value=False) if matters_from is None else pl.col("rooms") >= matters_from
    kinds = homes.select("dwelling", "rooms", rent=pl.when(matters).then(pl.Series(rents)))
    first = kinds.group_by("rooms", "rent").agg(pl.col("dwelling").min()).sort("rooms", "rent")
    classes = first.select("rooms", "rent", place=pl.int_range(1, pl.len() + 1, dtype=pl.Int32))
    joined = kinds.join(classes, on=["rooms", "rent"], how="left", nulls_equal=True, maintain_order="left")
    return joined["place"].to_numpy(), tuple(first["dwelling"])


def _numbered(codes: pl.Series) -> tuple[Ints, tuple[str, ...]]:
    """The number of each code in the order of the alphabet, -1 where it is not known, and the codes."""
    known = codes.drop_nulls().unique().sort()
    places = {code: place for place, code in enumerate(known)}
    numbers = codes.replace_strict(places, default=-1, return_dtype=pl.Int32)
    return numbers.to_numpy(), tuple(known)


def _known(numbers: pl.Series) -> Ints:
    return numbers.fill_null(-1).cast(pl.Int32).to_numpy()


def _turnover(types: pl.Series) -> Ints:
    places = {type_: DWELLINGS.index(kind) for type_, kind in KINDS_OF_DWELLING.items()}
    return types.replace_strict(places, default=UNKNOWN_DWELLING, return_dtype=pl.Int32).to_numpy()


def _months(number: pl.Series, months: Mapping[str, int], otherwise: int) -> Ints:
    if not months:
        return np.full(len(number), otherwise, np.int32)
    return number.replace_strict(dict(months), default=otherwise, return_dtype=pl.Int32).to_numpy()


def _fares(areas: tuple[str, ...], city: City) -> Ints:
    """How each area fares: in the lowest or highest third of the neighbourhoods by livability, or between.

    Areas without a score, and those of a City without any, stand in the middle.
    """
    fares = np.full(len(areas), MIDDLE, np.int32)
    found = livability(city)
    if found.scores.is_empty():
        return fares
    version, period = found.newest()
    scores = found.scores.filter(pl.col("version") == version, pl.col("period") == period)
    ranks = {area: (rank, of) for area, rank, of in scores.select("area", "rank", "areas").iter_rows()}
    for place, area in enumerate(areas):
        if area in ranks:
            rank, of = ranks[area]
            fares[place] = STRONG if 3 * rank <= of else WEAK if 3 * rank > 2 * of else MIDDLE
    return fares


def _seen(city: City, homes: pl.DataFrame, of_now: Longs, offered: Longs) -> City:
    """The City with these homes in the place of its own, their rents in bands."""
    most = pl.when(pl.col("maximum_rent_cents").is_not_null()).then(
        pl.max_horizontal("maximum_rent_cents", pl.Series(offered))
    )
    in_bands = homes.with_columns(
        rent_cents=pl.Series(of_now), target_rent_cents=pl.Series(offered), maximum_rent_cents=most
    )
    tables = {name: city.table(name) for name in ("areas", "complexes") if city.has(name)}
    return City.of({**tables, "dwellings": in_bands}, city.manifest)


def month_of(day: date, start: date) -> int:
    """The number of the month of a day, counted from the first month of a run."""
    return (day.year - start.year) * 12 + day.month - start.month
