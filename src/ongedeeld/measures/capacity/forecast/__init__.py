"""Forecast, pressure and headroom: what may happen to livability, what lettings come, and what fits.

A forecast signals and does not explain. It comes with its test on the past, pressure with its intervals, and
headroom only as an interval on evidence that carries it.
"""

from ongedeeld.measures.capacity.forecast.backtest import Backtest, backtest
from ongedeeld.measures.capacity.forecast.contingents import Contingent, contingents_of
from ongedeeld.measures.capacity.forecast.forecasting import Forecast, forecast
from ongedeeld.measures.capacity.forecast.headroom import Headroom, PressureOnly, headroom
from ongedeeld.measures.capacity.forecast.history import History
from ongedeeld.measures.capacity.forecast.pressure import Pressure, pressure
from ongedeeld.measures.capacity.forecast.turnover import Turnover

__all__ = [
    "Backtest",
    "Contingent",
    "Forecast",
    "Headroom",
    "History",
    "Pressure",
    "PressureOnly",
    "Turnover",
    "backtest",
    "contingents_of",
    "forecast",
    "headroom",
    "pressure",
]
