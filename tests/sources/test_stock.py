from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ongedeeld.errors import AbsentError, CityError
from ongedeeld.sources import draw_stock
from ongedeeld.sources.assumptions import assumptions
from ongedeeld.sources.fitting import Margin, fit, make_whole, tilt, total
from ongedeeld.sources.keyed import draw, keys_of
from ongedeeld.sources.margins import read_margins
from ongedeeld.sources.stock import IN_WORDS, residuals
from ongedeeld.vocabulary import translator
from tests.real_cities import utrecht
from tests.small_city import NEIGHBOURHOODS, small_city


def fit_two_by_two(start: list[list[float]], rows: list[float], columns: list[float]) -> list[list[float]]:
    margins = [Margin((0,), np.array([rows])), Margin((1,), np.array([columns]))]
    table = fit(np.array([start]), margins, tolerance=1e-9)
    fitted: list[list[float]] = table[0].round(6).tolist()
    return fitted


def test_without_association_the_fitted_table_is_the_product_of_its_margins() -> None:
    # 60 x 30 / 100 = 18, and so on.
    assert fit_two_by_two([[1, 1], [1, 1]], [60, 40], [30, 70]) == [[18, 42], [12, 28]]


def test_fitting_keeps_the_odds_ratio_of_the_start() -> None:
    # The odds ratio is 2 x 2 / (1 x 1) = 4. With margins 30, 30 and 30, 30 the diagonal d solves
    # (d / (30 - d))^2 = 4, so d = 20.
    assert fit_two_by_two([[2, 1], [1, 2]], [30, 30], [30, 30]) == [[20, 10], [10, 20]]


def test_a_total_of_nothing_empties_its_cells() -> None:
    assert fit_two_by_two([[2, 1], [1, 2]], [0, 30], [10, 20]) == [[0, 0], [10, 20]]


def test_a_total_that_is_not_known_leaves_its_area_free() -> None:
    columns = Margin((1,), np.array([[20.0, 20.0], [1.0, 3.0]]))
    rows = Margin((0,), np.array([[30.0, 10.0], [np.nan, np.nan]]))
    fitted = fit(np.ones((2, 2, 2)), [columns, rows])
    assert fitted.tolist() == [[[15, 15], [5, 5]], [[0.5, 1.5], [0.5, 1.5]]]


@given(
    arrays.arrays(np.float64, (3, 4, 5), elements=st.floats(0.01, 100)),
    arrays.arrays(np.float64, (3, 4, 5), elements=st.floats(0.01, 100)),
)
@settings(max_examples=50, deadline=None)
def test_margins_that_go_together_are_always_reached(start: np.ndarray, other: np.ndarray) -> None:
    margins = [Margin((0,), total(other, (0,))), Margin((1,), total(other, (1,)))]
    fitted = fit(start, margins, tolerance=1e-6, rounds=5000)
    for margin in margins:
        assert np.allclose(total(fitted, margin.axes), margin.totals, atol=1e-5)


@given(arrays.arrays(np.float64, (2, 12), elements=st.floats(0, 50)), st.integers(0, 2**64 - 1))
@settings(max_examples=100, deadline=None)
def test_whole_numbers_are_each_weight_rounded_up_or_down_and_add_up(weights: np.ndarray, key: int) -> None:
    weights[:, 0] += np.ceil(weights.sum(axis=1)) - weights.sum(axis=1)
    totals = np.rint(weights.sum(axis=1)).astype(np.int64)
    counts = make_whole(weights, totals, np.array([key, key], dtype=np.uint64))
    assert (counts.sum(axis=1) == totals).all()
    assert (np.abs(counts - weights) < 1 + 1e-4).all()
    assert (np.abs(np.cumsum(counts - weights, axis=1)) < 1 + 1e-4).all()


def test_whole_numbers_are_right_on_average() -> None:
    starts = np.linspace(0, 2**64 - 1, 1000, endpoint=False).astype(np.uint64)
    counts = make_whole(np.tile([0.25, 1.5, 0.25], (1000, 1)), np.full(1000, 2), starts)
    assert counts.mean(axis=0).tolist() == pytest.approx([0.25, 1.5, 0.25], abs=0.002)


def test_tilting_reaches_the_mean_and_keeps_the_groups() -> None:
    # Ten households of one and ten of one to three, evenly; a mean of 1.75 asks a mean of 2.5 of the second.
    shares = np.array([[[10.0, 0, 0], [10 / 3, 10 / 3, 10 / 3]]])
    tilted = tilt(shares, np.array([1.0, 2.0, 3.0]), np.array([1.75]))[0]
    assert tilted.sum(axis=1).tolist() == pytest.approx([10, 10])
    assert (tilted[1] * [1, 2, 3]).sum() == pytest.approx(25)
    # Exponential tilting keeps the square of the middle equal to the product of the ends.
    assert tilted[1][1] ** 2 == pytest.approx(tilted[1][0] * tilted[1][2])


def test_splitmix_gives_its_published_first_numbers() -> None:
    # From state 1234567, splitmix64 first gives 6457827717110365317; purpose 0 at index 0 is one step.
    drawn = draw(np.array([1234567], dtype=np.uint64), np.array([0]), 0)
    assert drawn.tolist() == [6457827717110365317]


def test_all_margins_are_kept_within_a_few_households() -> None:
    city = small_city()
    off = residuals(city, draw_stock(city, seed=1))
    most = dict(off.group_by("margin").agg(pl.col("residual").abs().max()).rows())
    assert most["households"] == 0
    assert max(most[tenure] for tenure in ("association", "private_rent", "owner_occupied")) < 1
    assert max(most[building] for building in ("single_family", "multi_family")) < 3
    assert most["one_person"] < 6
    assert most["household_size"] < 0.03
    assert set(off["area"]) == set(NEIGHBOURHOODS)
    assert (off["residual"] - (off["drawn"] - off["target"])).abs().max() == 0


def test_every_row_is_estimated_and_the_manifest_says_drawn() -> None:
    drawn = draw_stock(small_city(), seed=1)
    dwellings, tenancies = drawn.table("dwellings"), drawn.table("tenancies")
    assert drawn.manifest.stock == "drawn"
    assert len(dwellings) == len(tenancies) == 2650
    assert set(dwellings["status"]) == set(tenancies["status"]) == {"estimated"}
    assert dwellings["dwelling"][0] == "drawn-BU99990101-000001"
    assert [finding.check for finding in drawn.check() if finding.severity == "error"] == []


def test_owners_pay_no_rent_and_tenants_do() -> None:
    dwellings = draw_stock(small_city(), seed=1).table("dwellings")
    owned = pl.col("tenure") == "owner_occupied"
    assert dwellings.filter(owned)["rent_cents"].is_null().all()
    assert dwellings.filter(~owned)["rent_cents"].is_not_null().all()
    limit = assumptions()["social_limit"].value
    assert (dwellings.filter(pl.col("sector") == "social")["rent_cents"] <= limit).all()
    assert (dwellings.filter(pl.col("sector") == "free")["rent_cents"] > limit).all()


def test_the_same_seed_gives_the_same_stock_and_another_seed_another() -> None:
    first, again, other = (draw_stock(small_city(), seed=seed).table("dwellings") for seed in (7, 7, 8))
    assert first.equals(again)
    assert not first.equals(other)


def test_a_neighbourhood_does_not_depend_on_the_others() -> None:
    missing = (None, 500.0, 750.0, 400.0)
    whole = draw_stock(small_city(), seed=7).table("tenancies")
    part = draw_stock(small_city(households=missing), seed=7).table("tenancies")
    assert whole.filter(~pl.col("dwelling").str.contains("BU99990101")).equals(part)


def test_a_neighbourhood_does_not_depend_on_how_hard_the_others_are_to_fit() -> None:
    plain = draw_stock(small_city(), seed=7).table("tenancies")
    odd = small_city(household_size=(9.0, 2.0, 2.0, 2.0), share_association=(0.99, 0.4, 0.2, 0.3))
    elsewhere = ~pl.col("dwelling").str.contains("BU99990101")
    assert draw_stock(odd, seed=7).table("tenancies").filter(elsewhere).equals(plain.filter(elsewhere))


def test_a_drawn_stock_is_saved_and_opened_as_drawn(tmp_path: Path) -> None:
    opened = draw_stock(small_city(), seed=1).save(tmp_path / "city")
    assert opened.manifest.stock == "drawn"
    assert opened.table("dwellings").equals(draw_stock(small_city(), seed=1).table("dwellings"))


def test_a_neighbourhood_without_a_margin_is_left_out_and_named() -> None:
    city = small_city(share_association=(0.6, None, 0.2, 0.3))
    drawn = draw_stock(city, seed=1)
    assert "BU99990102" not in set(drawn.table("dwellings")["area"])
    said = [remark.say() for remark in drawn.manifest.remarks]
    assert "neighbourhoods that lack a margin and have no drawn homes: 1 (BU99990102)" in said


def test_the_residual_of_every_margin_is_remarked_upon() -> None:
    city = small_city()
    drawn = draw_stock(city, seed=1)
    said = " ".join(remark.say() for remark in drawn.manifest.remarks)
    for name in residuals(city, drawn)["margin"].unique():
        assert f"{IN_WORDS[name]}: the drawn stock is off by" in said


def test_it_says_first_how_many_homes_are_drawn_and_how_many_there_are() -> None:
    drawn = draw_stock(small_city(dwellings=(900.0, 500.0, 750.0, 400.0)), seed=1)
    first = drawn.manifest.remarks[0]
    assert first.say().startswith(
        "2650 homes are drawn, one for each household, where there are 2550: 100 too"
    )


def test_a_margin_is_called_by_its_words_in_dutch() -> None:
    remarks = draw_stock(small_city(), seed=1).manifest.remarks
    said = [remark.say(translator("nl").gettext) for remark in remarks]
    assert any(text.startswith("mensen per huishouden: ") for text in said)


def test_shares_of_kinds_serve_where_their_numbers_are_not_known() -> None:
    none = (None, None, None, None)
    city = small_city(
        households_one_person=none,
        households_without_children=none,
        households_with_children=none,
        share_households_one_person=(0.5, 0.4, 0.4, 0.5),
        share_households_without_children=(0.2, 0.3, 0.3, 0.25),
        share_households_with_children=(0.3, 0.3, 0.3, 0.25),
    )
    assert read_margins(city).kinds[0].tolist() == pytest.approx([500, 200, 300])


def test_without_ages_and_sizes_a_stock_is_drawn_all_the_same() -> None:
    none = (None, None, None, None)
    bands = ("residents_15_24", "residents_25_44", "residents_45_64", "residents_65_and_over")
    city = small_city(None, household_size=none, **dict.fromkeys(bands, none))
    drawn = draw_stock(city, seed=1)
    assert len(drawn.table("dwellings")) == 2650
    assert "household_size" not in set(residuals(city, drawn)["margin"])


def test_a_mean_size_that_cannot_be_shows_in_the_residual() -> None:
    city = small_city(household_size=(9.0, 2.0, 2.0, 2.0))
    off = residuals(city, draw_stock(city, seed=1)).filter(
        (pl.col("margin") == "household_size") & (pl.col("area") == "BU99990101")
    )
    assert off["residual"][0] < -5


def test_a_city_with_dwellings_of_its_own_is_refused() -> None:
    city = small_city({"dwellings": pl.DataFrame({"dwelling": ["W-1"]})})
    with pytest.raises(CityError, match="has dwellings already"):
        draw_stock(city, seed=1)


def test_a_city_without_any_margin_is_refused() -> None:
    with pytest.raises(AbsentError, match="no neighbourhood"):
        draw_stock(small_city(households=(None, None, None, None)), seed=1)


def test_a_drawn_stock_is_refused_by_name_where_real_homes_are_needed() -> None:
    drawn = draw_stock(small_city(), seed=1)
    with pytest.raises(AbsentError, match="turnover of a complex cannot be told from a stock drawn"):
        drawn.own_stock("dwellings", "turnover of a complex")


def test_every_assumption_has_a_text_a_range_and_a_source() -> None:
    assert len(assumptions()) > 8
    for assumption in assumptions().values():
        low, high = assumption.range
        assert assumption.text
        assert assumption.source
        assert 0 < low <= 1 <= high


def test_names_and_seeds_give_keys_of_their_own() -> None:
    names = [f"BU9999{number:04d}" for number in range(1000)]
    assert len({*keys_of(1, names).tolist(), *keys_of(2, names).tolist()}) == 2000


def test_the_stock_of_utrecht_keeps_the_published_margins() -> None:
    city = utrecht()
    drawn = draw_stock(city, seed=1)
    assert len(drawn.table("dwellings")) == 187_395
    off = dict(residuals(city, drawn).group_by("margin").agg(pl.col("residual").abs().max()).rows())
    assert off["households"] == 0
    assert off["association"] < 1
    assert off["one_person"] < 6
    assert off["household_size"] < 0.1
