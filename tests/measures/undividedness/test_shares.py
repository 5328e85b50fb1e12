"""Counts from published shares: their rounding is part of the value by chance and of the interval."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import polars as pl
import pytest

from ongedeeld.errors import InputError
from ongedeeld.measures.undividedness import (
    counts_of_shares,
    decompose_change,
    formulas,
    local_mutual_information,
    theil_h,
)


def test_shares_and_numbers_become_counts_with_everybody_else_as_the_rest() -> None:
    shares = pl.DataFrame({"area": ["Noord", "Zuid"], "low": [0.12, 0.31], "high": [0.5, 0.1]})
    counts = counts_of_shares(shares, [250, 400], rest=True)
    assert counts.areas == ("Noord", "Zuid")
    assert counts.groups == ("low", "high", "rest")
    assert counts.table.tolist() == [[30, 125, 95], [124, 40, 236]]


def test_what_rounding_does_is_in_the_value_by_chance() -> None:
    # Areas of 5,000 of one mix: the group is 2.5 percent, published as 2 or 3.
    luck = np.random.default_rng(1)
    people = luck.binomial(5_000, 0.025, 40)
    counts = counts_of_shares(np.round(people / 5_000, 2)[:, None], np.full(40, 5_000), rest=True)
    rounded, taken = theil_h(counts, draws=199), theil_h(counts.table, draws=199)
    assert rounded.expected_by_chance is not None
    assert taken.expected_by_chance is not None
    assert rounded.expected_by_chance > 2 * taken.expected_by_chance
    assert any("shares rounded to 1%" in str(said) for said in rounded.notes)


def test_areas_and_changes_take_such_counts_too() -> None:
    counts = counts_of_shares([[0.02], [0.12]], [10_000, 20_000], rest=True)
    taken = local_mutual_information(counts.table, draws=199).table
    rounded = local_mutual_information(counts, draws=199).table
    width = [(table["high"] - table["low"])[0] for table in (taken, rounded)]
    assert width[1] > 1.5 * width[0]
    assert any("rounded to 1%" in str(said) for said in decompose_change(counts, counts, draws=19).notes)


@pytest.mark.parametrize(
    ("shares", "people", "asked", "said"),
    [
        ([[12.0], [31.0]], [250, 400], {"rest": True}, "12 is not a share"),
        ([[0.1], [np.nan]], [250, 400], {"rest": True}, "nan is not a share"),
        ([[0.1], [0.2]], [250, 400], {}, "the shares add up to 0.1"),
        ([[0.7, 0.6], [0.2, 0.1]], [250, 400], {"rest": True}, "the shares add up to 1.3"),
        ([[0.1], [0.2]], [250], {"rest": True}, "not a number of people for each of 2 areas"),
        ([[0.1], [0.2]], [250, 1.5], {"rest": True}, "not a number of people for each of 2 areas"),
        ([[0.1], [0.2]], [250, 400], {"rest": True, "unit": 1}, "unit is 1"),
    ],
)
def test_it_refuses_what_are_no_shares_of_people(
    shares: Any, people: list[float], asked: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        counts_of_shares(shares, people, **asked)


@pytest.mark.soak
@pytest.mark.parametrize(("areas", "homes"), [(12, 20_000), (60, 2_000), (60, 50)])
def test_the_interval_holds_the_truth_where_only_whole_percents_are_known(
    areas: int, homes: int, repeats: int
) -> None:
    luck, base = np.random.default_rng(5), np.random.default_rng(2)
    sizes = (homes * base.uniform(0.5, 1.5, areas)).astype(int)
    share = base.beta(2, 60, areas)
    truth = formulas.theil_h(np.stack([share, 1 - share], axis=1) * sizes[:, None])
    held = 0
    for seed in range(repeats):
        published = np.floor(luck.binomial(sizes, share) / sizes * 100 + 0.5) / 100
        found = theil_h(counts_of_shares(published[:, None], sizes, rest=True), seed=seed, draws=320)
        assert found.interval is not None
        held += found.interval[0] <= truth <= found.interval[1]
    sys.stdout.write(f"held {held / repeats:.3f} of {repeats}\n")
    assert held / repeats >= 0.9 - 2.5 * float(np.sqrt(0.09 / repeats))
