"""The forecast itself: the next step of every area, with how sure it is and how it did in the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.capacity.forecast.backtest import Backtest, backtest
from ongedeeld.measures.capacity.forecast.history import LEVELS, History, years_between
from ongedeeld.measures.capacity.forecast.model import ChangeModel, Prediction, Shape
from ongedeeld.measures.capacity.forecast.steps import form_for, known_at, learnt_from, predictors
from ongedeeld.measures.notes import Note, note
from ongedeeld.vocabulary.spoken import Day, Quantity

SURE = 0.8

SIGNALS = N_(
    "A forecast signals and does not explain: what goes with a change need not cause it, and a forecast is "
    "of a place, never of the people who live there."
)
LEAVES_OUT = N_(
    "It leaves out the dimension 'residents' and everything about origin, both in what is forecast and in "
    "what it is forecast from."
)
NOT_TESTED = N_(
    "There are {count} periods, too few to test this forecast on the past: nobody knows how well it does."
)
INVENTED = N_("The livability is invented: this says nothing of any real place.")
NOT_KNOWN = N_(
    "{count} areas have no forecast: their livability at {start}, or in the period before it, is not known."
)


@dataclass(frozen=True, eq=False)
class Forecast:
    """The expected change in livability of every area, with its uncertainty.

    Parameters
    ----------
    version, level
        Of the livability.
    start, end
        The step forecast: from the last known period on, as long as the step before it.
    decline, sure
        How large a decline is noticeable, in points, and how sure the intervals are.
    table
        A row per `area`: `outcome` (known, not_known), `livability` at the start, `expected` (change in
        points), `low`, `high`, `chance_of_decline` (of more than `decline`), `error` (the standard error of
        what is expected) and `spread` (what chance adds); null where not known.
    drivers
        What the expected change hangs on, as :meth:`ChangeModel.drivers` tells.
    contributions
        The expected change of each area taken apart, as :meth:`ChangeModel.contributions` tells.
    variance
        What makes it unsure, as :meth:`ChangeModel.variance_split` tells.
    shape
        The form of chance.
    tested
        How the same form of model did on the last known step; none where there are too few periods.
    invented
        Whether the livability is made up.
    records
        The evidence records that the words lean on.
    """

    version: str
    level: str
    start: date
    end: date
    decline: float
    sure: float
    table: pl.DataFrame
    drivers: pl.DataFrame
    contributions: pl.DataFrame
    variance: pl.DataFrame
    shape: Shape
    tested: Backtest | None
    invented: bool = False
    records: tuple[str, ...] = ("leefbaarometer_signal", "livability_no_change")

    @property
    def notes(self) -> tuple[Note, ...]:
        """How to read it, first how it did in the past."""
        told = [*(self.tested.notes() if self.tested else (note(NOT_TESTED, count=2),)), note(SIGNALS)]
        if self.version == "2.0":
            told.append(note(LEAVES_OUT))
        if lacking := len(self.table.filter(pl.col("outcome") == "not_known")):
            told.append(note(NOT_KNOWN, count=lacking, start=Day(self.start)))
        if self.invented:
            told.append(note(INVENTED))
        return tuple(told)

    def of(self, area: str) -> dict[str, object]:
        """The row of one area.

        Raises
        ------
        AbsentError
            When the area is unknown, or has no forecast.
        """
        rows = self.table.filter(pl.col("area") == area)
        if rows.is_empty():
            raise AbsentError(
                N_("{area} is not an area of level {level} with livability {version}"),
                remedy=N_("look it up with: ongedeeld areas DIR TEXT"),
                area=area,
                level=LEVELS.get(self.level, self.level),
                version=self.version,
            )
        row = rows.row(0, named=True)
        if row["outcome"] != "known":
            raise AbsentError(
                N_(
                    "{area} has no forecast: its livability at {start}, or in the period before, is not known"
                ),
                area=area,
                start=Day(self.start),
            )
        return row


def forecast(
    history: City | History,
    *,
    decline: float,
    sure: float = SURE,
    level: str = "neighbourhood",
    version: str | None = None,
) -> Forecast:
    """The change in livability that may be expected over the next step, and the chance of a decline.

    ``change = X b + u(municipality) + w(area) + v(municipality, step) + e``, with in X the dimensions at the
    start and the change before it; u, w and v are normal and shrunk by REML, and what is left around it
    follows Student's t. The form holds only what the last known step could be tested with.

    Parameters
    ----------
    history
        A City with at least two periods of one version of the Leefbaarometer, or its history.
    decline
        How large a decline is noticeable, in points above zero: the user's own statement, as no threshold
        is known. :meth:`History.usual_change` tells what is usual.
    sure
        How sure the intervals are, between 0 and 1.
    level, version
        Of the areas and the livability, where a City is given.

    Returns
    -------
    Forecast
        With its test on the past.

    Raises
    ------
    InputError
        When the decline is not above zero, or `sure` not between 0 and 1.
    AbsentError
        When there are too few periods or areas.
    """
    _refuse_limits(decline, sure)
    known = history if isinstance(history, History) else History.of(history, level, version)
    periods = known.needed(2)
    start = periods[-1]
    years = years_between(periods[-2], start)
    # One period less, as a test on the last step has: only what could be tested is used.
    form = form_for(len(periods) - 1)
    names = predictors(known, form)
    model = ChangeModel.learn(learnt_from(known, periods, form, years), names, lasting=form.lasting)
    asked = known_at(known, start, form)
    made = model.predict(asked)
    return Forecast(
        version=known.version,
        level=known.level,
        start=start,
        end=start.replace(year=start.year + round(years)),
        decline=decline,
        sure=sure,
        table=_table(known, asked, made, decline, sure),
        drivers=model.drivers(sure),
        contributions=model.contributions(asked),
        variance=model.variance_split(made),
        shape=made.shape,
        tested=backtest(known, decline=decline) if len(periods) > 2 else None,
        invented=known.invented,
    )


def _refuse_limits(decline: float, sure: float) -> None:
    if not decline > 0:
        raise InputError(
            N_("a noticeable decline of {decline} points cannot be"),
            expected=N_("a size above zero, in points of the Leefbaarometer"),
            remedy=N_("state how large a decline you find noticeable"),
            decline=Quantity(decline),
        )
    if not 0 < sure < 1:
        raise InputError(
            N_("an interval of level {level} cannot be"),
            expected=N_("a number between 0 and 1, such as 0.8"),
            level=Quantity(sure),
        )


def _table(
    history: History, asked: pl.DataFrame, made: Prediction, decline: float, sure: float
) -> pl.DataFrame:
    low, high = made.interval(sure)
    columns = {
        "expected": made.expected,
        "low": low,
        "high": high,
        "chance_of_decline": made.below(-decline),
        "error": made.error,
        "spread": made.spread,
    }
    told = asked.select("area", livability="total").with_columns(pl.DataFrame(columns))
    everyone = history.table.select("area").unique().sort("area")
    outcome = pl.when(pl.col("expected").is_null()).then(pl.lit("not_known")).otherwise(pl.lit("known"))
    return everyone.join(told, on="area", how="left", maintain_order="left").select(
        "area", outcome.alias("outcome"), pl.exclude("area")
    )
