"""Parts as they are written add up to their whole as it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.reporting.rounding import adding_up

PARTS = st.lists(st.floats(-10, 10), min_size=1, max_size=8)


def test_the_part_that_lost_most_gets_the_last_digit() -> None:
    # By itself 0.034 and 0.004 would be 0.03 and 0.00, and their sum 0.04.
    assert adding_up([0.034, 0.004], 2) == [0.03, 0.01]
    assert adding_up([-0.4, -0.4, -0.4], 0) == [0, 0, -1]


@given(PARTS, st.integers(0, 4))
def test_parts_add_up_and_stay_within_one_last_digit(parts: list[float], decimals: int) -> None:
    written = adding_up(parts, decimals)
    digit = 10.0**-decimals
    assert sum(written) == pytest.approx(sum(parts), abs=0.5 * digit + 1e-6)
    assert all(abs(one - part) < digit + 1e-6 for one, part in zip(written, parts, strict=True))
