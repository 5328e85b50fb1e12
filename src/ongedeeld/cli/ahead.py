"""The forecast of livability and its test on the past, as they are told at the prompt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from ongedeeld.cli.bearing import day_said, tell_evidence
from ongedeeld.cli.figures import figure, interval, number, said, scale, tell_notes
from ongedeeld.cli.voice import table, tell, voice
from ongedeeld.errors import N_
from ongedeeld.vocabulary import INDICATORS, load_evidence

if TYPE_CHECKING:
    from ongedeeld.measures.capacity.forecast import Backtest, Forecast

VARIANCE = {
    "evidence": N_("the estimate of what a letting does"),
    "known_too_little": N_("the expected change is an estimate"),
    "step": N_("what befalls the whole municipality"),
    "rest": N_("what befalls one area, and noise in the figures"),
}
WAYS = {
    "forecast": N_("forecast"),
    "no_change": N_("no change"),
    "same_trend": N_("same trend"),
}
USUAL = N_(
    "Noticeable is taken to be a decline of more than {decline} points, the usual size of a change between "
    "two periods; state your own with --decline."
)
PASSED = N_(
    "Livability was last known on {start}, so that what is forecast has passed already: build the City with "
    "newer figures to look ahead."
)
STATED = N_("Noticeable is a decline of more than {decline} points, as you stated.")


def points(value: float | None) -> str:
    """Points of the Leefbaarometer, of which the second decimal counts."""
    return number(value, 3)


def tell_noticeable(decline: float, *, stated: bool) -> None:
    """Say how large a decline is noticeable, and who said so."""
    tell(STATED if stated else USUAL, decline=points(decline))


@dataclass(frozen=True)
class Ahead:
    """The forecast of every area, with the names of the areas."""

    found: Forecast
    names: dict[str, str]
    stated: bool
    today: date

    name = "forecast"
    of_tenants = False

    def rows(self) -> pl.DataFrame:
        """A row per area, the highest chance of a decline first."""
        found = self.found
        stated = ("start", "end", "version", "decline", "sure")
        told = found.table.with_columns(pl.lit(getattr(found, name)).alias(name) for name in stated)
        return _named(told, self.names).sort(
            "chance_of_decline", "area", descending=[True, False], nulls_last=True
        )

    def data(self) -> dict[str, Any]:
        """Everything for another program."""
        found = self.found
        return {
            "version": found.version,
            "level": found.level,
            "start": found.start,
            "end": found.end,
            "decline": found.decline,
            "decline_stated": self.stated,
            "sure": found.sure,
            "areas": self.rows().to_dicts(),
            "contributions": found.contributions.to_dicts(),
            "drivers": found.drivers.to_dicts(),
            "variance": found.variance.to_dicts(),
            "notes": [each.say() for each in found.notes],
            "evidence": list(found.records),
        }

    def tell(self) -> None:
        """Print it, first how the forecast did in the past."""
        found = self.found
        tell(
            N_("Forecast of the Leefbaarometer {version} by {level}, from {start} to {end}."),
            version=found.version,
            level=scale(found.level),
            start=day_said(found.start),
            end=day_said(found.end),
        )
        tell_notes(found.notes)
        if found.end <= self.today:
            tell(PASSED, start=day_said(found.start))
        tell_noticeable(found.decline, stated=self.stated)
        self._tell_areas()
        self._tell_drivers()
        tell_variance(found.variance)
        tell_evidence(found.records, load_evidence())

    def _tell_areas(self) -> None:
        table(
            N_("Change in points, highest chance of a noticeable decline first"),
            (
                scale(self.found.level),
                N_("expected"),
                voice.say(N_("interval of {percent}%"), percent=round(100 * self.found.sure)),
                N_("chance of a decline"),
            ),
            (
                (
                    f"{row['name'] or '-'} ({row['area']})",
                    points(row["expected"]) if row["outcome"] == "known" else voice.say(N_("not known")),
                    interval(row["low"], row["high"], points),
                    figure(row["chance_of_decline"], "share"),
                )
                for row in self.rows().to_dicts()
            ),
        )

    def _tell_drivers(self) -> None:
        table(
            N_("What the expected change hangs on; it goes with it and need not cause it"),
            (N_("at the start"), N_("points of change for much of it"), N_("interval")),
            (
                (
                    _predictor(row["predictor"]),
                    points(row["effect"]),
                    interval(row["low"], row["high"], points),
                )
                for row in self.found.drivers.to_dicts()
            ),
        )


def _named(rows: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """Rows by area with the name of the area behind its code."""
    name = pl.col("area").replace_strict(names, default=None, return_dtype=pl.String).alias("name")
    return rows.select("area", name, pl.exclude("area"))


def tell_variance(variance: pl.DataFrame) -> None:
    """Print what makes an outcome unsure, by share of the variance."""
    table(
        N_("What makes it unsure"),
        (N_("part"), N_("share")),
        ((said(VARIANCE, row["part"]), figure(row["share"], "share")) for row in variance.to_dicts()),
    )


def _predictor(name: str) -> str:
    if name in INDICATORS:
        return INDICATORS[name].label(voice.language)
    return voice.say(N_("the change before it")) if name == "trend" else voice.say(N_("livability"))


@dataclass(frozen=True)
class Past:
    """The test of the forecast on the last known step, with the names of the areas."""

    found: Backtest
    names: dict[str, str]
    stated: bool

    name = "backtest"
    of_tenants = False

    def rows(self) -> pl.DataFrame:
        """A row per area: what was expected, and what came."""
        return _named(self.found.table, self.names)

    def data(self) -> dict[str, Any]:
        """Everything for another program."""
        found = self.found
        return {
            "version": found.version,
            "level": found.level,
            "learned": found.learned,
            "predicted": found.predicted,
            "areas": found.areas,
            "municipalities": found.municipalities,
            "decline": found.decline,
            "decline_stated": self.stated,
            "errors": found.errors.to_dicts(),
            "gain": found.gain,
            "coverage": found.coverage.to_dicts(),
            "calibration": found.calibration.to_dicts(),
            "table": found.table.to_dicts(),
            "notes": [each.say() for each in found.notes()],
        }

    def tell(self) -> None:
        """Print how far off it was, how often intervals held, and what became of the chances."""
        tell_notes(self.found.notes())
        self._tell_misses()
        table(
            N_("How often intervals held"),
            (N_("interval"), N_("held")),
            (
                (figure(row["level"], "share"), figure(row["held"], "share"))
                for row in self.found.coverage.to_dicts()
            ),
        )
        tell_noticeable(self.found.decline, stated=self.stated)
        self._tell_chances()

    def _tell_misses(self) -> None:
        from ongedeeld.measures.capacity.forecast.backtest import TOO_FEW_MUNICIPALITIES

        found = self.found
        table(
            N_("How far off, in points"),
            (N_("way"), N_("typical miss"), N_("too high on average")),
            (
                (said(WAYS, row["way"]), points(row["rmse"]), points(row["bias"]))
                for row in found.errors.to_dicts()
            ),
        )
        if not any(each.text == TOO_FEW_MUNICIPALITIES for each in found.notes()):
            gain, low, high = found.gain
            tell(
                N_("The miss of 'no change' less that of the forecast: {gain} points (95% interval: {low} to "
                   "{high}). Above zero the forecast is better."),
                gain=points(gain),
                low=points(low),
                high=points(high),
            )  # fmt: skip

    def _tell_chances(self) -> None:
        table(
            N_("Chances of a noticeable decline, and how many declined so"),
            (N_("areas"), N_("chance, from and to"), N_("chance on average"), N_("declined")),
            (
                (
                    row["areas"],
                    interval(row["low"], row["high"], lambda value: figure(value, "share")),
                    figure(row["expected"], "share"),
                    figure(row["observed"], "share"),
                )
                for row in self.found.calibration.to_dicts()
            ),
        )
