"""Published figures of areas on a card: of the area itself, or of the neighbourhood around a complex."""

from __future__ import annotations

from datetime import date

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.capacity._grouping import Grouping
from ongedeeld.measures.capacity.known import Level
from ongedeeld.vocabulary import INDICATORS, LIVABILITY

ASSISTED = "benefits_social_assistance"
# CBS publishes shares in whole percents.
WHOLE_PERCENTS = 0.01
WORKING_AGE = ("residents_15_24", "residents_25_44", "residents_45_64")
PARTS = ("physical", "nuisance", "cohesion", "amenities", "housing")


def areas_only(city: City, level: Level) -> Grouping:
    """The areas of a level, for a City without a stock.

    Raises
    ------
    AbsentError
        For a level below the neighbourhood.
    """
    if level not in ("neighbourhood", "district"):
        raise AbsentError(
            N_("this City holds no complexes"),
            remedy=N_("give your own homes with --dwellings, or ask cards of neighbourhoods"),
        )
    areas = city.table("areas").filter(pl.col("level") == level)
    units = areas.select(unit="code", name="name", homes=pl.lit(None, pl.Int64)).sort("unit")
    nothing = {name: pl.String() for name in ("complex", "unit", "area", "around")}
    numbers = {"homes": pl.Int64(), "x_m": pl.Float64(), "y_m": pl.Float64()}
    return Grouping(level, units, pl.DataFrame(schema={**nothing, **numbers}))


def of_areas(city: City, grouping: Grouping, day: date) -> pl.DataFrame:
    """The latest figures of areas: social assistance, work, livability and its dimensions."""
    around = grouping.units.select("unit", of="unit")
    if grouping.level == "complex":
        around = grouping.complexes.select("unit", of="around").drop_nulls("of")
    return around.join(_latest(city, _area_level(grouping.level), day), on="of")


def references(city: City, level: Level, day: date) -> dict[str, pl.Series]:
    """Per published indicator the values of all areas of the level in the City."""
    latest = _latest(city, _area_level(level), day)
    return {str(name): frame["mean"] for (name,), frame in latest.group_by("indicator")}


def _area_level(level: Level) -> str:
    return "district" if level == "district" else "neighbourhood"


def _latest(city: City, level: str, day: date) -> pl.DataFrame:
    areas = city.table("areas").filter(pl.col("level") == level).select(area="code")
    figures = city.table("indicators").join(areas, on="area", how="semi").drop_nulls("value")
    figures = figures.filter(pl.col("period") <= day)
    parts = [
        _of_one(figures, "in_work", "share_in_work", slack=pl.lit(WHOLE_PERCENTS / 2)),
        _of_one(_assisted(figures), "social_assistance", ASSISTED, slack=pl.col("slack")),
        *_livability(figures),
    ]
    return pl.concat(parts)


def _of_one(figures: pl.DataFrame, name: str, indicator: str, slack: pl.Expr | None = None) -> pl.DataFrame:
    """An indicator in its latest period; 1 January stands for the year, `spread` for half its rounding."""
    own = figures.filter(pl.col("indicator") == indicator)
    return own.filter(pl.col("period") == pl.col("period").max()).select(
        of="area",
        indicator=pl.lit(name),
        period_start=pl.col("period"),
        period_end=pl.col("period"),
        mean=pl.col("value"),
        spread=(slack if slack is not None else pl.lit(0.0)).cast(pl.Float64),
        coverage=pl.lit(1.0),
    )


def _assisted(figures: pl.DataFrame) -> pl.DataFrame:
    """People on social assistance as a share of residents of working age, of one period."""
    ages = figures.filter(pl.col("indicator").is_in(WORKING_AGE))
    whole = ages.group_by("area", "period").agg(people=pl.col("value").sum(), parts=pl.len())
    whole = whole.filter((pl.col("parts") == len(WORKING_AGE)) & (pl.col("people") > 0))
    helped = figures.filter(pl.col("indicator") == ASSISTED)
    share = pl.min_horizontal(pl.col("value") / pl.col("people"), 1.0)
    half = (INDICATORS[ASSISTED].rounded_to or 0) / 2
    return helped.join(whole, on=["area", "period"]).with_columns(value=share, slack=half / pl.col("people"))


def _livability(figures: pl.DataFrame) -> list[pl.DataFrame]:
    """Total and dimensions of the newest version that the City holds; versions are never one series."""
    for version in LIVABILITY:
        for total in (version.score, version.deviation):
            if total and (figures["indicator"] == total).any():
                parts = [name for name in version.dimensions if name.rpartition("_")[2] in PARTS]
                return [
                    _of_one(figures, "livability", total),
                    *(_of_one(figures, f"livability_{name.rpartition('_')[2]}", name) for name in parts),
                ]
    return []
