"""Early warning: which complexes or neighbourhoods worsen beyond chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.capacity.warning import nuisance, sentences
from ongedeeld.measures.capacity.warning.false_discovery import checked_rate
from ongedeeld.measures.capacity.warning.gathering import gather
from ongedeeld.measures.capacity.warning.judging import judged
from ongedeeld.measures.capacity.warning.registration import Jump
from ongedeeld.measures.capacity.warning.result import Warnings
from ongedeeld.measures.capacity.warning.stock import Stock, stock_of
from ongedeeld.measures.capacity.warning.watched import Level, checked_level, watched

_FEWEST_UNITS = 3
_ALWAYS = ("ordinary_letting",)
_BY_INDICATOR = {
    "nuisance": ("nuisance_few_households", "nuisance_registration"),
    "reports": ("nuisance_few_households", "nuisance_registration"),
    "livability": ("leefbaarometer_signal",),
}
_COLUMNS = (
    *("unit", "name", "homes", "worsens", "p_value", "adjusted", "broad", "sharp", "tested"),
    *("indicators", "nuisance", "rank", "rank_low", "rank_high"),
)


def warn(
    city: City,
    *,
    level: Level = "complex",
    false_discovery: float = 0.1,
    seed: int = 1,
    indicators: Sequence[str] | None = None,
    until: date | None = None,
) -> Warnings:
    """Find the complexes or neighbourhoods that worsen by more than chance and ordinary wavering explain.

    Of every indicator the last twelve months stand beside the three years before, and beside what all other
    units did in the same periods. The tests of a unit are put together (a little on everything, or much on
    one thing), and over all units the share of false alarms is held at `false_discovery` (Benjamini and
    Hochberg 1995). In a unit with an alarm those indicators are named that hold at ``false_discovery x alarms
    / units`` by the rule of Benjamini and Yekutieli (Benjamini and Bogomolov, *Journal of the Royal
    Statistical Society* B 2014). It signals and explains nothing.

    Parameters
    ----------
    city
        A City with complexes, dwellings and any of observations, surveys, inspections and livability.
    level
        `complex` or `neighbourhood`.
    false_discovery
        The share of alarms that may be false on average, between 0 and 1.
    seed
        Of the draws that tell how sure the order is.
    indicators
        Which to watch, by name; None for all that the City knows.
    until
        The day to which figures count, to look back as one would have looked then; None for all.

    Returns
    -------
    ongedeeld.measures.capacity.warning.Warnings
        Units in the order of their evidence, with what it rests on.

    Raises
    ------
    InputError
        For an unknown level or indicator, a rate outside 0 to 1, or periods of several lengths in one
        observation.
    AbsentError
        When the stock was drawn from published totals, there are too few units, or too few periods (it says
        how many are needed).

    Examples
    --------
    >>> from ongedeeld.sources.model_city import model_city
    >>> found = warn(model_city(seed=1), level="neighbourhood")
    >>> found.table.filter("worsens").height
    2
    """
    known_level, rate = checked_level(level), checked_rate(false_discovery)
    chosen = watched(indicators, known_level)
    stock = stock_of(city, known_level)
    _refuse_few(stock)
    gathered = gather(city, stock, chosen, until, asked=indicators is not None)
    by_name = {comparison.each.name: comparison for comparison in gathered.comparisons}
    units, changes = judged(stock, gathered.comparisons, rate, seed)
    worse = units.sort("unit")["indicators"].list.contains("nuisance").to_numpy()
    readings = nuisance.readings(by_name.get("nuisance"), by_name.get("reports"), worse, rate)
    read = pl.DataFrame({"unit": stock.units["unit"], "nuisance": readings})
    table = units.join(read, on="unit", maintain_order="left").select(_COLUMNS)
    span = next((by_name[name].span_now for name in ("nuisance", "reports") if name in by_name), None)
    return Warnings(
        level=known_level,
        false_discovery=rate,
        table=table,
        changes=changes,
        nuisance=nuisance.concentration(city, stock, span),
        registration=_registration(gathered.jumps),
        funnels=gathered.funnels,
        sentences=sentences.alarms(table, changes),
        notes=(
            *sentences.reading_notes(table, rate),
            *sentences.registration_notes(gathered.jumps),
            *sentences.limits_notes(stock, changes, [comparison.each for comparison in gathered.comparisons]),
            *gathered.missing,
        ),
        evidence=_evidence(by_name),
    )


def _evidence(indicators: Iterable[str]) -> tuple[str, ...]:
    records = [name for indicator in indicators for name in _BY_INDICATOR.get(indicator, ())]
    return tuple(dict.fromkeys((*_ALWAYS, *records)))


def _refuse_few(stock: Stock) -> None:
    if stock.size() < _FEWEST_UNITS:
        raise AbsentError(
            N_("early warning compares a {level} with the others, and there are only {count}"),
            expected=N_("at least {least}"),
            remedy=N_("choose the other level, or build a City with more of the stock"),
            level=stock.level,
            count=stock.size(),
            least=_FEWEST_UNITS,
        )


def _registration(jumps: Sequence[Jump]) -> pl.DataFrame:
    columns = {"indicator": pl.String, "since": pl.Date, "factor": pl.Float64, "middle": pl.Float64}
    rows = [(each.each.name, each.since, each.factor, each.middle) for each in jumps]
    return pl.DataFrame(rows, schema=columns, orient="row")
