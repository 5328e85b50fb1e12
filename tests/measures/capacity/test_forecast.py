"""The model of changes: on made data whose truth is known, on real districts, and on input that cannot be."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy import stats

from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.capacity.forecast import History, backtest, forecast
from ongedeeld.measures.capacity.forecast.model import ChangeModel, Shape
from tests.real_cities import districts, utrecht
from tests.sources.voorbeeldstad import whole_city

Y2012, Y2014, Y2016 = (date(year, 1, 1) for year in (2012, 2014, 2016))
TRUE = {"municipality": 0.006, "area": 0.010, "step": 0.012, "rest": 0.020}


def changes(municipalities: int = 80, areas: int = 12, steps: int = 6, seed: int = 1) -> pl.DataFrame:
    """Changes of made areas: -0.1 of `level`, with standard deviations as in TRUE."""
    luck = np.random.default_rng(seed)
    place = np.repeat(np.arange(municipalities * areas), steps)
    town, step = place // areas, np.tile(np.arange(steps), municipalities * areas)
    level = luck.normal(0.0, 0.1, len(place))
    shocks = luck.normal(0.0, TRUE["step"], (municipalities, steps))
    change = (
        -0.1 * level
        + luck.normal(0.0, TRUE["municipality"], municipalities)[town]
        + luck.normal(0.0, TRUE["area"], municipalities * areas)[place]
        + shocks[town, step]
        + luck.normal(0.0, TRUE["rest"], len(place))
    )
    names = pl.DataFrame(
        {"area": [f"WK{one:06}" for one in place], "municipality": [f"GM{one:04}" for one in town]}
    )
    return names.with_columns(step=step, level=level, change=change)


def made_history(municipalities: int = 60, areas: int = 20, periods: int = 3, seed: int = 2) -> History:
    """Livability that keeps 0.9 of itself, with a shock of its municipality in every step."""
    luck = np.random.default_rng(seed)
    total = luck.normal(0.0, 0.15, (municipalities, areas))
    rows = []
    for step in range(periods):
        rows += [
            (
                f"WK{town:04}{area:02}",
                f"GM{town:04}",
                date(2012 + 2 * step, 1, 1),
                "3.0",
                float(total[town, area]),
            )
            for town in range(municipalities)
            for area in range(areas)
        ]
        shock = luck.normal(0.0, 0.015, (municipalities, 1))
        total = 0.9 * total + shock + luck.normal(0.0, 0.025, total.shape)
    frame = pl.DataFrame(rows, schema=["area", "municipality", "period", "version", "total"], orient="row")
    return History.of_table(frame, level="district")


def test_it_finds_the_variances_that_were_put_in() -> None:
    model = ChangeModel.learn(changes(), ("level",), lasting=True)
    for part, deviation in TRUE.items():
        assert np.sqrt(model.mixed.variances[part]) == pytest.approx(deviation, rel=0.2)
    assert model.mixed.coefficients[1] / model.scale[0] == pytest.approx(-0.1, abs=0.01)


def test_without_predictors_it_agrees_with_the_analysis_of_variance() -> None:
    rows = changes(areas=8, steps=1).with_columns(level=pl.lit(1.0))
    model = ChangeModel.learn(rows, ("level",), lasting=False)
    table = rows["change"].to_numpy().reshape(80, 8)
    within = table.var(axis=1, ddof=1).mean()
    between = table.mean(axis=1).var(ddof=1)
    assert model.mixed.variances["rest"] == pytest.approx(within, rel=1e-3)
    assert model.mixed.variances["step"] == pytest.approx(between - within / 8, rel=1e-2)
    assert model.mixed.coefficients[0] == pytest.approx(table.mean(), abs=1e-6)


def test_a_part_without_variance_is_left_out_and_the_rest_is_least_squares() -> None:
    luck = np.random.default_rng(3)
    alike = luck.normal(0.0, 0.02, (40, 10))
    alike -= alike.mean(axis=1, keepdims=True)
    rows = changes(40, 10, 1).with_columns(change=alike.ravel())
    model = ChangeModel.learn(rows, ("level",), lasting=False)
    slope = stats.linregress(rows["level"], rows["change"]).slope
    assert model.mixed.variances["step"] == 0.0
    assert model.mixed.coefficients[1] / model.scale[0] == pytest.approx(slope, rel=1e-9)


def test_what_lasts_is_shrunk_towards_nothing_and_a_strange_area_is_less_sure() -> None:
    rows = changes()
    model = ChangeModel.learn(rows, ("level",), lasting=True)
    one = rows.filter(pl.col("area") == rows["area"][0]).head(1)
    strange = one.with_columns(area=pl.lit("WK999999"))
    elsewhere = strange.with_columns(municipality=pl.lit("GM9999"))
    known, new, far = (model.predict(frame) for frame in (one, strange, elsewhere))
    assert known.error[0] < new.error[0] < far.error[0]
    assert far.error[0] ** 2 == pytest.approx(TRUE["area"] ** 2 + TRUE["municipality"] ** 2, rel=0.3)
    average = (
        rows.with_columns(left=pl.col("change") + 0.1 * pl.col("level"))
        .group_by("area")
        .agg(pl.col("left").mean())
    )
    parts = model.contributions(rows.filter(pl.col("step") == 0)).filter(pl.col("part") == "lasting")
    assert parts["points"].std() < average["left"].std()  # type: ignore[operator]


def test_intervals_hold_as_often_as_they_say_on_made_data() -> None:
    tested = backtest(made_history())
    for level, held in tested.coverage.iter_rows():
        assert held == pytest.approx(level, abs=0.04)
    assert tested.rmse("forecast") < tested.rmse("no_change") < tested.rmse("same_trend")
    assert tested.gain[1] > 0.0


def test_the_parts_of_an_expected_change_add_up() -> None:
    made = forecast(made_history(periods=5), decline=0.03)
    sums = made.contributions.group_by("area").agg(pl.col("points").sum()).sort("area")
    assert np.allclose(sums["points"], made.table["expected"])
    assert made.variance["share"].sum() == pytest.approx(1.0)


def test_the_chance_of_a_decline_follows_from_the_interval() -> None:
    made = forecast(made_history(), decline=0.03, sure=0.6)
    edge = forecast(made_history(), decline=-made.table["low"][0], sure=0.6)
    assert edge.table["chance_of_decline"][0] == pytest.approx(0.2, abs=1e-9)


def test_the_form_of_chance_has_a_median_of_nothing_and_heavier_tails_than_the_normal() -> None:
    shape = Shape(freedom=5.0, scale=0.8)
    assert shape.quantile(0.5) == pytest.approx(0.0, abs=1e-12)
    assert float(shape.below(np.array([shape.quantile(0.1)]))[0]) == pytest.approx(0.1)
    assert shape.quantile(0.999) > float(stats.norm.ppf(0.999))


def test_districts_leave_out_the_residents_and_all_that_is_of_the_target_period() -> None:
    history = History.of(districts(), "district")
    assert history.version == "2.0"
    assert history.dimensions == (
        "livability2_housing",
        "livability2_amenities",
        "livability2_safety",
        "livability2_physical",
    )
    tested = backtest(history, learn=(Y2012, Y2014), predict=(Y2014, Y2016))
    blind = History(
        history.version, history.level, history.table.filter(pl.col("period") < Y2016), history.dimensions
    )
    told = forecast(blind, decline=tested.decline).table.select("area", ahead="expected")
    both = tested.table.join(told, on="area")
    assert len(both) == len(tested.table)
    assert np.allclose(both["expected"], both["ahead"])


def test_real_districts_are_forecast_with_what_drives_it_and_how_it_did() -> None:
    made = forecast(History.of(districts(), "district"), decline=0.04)
    assert (made.start, made.end) == (Y2016, date(2018, 1, 1))
    assert made.tested is not None
    assert made.table["outcome"].value_counts().sort("outcome")["count"].to_list() == [2846, 6]
    assert made.table.filter(pl.col("outcome") == "not_known")["expected"].null_count() == 6
    assert made.drivers["predictor"].to_list() == list(History.of(districts(), "district").dimensions)
    words = " ".join(str(one) for one in made.notes)
    assert "no more than 'no change' would" in words
    assert "for this scale and period only" in words


def test_the_model_city_is_forecast_on_version_3_and_says_it_is_invented() -> None:
    made = forecast(whole_city(), decline=0.05)
    assert made.version == "3.0"
    assert "trend" in made.drivers["predictor"].to_list()
    assert "invented" in str(made.notes[-1])


@pytest.mark.parametrize("decline", [0.0, -0.1, float("nan")])
def test_it_refuses_a_decline_that_is_none(decline: float) -> None:
    with pytest.raises(InputError, match="above zero"):
        forecast(made_history(), decline=decline)


def test_it_refuses_a_level_outside_its_limits() -> None:
    with pytest.raises(InputError, match="between 0 and 1"):
        forecast(made_history(), decline=0.1, sure=80)


def test_it_refuses_one_period() -> None:
    with pytest.raises(AbsentError, match="at least 2 periods"):
        forecast(utrecht(), decline=0.1)


def test_it_refuses_an_area_it_does_not_know_and_names_one_without_a_forecast() -> None:
    made = forecast(History.of(districts(), "district"), decline=0.04)
    lacking = made.table.filter(pl.col("outcome") == "not_known")["area"][0]
    with pytest.raises(AbsentError, match="is not an area"):
        made.of("WK999999")
    with pytest.raises(AbsentError, match="has no forecast"):
        made.of(lacking)


def test_it_refuses_a_table_that_mixes_versions() -> None:
    frame = made_history().table.with_columns(version=pl.lit("3.0"))
    mixed = frame.with_columns(
        version=pl.when(pl.col("period") < Y2014).then(pl.lit("2.0")).otherwise("version")
    )
    with pytest.raises(InputError, match=r"mixes versions of the Leefbaarometer: 2\.0, 3\.0"):
        History.of_table(mixed)


def test_it_refuses_a_table_without_a_column_or_with_a_row_twice() -> None:
    frame = made_history().table.with_columns(version=pl.lit("3.0"))
    with pytest.raises(InputError, match="no column total"):
        History.of_table(frame.drop("total"))
    with pytest.raises(InputError, match="more than one row"):
        History.of_table(pl.concat([frame, frame.head(1)]))


def test_it_refuses_too_few_areas_to_learn_from() -> None:
    with pytest.raises(AbsentError, match="too few areas"):
        forecast(made_history(municipalities=1, areas=3), decline=0.1)


def test_a_total_with_residents_in_it_does_not_stand_in_for_its_parts() -> None:
    city = districts()
    bare = city.table("indicators").filter(pl.col("indicator") != "livability2_safety")
    lacking = type(city).of({"areas": city.table("areas"), "indicators": bare}, city.manifest)
    with pytest.raises(AbsentError, match="no livability"):
        History.of(lacking, "district")
