"""Numbers and classes as people read them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.reporting.scales import around_mean, rising
from ongedeeld.reporting.text import Speech

NL, EN = Speech("nl"), Speech("en")


@pytest.mark.parametrize(
    ("value", "unit", "dutch", "english"),
    [
        (4200, "count", "4.200", "4,200"),
        (0.744, "share", "74\u00a0%", "74\u00a0%"),
        (-0.24, "score", "−0,24", "−0.24"),
        (-0.001, "score", "0,00", "0.00"),
        (28_600_000, "cents", "€\u00a0286.000", "€\u00a0286,000"),
        (70_000, "cents", "€\u00a0700", "€\u00a0700"),
        (647, "metres", "650\u00a0m", "650\u00a0m"),
        (1234, "metres", "1,2\u00a0km", "1.2\u00a0km"),
        (1641, "kwh", "1.641\u00a0kWh", "1,641\u00a0kWh"),
    ],
)
def test_a_figure_is_written_with_its_unit(value: float, unit: str, dutch: str, english: str) -> None:
    assert NL.figure(value, unit) == dutch
    assert EN.figure(value, unit) == english


def test_a_change_shows_its_sign() -> None:
    assert NL.figure(0.05, "score", signed=True) == "+0,05"


def test_a_whole_year_is_a_year() -> None:
    assert NL.period(date(2023, 1, 1)) == "2023"
    assert NL.period(date(2023, 4, 1)) == "1 april 2023"


def test_words_stand_in_a_row() -> None:
    assert NL.listing(["a", "b", "c"]) == "a, b en c"
    assert EN.listing(["a"]) == "a"


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_a_higher_value_is_never_in_a_lower_class(values: list[float]) -> None:
    for scale in (around_mean(values), rising(values)):
        places = [scale.place(value) for value in sorted(values)]
        assert places == sorted(places)
        assert all(0 <= place < len(scale.styles) for place in places)


def test_the_mean_itself_is_around_the_mean() -> None:
    assert around_mean([1.0, 2.0, 3.0]).style(2.0) == "d3"
    assert around_mean([4.0, 4.0]).style(4.0) == "d3"
    assert around_mean([1.0, 2.0]).style(None) == "unknown"


def test_equal_values_need_one_class() -> None:
    assert rising([5.0] * 9).styles == ("s0",)
