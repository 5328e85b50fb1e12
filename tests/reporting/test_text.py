"""Numbers and classes as people read them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.reporting.scales import around_mean, rising
from ongedeeld.reporting.text import Speech, capital, harmless

NL, EN = Speech("nl"), Speech("en")


@pytest.mark.parametrize(
    ("value", "unit", "dutch", "english"),
    [
        (4200, "count", "4.200", "4,200"),
        (0.744, "share", "74%", "74%"),
        (-0.24, "score", "−0,24", "−0.24"),
        (-0.001, "score", "0,00", "0.00"),
        (28_600_000, "cents", "€\u00a0286.000", "€286,000"),
        (70_000, "cents", "€\u00a0700", "€700"),
        (647, "metres", "0,6\u00a0km", "0.6\u00a0km"),
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
        assert all(scale.style(value) in scale.styles for value in values)


def test_the_mean_itself_is_around_the_mean() -> None:
    assert around_mean([1.0, 2.0, 3.0]).style(2.0) == "d3"
    assert around_mean([4.0, 4.0]).style(4.0) == "d3"
    assert around_mean([1.0, 2.0]).style(None) == "unknown"


def test_equal_values_need_one_class() -> None:
    assert rising([5.0] * 9).styles == ("s0",)


def test_scores_hardly_wider_apart_than_their_hundredths_have_fewer_classes() -> None:
    assert around_mean([4.00, 4.05]).styles == ("d1", "d3", "d5")
    assert around_mean([4.00, 4.01]).styles == ("d3",)
    assert len(around_mean([4.0, 4.2]).styles) == 7


def test_classes_part_where_figures_are_written_apart() -> None:
    scale = rising([0.301, 0.302, 0.299, 0.304, 0.303, 0.41, 0.41], step=0.01)
    assert [scale.place(value) for value in (0.301, 0.304, 0.41)] == [0, 0, 1]


def test_a_cell_holds_the_figure_as_written_without_its_unit() -> None:
    assert [NL.cell(value, unit) for value, unit in ((0.744, "share"), (28_612_345, "cents"))] == [
        "74",
        "286100",
    ]
    assert NL.cell(1934.0, "metres") == "1,9"
    assert EN.cell(4.105, "score") in {"4.1", "4.11"}


def test_one_and_many_have_words_of_their_own() -> None:
    words = ("{city} has one neighbourhood.", "{city} has {count} neighbourhoods.")
    assert NL.ngettext(*words, 1, city="Vogelstad") == "Vogelstad heeft één buurt."
    assert NL.ngettext(*words, 4, city="Vogelstad") == "Vogelstad heeft 4 buurten."


def test_a_dutch_capital_has_no_accent_of_stress() -> None:
    assert capital("één persoon") == "Eén persoon"


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "-1+1"])
def test_what_a_spreadsheet_would_reckon_with_is_made_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-0,10", "+1.234", "+5%", "−0,10", "Merelbuurt", "", "1=1"])
def test_numbers_and_names_stay_as_they_are_in_a_table(cell: str) -> None:
    assert harmless(cell) == cell
