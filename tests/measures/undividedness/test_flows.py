"""The change of a group's share is split exactly: who came, who left, what changed in place, the stock."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.city import conform
from ongedeeld.errors import InputError
from ongedeeld.measures.undividedness import (
    GROUP_SETS,
    counts_by_group,
    decompose_flows,
    flows_from_observations,
    flows_from_tenancies,
)
from ongedeeld.measures.undividedness.flows import ENDS, MOVES, TERMS
from tests.small_city import small_city

START, END = date(2024, 1, 1), date(2025, 1, 1)


def split(**counts: float | None) -> dict[str, Any]:
    return decompose_flows(pl.DataFrame([{"place": "A", **counts}])).table.row(0, named=True)


def test_ten_of_a_hundred_worked_by_hand() -> None:
    found = split(
        group_start=10,
        all_start=100,
        group_in=6,
        all_in=20,
        group_out=2,
        all_out=20,
        group_end=14,
        all_end=100,
    )
    assert (found["share_start"], found["share_end"]) == (0.10, 0.14)
    # Of those who came 6 in 20 belong to the group, against 12 % here on average: (6 - 0.12 × 20) / 100.
    assert found["inflow"] == pytest.approx(0.036)
    assert found["outflow"] == pytest.approx(0.004)
    assert found["residual"] == pytest.approx(0.0)


def test_demolition_of_homes_without_the_group_raises_its_share() -> None:
    found = split(group_start=10, all_start=100, all_removed=20, group_end=10, all_end=80)
    assert found["stock"] == pytest.approx(found["change"])
    assert found["stock"] > 0


counts = st.integers(0, 50)


@given(st.lists(counts, min_size=len(MOVES), max_size=len(MOVES)), st.integers(51, 90), st.integers(0, 50))
def test_terms_add_up_to_the_change(moves: list[int], homes: int, members: int) -> None:
    known = dict(zip(MOVES, moves, strict=True))
    for name in ("in", "out", "built", "removed"):
        known[f"group_{name}"] = min(known[f"group_{name}"], known[f"all_{name}"])
    all_end = homes + known["all_in"] - known["all_out"] + known["all_built"] - known["all_removed"]
    group_end = members + known["group_in"] - known["group_out"] + known["group_changed"]
    group_end += known["group_built"] - known["group_removed"]
    if not 0 <= group_end <= all_end or not all_end:
        return
    found = split(**known, group_start=members, all_start=homes, group_end=group_end, all_end=all_end)
    assert sum(found[term] for term in TERMS) == pytest.approx(found["change"], abs=1e-12)
    assert found["residual"] == pytest.approx(0.0, abs=1e-12)


@given(st.lists(counts, min_size=4, max_size=4), st.integers(50, 90), st.integers(50, 90))
def test_what_the_counts_leave_unexplained_is_told_and_adds_up(
    few: list[int], before: int, after: int
) -> None:
    found = split(
        group_start=few[0],
        all_start=before,
        group_end=few[1],
        all_end=after,
        group_in=few[2],
        group_out=few[3],
    )
    total = sum(found[term] for term in TERMS) + found["residual"]
    assert total == pytest.approx(found["change"], abs=1e-12)


def test_inconsistent_counts_are_noted_by_name() -> None:
    table = {"group_start": 10, "all_start": 100, "group_in": 1, "group_end": 20, "all_end": 100}
    found = decompose_flows(pl.DataFrame([{"place": "Elzenhof", **table}]))
    assert found.table["residual"][0] == pytest.approx(0.09)
    assert any("do not add up" in str(said) and "Elzenhof" in str(said) for said in found.notes)


def test_a_missing_count_leaves_the_place_without_a_split() -> None:
    found = decompose_flows(
        pl.DataFrame([{"place": "A", **dict.fromkeys(ENDS, 10.0), "group_in": None}], strict=False)
    )
    assert found.table["inflow"].to_list() == [None]
    assert found.table["share_start"].to_list() == [1.0]
    assert any("no split: A" in str(said) for said in found.notes)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"group_start": 1}, "the flows lack all_start"),
        (dict.fromkeys(ENDS, 1) | {"left": 1}, "have left too many"),
        (dict.fromkeys(ENDS, 1) | {"group_in": -1}, "A: group_in is negative"),
        (dict.fromkeys(ENDS, 1) | {"group_start": 2}, "A: group_start is larger"),
        (dict.fromkeys(ENDS, "many"), "not a number"),
    ],
)
def test_flows_that_cannot_be_are_refused(table: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        decompose_flows(pl.DataFrame([{"place": "A", **table}]))


DWELLINGS = pl.DataFrame(
    {
        "dwelling": ["1", "2", "3", "4", "5"],
        "complex": ["A", "A", "A", "A", "A"],
        "build_year": [1960, 1960, 1960, 1960, 2024],
    }
)
TENANCIES = pl.DataFrame(
    [
        ("1", date(2010, 1, 1), None, "regular", "23_34"),
        ("2", date(2015, 1, 1), date(2024, 3, 31), "regular", "35_54"),
        ("2", date(2024, 5, 1), None, "mediated", "under_23"),
        ("3", date(2020, 1, 1), None, "mediated", "55_66"),
        ("4", date(2012, 1, 1), date(2024, 8, 31), "mediated", "67_and_over"),
        ("5", date(2024, 6, 1), None, "mediated", "35_54"),
    ],
    schema=["dwelling", "start", "end", "route", "age_class"],
    orient="row",
)


def test_tenancies_become_flows_and_stock() -> None:
    found = flows_from_tenancies(
        TENANCIES, DWELLINGS, start=START, end=END, group=pl.col("route") == "mediated", removed=["4"]
    ).row(0, named=True)
    assert found == {
        "place": "A",
        "group_start": 2,
        "all_start": 4,
        "group_in": 1,
        "all_in": 1,
        "group_out": 0,
        "all_out": 1,
        "group_changed": 0,
        "group_built": 1,
        "all_built": 1,
        "group_removed": 1,
        "all_removed": 1,
        "group_end": 3,
        "all_end": 4,
    }


def test_tenants_grow_out_of_their_age_class() -> None:
    flows = flows_from_tenancies(TENANCIES, DWELLINGS, start=START, end=END, ages=["67_and_over"])
    found = decompose_flows(flows).table.row(0, named=True)
    # Dwelling 3: 55 to 67 in 2020, so in 2024 a third is 67 or over and in 2025 five twelfths.
    assert flows["group_changed"][0] == pytest.approx(1 / 12, abs=1e-3)
    assert found["in_place"] == pytest.approx(flows["group_changed"][0] / 4)
    assert sum(found[term] for term in TERMS) == pytest.approx(found["change"], abs=1e-12)
    assert found["residual"] == pytest.approx(0.0, abs=1e-12)


def test_a_tenancy_without_its_dwelling_is_refused() -> None:
    with pytest.raises(InputError, match="not in the table dwellings, such as 5"):
        flows_from_tenancies(TENANCIES, DWELLINGS.head(4), start=START, end=END, ages=["23_34"])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "the group is not clear"),
        ({"ages": ["old"]}, "there is no age class old"),
        ({"ages": ["23_34"], "end": START}, "is not after"),
        ({"ages": ["23_34"], "by": "street"}, "table dwellings has no column street"),
    ],
)
def test_questions_about_tenancies_are_checked(options: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        flows_from_tenancies(TENANCIES, DWELLINGS, **{"start": START, "end": END, **options})


QUARTERS = (date(2024, 1, 1), date(2024, 4, 1), date(2024, 7, 1), date(2024, 10, 1))


def observed(**counts: list[int | None]) -> pl.DataFrame:
    rows = [
        ("A", period, observation, "none", count)
        for observation, series in counts.items()
        for period, count in zip((*QUARTERS, END), series, strict=False)
    ]
    return pl.DataFrame(rows, schema=["complex", "period", "observation", "reason", "count"], orient="row")


HOMES = pl.DataFrame({"complex": ["A"], "start": [50], "end": [50]})
MOVED: dict[str, list[int | None]] = {
    "support_present": [5, 6, 6, 7, 8],
    "support_in": [2, 1, 1, 1, 9],
    "support_out": [1, 0, 0, 0, 9],
    "support_started": [0, 0, 1, 0, 9],
    "support_ended": [0, 1, 1, 0, 9],
}


def test_counts_per_complex_become_flows() -> None:
    found = decompose_flows(flows_from_observations(observed(**MOVED), HOMES, start=START, end=END)).table
    row = found.row(0, named=True)
    assert (row["share_start"], row["share_end"]) == (0.1, 0.16)
    assert row["inflow"] == pytest.approx(5 / 50)
    assert row["outflow"] == pytest.approx(-1 / 50)
    assert row["in_place"] == pytest.approx(-1 / 50)
    assert row["residual"] == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("name", MOVED)
def test_a_quarter_that_is_unknown_is_not_zero(name: str) -> None:
    unknown = observed(**{**MOVED, name: [None, *MOVED[name][1:]]})
    found = decompose_flows(flows_from_observations(unknown, HOMES, start=START, end=END)).table
    assert found["change"].to_list() == [None]


def test_a_date_without_counts_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="2024-01-01, 2024-04-01"):
        flows_from_observations(observed(**MOVED), HOMES, start=date(2023, 1, 1), end=END)


def test_a_complex_that_was_built_in_between_has_all_of_its_change_under_stock() -> None:
    new = {"group_start": 0, "all_start": 0, "group_built": 6, "all_built": 20, "group_end": 6, "all_end": 20}
    found = decompose_flows(pl.DataFrame([{"place": "Elzenhof", **new}]))
    row = found.table.row(0, named=True)
    assert (row["share_start"], row["share_end"]) == (None, 0.3)
    assert row["stock"] == pytest.approx(row["change"]) == pytest.approx(0.3)
    assert any("stands under stock" in str(said) and "Elzenhof" in str(said) for said in found.notes)


def test_so_has_one_that_was_demolished() -> None:
    found = split(group_start=6, all_start=20, group_removed=6, all_removed=20, group_end=0, all_end=0)
    assert found["stock"] == pytest.approx(found["change"]) == pytest.approx(-0.3)


def test_nobody_is_taken_to_be_older_than_110() -> None:
    homes = DWELLINGS.head(2)
    lets = pl.DataFrame(
        [("1", date(1970, 1, 1), None, "67_and_over"), ("2", date(1990, 1, 1), None, "67_and_over")],
        schema={"dwelling": pl.String, "start": pl.Date, "end": pl.Date, "age_class": pl.String},
        orient="row",
    )
    # Who was 67 or over in 1970 would be 120 or over in 2024: of who lives there now, nothing is known.
    found = flows_from_tenancies(lets, homes, start=START, end=END, ages=["67_and_over"])
    assert found["all_start"].to_list() == [1]
    assert found["group_start"][0] == pytest.approx(1.0)


def test_the_last_day_of_a_tenancy_counts_here_as_in_the_counts_of_tenants() -> None:
    last = date(2024, 8, 31)
    of: dict[str, Any] = {"group": pl.col("route") == "mediated"}
    on, after = (
        flows_from_tenancies(TENANCIES, DWELLINGS, start=START, end=day, **of)["all_end"][0]
        for day in (last, date(2024, 9, 1))
    )
    assert (on, after) == (5, 4)
    stock = {
        "dwellings": conform("dwellings", DWELLINGS),
        "tenancies": conform("tenancies", TENANCIES.with_row_index("tenancy").cast({"tenancy": pl.String})),
    }
    complexes = conform("complexes", pl.DataFrame({"complex": ["A"], "name": ["Elzenhof"]}))
    city = small_city({**stock, "complexes": complexes})
    counted = [
        counts_by_group(city, GROUP_SETS["route"], "complex", day).counts.people
        for day in (last, date(2024, 9, 1))
    ]
    assert counted == [on, after]
