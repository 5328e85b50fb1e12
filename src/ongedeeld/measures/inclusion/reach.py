"""Amenities in order: how far daily amenities are, as published and by location, and the weakest links."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.inclusion.answer import Measured, assumed, filled, inclusion_assumptions
from ongedeeld.measures.inclusion.homes import located_homes, points
from ongedeeld.measures.inclusion.ways import StraightLine, WalkingNetwork, Ways
from ongedeeld.measures.notes import Note, note
from ongedeeld.vocabulary import CHOICES

DAILY_KINDS = (
    "supermarket", "daily_shop", "gp", "pharmacy", "primary_school", "day_care", "playground", "park",
    "transit_stop",
)  # fmt: skip
DAILY_AMENITIES = (
    "supermarket", "daily_shop", "gp", "pharmacy", "primary_school", "day_care", "public_green",
)  # fmt: skip
# CBS publishes distances in kilometres with one decimal.
PUBLISHED_TO_M = 100.0


def published_reach(city: City, period: date | None = None) -> Measured:
    """How far the amenities are from the average resident of each area, as CBS published.

    Parameters
    ----------
    city
        With the indicators `distance_…` and `nearby_…` (Nabijheid voorzieningen).
    period
        The reference date; by default, of every amenity the latest with a figure.

    Returns
    -------
    Measured
        A row per area and amenity that is daily: `area`, `level`, `amenity`, `period`, `distance_m` (by
        road, the average of residents) with `low` and `high` (what the rounding to a tenth of a kilometre
        leaves open), `within_1km` (the average number, null where not published) and `outcome`.

    Raises
    ------
    AbsentError
        When the City has no distance to any daily amenity in the period.
    """
    names = {f"distance_{amenity}": amenity for amenity in DAILY_AMENITIES}
    figures = _of_period(city.table("indicators").filter(pl.col("indicator").is_in(list(names))), period)
    if figures["value"].is_null().all():
        raise AbsentError(
            N_("this City has no distances to daily amenities"),
            remedy=N_("build it with the proximity figures of CBS (Nabijheid voorzieningen)"),
        )
    table = _with_levels(city, figures.with_columns(amenity=pl.col("indicator").replace_strict(names)))
    text = N_("Distances are those of the average resident by road, rounded to a tenth of a kilometre")
    return Measured(
        table,
        notes=(note(text),),
        missing=_without([amenity for amenity in DAILY_AMENITIES if amenity not in set(table["amenity"])]),
        sources=tuple(figures["source"].unique().sort()),
        assumptions=assumed("far_m"),
    )


def _with_levels(city: City, distances: pl.DataFrame) -> pl.DataFrame:
    """Published distances with the level of their area, their limits, and the number within a kilometre."""
    nearby = city.table("indicators").select("area", "period", "indicator", within_1km="value")
    levels = city.table("areas").select(area="code", level="level")
    return (
        distances.with_columns(indicator=pl.format("nearby_{}_1km", "amenity"))
        .join(nearby, on=["area", "period", "indicator"], how="left", maintain_order="left")
        .join(levels, on="area", maintain_order="left")
        .select(
            "area",
            "level",
            "amenity",
            "period",
            distance_m="value",
            low=pl.max_horizontal(pl.col("value") - PUBLISHED_TO_M / 2, 0.0),
            high=pl.col("value") + PUBLISHED_TO_M / 2,
            within_1km="within_1km",
            outcome=pl.when(pl.col("value").is_null()).then(pl.lit("not_known")).otherwise(pl.lit("known")),
        )
    )


def _of_period(figures: pl.DataFrame, period: date | None) -> pl.DataFrame:
    """The figures of a period, or of each indicator those of the latest period with a figure."""
    if period is not None:
        return figures.filter(pl.col("period") == period)
    latest = figures.drop_nulls("value").group_by("indicator").agg(latest=pl.col("period").max())
    joined = figures.join(latest, on="indicator", maintain_order="left")
    return joined.filter(pl.col("period") == pl.col("latest")).drop("latest")


def _without(absent: Collection[str]) -> tuple[Note, ...]:
    names = ", ".join(f"distance_{name}" for name in absent)
    return (note(N_("without a figure: {indicators}"), indicators=names),) if absent else ()


def reach_of_places(
    city: City,
    *,
    kinds: Mapping[str, Collection[str]] | Collection[str] = DAILY_KINDS,
    ways: Ways | None = None,
    radii_m: Collection[float] | None = None,
) -> Measured:
    """How far the association's homes are from the places of each kind.

    Parameters
    ----------
    city
        With the association's own `dwellings`, located through `entrances`, `complexes` or their
        neighbourhood, and `places`.
    kinds
        Which kinds of place; or names, each with the kinds that count as one.
    ways
        A walking network; straight lines by default.
    radii_m
        Distances within which places are counted, in metres; those of the assumptions by default.

    Returns
    -------
    Measured
        A row per area (neighbourhoods with homes, and the region) and kind: `area`, `kind`, `homes` (those
        with a known place on the network), `nearest_m` (the median home; null with outcome `known` where that
        home can reach none of the places), `share_within_300_m` and so on,
        `places_within_1000_m` (the average number, by the largest distance), `ways` and `outcome`.

    Raises
    ------
    AbsentError
        For a drawn stock, or a City without own homes or without places.
    InputError
        When a distance is not above 0, or a kind of place does not exist.
    """
    radii = _radii(radii_m)
    named = kinds if isinstance(kinds, Mapping) else {kind: (kind,) for kind in kinds}
    _refuse_kinds({kind for several in named.values() for kind in several})
    homes, remarks = located_homes(city, N_("reach of places"))
    places = filled(city, "places")
    on_foot = ways or StraightLine()
    located = places.drop_nulls(["x_m", "y_m"])
    found = {name: located.filter(pl.col("kind").is_in(list(several))) for name, several in named.items()}
    rows = _to_each_kind(homes, found, on_foot, radii)
    table = _by_area(rows, city.manifest.region, radii, inclusion_assumptions()["fewest_homes"].value)
    unknown = [name for name, some in found.items() if some.is_empty()]
    return Measured(
        table.with_columns(ways=pl.lit(on_foot.name)).select(pl.exclude("outcome"), "outcome"),
        notes=(*remarks, *about_ways(on_foot)),
        missing=(*_without_places(unknown), *_unplaced(places)),
        sources=("dwellings", "entrances", "complexes", "places"),
        assumptions=assumed("radii_m", "far_m", "fewest_homes", "off_network_m"),
    )


def _radii(radii_m: Collection[float] | None) -> list[float]:
    radii = sorted(inclusion_assumptions()["radii_m"].value if radii_m is None else radii_m)
    if not radii or radii[0] <= 0:
        raise InputError(
            N_("distances to count within are above 0 metres"), remedy=N_("give for instance 300 and 500")
        )
    return radii


def _to_each_kind(
    homes: pl.DataFrame, places: Mapping[str, pl.DataFrame], ways: Ways, radii: list[float]
) -> pl.DataFrame:
    """A row per home and kind; homes behind one door are measured once."""
    located = homes.drop_nulls(["x_m", "y_m"])
    doors = located.group_by("x_m", "y_m", maintain_order=True).agg().with_row_index("door")
    homes = homes.join(doors, on=["x_m", "y_m"], how="left", maintain_order="left")
    return pl.concat(
        _of_kind(homes, doors, some, ways, radii).with_columns(kind=pl.lit(name))
        for name, some in places.items()
    )


def _refuse_kinds(kinds: Collection[str]) -> None:
    for kind in sorted(kinds):
        if kind not in CHOICES["place_kind"]:
            raise InputError(
                N_("there is no kind of place {kind}"),
                expected=N_("one of: {known}"),
                kind=kind,
                known=", ".join(CHOICES["place_kind"]),
            )


def _of_kind(
    homes: pl.DataFrame, doors: pl.DataFrame, places: pl.DataFrame, ways: Ways, radii: list[float]
) -> pl.DataFrame:
    """Each home with the distance to the nearest place of a kind and the number within each distance.

    All null when no such place is known: a place that is not in the table may be there all the same.
    """
    counted = [f"within_{radius:g}" for radius in radii]
    if places.is_empty() or doors.is_empty():
        empty = [pl.lit(None, pl.Float64).alias(name) for name in ("nearest_m", *counted)]
        return homes.select("dwelling", "area", *empty)
    near = ways.near(points(doors), points(places), radii[-1])
    on_network = ~np.isnan(near.nearest_m)
    columns = {"nearest_m": near.nearest_m}
    for name, radius in zip(counted, radii, strict=True):
        number = np.bincount(near.origin[near.distance_m <= radius], minlength=len(doors)).astype(np.float64)
        columns[name] = np.where(on_network, number, np.nan)
    known = pl.DataFrame({"door": doors["door"], **columns}).fill_nan(None)
    joined = homes.join(known, on="door", how="left", maintain_order="left")
    return joined.select("dwelling", "area", "nearest_m", *counted)


def _by_area(rows: pl.DataFrame, region: str, radii: list[float], fewest: int) -> pl.DataFrame:
    both = pl.concat([rows.drop_nulls("area"), rows.with_columns(area=pl.lit(region))])
    nearest = pl.col("nearest_m")
    within = {radius: pl.col(f"within_{radius:g}") for radius in radii}
    summary = both.group_by("area", "kind", maintain_order=True).agg(
        homes=nearest.is_not_null().sum().cast(pl.Int64),
        nearest_m=nearest.median(),
        **{f"share_within_{radius:g}_m": (count > 0).mean() for radius, count in within.items()},
        **{f"places_within_{radii[-1]:g}_m": within[radii[-1]].mean()},
    )
    outcome = (
        pl.when(pl.col("homes") == 0)
        .then(pl.lit("not_known"))
        .when(pl.col("homes") < fewest)
        .then(pl.lit("too_few"))
        .otherwise(pl.lit("known"))
    )
    figures = [name for name in summary.columns if name not in ("area", "kind", "homes")]
    said = pl.col("outcome") == "known"
    # No place that can be reached at all is infinitely far, which no figure tells.
    finite = pl.when(pl.col("nearest_m").is_finite()).then("nearest_m")
    return summary.with_columns(outcome=outcome).with_columns(
        *(pl.when(said).then(name).alias(name) for name in figures if name != "nearest_m"),
        nearest_m=pl.when(said).then(finite),
    )


def about_ways(ways: Ways) -> tuple[Note, ...]:
    """How the distances are to be read."""
    edge = note(
        N_(
            "Places beyond the region are not in the table, so homes near its edge may be nearer to one "
            "than it seems"
        )
    )
    if not isinstance(ways, WalkingNetwork):
        return (note(N_("Distances are in a straight line; on foot it is farther")), edge)
    text = N_(
        "Distances are along the walking network, with the straight line to its nearest node, of homes "
        "that lie at most {limit} m from it"
    )
    return (note(text, limit=f"{ways.off_network_m:g}"), edge)


def _without_places(kinds: Collection[str]) -> tuple[Note, ...]:
    if not kinds:
        return ()
    text = N_("no place is known of: {kinds}; that does not mean that there is none")
    return (note(text, kinds=", ".join(kinds)),)


def _unplaced(places: pl.DataFrame) -> tuple[Note, ...]:
    count = places.select((pl.col("x_m").is_null() | pl.col("y_m").is_null()).sum()).item()
    return (note(N_("{count} places have no coordinates and are left out"), count=count),) if count else ()


def weakest_links(reach: Measured, far_m: float | None = None) -> Measured:
    """The daily amenities of each area that are too far, the farthest first.

    Parameters
    ----------
    reach
        As :func:`published_reach` or :func:`reach_of_places` gives it.
    far_m
        Farther than this is a weak link; that of the assumptions by default.

    Returns
    -------
    Measured
        Rows of `area`, `amenity`, `distance_m` and `rank` (1 is the farthest) of what is farther. An amenity
        that cannot be reached at all comes first, without a distance. An area without a row has no weak link
        among the amenities of which the distance is known. The rest is as in `reach`.
    """
    limit = inclusion_assumptions()["far_m"].value if far_m is None else far_m
    table = reach.table.rename({"kind": "amenity", "nearest_m": "distance_m"}, strict=False)
    away = table.filter(pl.col("outcome") == "known").with_columns(
        away=pl.col("distance_m").fill_null(math.inf)
    )
    far = away.filter(pl.col("away") > limit).sort("area", -pl.col("away"), "amenity")
    ranked = far.with_columns(rank=pl.col("away").rank("min", descending=True).over("area").cast(pl.Int64))
    return replace(reach, table=ranked.select("area", "amenity", "distance_m", "rank"))
