"""The raw figures of cards: counts, totals, means and their periods, from the tables of a City alone.

Every indicator has one period for all units: where a unit has no figure in it, the figure is missing; an
older one does not stand in for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.capacity import _observed, _published, _recorded, _views_of_residents
from ongedeeld.measures.capacity._grouping import Grouping, grouping_of
from ongedeeld.measures.capacity.known import CARD_INDICATORS, LEVELS, Level
from ongedeeld.measures.notes import Note, note

FIGURES: dict[str, pl.DataType] = {
    "unit": pl.String(),
    "indicator": pl.String(),
    "of": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "count": pl.Float64(),
    "exposure": pl.Float64(),
    "mean": pl.Float64(),
    "spread": pl.Float64(),
    "answers": pl.Float64(),
    "clump": pl.Float64(),
    "coverage": pl.Float64(),
}
PURPOSE = N_("a card of carrying capacity")
OLD = timedelta(days=3 * 366)


@dataclass(frozen=True, eq=False)
class Figures:
    """Raw figures of all units of a level.

    Parameters
    ----------
    level
        Of the units.
    units
        A row per unit: `unit`, `name`, `homes` (of the association; null where it has no stock here).
    table
        A row per unit and indicator with a figure: `unit`, `indicator`, `of` (the unit itself, or the area
        around it that a published figure is of), `period_start` and `period_end` (first and last day),
        `count` and `exposure` (shares: of how many; rates: in how much) or `mean`, `spread` and `answers`
        (grades; of what is known without chance `mean`, with half its rounding as `spread`), `clump`
        (nuisance cases to a household in the whole stock), and `coverage`, the share of the unit's homes that
        the figure is of. A figure that is not known has no row: it is not zero.
    references
        Per indicator known without chance, the values that a position is taken among.
    expected
        The indicators that belong on a card of this level; of a City without a stock only published figures.
        One of which nothing is known of any unit is missing on every card.
    notes
        What the reader must know.
    """

    level: Level
    units: pl.DataFrame
    table: pl.DataFrame
    references: Mapping[str, pl.Series]
    expected: tuple[str, ...]
    notes: tuple[Note, ...]


def raw_figures(
    city: City, *, day: date, level: Level = "complex", inspected_until: date | None = None
) -> Figures:
    """The raw figures of every unit of a level, as known on a day.

    Parameters
    ----------
    city
        With a stock of the association's own for its records; without any stock, neighbourhoods and districts
        have published figures only.
    day
        The day of the card. Counts of events are those of the last twelve months recorded before it, counts
        of a state those of the last quarter or year, tenancies those that run on it.
    level
        `complex`, `neighbourhood`, `district` or `entrance` (inspections only).
    inspected_until
        Inspections of complexes are those of the year before `day`; with this, also later ones up to and
        including this day, so that an inspection counts before the City is put together anew.

    Returns
    -------
    Figures

    Raises
    ------
    AbsentError
        For a drawn stock, and for a level of which the City tells nothing.
    InputError
        For an unknown level, complexes without dwellings, counts above the number of homes, and counts of
        quarters and years mixed.

    Examples
    --------
    >>> from ongedeeld.sources.model_city import model_city
    >>> figures = raw_figures(model_city(scale=0.05), day=date(2026, 1, 1))
    >>> figures.table.filter(indicator="arrears", unit="C001").select("count", "exposure").row(0)
    (5.0, 142.0)
    """
    _check_level(level)
    grouping = _grouping(city, level)
    parts = pl.concat([_shaped(part) for part in _parts(city, grouping, day, inspected_until)])
    table = parts.join(grouping.units, on="unit", how="semi").sort("unit", "indicator")
    if table.is_empty():
        raise AbsentError(
            N_("this City tells nothing for a card at the level {level}"),
            remedy=N_("give counts, surveys or inspections of your own, or build it with published figures"),
            level=level,
        )
    check_periods(table)
    expected = tuple(
        name
        for name, known in CARD_INDICATORS.items()
        if level in known.levels and (known.table == "indicators" or city.manifest.stock == "own")
    )
    notes = _notes(grouping, table, expected, day)
    return Figures(level, grouping.units, table, _references(city, table, level, day), expected, notes)


def _references(city: City, table: pl.DataFrame, level: Level, day: date) -> dict[str, pl.Series]:
    """What positions are taken among: all areas of the City for published figures, else the units."""
    published = _published.references(city, level, day) if level != "entrance" else {}
    exact = [name for name in table["indicator"].unique() if CARD_INDICATORS[name].kind == "exact"]
    own = {name: table.filter(pl.col("indicator") == name)["mean"] for name in exact}
    return own | published


def check_periods(table: pl.DataFrame) -> None:
    """Refuse figures of one indicator that are of other periods.

    Raises
    ------
    InputError
        Naming the indicator and two of its periods.
    """
    periods = (
        table.select("indicator", "period_start", "period_end").unique().sort("indicator", "period_start")
    )
    mixed = periods.filter(pl.len().over("indicator") > 1)
    if mixed.is_empty():
        return
    name = mixed["indicator"][0]
    of_it = mixed.filter(pl.col("indicator") == name)
    raise InputError(
        N_("figures of {indicator} are of other periods: {first} and {second}"),
        expected=N_("one period for all units of an indicator"),
        remedy=N_("give the figures of one period; leave out a unit that has none"),
        indicator=name,
        first=_period(of_it, 0),
        second=_period(of_it, 1),
    )


def _period(periods: pl.DataFrame, row: int) -> str:
    return f"{periods['period_start'][row]} - {periods['period_end'][row]}"


def _check_level(level: str) -> None:
    if level not in LEVELS:
        raise InputError(
            N_("there are no cards of level {level}"),
            expected=N_("one of: {known}"),
            level=level,
            known=", ".join(LEVELS),
        )


def _grouping(city: City, level: Level) -> Grouping:
    """The units of the level and to which of them every complex belongs."""
    city.own_stock("dwellings", PURPOSE)
    if city.manifest.stock == "none" and not city.has("complexes"):
        return _published.areas_only(city, level)
    return grouping_of(city, level)


def _parts(city: City, grouping: Grouping, day: date, inspected_until: date | None) -> list[pl.DataFrame]:
    if grouping.level == "entrance":
        return [_recorded.of_entrances(city, grouping, day)]
    return [
        _observed.of_observations(city, grouping, day),
        _recorded.of_tenancies(city, grouping, day),
        _recorded.of_caretakers(city, grouping, day),
        _recorded.of_inspections(city, grouping, day, inspected_until),
        _recorded.of_places(city, grouping, day),
        _views_of_residents.of_surveys(city, grouping, day),
        _published.of_areas(city, grouping, day),
    ]


def _shaped(part: pl.DataFrame) -> pl.DataFrame:
    missing = [pl.lit(None, dtype).alias(name) for name, dtype in FIGURES.items() if name not in part.columns]
    return part.with_columns(missing).select(pl.col(name).cast(dtype) for name, dtype in FIGURES.items())


def _notes(grouping: Grouping, table: pl.DataFrame, expected: tuple[str, ...], day: date) -> tuple[Note, ...]:
    absent = set(expected) - set(table["indicator"])
    told = []
    if grouping.unplaced:
        told.append(
            note(N_("{count} complexes lie in no known area and are on no card"), count=grouping.unplaced)
        )
    if absent:
        text = N_("Of {count} of {expected} indicators nothing is known of any place: they are missing here")
        told.append(note(text, count=len(absent), expected=len(expected)))
    text = N_("{indicator}: of more than three years ago ({day})")
    old = table.filter(pl.col("period_end") < day - OLD).select("indicator", "period_end").unique()
    for name, end in old.sort("indicator").iter_rows():
        if CARD_INDICATORS[name].part_of is None:
            told.append(note(text, indicator=CARD_INDICATORS[name].label, day=end.isoformat()))
    return tuple(told)
