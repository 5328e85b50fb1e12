"""The level of livability, its dimensions, its change and its rank.

The Leefbaarometer estimates how livable a place is from dozens of registered figures; it signals and does
not explain. Its total is a difference from the Netherlands that is the sum of its dimensions, in version
3.0 ``afw = fys + onv + soc + vrz + won``; the published score `lbm` tells the same total as a level (RIGO and
Atlas Research, *Instrumentontwikkeling Leefbaarometer 3.0*). Versions differ in dimensions and scale, so
nothing here compares one version with another.

Every function is pure: frames in, frames out. A figure that is missing stays missing: an area without a
score has no row, never a zero.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.vocabulary import LIVABILITY, LivabilityVersion

REST = "rest"
"""The part of a total that its published dimensions do not tell: dimensions that are absent, and rounding."""

_SCORES = {
    "area": pl.String,
    "version": pl.String,
    "period": pl.Date,
    "indicator": pl.String,
    "score": pl.Float64,
}


@dataclass(frozen=True)
class Livability:
    """The livability of all areas of one level, in frames.

    `scores` has a row per area, version and period: `indicator` (which figure the score is), `score`,
    `mean` and `spread` (of all areas with a score, each counting once; the standard deviation of that whole
    group), `difference` (score - mean), `rank` (1 is the highest; equal scores share the best rank) and
    `areas` (how many have a score).

    `contributions` has a row per area, version, period and dimension: `value` (the published contribution),
    `mean` and `difference`. The dimension `rest` makes the differences add up to that of the score.

    `absent` names, per version, the dimensions without any figure.
    """

    level: str
    scores: pl.DataFrame
    contributions: pl.DataFrame
    absent: dict[str, tuple[str, ...]]

    def periods(self, version: str) -> list[date]:
        """The periods in which this version has scores, in order."""
        return self.scores.filter(pl.col("version") == version)["period"].unique().sort().to_list()

    def newest(self) -> tuple[str, date]:
        """The version and period that are the latest; of two versions at one date, the newer.

        Raises
        ------
        AbsentError
            When no area of this level has a score.
        """
        for version in LIVABILITY:
            if periods := self.periods(version.name):
                return version.name, periods[-1]
        raise AbsentError(
            N_("no area of level {level} has a livability score in this City"),
            remedy=N_("build the City with --livability FILE"),
            level=self.level,
        )


def livability(city: City, level: str = "neighbourhood") -> Livability:
    """The livability of all areas of a level.

    Parameters
    ----------
    city
        A City; its table `indicators` is read.
    level
        One of the levels of areas.

    Returns
    -------
    Livability
        With empty frames where the City holds no Leefbaarometer.
    """
    areas = city.table("areas").filter(pl.col("level") == level).select(area="code")
    figures = city.table("indicators").drop_nulls("value").join(areas, on="area", how="semi")
    scores = pl.concat([_scores(figures, version) for version in LIVABILITY])
    parts = [_contributions(figures, scores, version) for version in LIVABILITY]
    absent = {
        version.name: tuple(
            dimension for dimension in version.dimensions if not (figures["indicator"] == dimension).any()
        )
        for version in LIVABILITY
        if (scores["version"] == version.name).any()
    }
    return Livability(level, _with_rank(scores), pl.concat(parts), absent)


def _scores(figures: pl.DataFrame, version: LivabilityVersion) -> pl.DataFrame:
    """The level where it is published in a period, else the deviation; never both in one period."""
    for_choice = [name for name in (version.score, version.deviation) if name]
    order = {name: place for place, name in enumerate(for_choice)}
    totals = figures.filter(pl.col("indicator").is_in(for_choice)).with_columns(
        order=pl.col("indicator").replace_strict(order, default=None, return_dtype=pl.Int64)
    )
    return (
        totals.filter(pl.col("order") == pl.col("order").min().over("period"))
        .select("area", "period", "indicator", version=pl.lit(version.name), score="value")
        .select(pl.col(name).cast(dtype) for name, dtype in _SCORES.items())
    )


def _with_rank(scores: pl.DataFrame) -> pl.DataFrame:
    group = ("version", "period")
    score = pl.col("score")
    return scores.with_columns(
        mean=score.mean().over(group),
        spread=score.std(ddof=0).over(group),
        difference=score - score.mean().over(group),
        rank=score.rank("min", descending=True).over(group).cast(pl.Int64),
        areas=pl.len().over(group).cast(pl.Int64),
    ).sort("version", "period", "area", descending=[True, False, False])


def _contributions(figures: pl.DataFrame, scores: pl.DataFrame, version: LivabilityVersion) -> pl.DataFrame:
    group = ("period", "dimension")
    known = (
        figures.filter(pl.col("indicator").is_in(version.dimensions))
        .join(
            scores.filter(pl.col("version") == version.name).select("area", "period"),
            on=["area", "period"],
            how="semi",
        )
        .select("area", "period", dimension="indicator", value="value")
        .with_columns(
            mean=pl.col("value").mean().over(group),
            difference=pl.col("value") - pl.col("value").mean().over(group),
        )
    )
    told = known.group_by("area", "period").agg(told=pl.col("difference").sum())
    rest = (
        _with_rank(scores.filter(pl.col("version") == version.name))
        .join(told, on=["area", "period"])
        .select(
            "area",
            "period",
            dimension=pl.lit(REST),
            value=pl.lit(None, pl.Float64),
            mean=pl.lit(None, pl.Float64),
            difference=pl.col("difference") - pl.col("told"),
        )
    )
    return (
        pl.concat([known, rest])
        .select("area", pl.lit(version.name).alias("version"), pl.exclude("area"))
        .sort("area", "period", "dimension")
    )


def changes(city: City, start: date, end: date, level: str = "neighbourhood") -> pl.DataFrame:
    """How livability changed between two periods, split by dimension.

    Parameters
    ----------
    city
        A City; its table `indicators` is read.
    start, end
        Periods of the Leefbaarometer.
    level
        One of the levels of areas.

    Returns
    -------
    pl.DataFrame
        A row per `area` and `dimension` with `start`, `end` and `change` (end - start), and `total`, the
        change of the whole. Only areas known in both periods occur. The changes of an area add up to its
        total: what the published dimensions leave is the dimension `rest`. The total is that of the
        deviation where it is published, of which the dimensions are the parts, else that of the score.

    Raises
    ------
    AbsentError
        When the periods have no version in common, so that they cannot be compared.
    """
    areas = city.table("areas").filter(pl.col("level") == level).select(area="code")
    figures = city.table("indicators").drop_nulls("value").join(areas, on="area", how="semi")
    version, total = _shared_version(figures, start, end)
    whole = _two_periods(figures.filter(pl.col("indicator") == total), start, end)
    parts = _two_periods(figures.filter(pl.col("indicator").is_in(version.dimensions)), start, end)
    totals = whole.select("area", total="change")
    told = parts.group_by("area").agg(told=pl.col("change").sum())
    rest = totals.join(told, on="area", how="left").select(
        "area",
        dimension=pl.lit(REST),
        start=pl.lit(None, pl.Float64),
        end=pl.lit(None, pl.Float64),
        change=pl.col("total") - pl.col("told").fill_null(0),
    )
    return (
        pl.concat([parts.rename({"indicator": "dimension"}), rest])
        .join(totals, on="area")
        .select("area", pl.lit(version.name).alias("version"), pl.exclude("area"))
        .sort("area", "dimension")
    )


def _shared_version(figures: pl.DataFrame, start: date, end: date) -> tuple[LivabilityVersion, str]:
    """The newest version, and its total, that is known in both periods."""
    held: dict[date, set[str]] = {
        period: set(figures.filter(pl.col("period") == period)["indicator"]) for period in (start, end)
    }
    for version in LIVABILITY:
        for total in (version.deviation, version.score):
            if total and total in held[start] and total in held[end]:
                return version, total
    if not any(_versions(held[period]) for period in (start, end)):
        problem = N_("{start} and {end} have no livability scores in this City")
    else:
        problem = N_(
            "livability of {start} ({of_start}) and of {end} ({of_end}) is not comparable: "
            "versions of the Leefbaarometer differ in dimensions and scale"
        )
    raise AbsentError(
        problem,
        remedy=N_("choose two periods of one version"),
        start=start.isoformat(),
        end=end.isoformat(),
        of_start=", ".join(_versions(held[start])) or "-",
        of_end=", ".join(_versions(held[end])) or "-",
    )


def _versions(indicators: Collection[str]) -> list[str]:
    return [
        version.name
        for version in LIVABILITY
        if version.deviation in indicators or version.score in indicators
    ]


def _two_periods(figures: pl.DataFrame, start: date, end: date) -> pl.DataFrame:
    def at(period: date, name: str) -> pl.DataFrame:
        return figures.filter(pl.col("period") == period).select(
            "area", "indicator", pl.col("value").alias(name)
        )

    both = at(start, "start").join(at(end, "end"), on=["area", "indicator"])
    return both.with_columns(change=pl.col("end") - pl.col("start"))


def rank_among(scores: pl.DataFrame, area: str, others: Collection[str]) -> tuple[int, int]:
    """The rank of an area among others: 1 is the highest, and equal scores share the best rank.

    Parameters
    ----------
    scores
        Rows of one version and period, with `area` and `score`.
    area
        The area to place.
    others
        Codes of the areas to place it among; those without a score do not count.

    Returns
    -------
    tuple[int, int]
        The rank, and how many areas with a score it is among, the area itself included.

    Raises
    ------
    AbsentError
        When the area itself has no score.
    """
    own = scores.filter(pl.col("area") == area)["score"]
    if not len(own):
        raise AbsentError(N_("{area} has no livability score in this period"), area=area)
    group = scores.filter(pl.col("area").is_in(list(others)) & (pl.col("area") != area))["score"]
    return int((group > own[0]).sum()) + 1, len(group) + 1
