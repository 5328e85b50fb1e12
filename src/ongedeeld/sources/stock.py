"""Draw a stock from published margins, for simulation only, where an association's own homes are not given.

Every household of a neighbourhood gets a tenure, a kind of building, a size and an age class. A table of
these is fitted to the published margins (`margins.py`, `fitting.py`), starting from stated assumptions
(`stock.toml`), and made whole by a seeded systematic sample. Rooms and rents then follow from assumptions
alone. Two more assumptions have no number: the tenure and kind of building of households are spread as
those of homes, with unknown tenure left out, and every household has a home of its own. Whether a household
has children shapes its size and is then forgotten: a City does not hold it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from ongedeeld.chance import Keys
from ongedeeld.city import City, Remark, Source
from ongedeeld.errors import N_, AbsentError, CityError
from ongedeeld.sources import assumptions as assumed
from ongedeeld.sources.assumptions import assumptions
from ongedeeld.sources.fitting import Floats, Integers, Margin, fit, make_whole, tilt
from ongedeeld.sources.keyed import draw, keys_of
from ongedeeld.sources.margins import AGES, BUILDINGS, KINDS, TENURES, Margins, read_margins
from ongedeeld.vocabulary import TABLES

KEY = "drawn-stock"
AFFINITIES = ("tenure_household", "tenure_building", "building_household", "tenure_age", "household_age")
LARGEST = 6
ROOMS, RENT = 1, 2
# What the margins are called, in households unless they say otherwise.
IN_WORDS = {
    "households": N_("households"),
    "household_size": N_("people per household"),
    "occupied_dwellings": N_("occupied homes"),
    "one_person": N_("one-person households"),
    "association": N_("households that rent from an association"),
    "private_rent": N_("households that rent privately"),
    "owner_occupied": N_("households that own their home"),
    "single_family": N_("households in single-family homes"),
    "multi_family": N_("households in flats"),
    "under_23": N_("households headed by somebody under 23"),
    "23_34": N_("households headed by somebody from 23 to 34"),
    "35_54": N_("households headed by somebody from 35 to 54"),
    "55_66": N_("households headed by somebody from 55 to 66"),
    "67_and_over": N_("households headed by somebody of 67 or over"),
}
# In the units of a 32-bit draw.
WHOLE = 1 << 32


def draw_stock(city: City, seed: int) -> City:
    """A City with a home and a household for every household that is published, for simulation only.

    Parameters
    ----------
    city
        A City without own homes, with the margins that :func:`ongedeeld.sources.margins.read_margins` needs.
    seed
        The same seed gives the same stock; a neighbourhood does not depend on which others there are.

    Returns
    -------
    City
        With `dwellings` and `tenancies`, all of status `estimated`. A tenancy stands for any household,
        also of owners, and starts on the date of the figures: how long it lives there is not drawn. Remarks
        name the neighbourhoods without margins, and how far the stock is off for each margin.

    Raises
    ------
    CityError
        When the City has homes already.
    AbsentError
        When no neighbourhood has the margins.
    """
    if city.has("dwellings"):
        raise CityError(
            N_("this City has dwellings already; a stock is drawn only where there are none"),
            remedy=N_("draw from a City that was built without --dwellings"),
        )
    margins = read_margins(city)
    if not margins.areas:
        raise AbsentError(
            N_("no neighbourhood of this City has the margins that a stock is drawn from"),
            expected=N_("households by kind, shares by tenure and the share of single-family homes"),
            remedy=N_("build the City with the KWB of a year that has them, such as 2023"),
        )
    households = _households(margins, _fitted(margins), seed)
    tables = {name: city.table(name) for name in TABLES if city.has(name)}
    tables |= {"dwellings": _dwellings(households), "tenancies": _tenancies(households)}
    source = Source(
        key=KEY,
        title=N_("stock drawn from published margins"),
        owner="Ongedeeld",
        file=assumed.FILE,
        sha256=assumed.checksum(),
        licence="EUPL-1.2",
        date=max(margins.periods),
        reader="draw_stock",
    )
    manifest = replace(city.manifest, stock="drawn", sources=(*city.manifest.sources, source), tables={})
    drawn = City.of(tables, manifest)
    remarks = (*_remarks(city, drawn, margins, seed), *city.manifest.remarks)
    return replace(drawn, manifest=replace(manifest, remarks=remarks))


def residuals(city: City, drawn: City) -> pl.DataFrame:
    """How far a drawn stock is off for each margin and neighbourhood.

    Parameters
    ----------
    city
        The City with the published margins.
    drawn
        What :func:`draw_stock` made of it.

    Returns
    -------
    pl.DataFrame
        `area`, `margin`, `target`, `drawn` and `residual` (drawn less target), in households, except for
        `household_size` (people) and `occupied_dwellings` (homes; above zero where households share them).
        The targets of the age classes rest on an assumption about who heads a household.
    """
    margins = read_margins(city)
    targets = pl.concat(
        pl.DataFrame({"area": margins.areas, "target": values}).with_columns(margin=pl.lit(name))
        for name, values in margins.targets()
    )
    return (
        targets.filter(pl.col("target").is_not_nan())
        .join(_counted(drawn), on=["area", "margin"], how="left", maintain_order="left")
        .with_columns(pl.col("drawn").fill_null(0.0))
        .with_columns(residual=pl.col("drawn") - pl.col("target"))
        .select("area", "margin", "target", "drawn", "residual")
    )


def _counted(drawn: City) -> pl.DataFrame:
    """What the rows of a drawn stock add up to, by area and margin."""
    rows = (
        drawn.table("dwellings")
        .join(drawn.table("tenancies"), on="dwelling")
        .with_columns(
            building=pl.when(pl.col("type") == "house")
            .then(pl.lit(BUILDINGS[0]))
            .otherwise(pl.lit(BUILDINGS[1]))
        )
    )
    whole = rows.group_by("area").agg(
        households=pl.len().cast(pl.Float64),
        household_size=pl.col("household_size").mean(),
        occupied_dwellings=pl.col("dwelling").n_unique().cast(pl.Float64),
        one_person=(pl.col("household_size") == 1).sum().cast(pl.Float64),
    )
    parts = [whole.unpivot(index="area", variable_name="margin", value_name="drawn")]
    parts += [
        rows.group_by("area", margin=column).agg(drawn=pl.len().cast(pl.Float64))
        for column in ("tenure", "building", "age_class")
    ]
    return pl.concat(parts)


@dataclass(frozen=True)
class _Cells:
    """The kinds of household that the table tells apart along its third axis: kind and number of people."""

    kinds: Integers
    sizes: Integers


def _cells() -> _Cells:
    pairs = [(0, 1)]
    for kind, name in enumerate(KINDS[1:], 1):
        pairs += [(kind, int(size)) for size in assumptions()[f"sizes.{name}"].value]
    kinds, sizes = np.array(pairs, dtype=np.int64).T
    return _Cells(kinds, sizes)


def _fitted(margins: Margins) -> Floats:
    """The table of households: areas x tenures x buildings x kinds with sizes x ages."""
    cells = _cells()
    affinity = {name: assumptions()[f"affinity.{name}"].array() for name in AFFINITIES}
    start = (
        affinity["tenure_household"][:, None, cells.kinds, None]
        * affinity["tenure_building"][:, :, None, None]
        * affinity["building_household"][None, :, cells.kinds, None]
        * affinity["tenure_age"][:, None, None, :]
        * affinity["household_age"][None, None, cells.kinds, :]
    )
    everywhere = np.broadcast_to(start, (len(margins.areas), *start.shape))
    return fit(
        everywhere,
        [
            Margin((3,), margins.ages),
            Margin((1,), margins.buildings),
            Margin((2,), _by_size(margins, cells)),
            Margin((0,), margins.tenures),
        ],
    )


def _by_size(margins: Margins, cells: _Cells) -> Floats:
    """Households by kind and size: assumed sizes, tilted so that their mean is the published one."""
    weights = np.zeros((len(KINDS), LARGEST))
    weights[0, 0] = 1
    for kind, name in enumerate(KINDS[1:], 1):
        for size, weight in assumptions()[f"sizes.{name}"].value.items():
            weights[kind, int(size) - 1] = weight
    shares = weights / weights.sum(axis=1, keepdims=True)
    spread = tilt(margins.kinds[:, :, None] * shares, np.arange(1.0, LARGEST + 1), margins.sizes)
    by_cell: Floats = spread[:, cells.kinds, cells.sizes - 1]
    return by_cell


def _households(margins: Margins, table: Floats, seed: int) -> pl.DataFrame:
    """One row for each household: area, number, tenure, building, size, age, rooms and rent."""
    cells = _cells()
    shape = table.shape[1:]
    keys = keys_of(seed, margins.areas)
    flat = table.reshape(len(table), -1)
    counts = make_whole(flat, margins.households, draw(keys, np.zeros(len(keys), np.int64), 0))
    area = np.repeat(np.arange(len(keys)), margins.households)
    number = np.arange(len(area)) - np.repeat(
        np.cumsum(margins.households) - margins.households, margins.households
    )
    cell = np.repeat(np.tile(np.arange(flat.shape[1]), len(keys)), counts.ravel())
    tenure, building, household, age = np.unravel_index(cell, shape)
    size = cells.sizes[household]
    rooms = _rooms(size, _chance(keys[area], number, ROOMS))
    rent = _rent(tenure, rooms, _chance(keys[area], number, RENT))
    return pl.DataFrame(
        {
            "area": pl.Series(margins.areas)[area],
            "start": pl.Series(margins.periods)[area],
            "number": number + 1,
            "tenure": pl.Series(TENURES)[tenure],
            "type": pl.Series(("house", "flat"))[building],
            "household_size": size,
            "age_class": pl.Series(AGES)[age],
            "rooms": rooms,
            "rent_cents": rent,
        }
    ).with_columns(
        pl.format("drawn-{}-{}", "area", pl.col("number").cast(pl.String).str.zfill(6)).alias("dwelling"),
        pl.when(pl.col("rent_cents") >= 0).then("rent_cents").alias("rent_cents"),
        status=pl.lit("estimated"),
    )


def _chance(keys: Keys, number: Integers, purpose: int) -> Integers:
    """A whole number below `WHOLE` for each household."""
    return (draw(keys, number, purpose) >> np.uint64(32)).astype(np.int64)


def _rooms(size: Integers, chance: Integers) -> Integers:
    """The number of rooms by household size: the class of the assumed distribution that the draw falls in."""
    weights = assumptions()["rooms"].array()
    reached = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    limits = np.rint(reached * WHOLE).astype(np.int64)[np.minimum(size, len(weights)) - 1]
    rooms: Integers = 1 + (chance[:, None] >= limits).sum(axis=1)
    return rooms


def _rent(tenure: Integers, rooms: Integers, chance: Integers) -> Integers:
    """The rent in cents by tenure and rooms, spread evenly around its middle; -1 for owners, who pay none."""
    rent = np.full(len(tenure), -1, dtype=np.int64)
    for place, name in enumerate(TENURES[:2]):
        terms = assumptions()[f"rent.{name}"].value
        middle = terms["base_cents"] + terms["room_cents"] * rooms
        off = chance * 2 - WHOLE
        drawn = middle + middle * terms["spread_permille"] // 1000 * off // WHOLE
        rent = np.where(tenure == place, drawn, rent)
    return rent


def _dwellings(households: pl.DataFrame) -> pl.DataFrame:
    limit = assumptions()["social_limit"].value
    sector = pl.when(pl.col("rent_cents") <= limit).then(pl.lit("social")).otherwise(pl.lit("free"))
    return households.select(
        "dwelling",
        "area",
        "tenure",
        "type",
        "rooms",
        "rent_cents",
        "status",
        sector=pl.when(pl.col("rent_cents").is_not_null()).then(sector),
    )


def _tenancies(households: pl.DataFrame) -> pl.DataFrame:
    return households.select(
        "dwelling", "start", "household_size", "age_class", "status", tenancy=pl.col("dwelling")
    )


def _remarks(city: City, drawn: City, margins: Margins, seed: int) -> list[Remark]:
    remarks = [_how_many(city, drawn)]
    text = N_(
        "the homes and households are drawn from published margins with seed {seed}, for simulation only"
    )
    remarks.append(Remark(KEY, text, {"seed": str(seed)}))
    if margins.skipped:
        text = N_("neighbourhoods that lack a margin and have no drawn homes: {count} ({names})")
        fields: dict[str, str | int | float] = {
            "count": len(margins.skipped),
            "names": ", ".join(margins.skipped),
        }
        remarks.append(Remark(KEY, text, fields))
    by_margin = (
        residuals(city, drawn)
        .group_by("margin", maintain_order=True)
        .agg(mean=_brief(pl.col("residual").abs().mean()), most=_brief(pl.col("residual").abs().max()))
    )
    text = N_("{what}: the drawn stock is off by {mean} per neighbourhood on average, {most} at most")
    remarks += [
        Remark(KEY, text, {"what": IN_WORDS[row.pop("margin")], **row})
        for row in by_margin.iter_rows(named=True)
    ]
    return remarks


def _brief(number: pl.Expr) -> pl.Expr:
    """A number with no more decimals than tell something."""
    return pl.when(number < 1).then(number.round(3)).otherwise(number.round(1))


def _how_many(city: City, drawn: City) -> Remark:
    """How many homes were drawn beside how many there are, in the neighbourhoods that were drawn."""
    homes = drawn.table("dwellings")
    published = (
        city.table("indicators")
        .filter(pl.col("indicator") == "dwellings")
        .join(homes, on="area", how="semi")
        .sort("period")
        .drop_nulls("value")
        .unique("area", keep="last")
    )
    there = int(published["value"].sum())
    if not there:
        text = N_("{drawn} homes are drawn, one for each household; how many there are is not published")
        return Remark(KEY, text, {"drawn": len(homes)})
    fields: dict[str, str | int | float] = {"drawn": len(homes), "there": there}
    if len(homes) > there:
        text = N_(
            "{drawn} homes are drawn, one for each household, where there are {there}: {more} too many, for "
            "households that share a home get one each; count households with it, not homes"
        )
        return Remark(KEY, text, fields | {"more": len(homes) - there})
    text = N_("{drawn} homes are drawn, one for each household, where there are {there}")
    return Remark(KEY, text, fields)
