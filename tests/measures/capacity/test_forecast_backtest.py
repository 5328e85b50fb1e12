"""The test on the past, on the districts of the Netherlands: learn on 2012-2014, predict 2014-2016."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

import numpy as np
import polars as pl
import pytest

from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.capacity.forecast import Backtest, History, backtest
from tests.real_cities import districts
from tests.sources.voorbeeldstad import whole_city

Y2012, Y2014, Y2016 = (date(year, 1, 1) for year in (2012, 2014, 2016))


@cache
def of_districts(hold_out: Literal["municipality"] | None = None) -> Backtest:
    return backtest(
        History.of(districts(), "district"),
        learn=(Y2012, Y2014),
        predict=(Y2014, Y2016),
        hold_out=hold_out,
        decline=0.03,
    )


def test_the_data_are_those_of_the_trial() -> None:
    figures = districts().table("indicators").filter(pl.col("indicator") == "livability2_deviation")
    wide = figures.pivot("period", index="area", values="value").drop_nulls()
    first, second, third = (wide[str(period)].to_numpy() for period in (Y2012, Y2014, Y2016))
    assert len(wide) == 2803
    assert np.sqrt(np.mean((third - second) ** 2)) == pytest.approx(0.0356, abs=5e-5)
    assert np.sqrt(np.mean((third - 2 * second + first) ** 2)) == pytest.approx(0.0529, abs=5e-5)


@pytest.mark.parametrize("hold_out", [None, "municipality"])
def test_the_forecast_is_as_far_off_as_no_change_and_nearer_than_the_same_trend(
    hold_out: Literal["municipality"] | None,
) -> None:
    made = of_districts(hold_out)
    assert (made.areas, made.municipalities) == (2803, 390)
    assert made.rmse("no_change") == pytest.approx(0.0327, abs=5e-5)
    assert made.rmse("same_trend") == pytest.approx(0.0502, abs=5e-5)
    assert made.rmse("forecast") == pytest.approx(0.0327, abs=1e-4)
    assert made.gain[1] < 0.0 < made.gain[2]
    assert "no more than 'no change'" in str(made.notes()[1])


@pytest.mark.parametrize("hold_out", [None, "municipality"])
def test_intervals_hold_as_often_as_they_say(hold_out: Literal["municipality"] | None) -> None:
    made = of_districts(hold_out)
    assert made.held(0.8) == pytest.approx(0.81, abs=0.01)
    for level, held in made.coverage.iter_rows():
        assert held == pytest.approx(level, abs=0.015)
    inside = (made.table["low"] <= made.table["change"]) & (made.table["change"] <= made.table["high"])
    assert inside.mean() == pytest.approx(made.held(0.8))


def test_where_a_decline_was_called_likelier_it_came_more_often() -> None:
    classes = of_districts().calibration
    assert classes["areas"].sum() == 2803
    assert classes["expected"].is_sorted()
    assert np.corrcoef(classes["expected"], classes["observed"])[0, 1] > 0.85
    # All of the country declined by more than the model could know: the chances were some hundredths too low.
    assert (classes["observed"] - classes["expected"]).mean() == pytest.approx(0.028, abs=0.01)


def test_held_out_municipalities_are_said_to_be() -> None:
    assert "had not seen it" in str(of_districts("municipality").notes()[-1])
    assert len(of_districts().notes()) == 2


def test_more_years_of_version_3_are_tested_in_the_same_way() -> None:
    made = backtest(whole_city())
    assert (made.version, made.predicted) == ("3.0", (date(2022, 1, 1), date(2024, 1, 1)))
    assert "cannot tell" in str(made.notes()[1])
    earlier = backtest(
        whole_city(), learn=(date(2016, 1, 1), date(2020, 1, 1)), predict=(date(2020, 1, 1), date(2022, 1, 1))
    )
    assert earlier.areas >= made.areas


def test_it_refuses_to_predict_what_it_learned_from() -> None:
    history = History.of(districts(), "district")
    with pytest.raises(InputError, match="does not lie after"):
        backtest(history, learn=(Y2012, Y2016), predict=(Y2014, Y2016))
    with pytest.raises(InputError, match="does not lie after"):
        backtest(history, learn=(Y2014, Y2016), predict=(Y2012, Y2014))


def test_it_refuses_a_period_of_another_version_and_too_few_periods() -> None:
    history = History.of(districts(), "district")
    with pytest.raises(AbsentError, match="not known in 2020-01-01"):
        backtest(history, predict=(Y2016, date(2020, 1, 1)))
    short = History("2.0", "district", history.table.filter(pl.col("period") > Y2012), history.dimensions)
    with pytest.raises(AbsentError, match="at least 3 periods"):
        backtest(short)


def test_it_refuses_to_hold_out_the_only_municipality() -> None:
    with pytest.raises(AbsentError, match="cannot be held out"):
        backtest(whole_city(), hold_out="municipality")
