"""What the association records of its complexes: counts, grades, inspections, hours of caretakers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.sources.model_city.chance import Booleans, Chance, Floats, Integers
from ongedeeld.sources.model_city.effects import Plan
from ongedeeld.sources.model_city.homes import Homes
from ongedeeld.sources.model_city.lives import REASONS, ROUTES, Counts
from ongedeeld.sources.model_city.story import FIRST_YEAR, MONTHS, QUARTERS, YEARS, Story

_REFUSALS_PER_VACANCY = {
    "surroundings": 0.25,
    "nuisance": 0.12,
    "dwelling_size": 0.32,
    "dwelling_condition": 0.20,
    "rent": 0.14,
    "accessibility": 0.12,
    "other": 0.25,
    "unknown": 0.12,
}
# The usual grade of each question, and how much of it goes where pressure is 1.
_QUESTIONS = {
    "safe": (7.4, 1.0),
    "nuisance": (6.8, 1.3),
    "clean": (6.7, 1.1),
    "effort": (6.2, 0.5),
    "home": (7.3, 0.8),
    "knows_neighbours": (6.4, 0.3),
    "greeted": (7.6, 0.4),
    "someone_to_turn_to": (6.4, 0.4),
}
# Of questions of yes or no: the usual share that says yes, and how much of it goes where pressure is 1.
_YES_OR_NO = {"volunteers": (0.24, 0.08), "gives_care": (0.19, 0.02)}
_FEWEST_ANSWERS = 5
# What inspectors judge: the usual grade, and how much of it goes where pressure is 1.
_ASPECTS = (("clean", 4.0, 0.9), ("whole", 4.1, 0.6), ("safe", 4.2, 0.8))
# Tenants answer in September; the survey of a year begins on its first day.
_SURVEY_MONTH = 8
_PREVENTED_SINCE = 4 * 2
_SYSTEM_CHANGED = 17


def observations(chance: Chance, stock: Homes, tale: Story, counted: Counts) -> pl.DataFrame:
    """Counts per complex and quarter, of every kind that the vocabulary knows."""
    shape = counted.occupied.shape
    quarter = np.broadcast_to(np.arange(QUARTERS), shape)
    unknown: dict[str, Booleans] = {
        "evictions_prevented": quarter < _PREVENTED_SINCE,
        "reactions": quarter == _SYSTEM_CHANGED,
        "arrears_households": _draws(chance, "arrears unknown", shape) < 0.005,
    }
    keys = pl.DataFrame(
        {
            "complex": np.repeat(np.array(stock.names), QUARTERS),
            "period": pl.Series([_month(3 * quarter) for quarter in range(QUARTERS)] * len(stock.names)),
        }
    )
    frames = []
    for (observation, reason), count in _counts(chance, stock, tale, counted).items():
        missing = unknown.get(observation, np.zeros(shape, dtype=bool)).ravel()
        frames.append(
            keys.with_columns(
                observation=pl.lit(observation),
                reason=pl.lit(reason),
                count=pl.Series(count.ravel()).set(pl.Series(missing), None),
                status=pl.Series(np.where(missing, "missing", "observed")),
            )
        )
    return pl.concat(frames)


def _counts(chance: Chance, stock: Homes, tale: Story, counted: Counts) -> dict[tuple[str, str], Integers]:
    """The counts of each observation and reason, complexes by quarters."""
    pressure = np.maximum(tale.pressure[stock.area_of_complex], 0.0)
    vacancies = counted.departures.sum(axis=2)
    arrears = _arrears(chance, counted.occupied, pressure)
    counts = {
        "arrears_households": arrears,
        "nuisance_new": counted.nuisance_new,
        "nuisance_households": counted.nuisance_households,
        "nuisance_open": _open_cases(chance, counted.nuisance_new),
        "evictions": np.minimum(_poisson(chance, "evictions", 0.004 * arrears), vacancies),
        "evictions_prevented": _poisson(chance, "prevented", 0.03 * arrears),
        "vacancies": vacancies,
        "reactions": _reactions(chance, vacancies, pressure),
        **{f"lettings_{route}": counted.lettings[:, :, place] for place, route in enumerate(ROUTES)},
        **{f"support_{kind}": count for kind, count in counted.support.items()},
    }
    departures = {reason: counted.departures[:, :, place] for place, reason in enumerate(REASONS)}
    refusals = {reason: _refusals(chance, reason, vacancies, pressure) for reason in _REFUSALS_PER_VACANCY}
    return {
        **{(observation, "none"): count for observation, count in counts.items()},
        **{("departures", reason): count for reason, count in departures.items()},
        **{("refusals", reason): count for reason, count in refusals.items()},
    }


def _month(month: int) -> date:
    return date(FIRST_YEAR + month // 12, month % 12 + 1, 1)


def _draws(chance: Chance, purpose: str, shape: tuple[int, ...]) -> Floats:
    return chance.uniform(purpose, np.arange(shape[0])[:, None], np.arange(shape[1])[None, :])


def _poisson(chance: Chance, purpose: str, mean: NDArray[np.floating]) -> Integers:
    """Counts per complex and quarter."""
    blocks, moments = np.arange(mean.shape[0])[:, None], np.arange(mean.shape[1])[None, :]
    return chance.poisson(purpose, blocks, mean, moments)


def _arrears(chance: Chance, occupied: Integers, pressure: Floats) -> Integers:
    of_its_own = np.clip(1 + 0.3 * chance.bell("arrears of complex", np.arange(len(occupied))), 0.3, 2.0)
    share = 0.036 * of_its_own[:, None] * (1 + 0.35 * pressure)
    return np.minimum(_poisson(chance, "arrears", share * occupied), occupied // 2)


def _open_cases(chance: Chance, new: Integers) -> Integers:
    """What is new, and about half of what was open a quarter earlier."""
    draws = _poisson(chance, "still open", np.full(new.shape, 0.3))
    cases = new.copy()
    for quarter in range(1, QUARTERS):
        carried = cases[:, quarter - 1] // 2 + draws[:, quarter]
        cases[:, quarter] += np.minimum(carried, cases[:, quarter - 1])
    return cases


def _reactions(chance: Chance, vacancies: Integers, pressure: Floats) -> Integers:
    """Seekers react more every year, and less where it is not pleasant."""
    liked = np.clip(1 + 0.3 * chance.bell("liked", np.arange(len(vacancies))), 0.3, 2.0)
    later = 1 + 0.012 * np.arange(QUARTERS)
    return _poisson(chance, "reactions", 95.0 * liked[:, None] * later * (1 - 0.4 * pressure) * vacancies)


def _refusals(chance: Chance, reason: str, vacancies: Integers, pressure: Floats) -> Integers:
    driven = 1 + 2.0 * pressure if reason in ("surroundings", "nuisance") else np.ones(pressure.shape)
    return _poisson(chance, f"refusals {reason}", _REFUSALS_PER_VACANCY[reason] * vacancies * driven)


def surveys(chance: Chance, stock: Homes, tale: Story, plan: Plan) -> pl.DataFrame:
    """Grades of tenants per complex, question and year; they follow pressure half a year later.

    A mean of fewer than five answers is not given, and neither is how many of them said yes.
    """
    blocks = np.arange(len(stock.names))[:, None]
    years = np.arange(len(YEARS))[None, :]
    homes = stock.homes_per_complex[:, None]
    answers = np.minimum(chance.poisson("answers", blocks, 0.22 * homes, years), homes)
    known = answers >= _FEWEST_ANSWERS
    pressure = tale.lagged(2)[stock.area_of_complex][:, 4 * years[0] + _SURVEY_MONTH // 3]
    liked = 0.25 * chance.bell("liked by tenants", blocks)
    periods = [date(int(year), _SURVEY_MONTH + 1, 1) for year in YEARS]
    frames = []
    for question, (usual, lost) in _QUESTIONS.items():
        spread = np.round(1.8 + 0.2 * chance.bell(f"spread {question}", blocks, years), 2)
        stacked = np.where(stock.stacked, -0.35, 0.15)[:, None] * (question in ("clean", "knows_neighbours"))
        error = chance.bell(f"answer {question}", blocks, years) * spread / np.sqrt(np.maximum(answers, 1))
        mean = usual + liked + stacked - lost * pressure + error
        added = plan.neighbours[:, 12 * years[0] + _SURVEY_MONTH] * (question == "knows_neighbours")
        mean = np.round(np.clip(np.round(np.clip(mean, 1.0, 10.0), 2) + added, 1.0, 10.0), 2)
        frames.append(
            pl.DataFrame(
                {
                    "unit": np.repeat(np.array(stock.names), len(YEARS)),
                    "period": pl.Series(periods * len(stock.names), dtype=pl.Date),
                    "answers": answers.ravel(),
                    "mean": pl.Series(mean.ravel()).set(pl.Series(~known.ravel()), None),
                    "spread": pl.Series(spread.ravel()).set(pl.Series(~known.ravel()), None),
                }
            ).with_columns(level=pl.lit("complex"), question=pl.lit(question))
        )
    for question, (usual, lost) in _YES_OR_NO.items():
        said = chance.poisson(f"yes {question}", blocks, (usual - lost * pressure) * answers, years)
        yes = pl.Series(np.minimum(said, answers).ravel()).set(pl.Series(~known.ravel()), None)
        counted = frames[0].select("unit", "period", "answers", "level")
        frames.append(counted.with_columns(answered_yes=yes, question=pl.lit(question)))
    return pl.concat(frames, how="diagonal")


@dataclass(frozen=True)
class _Round:
    """Inspections of one sort: which unit (by name and number), of which complex, in which quarter."""

    level: str
    by: str
    names: NDArray[np.object_]
    unit: Integers
    block: Integers
    quarter: Integers


def inspections(chance: Chance, stock: Homes, tale: Story) -> pl.DataFrame:
    """By staff all complexes and a tenth of the entrances each quarter, by residents some complexes."""
    complexes = np.array(stock.names, dtype=object)
    block, quarter = (part.ravel() for part in np.indices((len(complexes), QUARTERS)))
    spring = (quarter % 4 == 1) & (chance.uniform("residents inspect", block) < 0.33)
    entrances = stock.entrances["entrance"].to_numpy()
    numbers = {name: number for number, name in enumerate(stock.names)}
    of_complex = np.array([numbers[name] for name in stock.entrances["complex"]], dtype=np.int64)
    unit, moment = (part.ravel() for part in np.indices((len(entrances), QUARTERS)))
    sampled = chance.uniform("entrance sampled", unit, moment) < 0.1
    unit, moment = unit[sampled], moment[sampled]
    rounds = (
        _Round("complex", "staff", complexes, block, block, quarter),
        _Round("complex", "residents", complexes, block[spring], block[spring], quarter[spring]),
        _Round("entrance", "staff", entrances, unit, of_complex[unit], moment),
    )
    return pl.concat([_inspected(chance, stock, tale, each) for each in rounds])


def _inspected(chance: Chance, stock: Homes, tale: Story, each: _Round) -> pl.DataFrame:
    pressure = tale.lagged(1)[stock.area_of_complex[each.block], each.quarter]
    purpose = f"{each.level} {each.by}"
    stricter = 0.2 if each.by == "residents" else 0.0
    grades = {}
    for aspect, usual, lost in _ASPECTS:
        of_its_own = 0.25 * chance.bell(f"{aspect} of complex", each.block)
        passing = 0.3 * chance.bell(f"{purpose} {aspect}", each.unit, each.quarter)
        grade = usual - stricter - lost * pressure + of_its_own + passing
        grades[aspect] = np.round(np.clip(grade, 1.0, 5.0), 1)
    middle = np.datetime64(f"{FIRST_YEAR}-01", "M") + (3 * each.quarter + 1).astype("timedelta64[M]")
    day = np.floor(28 * chance.uniform(f"{purpose} day", each.unit, each.quarter)).astype(np.int64)
    return pl.DataFrame(
        {
            "level": pl.Series([each.level] * len(each.unit)),
            "unit": pl.Series(each.names[each.unit].tolist(), dtype=pl.String),
            "period": pl.Series(middle.astype("datetime64[D]") + day.astype("timedelta64[D]")).cast(pl.Date),
            "by": pl.Series([each.by] * len(each.unit)),
            **grades,
        }
    )


def caretaker_hours(chance: Chance, stock: Homes, tale: Story, plan: Plan, recovered: int) -> pl.DataFrame:
    """Hours per complex and month: many in stacked complexes, fewer in August.

    The neighbourhood that recovered had half as much again since 2018.
    """
    blocks = np.arange(len(stock.names))[:, None]
    months = np.arange(MONTHS)[None, :]
    per_home = np.where(stock.stacked, 0.28, 0.07)[:, None]
    of_its_own = 1 + 0.12 * chance.bell("hours of complex", blocks)
    this_month = 1 + 0.08 * chance.bell("hours", blocks, months)
    summer = np.where(months % 12 == 7, 0.7, 1.0)
    care = np.where((stock.area_of_complex[:, None] == recovered) & (months >= 24), 1.5, 1.0)
    usual = per_home * stock.homes_per_complex[:, None] * of_its_own * this_month * summer * care
    hours = np.rint(2 * np.maximum(usual, 0.0)) / 2 * plan.hours
    return pl.DataFrame(
        {
            "complex": np.repeat(np.array(stock.names), MONTHS),
            "period": pl.Series([_month(month) for month in range(MONTHS)] * len(stock.names), dtype=pl.Date),
            "hours": hours.ravel(),
        }
    )
