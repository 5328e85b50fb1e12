"""The forecast: the mixed model on a country, beside the same model as a formula in statsmodels.

The other side writes what the model is, municipality, area and municipality in a step, as a formula of
statsmodels, with its own defaults: no standardised changes, no starting values. It is run on one municipality
in twelve, as on the whole country it takes too long; ours runs on the whole country, and on that part too.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import polars as pl

from bench.cases import COUNTRY

Work = Callable[[], object]
PERIODS = 8
PART = 12


def history(part: int = 1) -> pl.DataFrame:
    """Livability of every neighbourhood of 2024 in eight periods, made from a seed.

    It keeps 0.9 of its difference from the mean, with what lasts of the area and its municipality, and a
    shock of both in every step: every part of the model is there to be found.
    """
    codes = pl.read_csv(COUNTRY, columns=["level", "code"], schema_overrides={"code": pl.String})
    areas = codes.filter(pl.col("code").str.starts_with("BU"))["code"].str.strip_chars().unique().sort()
    towns = areas.str.slice(2, 4)
    kept = towns.unique().sort()[::part].to_list()
    chosen = pl.DataFrame({"area": areas, "municipality": towns}).filter(pl.col("municipality").is_in(kept))
    number = chosen["municipality"].rank("dense").to_numpy() - 1
    luck = np.random.default_rng(1)
    towns_here = int(number.max()) + 1
    of_town = luck.normal(0.0, 0.003, (towns_here, 5))[number.astype(int)]
    lasting = of_town + luck.normal(0.0, 0.004, (len(chosen), 5))
    parts = luck.normal(0.0, 0.07, (len(chosen), 5))
    frames = []
    for step in range(PERIODS):
        columns = {f"dimension{place}": parts[:, place] for place in range(5)}
        now = chosen.with_columns(pl.DataFrame(columns), total=parts.sum(axis=1))
        frames.append(now.with_columns(period=pl.date(2008 + 2 * step, 1, 1), version=pl.lit("3.0")))
        shock = luck.normal(0.0, 0.006, (towns_here, 5))[number.astype(int)]
        parts = 0.9 * parts + lasting + shock + luck.normal(0.0, 0.012, parts.shape)
    return pl.concat(frames)


def ours(part: int = 1) -> Work:
    """Learn and forecast, without the test on the past."""
    from statsmodels.regression import mixed_linear_model  # noqa: F401

    from ongedeeld.measures.capacity.forecast import History
    from ongedeeld.measures.capacity.forecast.model import ChangeModel
    from ongedeeld.measures.capacity.forecast.steps import form_for, known_at, learnt_from, predictors

    known = History.of_table(history(part))
    periods = known.periods()
    form = form_for(len(periods) - 1)

    def work() -> object:
        rows = learnt_from(known, periods, form, 2.0)
        model = ChangeModel.learn(rows, predictors(known, form), lasting=form.lasting)
        made = model.predict(known_at(known, periods[-1], form))
        return [float(made.expected.mean()), float(made.deviation.mean())]

    return work


def ours_on_a_part() -> Work:
    """The same on one municipality in twelve."""
    return ours(PART)


def whole_forecast() -> Work:
    """The forecast of the country with its test on the past: two fits."""
    from ongedeeld.measures.capacity.forecast import History, forecast

    known = History.of_table(history())
    return lambda: forecast(known, decline=0.05)


def with_a_formula() -> Work:
    """One municipality in twelve, as a formula of statsmodels."""
    import pandas as pd
    import statsmodels.formula.api as smf

    from ongedeeld.measures.capacity.forecast import History
    from ongedeeld.measures.capacity.forecast.steps import form_for, learnt_from, predictors

    known = History.of_table(history(PART))
    form = form_for(PERIODS - 1)
    rows = pd.DataFrame(learnt_from(known, known.periods(), form, 2.0).to_dict(as_series=False))
    names = " + ".join(predictors(known, form))

    def work() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = smf.mixedlm(
                f"change ~ {names}",
                rows,
                groups="municipality",
                re_formula="1",
                vc_formula={"area": "0 + C(area)", "step": "0 + C(step)"},
            )
            return model.fit(reml=True)

    return work


CASES: dict[str, tuple[Callable[[], Work], Callable[[], Work] | None]] = {
    "Fit of 14,574 neighbourhoods in 8 periods": (ours, None),
    "Forecast of 14,574 neighbourhoods in 8 periods, with its test on the past": (whole_forecast, None),
    "Fit of one municipality in twelve (other way: a formula in statsmodels)": (
        ours_on_a_part,
        with_a_formula,
    ),
}
