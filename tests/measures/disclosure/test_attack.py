"""What a reader can derive, against worked examples and against going through every table there can be."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.measures.disclosure import Publication, attack
from ongedeeld.measures.disclosure.rounding import possible, rounded

from .tables import AREAS, cell, table

TOTALS = {"area": "all", "reason": "all"}


def test_it_finds_the_bounds_of_the_example_in_fischetti_and_salazar() -> None:
    # Investments by activity and region; four cells hidden. The cell (II, C) = 22 lies between 5 and 30.
    published = table(
        {
            "I": [20, 50, 10, 80],
            "II": [None, 19, None, 49],
            "III": [None, 32, None, 61],
            "all": [45, 101, 44, 190],
        },
        ["A", "B", "C", "all"],
    )
    bounds = attack([Publication.of(published, nested=TOTALS)])
    assert cell(bounds, area="II", reason="C") == (5, 30)
    # By hand: II,A = 30 - II,C; III,A = 25 - II,A; III,C = 29 - III,A.
    assert cell(bounds, area="II", reason="A") == (0, 25)
    assert cell(bounds, area="III", reason="A") == (0, 25)
    assert cell(bounds, area="III", reason="C") == (4, 29)


def test_one_hidden_cell_in_a_row_is_derived() -> None:
    published = pl.DataFrame({"area": ["A", "B", "all"], "count": [None, 41, 44]})
    assert cell(attack([Publication.of(published, nested={"area": "all"})]), area="A") == (3, 3)


def test_without_a_total_there_is_no_upper_bound() -> None:
    published = pl.DataFrame({"area": ["A", "B"], "count": [None, 41]})
    assert cell(attack([Publication.of(published)]), area="A") == (0, None)


def test_levels_that_were_not_published_are_seen_through() -> None:
    published = pl.DataFrame({"area": ["stad", "Merel", "Spreeuw", "Tulp"], "count": [100, 40, 30, 27]})
    bounds = attack([Publication.of(published, nested={"area": AREAS})])
    assert cell(bounds, area="Roos") == (3, 3)
    assert cell(bounds, area="Bloemwijk") == (30, 30)


def test_areas_that_overlap_are_subtracted() -> None:
    nested = pl.DataFrame(
        {
            "code": ["Merel", "Spreeuw", "Merel", "Spreeuw", "Tulp", "focus", "Vogelwijk"],
            "parent": ["focus", "focus", "Vogelwijk", "Vogelwijk", "Vogelwijk", None, None],
        }
    )
    published = pl.DataFrame({"area": ["focus", "Vogelwijk"], "count": [60, 64]})
    assert cell(attack([Publication.of(published, nested={"area": nested})]), area="Tulp") == (4, 4)


def test_rounded_counts_are_taken_as_a_range() -> None:
    published = pl.DataFrame({"area": ["A", "B", "all"], "count": [None, 40, 45]})
    bounds = attack([Publication.of(published, round_to=5, min_count=10, nested={"area": "all"})])
    # All is 43 to 47 and B is 38 to 42.
    assert cell(bounds, area="A") == (1, 9)


def test_flows_lead_from_one_date_to_the_next() -> None:
    stock = pl.DataFrame({"flow": ["present"] * 2, "date": ["2024", "2025"], "count": [30, None]})
    flows = pl.DataFrame({"flow": ["in", "out"], "date": ["2025"] * 2, "count": [12, 15]})
    known = pl.DataFrame(
        {
            "relation": ["stock"] * 4,
            "flow": ["present", "in", "out", "present"],
            "date": ["2024", "2025", "2025", "2025"],
            "coefficient": [1, 1, -1, -1],
        }
    )
    separate = attack([Publication.of(stock), Publication.of(flows)])
    assert cell(separate, flow="present", date="2025") == (0, None)
    together = attack([Publication.of(stock, relations=known), Publication.of(flows)])
    assert cell(together, flow="present", date="2025") == (27, 27)


def test_a_bound_on_change_is_a_relation_with_a_margin() -> None:
    stock = pl.DataFrame({"date": ["2024", "2025"], "count": [30, None]})
    little = pl.DataFrame(
        {"relation": "change", "date": ["2024", "2025"], "coefficient": [-1, 1], "margin": 4, "constant": 1}
    )
    assert cell(attack([Publication.of(stock, relations=little)]), date="2025") == (27, 35)


def test_whole_numbers_tell_more_than_fractions() -> None:
    # Twice the one and twice the other is 7 plus an unknown of at most 1: fractions would allow 4.
    published = pl.DataFrame({"area": ["A", "B", "C"], "count": [None, None, None]})
    known = pl.DataFrame(
        {
            "relation": ["even", "even", "even", "small"],
            "area": ["A", "B", "C", "C"],
            "coefficient": [2, 2, -1, 1],
            "constant": [7, 7, 7, 0],
            "margin": [0, 0, 0, 2],
        }
    )
    # 2A + 2B = 7 + C with C in 0..2, so C = 1.
    bounds = attack([Publication.of(published, relations=known)])
    assert cell(bounds, area="C") == (1, 1)
    assert cell(bounds, area="A") == (0, 4)


def test_a_dimension_that_a_table_lacks_is_its_total() -> None:
    by_reason = table({"A": [None, 20, 26]}, ["rent", "other", "all"])
    total = pl.DataFrame({"area": ["A"], "count": [26]})
    bounds = attack([Publication.of(by_reason, nested={"reason": "all"}), Publication.of(total)])
    assert cell(bounds, area="A", reason="rent") == (6, 6)


def test_it_refuses_tables_that_contradict_each_other() -> None:
    first = Publication.of(pl.DataFrame({"area": ["A"], "count": [20]}))
    with pytest.raises(InputError, match="contradicts what was published"):
        attack([first, Publication.of(pl.DataFrame({"area": ["A"], "count": [21]}))])
    wrong = pl.DataFrame({"area": ["A", "B", "all"], "count": [20, None, 12]})
    with pytest.raises(InputError, match="contradict each other"):
        attack([Publication.of(wrong, nested={"area": "all"})])


def test_it_refuses_a_published_count_that_was_not_rounded_so() -> None:
    with pytest.raises(InputError, match="23 is negative or not rounded to 5"):
        Publication.of(pl.DataFrame({"area": ["A"], "count": [23]}), round_to=5)


@given(count=st.integers(0, 200), base=st.integers(1, 12), supplied=st.integers(1, 12))
def test_a_count_lies_among_those_its_rounded_number_can_stand_for(
    count: int, base: int, supplied: int
) -> None:
    counts = np.arange(0, 240)
    shown = rounded(rounded(counts, supplied), base)
    low, high = possible(shown[count : count + 1], base, supplied)
    same = counts[shown == shown[count]]
    assert (low[0], high[0]) == (same.min(), same.max())


def add_up(inner: np.ndarray) -> np.ndarray:
    """The nine cells of each table of two by two: each row with its total, then the totals."""
    a, b, c, d = inner.T
    return np.column_stack([a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d])


EVERY = add_up(np.stack(np.meshgrid(*[np.arange(14)] * 4), axis=-1).reshape(-1, 4))
"""All tables of two by two with counts up to 13."""


@settings(max_examples=60, deadline=None)
@given(
    inner=st.lists(st.integers(0, 3), min_size=4, max_size=4),
    hidden=st.sets(st.integers(0, 7), min_size=1),
    round_to=st.sampled_from([1, 3]),
)
def test_the_bounds_are_those_of_all_tables_that_agree(
    inner: list[int], hidden: set[int], round_to: int
) -> None:
    (truth,) = add_up(np.array([inner]))
    # The grand total is shown: at most 12, which stands for at most 13, so that every table that agrees is
    # among those gone through.
    open_cells = np.array([number in hidden for number in range(9)])
    shown = rounded(truth, round_to)
    agree = EVERY[((rounded(EVERY, round_to) == shown) | open_cells).all(axis=1)]
    codes = [(area, reason) for area in ("A", "B", "all") for reason in ("x", "y", "all")]
    published = pl.DataFrame(
        {
            "area": [area for area, _ in codes],
            "reason": [reason for _, reason in codes],
            "count": [None if cell in hidden else int(shown[cell]) for cell in range(9)],
        },
        schema_overrides={"count": pl.Int64},
    )
    bounds = attack([Publication.of(published, round_to=round_to, nested=TOTALS)])
    for number in hidden:
        area, reason = codes[number]
        values = agree[:, number]
        assert cell(bounds, area=area, reason=reason) == (values.min(), values.max())
