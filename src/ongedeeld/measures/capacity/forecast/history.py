"""The livability of areas over time: one version, one level, and what of it is to be forecast."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.vocabulary import LIVABILITY, LivabilityVersion

NOT_FORECAST = frozenset({"livability2_population"})
"""What the target and the predictors leave out: the dimension 'residents', which tells who live somewhere."""

LEVELS = {"neighbourhood": N_("neighbourhood"), "district": N_("district")}
"""What people see for a level; another keeps its own name."""

_KEY = {"area": pl.String, "municipality": pl.String, "period": pl.Date, "version": pl.String}
_YEAR_DAYS = 365.25


@dataclass(frozen=True, eq=False)
class History:
    """Livability by area and period, of one version of the Leefbaarometer.

    Parameters
    ----------
    version
        Which version: versions differ in dimensions and scale and never form one series.
    level
        Of the areas.
    table
        A row per `area` and `period`, with `municipality` (its code), `total` (the livability that is
        forecast, in the points of the version) and a column per dimension that it is the sum of. A row
        where any of these is unknown is not there.
    dimensions
        The dimensions in `total`; none where only a total is published.
    invented
        Whether the figures are made up.
    """

    version: str
    level: str
    table: pl.DataFrame
    dimensions: tuple[str, ...]
    invented: bool = False

    def periods(self) -> list[date]:
        """The periods with figures, in order."""
        return self.table["period"].unique().sort().to_list()

    def usual_change(self) -> float:
        """The standard deviation of the change of areas over the last step, to choose a noticeable one by.

        Raises
        ------
        AbsentError
            When there are fewer than two periods.
        """
        periods = self.needed(2)
        before = at(self.table, periods[-2]).select("area", before="total")
        both = at(self.table, periods[-1]).join(before, on="area")
        return float((both["total"] - both["before"]).to_numpy().std())

    def needed(self, least: int, periods: list[date] | None = None) -> list[date]:
        """The periods, when there are enough of them.

        Raises
        ------
        AbsentError
            When there are fewer than `least`.
        """
        held = self.periods() if periods is None else periods
        if len(held) < least:
            raise AbsentError(
                N_(
                    "too few periods to forecast: of livability {version} by {level}, the number of periods "
                    "known is {count}"
                ),
                expected=N_("at least {least} periods of one version of the Leefbaarometer"),
                remedy=N_("build the City with more years of the Leefbaarometer (--livability FILE)"),
                version=self.version,
                level=LEVELS.get(self.level, self.level),
                count=len(held),
                least=least,
            )
        return held

    @classmethod
    def of(cls, city: City, level: str = "neighbourhood", version: str | None = None) -> History:
        """The history in a City.

        Parameters
        ----------
        city
            Its tables `areas` and `indicators` are read.
        level
            `district` or `neighbourhood`.
        version
            A version of the Leefbaarometer; the one with most periods when left out, of equal ones the
            newest.

        Raises
        ------
        AbsentError
            When the City has no livability of this level and version.
        """
        areas = _with_municipality(city.table("areas"), level)
        figures = city.table("indicators").drop_nulls("value").join(areas, on="area")
        wanted = [one for one in LIVABILITY if version in {None, one.name}]
        held = [cls._of_version(figures, one, level, invented=city.manifest.invented) for one in wanted]
        found = max((one for one in held if one), key=lambda one: len(one.periods()), default=None)
        if found is None:
            raise AbsentError(
                N_("this City has no livability {version} with its dimensions for level {level}"),
                remedy=N_("build the City with --livability FILE"),
                version=version or ", ".join(one.name for one in LIVABILITY),
                level=LEVELS.get(level, level),
            )
        return found

    @classmethod
    def _of_version(
        cls, figures: pl.DataFrame, version: LivabilityVersion, level: str, *, invented: bool
    ) -> History | None:
        parts = tuple(name for name in version.dimensions if name not in NOT_FORECAST)
        held = set(figures["indicator"])
        whole = NOT_FORECAST.isdisjoint(version.dimensions)
        if set(parts) <= held:
            wide = _wide(figures, parts).with_columns(total=pl.sum_horizontal(parts))
            return cls(version.name, level, wide, parts, invented)
        for name in (version.deviation, version.score):
            # A total that holds what is not to be forecast can't stand in for its parts.
            if whole and name is not None and name in held:
                return cls(version.name, level, _wide(figures, (name,)).rename({name: "total"}), (), invented)
        return None

    @classmethod
    def of_table(cls, frame: pl.DataFrame, *, level: str = "neighbourhood", file: str = "history") -> History:
        """A history from a table of one's own.

        Parameters
        ----------
        frame
            `area`, `municipality`, `period`, `version` and `total` (points), with further columns of numbers
            as its dimensions, which add up to the total. Rows with an empty cell are left out.
        level, file
            The level of the areas, and what an error calls the table.

        Raises
        ------
        InputError
            For a lacking column, two versions in one table, or two rows for one area and period.
        """
        for name in (*_KEY, "total"):
            if name not in frame.columns:
                raise InputError(
                    N_("{file} has no column {column}"),
                    expected=N_("the columns {columns}"),
                    remedy=N_("add the column"),
                    file=file,
                    column=name,
                    columns=", ".join([*_KEY, "total"]),
                )
        versions = frame["version"].drop_nulls().unique().sort().to_list()
        if len(versions) != 1:
            raise InputError(
                N_("{file} mixes versions of the Leefbaarometer: {versions}"),
                expected=N_("one version: versions differ in dimensions and scale"),
                remedy=N_("keep the rows of one version"),
                file=file,
                versions=", ".join(map(str, versions)) or "-",
            )
        _refuse_double(frame, file)
        parts = tuple(name for name in frame.columns if name not in {*_KEY, "total"} | NOT_FORECAST)
        table = frame.select("area", "municipality", "period", "total", *parts).drop_nulls()
        return cls(str(versions[0]), level, table, parts)


def at(table: pl.DataFrame, period: date) -> pl.DataFrame:
    """The rows of one period."""
    return table.filter(pl.col("period") == period)


def years_between(start: date, end: date) -> float:
    """How many years lie between two periods, to a tenth."""
    return round((end - start).days / _YEAR_DAYS, 1)


def _wide(figures: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    kept = list(names)
    chosen = figures.filter(pl.col("indicator").is_in(kept))
    return (
        chosen.pivot("indicator", index=["area", "municipality", "period"], values="value")
        .select("area", "municipality", "period", *kept)
        .drop_nulls()
        .sort("area", "period")
    )


def _with_municipality(areas: pl.DataFrame, level: str) -> pl.DataFrame:
    """The areas of a level with the municipality above them, or themselves where the City tells none."""
    above = areas.select(parent="code", level_above="level", grandparent="parent")
    found = areas.filter(pl.col("level") == level).join(above, on="parent", how="left")
    municipality = (
        pl.when(pl.col("level_above") == "municipality")
        .then(pl.col("parent"))
        .otherwise(pl.coalesce("grandparent", "parent", "code"))
    )
    return found.select(area="code", municipality=municipality)


def _refuse_double(frame: pl.DataFrame, file: str) -> None:
    double = frame.filter(pl.struct("area", "period").is_duplicated())
    if len(double):
        raise InputError(
            N_("{file} has more than one row for {area} in {period}"),
            expected=N_("one row for each area and period"),
            remedy=N_("keep one of them"),
            file=file,
            area=double["area"][0],
            period=str(double["period"][0]),
        )
