"""Load, capacity and balance of places in a run, by the scoring of their cards.

A run moves some of the indicators of a card: turnover, length of residence, homes let by mediation, support,
young tenants and evictions. The others stay as they were last known, so what is told is what those few do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.capacity import (
    CARD_INDICATORS,
    Figures,
    Scoring,
    load_scoring,
    raw_figures,
    shrink_means,
    shrink_rates,
    shrink_shares,
)
from ongedeeld.measures.capacity.balance import SIDES, balance_of
from ongedeeld.measures.capacity.bands import LARGEST, SMALLEST, Bands
from ongedeeld.measures.capacity.known import Level
from ongedeeld.measures.capacity.scores import scored_figures
from ongedeeld.measures.capacity.scoring import Rules
from ongedeeld.measures.capacity.shrinkage import Spread, Stock
from ongedeeld.simulation.assuming.household_types import AGES
from ongedeeld.simulation.outcomes.seen import MONTHS, Seen, by_level
from ongedeeld.simulation.outcomes.tables import TABLES
from ongedeeld.simulation.preparing.setting import Setting

MOVED = ("turnover", "residence_years", "mediated", "support", "young_tenants", "evictions")
"""The indicators of a card that a run moves."""
LEVELS_OF_CARDS: tuple[Level, ...] = ("complex", "neighbourhood")
HOME_YEARS = (pl.col("homes") + pl.col("homes_before")) / 2
COUNTS: Mapping[str, tuple[str, pl.Expr]] = MappingProxyType(
    {
        "turnover": ("vacated", HOME_YEARS),
        "evictions": ("evicted", HOME_YEARS),
        "mediated": ("let_mediated", pl.col("tenants")),
        "support": ("support", pl.col("homes")),
        "young_tenants": ("young", pl.col("tenants")),
    }
)
"""Of how many a run counts how many, for each indicator that it moves but the length of residence."""
YOUNG, YOUNG_YEARS = AGES.index("under_23"), 5
HELD = N_(
    "Load, capacity and balance follow turnover, length of residence, mediation, support, young tenants and "
    "evictions; all other indicators of the cards are held as they were last known, and positions are those "
    "among the places at the start"
)


@dataclass(frozen=True, eq=False)
class Moved:
    """How an indicator that a run moves is scored.

    Parameters
    ----------
    name
        The indicator.
    stock
        How the places differed at the start: each is pulled to it by as much as small numbers call for.
    edges, rising
        Between its five scores, and whether a higher figure is a larger task.
    """

    name: str
    stock: Stock
    edges: tuple[float, ...]
    rising: bool

    def scores(self, counted: pl.DataFrame) -> pl.Series:
        """The score of each place of which a run counted this much: the mean of what is likely of it."""
        likely = _likely(self, counted)
        below = np.sum([likely.below(edge) for edge in self.edges], axis=0)
        return pl.Series("score", LARGEST - below if self.rising else SMALLEST + below).fill_nan(None)


@dataclass(frozen=True, eq=False)
class Scored:
    """What is known at a level when a run begins.

    Parameters
    ----------
    scores
        The scored figures of the cards at the start.
    rules
        When there is too little to say.
    moved
        The indicators that a run moves and of which the City tells something.
    """

    scores: pl.DataFrame
    rules: Rules
    moved: tuple[Moved, ...]

    def balance(self, counted: pl.DataFrame | None = None) -> pl.DataFrame:
        """Load, capacity and balance of every place, at the start or where a run counted something else."""
        scores = self.scores
        if counted is not None and self.moved:
            now = pl.concat(
                counted.select("unit", one.scores(counted).alias("now"), indicator=pl.lit(one.name))
                for one in self.moved
            )
            told = (pl.col("outcome") == "known") & pl.col("now").is_not_null()
            joined = scores.join(now, on=["unit", "indicator"], how="left", maintain_order="left")
            columns = ("score", "score_low", "score_high")
            scores = joined.with_columns(
                pl.when(told).then("now").otherwise(name).alias(name) for name in columns
            )
        return balance_of(scores, self.rules).select("unit", *SIDES, "balance")


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of places when a run begins; it is the same in every future.

    Parameters
    ----------
    levels
        By level; one of which the City tells nothing is not there.
    mediated
        Whether the tenant of each home at the start came by mediation [H].
    """

    levels: Mapping[Level, Scored]
    mediated: np.ndarray

    def balance(self, level: Level) -> pl.DataFrame:
        """The balance of every place at the start; without cards none."""
        if level not in self.levels:
            return pl.DataFrame(schema={"unit": pl.String, "balance": pl.Float64})
        return self.levels[level].balance().select("unit", "balance")


def known_of(city: City, setting: Setting, scoring: Scoring | None = None) -> Known | None:
    """What a City tells of its places for cards, once for all futures.

    Parameters
    ----------
    city
        The City from which the setting was made.
    setting
        Of which the start is the day of the cards.
    scoring
        The table of scoring; the shipped one when not given.

    Returns
    -------
    Known or None
        None for a City of which the stock was drawn or no cards can be made.
    """
    table, found = scoring or load_scoring(), dict[Level, Scored]()
    for level in LEVELS_OF_CARDS:
        try:
            figures = raw_figures(city, day=setting.start, level=level)
            found[level] = _scored(figures, table)
        except (AbsentError, InputError):
            # A drawn stock has no cards, and records that do not fit make none: then no balance is told.
            continue
    if not found:
        return None
    running = city.table("tenancies").filter(
        pl.col("start") <= setting.start, pl.col("end").is_null() | (pl.col("end") >= setting.start)
    )
    came = running.sort("start", "tenancy").unique("dwelling", keep="last").select("dwelling", "route")
    routes = setting.homes.select("dwelling").join(came, on="dwelling", how="left", maintain_order="left")
    return Known(MappingProxyType(found), (routes["route"] == "mediated").fill_null(value=False).to_numpy())


def bearing(seen: Seen, known: Known | None) -> pl.DataFrame:
    """The table `bearing` of a run: load, capacity and balance at the end of every year.

    An indicator that the City does not tell of a place stays not known there.
    """
    table = TABLES["bearing"]
    schema = {"year": pl.Int32, "level": pl.String, "unit": pl.String}
    parts = [pl.DataFrame(schema={**schema, **dict.fromkeys(table.measures, pl.Float64)})]
    if known is not None:
        counted = _counted(seen, known.mediated)
        for level, held in known.levels.items():
            of_level = by_level(counted, seen.cells, (level,))
            for year in range(1, seen.years + 1):
                told = held.balance(of_level.filter(pl.col("year") == year).sort("unit"))
                named = told.with_columns(year=pl.lit(year, pl.Int32), level=pl.lit(level))
                parts.append(named.select(*schema, *table.measures))
    return pl.concat(parts).sort(table.key)


def _scored(figures: Figures, scoring: Scoring) -> Scored:
    there = set(figures.table["indicator"])
    moved = [
        _moved(one.bands, figures.table.filter(pl.col("indicator") == name))
        for name, one in scoring.indicators.items()
        if name in MOVED and name in there and name in figures.expected
    ]
    return Scored(
        scored_figures(figures, scoring), scoring.rules, tuple(one for one in moved if one is not None)
    )


def _moved(bands: Bands, rows: pl.DataFrame) -> Moved | None:
    """An indicator with its bands by value: where the positions lay among the places at the start."""
    name = str(rows["indicator"][0])
    if CARD_INDICATORS[name].kind == "mean":
        stock = shrink_means(rows["mean"], rows["spread"], rows["answers"]).stock
    else:
        shrink = shrink_shares if CARD_INDICATORS[name].kind == "share" else shrink_rates
        stock = shrink(rows["count"], rows["exposure"]).stock
    if stock is None:
        return None
    edges = bands.edges
    if bands.by == "position":
        first, second, third, last = (float(stock.spread.quantile(edge)) for edge in bands.edges)
        edges = (first, second, third, last)
    return Moved(name, stock, edges, bands.rising)


def _likely(one: Moved, counted: pl.DataFrame) -> Spread:
    """What is likely of each place, by what was counted there and how places differed at the start.

    The conjugate posterior of the family of the indicator, with mean m and size s of the stock: of a share
    k of n around ``(k + s m) / (n + s)``, of a rate the same with n in home-years, of a mean with n homes.
    """
    stock = one.stock
    if CARD_INDICATORS[one.name].kind == "mean":
        answers = counted["tenants"].to_numpy().astype(np.float64)
        total = counted["stay"].to_numpy() / MONTHS
        within = stock.size * np.asarray(stock.spread.variance)
        mean = (total + stock.size * stock.mean) / (answers + stock.size)
        return Spread("normal", mean, within / (answers + stock.size))
    part, whole = COUNTS[one.name]
    count, exposure = (counted.select(pl.col(part), whole).to_numpy().T).astype(np.float64)
    size = exposure + stock.size
    mean = (count + stock.size * stock.mean) / size
    if CARD_INDICATORS[one.name].kind == "share":
        return Spread("beta", mean, mean * (1 - mean) / (size + 1))
    return Spread("gamma", mean, mean / size)


def _counted(seen: Seen, mediated: np.ndarray) -> pl.DataFrame:
    """What the moved indicators count, by cell and year."""
    by_partner, run, parts = mediated.copy(), seen.run, []
    events = run.happened.filter(pl.col("what").is_in(["left", "evicted"]))
    for year in range(1, seen.years + 1):
        of_year = pl.col("month").is_between(MONTHS * (year - 1), MONTHS * year - 1)
        let = run.lettings.filter(of_year)
        by_partner[let["home"].to_numpy()] = (let["route"] == "mediated").to_numpy()
        parts.append(_at_end(seen, year, by_partner, events.filter(of_year), let))
    return pl.concat(parts)


def _at_end(
    seen: Seen, year: int, by_partner: np.ndarray, events: pl.DataFrame, let: pl.DataFrame
) -> pl.DataFrame:
    before, at = seen.run.homes_at[year - 1 : year + 1]
    month, lived = MONTHS * year, at.type_ >= 0
    stay = np.where(lived, month - at.since.astype(np.int64), 0)
    young = lived & (at.age == YOUNG) & (stay < MONTHS * YOUNG_YEARS)
    helped = lived & (at.support_until > np.maximum(month, at.since))
    moved_out = let["from_home"].to_numpy()
    counts = {
        "tenants": lived,
        "homes": lived | (at.let_from >= 0),
        "homes_before": (before.type_ >= 0) | (before.let_from >= 0),
        "support": helped,
        "young": young,
        "let_mediated": lived & by_partner,
    }
    vacated = np.concatenate([events["home"].to_numpy(), moved_out[moved_out >= 0]])
    everywhere = np.arange(len(seen.cell))
    frame = pl.DataFrame(
        {
            **{name: seen.counted(np.flatnonzero(which)) for name, which in counts.items()},
            "vacated": seen.counted(vacated),
            "evicted": seen.counted(events.filter(pl.col("what") == "evicted")["home"].to_numpy()),
            "stay": seen.counted(everywhere, stay),
        }
    )
    return frame.with_row_index("cell").with_columns(year=pl.lit(year, pl.Int32))
