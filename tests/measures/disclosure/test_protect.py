"""What is hidden, and that what is hidden stays hidden."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.measures.disclosure import Publication, attack, protect
from ongedeeld.measures.disclosure.structure import Nested

from .tables import AREAS, broken, cell, over_areas, table, with_totals

TOTALS: Nested = {"area": "all", "reason": "all"}
NESTED: Nested = {"area": AREAS, "reason": "all"}
# Investments by activity and region, from Fischetti and Salazar (2001), here taken as counts.
EXAMPLE = with_totals({"I": [20, 50, 10], "II": [8, 19, 22], "III": [17, 32, 12]}, ["A", "B", "C"])


def reasons(result: object) -> dict[tuple[str, ...], str]:
    frame = result.reasons  # type: ignore[attr-defined]
    return {row[:-2]: row[-2] for row in frame.iter_rows()}


def test_a_small_count_takes_three_others_with_it_in_a_table_with_totals() -> None:
    result = protect(EXAMPLE, min_count=10, round_to=1, nested=TOTALS)
    # (II, A) = 8 needs one more in its row and in its column, and these need the fourth corner.
    assert reasons(result) == {
        ("II", "A"): "small",
        ("II", "C"): "secondary",
        ("I", "A"): "secondary",
        ("I", "C"): "secondary",
    }
    assert result.report.least
    assert cell(attack([result.publication]), area="II", reason="A") == (0, 28)
    assert broken(EXAMPLE, result) == []


def test_rounding_alone_can_be_enough() -> None:
    shown = pl.DataFrame({"area": ["Noord", "Oost", "Zuid", "all"], "count": [3, 14, 41, 58]})
    result = protect(shown, nested={"area": "all"})
    assert result.table["count"].to_list() == [None, 15, 40, 60]
    # All is 58 to 62, Oost 13 to 17 and Zuid 38 to 42.
    assert cell(attack([result.publication]), area="Noord") == (0, 11)


def test_a_zero_is_hidden_like_any_small_count() -> None:
    result = protect(
        pl.DataFrame({"area": ["A", "B", "C", "all"], "count": [0, 30, 40, 70]}),
        10,
        1,
        nested={"area": "all"},
    )
    assert result.report.small == 1
    assert result.table["count"].to_list() == [None, None, 40, 70]


def test_counts_that_leave_no_small_part_are_shown() -> None:
    result = protect(with_totals({"I": [20, 50], "II": [30, 19]}, ["A", "B"]), round_to=1, nested=TOTALS)
    assert result.table["status"].unique().to_list() == ["observed"]
    assert result.report.say().startswith("0 of 9 counts are hidden")


def test_nested_areas_do_not_give_a_small_count_away() -> None:
    truth = over_areas(
        {"Merel": [4, 30], "Spreeuw": [25, 40], "Tulp": [60, 35], "Roos": [45, 52]}, ["rent", "other"]
    )
    result = protect(truth, round_to=1, nested=NESTED)
    assert broken(truth, result) == []
    assert result.table.filter(area="Merel", reason="rent")["count"].to_list() == [None]


def test_a_part_that_was_never_in_a_table_is_protected_too() -> None:
    overlapping = pl.DataFrame(
        {
            "code": ["Merel", "Spreeuw", "Merel", "Spreeuw", "Tulp", "focus", "Vogelwijk"],
            "parent": ["focus", "focus", "Vogelwijk", "Vogelwijk", "Vogelwijk", None, None],
        }
    )
    truth = pl.DataFrame({"area": ["focus", "Vogelwijk"], "count": [60, 64]})
    result = protect(truth, round_to=1, nested={"area": overlapping})
    assert result.report.secondary == 1
    assert broken(truth, result) == []


def test_one_household_that_causes_most_is_not_shown() -> None:
    reports = pl.DataFrame(
        {
            "complex": ["A", "B", "C", "D", "all"],
            "count": [40, 50, 60, 55, 205],
            "households": [20, 12, 4, 30, 66],
            "largest": [6, 36, 20, 5, 36],
        }
    )
    result = protect(reports, round_to=1, nested={"complex": "all"})
    assert reasons(result) == {("B",): "dominated", ("C",): "few_households"}
    bounds = attack([result.publication])
    # 36 is half of 72: the total of B may be at least 22 more or less. C may be 10 more or less.
    low, high = cell(bounds, complex="B")
    assert low <= 28
    assert high is not None
    assert high >= 72


def test_dominance_takes_more_with_it_where_the_bounds_are_close() -> None:
    reports = pl.DataFrame(
        {
            "complex": ["A", "B", "all"],
            "count": [40, 50, 90],
            "households": [20, 12, 32],
            "largest": [6, 50, 50],
        }
    )
    result = protect(reports, round_to=5, nested={"complex": "all"})
    low, high = cell(attack([result.publication]), complex="B")
    assert low == 0
    assert high is None or high >= 100


def test_a_count_that_the_supplier_hid_stays_hidden() -> None:
    supplied = pl.DataFrame(
        {
            "area": ["A", "B", "C", "all"],
            "count": [None, 30, 45, 80],
            "status": ["suppressed", *["observed"] * 3],
        }
    )
    result = protect(supplied, round_to=1, nested={"area": "all"})
    assert result.report.hidden_before == 1
    low, high = cell(attack([result.publication]), area="A")
    assert high is None or high - low >= 10


def test_counts_that_the_supplier_rounded_need_not_add_up() -> None:
    supplied = pl.DataFrame({"area": ["A", "B", "C", "all"], "count": [5, 30, 45, 85]})
    with pytest.raises(InputError, match="does not agree with the counts it is tied to"):
        protect(supplied, nested={"area": "all"})
    result = protect(supplied, nested={"area": "all"}, rounded_to=5)
    assert result.table["count"].to_list() == [None, None, 45, 85]
    low, high = cell(attack([result.publication]), area="A")
    assert (low, high) == (4, 16) or (low == 0 and high is not None and high >= 10)


def test_the_report_says_what_was_done_and_names_no_cell() -> None:
    said = protect(EXAMPLE, round_to=1, nested=TOTALS).report.say()
    assert said == (
        "4 of 16 counts are hidden: 1 because they may not be shown, 3 to protect those. "
        "With those 3, 15.2% of the information is lost. "
        "Nobody can tell a hidden count below 10 from zero or from 10, "
        "and every hidden count stays vague by at least 10. "
        "Hiding less would break this promise."
    )


counts = st.one_of(st.integers(0, 15), st.integers(0, 80))
inner_tables = st.lists(st.tuples(counts, counts, counts), min_size=4, max_size=4)


@settings(max_examples=40, deadline=None)
@given(inner=inner_tables, round_to=st.sampled_from([1, 5, 10]), min_count=st.sampled_from([1, 3, 10]))
def test_no_bound_is_narrower_than_promised(
    inner: list[tuple[int, ...]], round_to: int, min_count: int
) -> None:
    truth = over_areas(dict(zip(["Merel", "Spreeuw", "Tulp", "Roos"], inner, strict=True)), ["x", "y", "z"])
    result = protect(truth, min_count, round_to, nested=NESTED)
    assert result.report.eased == 0
    assert broken(truth, result) == []


@settings(max_examples=25, deadline=None)
@given(inner=inner_tables, keep=st.sets(st.integers(0, 27), min_size=5))
def test_no_bound_is_narrower_when_only_some_cells_are_published(
    inner: list[tuple[int, ...]], keep: set[int]
) -> None:
    truth = over_areas(dict(zip(["Merel", "Spreeuw", "Tulp", "Roos"], inner, strict=True)), ["x", "y", "z"])
    part = truth[sorted(keep)]
    columns = pl.DataFrame({"code": ["x", "y", "z", "all"], "parent": ["all", "all", "all", None]})
    result = protect(part, round_to=1, nested={"area": AREAS, "reason": columns})
    assert broken(truth, result) == []


@settings(max_examples=25, deadline=None)
@given(inner=st.lists(st.integers(0, 4), min_size=4, max_size=4), round_to=st.sampled_from([1, 2]))
def test_going_through_every_table_there_can_be_finds_no_more(inner: list[int], round_to: int) -> None:
    truth = with_totals({"A": inner[:2], "B": inner[2:]}, ["x", "y"])
    result = protect(truth, 3, round_to, nested=TOTALS)
    shown = truth.select("area", "reason").join(
        result.table, on=["area", "reason"], how="left", maintain_order="left"
    )["count"]
    every = np.stack(np.meshgrid(*[np.arange(20)] * 4), axis=-1).reshape(-1, 4)
    a, b, c, d = every.T
    every = np.column_stack([a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d])
    agree = np.ones(len(every), bool)
    for cell_number, count in enumerate(shown):
        if count is not None:
            column = every[:, cell_number]
            agree &= ((column + round_to // 2) // round_to * round_to == count) & (column >= 3)
    for cell_number, count in enumerate(truth["count"]):
        if shown[cell_number] is None:
            values = every[agree][:, cell_number]
            assert values.max() - values.min() >= 3
            assert count >= 3 or (values.min() == 0 and values.max() >= 3)


@settings(max_examples=25, deadline=None)
@given(
    counts=st.lists(st.tuples(st.integers(12, 60), st.floats(0, 1)), min_size=3, max_size=6),
    round_to=st.sampled_from([1, 5]),
)
def test_a_dominated_count_stays_vague_enough_to_be_a_fair_one(
    counts: list[tuple[int, float]], round_to: int
) -> None:
    numbers = [count for count, _ in counts]
    largest = [max(1, round(count * share)) for count, share in counts]
    reports = pl.DataFrame(
        {
            "complex": [*"ABCDEF"[: len(counts)], "all"],
            "count": [*numbers, sum(numbers)],
            "households": [*numbers, sum(numbers)],
            "largest": [*largest, max(largest)],
        }
    )
    result = protect(reports, round_to=round_to, nested={"complex": "all"}, dominance=0.4)
    bounds = attack([result.publication])
    for code, count, most in zip("ABCDEF", numbers, largest, strict=False):
        if most > 0.4 * count:
            low, high = cell(bounds, complex=code)
            apart = max(10, math.ceil(most / 0.4) - count)
            assert low <= max(0, count - apart)
            assert high is None or high >= count + apart


def city_of(neighbourhoods: int, seed: int) -> tuple[pl.DataFrame, Nested]:
    """Twelve columns and their total for neighbourhoods in districts of twenty, and the city."""
    rng = np.random.default_rng(seed)
    inner = rng.poisson(rng.gamma(2, 15, (neighbourhoods, 1)) * rng.dirichlet(np.ones(12), 1) * 12)
    districts = np.arange(neighbourhoods) // 20
    above = np.stack([inner[districts == number].sum(axis=0) for number in range(districts.max() + 1)])
    counts = np.concatenate([inner, above, inner.sum(axis=0, keepdims=True)])
    counts = np.column_stack([counts, counts.sum(axis=1)])
    names = [f"WK{number:02d}" for number in districts]
    codes = [*(f"BU{number:04d}" for number in range(neighbourhoods)), *sorted(set(names)), "GM"]
    columns = [f"column {number}" for number in range(12)] + ["all"]
    nested = pl.DataFrame({"code": codes, "parent": [*names, *["GM"] * len(above), None]})
    rows = {code: row.tolist() for code, row in zip(codes, counts, strict=True)}
    return table(rows, columns), {"area": nested, "reason": "all"}


@pytest.mark.parametrize("round_to", [1, 5])
def test_a_city_is_protected(round_to: int, request: pytest.FixtureRequest) -> None:
    truth, nested = city_of(500 if request.config.getoption("--soak") else 40, seed=1)
    result = protect(truth, round_to=round_to, nested=nested)
    assert result.report.small > 50
    assert broken(truth, result) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"count": [3.5, 4.0]}, "column count are not whole numbers but Float64"),
        ({"count": ["3", "4"]}, "not whole numbers but String"),
        ({"count": [-3, 4]}, "the count of A is negative"),
        ({"count": [10**9 + 1, 4]}, "the count of A is larger than what can be reckoned with"),
        ({"status": ["suppressed", "observed"]}, "the count of A is given, though its status is suppressed"),
        ({"most": [2, 9]}, "the count of A is more than it can be"),
        ({"most": [-1, 9]}, "the count of A is more than it can be"),
        ({"most": [9.5, 9.0]}, "column most are not whole numbers but Float64"),
        ({"count": [None, 4]}, "the count of A is missing"),
        ({"area": ["A", "A"]}, "the cell A is in the table more than once"),
        ({"area": ["A", None]}, "column area is empty in 1 rows"),
        ({"households": [4, 2]}, "column households does not fit the count of A"),
        ({"largest": [None, 2]}, "column largest does not fit the count of A"),
    ],
)
def test_it_refuses_a_table_that_is_not_one_of_counts(change: dict[str, list[object]], message: str) -> None:
    columns: dict[str, list[object]] = {"area": ["A", "B"], "count": [3, 4]}
    with pytest.raises(InputError, match=message):
        protect(pl.DataFrame(columns | change))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"min_count": 0}, "min_count is 0"),
        ({"min_count": -10}, "min_count is -10"),
        ({"min_count": 9.5}, "min_count is 9.5"),
        ({"min_count": float("nan")}, "min_count is nan"),
        ({"min_count": True}, "min_count is True"),
        ({"min_count": "10"}, "min_count is 10"),
        ({"rounded_to": 0}, "rounded_to is 0"),
        ({"dominance": float("nan")}, "dominance is nan"),
        ({"dominance": 1.5}, "dominance is 1.5"),
        ({"round_to": 0}, "round_to is 0"),
        ({"dominance": 0.0}, "dominance is 0.0"),
    ],
)
def test_it_refuses_settings_that_protect_nothing(settings: dict[str, float], message: str) -> None:
    with pytest.raises(InputError, match=message):
        protect(EXAMPLE, **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("parents", "message"),
    [
        (["B", "A"], "go round in a loop"),
        (["C", None], "the parent C of area is not listed"),
    ],
)
def test_it_refuses_areas_that_do_not_nest(parents: list[str | None], message: str) -> None:
    nested = pl.DataFrame({"code": ["A", "B"], "parent": parents}, schema_overrides={"parent": pl.String})
    with pytest.raises(InputError, match=message):
        protect(pl.DataFrame({"area": ["A", "B"], "count": [3, 4]}), nested={"area": nested})


def test_it_refuses_a_nesting_without_parents() -> None:
    with pytest.raises(InputError, match="how area nests lacks the column parent"):
        protect(pl.DataFrame({"area": ["A"], "count": [30]}), nested={"area": pl.DataFrame({"code": ["A"]})})


@pytest.mark.parametrize(
    ("relations", "message"),
    [
        ({"area": ["A"], "coefficient": [1]}, "lack the column relation or coefficient"),
        (
            {"relation": ["r"], "area": ["A"], "coefficient": [0.5]},
            "column coefficient of the relations holds something else",
        ),
        (
            {"relation": ["r", "r"], "area": ["A", "B"], "coefficient": [1, 1], "constant": [30, 31]},
            "the relation r does not hold together",
        ),
        (
            {"relation": ["r", "r"], "area": ["A", "A"], "coefficient": [1, 1]},
            "the relation r does not hold together",
        ),
        (
            {"relation": ["r"], "area": ["A"], "coefficient": [1], "margin": [-1]},
            "the relation r does not hold together",
        ),
        (
            {"relation": ["r"], "area": ["A"], "coefficient": [1], "constant": [29]},
            "does not agree with the counts it is tied to",
        ),
    ],
)
def test_it_refuses_relations_that_are_none(relations: dict[str, list[object]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        protect(pl.DataFrame({"area": ["A"], "count": [30]}), relations=pl.DataFrame(relations))


def test_it_refuses_a_table_without_counts_or_without_cells() -> None:
    for frame in (pl.DataFrame({"area": ["A"]}), pl.DataFrame({"count": [30]})):
        with pytest.raises(InputError, match="needs a column count and at least one column"):
            protect(frame)


def test_it_refuses_a_table_without_rows() -> None:
    with pytest.raises(InputError, match="there are no counts to publish"):
        protect(EXAMPLE.clear())


def test_it_refuses_contributions_that_are_not_whole() -> None:
    with pytest.raises(InputError, match="column largest holds something else than whole numbers"):
        protect(pl.DataFrame({"area": ["A"], "count": [30], "largest": [2.5]}))


def test_it_refuses_an_area_that_the_nesting_does_not_know() -> None:
    with pytest.raises(InputError, match="area Zwaluw of the table is not in what nests it"):
        protect(pl.DataFrame({"area": ["Zwaluw"], "count": [30]}), nested={"area": AREAS})


def test_it_refuses_a_total_that_contradicts_its_parts() -> None:
    wrong = pl.DataFrame({"area": ["A", "B", "all"], "count": [30, 40, 69]})
    with pytest.raises(
        InputError, match="the count of all does not agree with the counts it is tied to: A; B"
    ):
        protect(wrong, nested={"area": "all"})


def test_the_example_of_a_published_table_by_somebody_else_can_be_attacked() -> None:
    bounds = attack([Publication.of(EXAMPLE, nested=TOTALS)])
    assert bounds.is_empty()
