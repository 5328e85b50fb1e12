from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.measures.capacity.weights import rank_band, rank_limits, ranks_of, weightings

SCORES = st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=1, max_size=8).map(
    lambda rows: np.array(rows, dtype=np.float64)
)
FACTORS = (0.5, 1.0, 2.0)


def test_the_set_holds_every_weighting_once() -> None:
    every = weightings([1.0, 1.0, 1.0, 1.0, 1.0], FACTORS)
    # Of 3^5 choices those without a 1 beside others repeat: all halved or all doubled is the same.
    assert len(every) == 243 - 2 - 30
    assert np.allclose(every.sum(axis=1), 1.0)
    assert np.allclose(every[0], 0.2)


@given(SCORES)
def test_the_band_of_ranks_is_that_of_trying_every_weighting(scores: np.ndarray) -> None:
    first, last = rank_band(scores, scores, weightings([1.0, 1.0, 1.0], FACTORS))
    ranks = []
    for factors in product(FACTORS, repeat=3):
        total = np.round(scores @ (np.array(factors) / sum(factors)), 9)
        ranks.append([int((total > own).sum()) + 1 for own in total])
    assert first.tolist() == np.min(ranks, axis=0).tolist()
    assert last.tolist() == np.max(ranks, axis=0).tolist()


@given(SCORES, SCORES)
def test_limits_of_ranks_are_those_of_comparing_all_pairs(low: np.ndarray, more: np.ndarray) -> None:
    size = min(len(low), len(more))
    least = low[:size, 0]
    most = least + more[:size, 0]
    first, last = rank_limits(least, most)
    for unit in range(size):
        others = [other for other in range(size) if other != unit]
        assert first[unit] == 1 + sum(least[other] > most[unit] for other in others)
        assert last[unit] == 1 + sum(most[other] > least[unit] for other in others)


def themes(rows: list[tuple[str, str, float | None, float, float]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["unit", "theme", "score", "low", "high"], orient="row")


def test_a_rank_that_hangs_on_the_weights_shows_it() -> None:
    table = themes(
        [
            ("A", "social", 5.0, 5.0, 5.0), ("A", "nuisance", 1.0, 1.0, 1.0),
            ("B", "social", 1.0, 1.0, 1.0), ("B", "nuisance", 4.9, 4.9, 4.9),
            ("C", "social", 1.0, 1.0, 1.0), ("C", "nuisance", 1.0, 1.0, 1.0),
        ]
    )  # fmt: skip
    found = ranks_of(table, {"social": 1.0, "nuisance": 1.0}, FACTORS)
    assert found["rank"].to_list() == [1, 2, 3]
    assert found["weights_first"].to_list() == [1, 1, 3]
    assert found["weights_last"].to_list() == [2, 2, 3]


def test_a_theme_without_a_score_leaves_the_rank_open() -> None:
    table = themes(
        [
            ("A", "social", None, 1.0, 5.0), ("A", "nuisance", 3.0, 3.0, 3.0),
            ("B", "social", 3.0, 3.0, 3.0), ("B", "nuisance", 3.0, 3.0, 3.0),
        ]
    )  # fmt: skip
    found = ranks_of(table, {"social": 1.0, "nuisance": 1.0}, FACTORS)
    assert found["rank"].to_list() == [None, 1]
    assert (found["weights_first"][0], found["weights_last"][0]) == (1, 2)
    # B is alone in the order, so that what A may be moves nothing.
    assert (found["weights_first"][1], found["weights_last"][1]) == (1, 1)
    assert found["ranked"].to_list() == [1, 1]


def test_units_without_a_place_push_none_out_of_its_own_band() -> None:
    rows: list[tuple[str, str, float | None, float, float]] = []
    for unit, score in (("A", 1.0), ("B", 1.2)):
        rows += [(unit, theme, score, score, score) for theme in ("social", "nuisance")]
    for unit in ("M", "N"):
        rows += [(unit, "social", 5.0, 5.0, 5.0), (unit, "nuisance", None, 1.0, 5.0)]
    found = ranks_of(themes(rows), {"social": 1.0, "nuisance": 1.0}, FACTORS)
    assert found["rank"].to_list() == [2, 1, None, None]
    assert found["weights_first"].to_list() == [2, 1, 1, 1]
    assert found["weights_last"].to_list() == [2, 1, 1, 1]


@given(
    st.lists(
        st.tuples(*[st.tuples(st.none() | st.integers(1, 5), st.integers(0, 3), st.integers(0, 3))] * 3),
        min_size=1,
        max_size=8,
    )
)
def test_a_place_lies_in_its_own_bands_whatever_is_missing(
    units: list[tuple[tuple[int | None, int, int], ...]],
) -> None:
    names = ("social", "nuisance", "financial")
    rows = [
        (f"U{number}", theme, score, *((1.0, 5.0) if score is None else (score - below, score + above)))
        for number, unit in enumerate(units)
        for theme, (score, below, above) in zip(names, unit, strict=True)
    ]
    table = pl.DataFrame(
        rows,
        schema={
            "unit": pl.String, "theme": pl.String,
            "score": pl.Float64, "low": pl.Float64, "high": pl.Float64,
        },
        orient="row", strict=False,
    )  # fmt: skip
    found = ranks_of(table, dict.fromkeys(names, 1.0), FACTORS)  # type: ignore[arg-type]
    assert (found["ranked"] == found["rank"].count()).all()
    for row in found.drop_nulls("rank").iter_rows(named=True):
        for by in ("weights", "chance"):
            assert row[f"{by}_first"] <= row["rank"] <= row[f"{by}_last"] <= row["ranked"]


def test_intervals_that_overlap_leave_the_rank_open() -> None:
    table = themes(
        [("A", "social", 4.0, 3.0, 5.0), ("B", "social", 3.0, 2.5, 3.5), ("C", "social", 1.0, 1.0, 1.5)]
    )
    found = ranks_of(table, {"social": 1.0}, FACTORS)
    assert found["chance_first"].to_list() == [1, 1, 3]
    assert found["chance_last"].to_list() == [2, 2, 3]
