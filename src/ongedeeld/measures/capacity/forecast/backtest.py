"""A test on what happened: learn from earlier steps, predict a later one, and count the misses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.capacity.forecast.history import History, years_between
from ongedeeld.measures.capacity.forecast.model import ChangeModel
from ongedeeld.measures.capacity.forecast.steps import (
    Form,
    changed,
    form_for,
    learnt_from,
    predictors,
)
from ongedeeld.measures.notes import Note, note
from ongedeeld.vocabulary.spoken import Day, Quantity

SURE = 0.8
LEVELS = (0.5, 0.8, 0.9, 0.95)
FOLDS = 10
_CLASSES = 10
_RESAMPLES, _SEED = 2_000, 1
_FEWEST_MUNICIPALITIES = 10

TESTED = N_(
    "Tested on {areas} {level} (Leefbaarometer {version}): learned up to {learned}, predicted the "
    "change from {start} to {end}. The forecast missed by {forecast} points, 'no change' by {no_change} and "
    "'same trend' by {same_trend} (root of the mean square). {sure} % intervals held {held} %."
)
NO_BETTER = N_(
    "So the expected change says no more than 'no change' would; what the forecast adds is how far a change "
    "may go. This holds for this scale and period only."
)
BETTER = N_(
    "So the expected change says somewhat more than 'no change' would. This holds for this scale and period "
    "only."
)
WORSE = N_(
    "So the expected change was further off than 'no change': do not go by it. This holds for this scale and "
    "period only."
)
TOO_FEW_MUNICIPALITIES = N_(
    "With so few municipalities the test cannot tell whether the forecast is better than 'no change'. It "
    "holds for this scale and period only."
)
DID_WORSE = N_("In this test the forecast was further off than 'no change': do not go by what it expects.")
HELD_OUT = N_("Every municipality was predicted by a model that had not seen it.")
LEVEL_NAMES = {"neighbourhood": N_("neighbourhoods"), "district": N_("districts")}


@dataclass(frozen=True, eq=False)
class Backtest:
    """What a test on the past gave.

    Parameters
    ----------
    version, level
        Of the livability.
    learned, predicted
        The first and last period learned from; the start and end of the step predicted.
    held_out
        Whether whole municipalities were held out.
    areas, municipalities
        How many were predicted.
    errors
        A row per `way` (forecast, no_change, same_trend) with `rmse`, the root of the mean squared miss, and
        `bias`, the mean of expected minus real, in points.
    gain
        The RMSE of no change minus that of the forecast, with the limits of its 95 % interval (bootstrap over
        municipalities): above zero the forecast is better.
    coverage
        A row per `level` of interval: `held`, the share of changes within it.
    calibration
        A row per class of the chance of a noticeable decline: `low`, `high`, `areas`, `expected` (the mean
        chance) and `observed` (the share that declined so).
    table
        A row per `area`: `municipality`, `change` (real), `expected`, `low`, `high` (80 %), `same_trend`,
        `chance_of_decline` and `chance_below` (of a change below the real one; even from 0 to 1 in a good
        forecast).
    decline
        How large a decline is noticeable, in points.
    invented
        Whether the livability is made up.
    """

    version: str
    level: str
    learned: tuple[date, date]
    predicted: tuple[date, date]
    held_out: bool
    areas: int
    municipalities: int
    errors: pl.DataFrame
    gain: tuple[float, float, float]
    coverage: pl.DataFrame
    calibration: pl.DataFrame
    table: pl.DataFrame
    decline: float
    invented: bool = False

    def rmse(self, way: str) -> float:
        """The root of the mean squared miss of one way."""
        return float(self.errors.filter(pl.col("way") == way)["rmse"].item())

    def held(self, level: float = SURE) -> float:
        """The share of changes within the interval of this level."""
        return float(self.coverage.filter(pl.col("level") == level)["held"].item())

    def notes(self) -> tuple[Note, ...]:
        """The outcome in words."""
        errors = {way: Quantity(rmse) for way, rmse in self.errors.select("way", "rmse").iter_rows()}
        told = [
            note(
                TESTED,
                **errors,
                areas=self.areas,
                level=LEVEL_NAMES.get(self.level, self.level),
                version=self.version,
                learned=Day(self.learned[1]),
                start=Day(self.predicted[0]),
                end=Day(self.predicted[1]),
                sure=f"{100 * SURE:.0f}",
                held=f"{100 * self.held():.0f}",
            ),
            note(self._verdict()),
        ]
        verdict = told[-1].text
        if verdict in (TOO_FEW_MUNICIPALITIES, NO_BETTER) and self.rmse("forecast") > self.rmse("no_change"):
            told.append(note(DID_WORSE))
        if self.held_out:
            told.append(note(HELD_OUT))
        return tuple(told)

    def _verdict(self) -> str:
        if self.municipalities < _FEWEST_MUNICIPALITIES:
            return TOO_FEW_MUNICIPALITIES
        _, low, high = self.gain
        return BETTER if low > 0 else WORSE if high < 0 else NO_BETTER


def backtest(
    history: City | History,
    *,
    learn: tuple[date, date] | None = None,
    predict: tuple[date, date] | None = None,
    hold_out: Literal["municipality"] | None = None,
    decline: float | None = None,
    level: str = "neighbourhood",
) -> Backtest:
    """Predict a step of the past from what came before it, and hold it against what happened.

    Parameters
    ----------
    history
        A City with enough periods of one version of the Leefbaarometer, or its history.
    learn
        The first and last period to learn from; all before the step predicted when left out.
    predict
        The start and end of the step to predict; the last one when left out.
    hold_out
        `municipality`: predict each municipality by a model learned without it, in ten parts.
    decline
        How large a decline is noticeable, in points; the usual change when left out.
    level
        Of the areas, where a City is given.

    Raises
    ------
    AbsentError
        When there are too few periods, or a period is not known in this version.
    InputError
        When the step to predict does not lie after what is learned from.

    Notes
    -----
    RMSE is ``√ mean (expected - real)²``; the interval of the gain resamples municipalities (Efron and
    Tibshirani 1993, *An Introduction to the Bootstrap*, 8), because their areas rise and fall together.
    """
    known = history if isinstance(history, History) else History.of(history, level)
    periods, step = _checked(known, learn, predict)
    form = form_for(len(periods))
    real = changed(known, *step, form)
    if real.is_empty():
        raise AbsentError(
            N_("no area has livability in both {start} and {end}"), start=str(step[0]), end=str(step[1])
        )
    rows = learnt_from(known, periods, form, years_between(*step))
    size = known.usual_change() if decline is None else decline
    held_out = hold_out is not None
    parts = [
        _told(ChangeModel.learn(learned, predictors(known, form), lasting=form.lasting), asked, size)
        for learned, asked in _folds(rows, real, held_out=held_out)
    ]
    trend = _same_trend(known, periods[-2:], step)
    table = pl.concat(parts).join(trend, on="area", maintain_order="left")
    return _judged(known, (periods[0], periods[-1]), step, table, size, held_out=held_out)


def _checked(
    history: History, learn: tuple[date, date] | None, predict: tuple[date, date] | None
) -> tuple[list[date], tuple[date, date]]:
    """The periods to learn from, and the step to predict."""
    held = history.needed(3)
    step = predict or (held[-2], held[-1])
    first, last = learn or (held[0], step[0])
    for period in (*step, first, last):
        if period not in held:
            raise AbsentError(
                N_("livability {version} of level {level} is not known in {period}"),
                expected=N_("one of: {periods}"),
                remedy=N_("choose periods of one version"),
                version=history.version,
                level=history.level,
                period=str(period),
                periods=", ".join(map(str, held)),
            )
    if not first < last <= step[0] < step[1]:
        raise InputError(
            N_(
                "what is predicted ({start} to {end}) does not lie after what is learned from "
                "({first} to {last})"
            ),
            expected=N_("two periods or more to learn from, and a step after them"),
            remedy=N_("choose a later step, or earlier periods to learn from"),
            start=str(step[0]),
            end=str(step[1]),
            first=str(first),
            last=str(last),
        )
    return [period for period in held if first <= period <= last], step


def _folds(
    rows: pl.DataFrame, real: pl.DataFrame, *, held_out: bool
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """What to learn from and what to predict: everything at once, or municipalities in turn."""
    if not held_out:
        yield rows, real
        return
    codes = real["municipality"].unique().sort().to_list()
    if len(codes) < 2:
        raise AbsentError(
            N_("there is one municipality: it cannot be held out"),
            remedy=N_("take a larger region, or test without holding out"),
        )
    for fold in range(min(FOLDS, len(codes))):
        within = pl.col("municipality").is_in(codes[fold::FOLDS])
        yield rows.filter(~within), real.filter(within)


def _told(model: ChangeModel, asked: pl.DataFrame, decline: float) -> pl.DataFrame:
    """What the model says of areas whose change is known."""
    made = model.predict(asked)
    low, high = made.interval(SURE)
    columns = {
        "expected": made.expected,
        "low": low,
        "high": high,
        "chance_of_decline": made.below(-decline),
        "chance_below": made.below(asked["change"].to_numpy()),
    }
    return asked.select("area", "municipality", "change").with_columns(pl.DataFrame(columns))


def _same_trend(history: History, before: list[date], step: tuple[date, date]) -> pl.DataFrame:
    """What each area would do if it went on as it last did."""
    last = changed(history, before[0], before[1], Form(trend=False, lasting=False))
    ratio = years_between(*step) / years_between(before[0], before[1])
    return last.select("area", same_trend=pl.col("change") * ratio)


def _judged(
    history: History,
    learned: tuple[date, date],
    step: tuple[date, date],
    table: pl.DataFrame,
    decline: float,
    *,
    held_out: bool,
) -> Backtest:
    real = table["change"].to_numpy()
    ways = {
        "forecast": table["expected"].to_numpy(),
        "no_change": np.zeros(len(table)),
        "same_trend": table["same_trend"].to_numpy(),
    }
    errors = pl.DataFrame(
        [
            (way, float(np.sqrt(np.mean((told - real) ** 2))), float(np.mean(told - real)))
            for way, told in ways.items()
        ],
        schema=["way", "rmse", "bias"],
        orient="row",
    )
    from_middle = np.abs(table["chance_below"].to_numpy() - 0.5)
    held = [float(np.mean(from_middle <= level / 2)) for level in LEVELS]
    return Backtest(
        version=history.version,
        level=history.level,
        learned=learned,
        predicted=step,
        held_out=held_out,
        areas=len(table),
        municipalities=table["municipality"].n_unique(),
        errors=errors,
        gain=_gain(table),
        coverage=pl.DataFrame({"level": LEVELS, "held": held}),
        calibration=_calibration(table, decline),
        table=table,
        decline=decline,
        invented=history.invented,
    )


def _gain(table: pl.DataFrame) -> tuple[float, float, float]:
    """How much smaller the RMSE is than that of no change, with its 95 % interval over municipalities."""
    sums = table.group_by("municipality", maintain_order=True).agg(
        areas=pl.len(),
        none=(pl.col("change") ** 2).sum(),
        ours=((pl.col("change") - pl.col("expected")) ** 2).sum(),
    )
    areas, none, ours = (sums[name].to_numpy().astype(float) for name in ("areas", "none", "ours"))
    luck = np.random.default_rng(_SEED)
    often = luck.multinomial(len(sums), np.full(len(sums), 1 / len(sums)), size=_RESAMPLES)
    count = often @ areas
    drawn = np.sqrt(often @ none / count) - np.sqrt(often @ ours / count)
    low, high = np.quantile(drawn, [0.025, 0.975])
    gain = np.sqrt(none.sum() / areas.sum()) - np.sqrt(ours.sum() / areas.sum())
    return float(gain), float(low), float(high)


def _calibration(table: pl.DataFrame, decline: float) -> pl.DataFrame:
    """Areas in ten classes of equal size by their chance of a decline: what was told and what happened."""
    chance = pl.col("chance_of_decline")
    return (
        table.with_columns(part=(chance.rank("ordinal") - 1) * _CLASSES // pl.len())
        .group_by("part")
        .agg(
            low=chance.min(),
            high=chance.max(),
            areas=pl.len().cast(pl.Int64),
            expected=chance.mean(),
            observed=(pl.col("change") < -decline).mean(),
        )
        .sort("part")
        .drop("part")
    )
