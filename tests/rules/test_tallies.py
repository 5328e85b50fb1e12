"""Running tallies: by hand, by brute force, and one letting more."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld import AbsentError, InputError
from ongedeeld.errors import Place
from ongedeeld.reasons import Reason
from ongedeeld.rules import Expected, Household, Law, Tally, load_law, read_lettings, running_tallies
from ongedeeld.rules.codes import INCOME_CLASSES
from ongedeeld.rules.fitting import falls_under_fitting, fitting
from ongedeeld.rules.income import in_target_group
from ongedeeld.rules.tallies import fitting_tallies, permit_holder_tallies, social_tallies
from ongedeeld.rules.tally import Counted, as_frame, at_least, at_most, towards
from ongedeeld.vocabulary import Both

LAW = load_law()
DAY = date(2026, 10, 1)
POLICY = """holder = "Voorbeeldstad"

[[binding]]
municipality = "GM9999"
category = "flats"
share = 0.5
from = 2026-01-01
source = "ordinance"

[[permit_holders]]
municipality = "GM9999"
people = 10
from = 2026-07-01
until = 2026-12-31
source = "Staatscourant"

[[contingents]]
name = "Opvang 2026"
target_group = "shelter"
homes = 3
parties = ["GM9999", "Stichting Opvang"]
from = 2026-01-01
until = 2026-12-31
source = "convenant"
"""


def _letting(number: int = 1, **facts: Any) -> dict[str, Any]:
    return {
        "letting": str(number),
        "date": date(2026, 3, 1),
        "municipality": "GM9999",
        "social": True,
        "rent_cents": 700_00,
        "household_size": 2,
        "income_class": "below_passend",
        "group": None,
        "category": "flats",
        "bound_priority": False,
        "permit_holders": 0,
        "contingent": None,
    } | facts


def _table(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema_overrides={"group": pl.String, "contingent": pl.String})


@pytest.fixture
def law(tmp_path: Path) -> Law:
    file = tmp_path / "policy.toml"
    file.write_text(POLICY, encoding="utf-8")
    return load_law(file)


def _by_name(found: tuple[Tally, ...]) -> dict[str, Tally]:
    return {tally.name: tally for tally in found}


def test_all_tallies_of_a_small_year_by_hand(law: Law) -> None:
    rows = _table(
        *(_letting(number) for number in range(18)),
        _letting(18, rent_cents=800_00, bound_priority=True),
        _letting(19, income_class="above", date=date(2026, 4, 1), contingent="Opvang 2026"),
        _letting(20, group="permit_holder", income_class=None, permit_holders=4, date=date(2026, 8, 1)),
        _letting(21, group="permit_holder", income_class=None, permit_holders=4, date=date(2026, 6, 30)),
        _letting(22, date=date(2026, 10, 2)),  # after the day
        _letting(23, date=date(2024, 12, 31), income_class=None),  # before both years
    )
    expected = Expected(passend=19, social=38, categories={("GM9999", "flats"): 2})
    found = _by_name(running_tallies(read_lettings(rows), law, DAY, expected))
    two, year = found["passend_two_years"], found["passend_year"]
    # 21 households count, 20 rents fit; of 40 by the end of the year 38 must fit.
    assert (two.done, two.of, two.must_still, two.may_still, two.reachable) == (20, 21, 18, 1, True)
    assert (year.start, two.start) == (date(2026, 1, 1), date(2025, 1, 1))
    # 21 of 22 to the target group; of 60 in all 56 must be: 55.5 rounded up.
    daeb = found["daeb"]
    assert (daeb.done, daeb.of, daeb.must_still, daeb.may_still) == (21, 22, 35, 3)
    flats = found["local_binding:GM9999:flats"]
    assert (flats.done, flats.of, flats.may_still) == (1, 22, 11)
    holders = found["permit_holders:GM9999"]
    assert (holders.done, holders.target, holders.must_still) == (4, 10, 6)
    opvang = found["contingent:Opvang 2026"]
    assert (opvang.done, opvang.must_still, opvang.end) == (1, 2, date(2026, 12, 31))
    assert not opvang.decision
    assert opvang.decision.reasons[0].source == "convenant"
    assert as_frame(found.values())["met"].to_list() == [True, True, True, True, False, False]


def test_each_municipality_is_counted_beside_the_whole() -> None:
    rows = _table(_letting(1), _letting(2, municipality="GM9998", income_class="above"))
    found = _by_name(social_tallies(read_lettings(rows), LAW, DAY))
    assert [(tally.done, tally.of) for tally in found.values()] == [(1, 2), (0, 1), (1, 1)]


AGREED = """holder = "x"

[[agreements]]
name = "2026"
parties = ["GM9999", "GM9998"]
municipalities = ["GM9999"]
daeb_min_share = 0.85
from = 2026-01-01
source = "prestatieafspraken"
"""


@pytest.fixture
def agreed(tmp_path: Path) -> Law:
    file = tmp_path / "agreed.toml"
    file.write_text(AGREED, encoding="utf-8")
    return load_law(file)


def test_an_agreement_counts_before_anything_was_let(agreed: Law) -> None:
    empty = read_lettings(_table(_letting()).clear())
    assert social_tallies(empty, agreed, DAY, 100, ["GM9999"])[0].limit == 0.85
    assert social_tallies(empty, agreed, DAY, 100, ["GM9999"])[0].may_still == 15
    assert social_tallies(empty, agreed, DAY, 100)[0].limit == 0.925  # where it lets is not known


def test_an_agreement_counts_only_when_there_is_one_wherever_is_let(agreed: Law) -> None:
    rows = read_lettings(_table(_letting(1)))
    assert social_tallies(rows, agreed, DAY)[0].limit == 0.85
    found = _by_name(social_tallies(rows, agreed, DAY, municipalities=["GM9998", "GM9999"]))
    assert found["daeb"].limit == 0.925
    assert "no agreement in GM9998" in found["daeb"].decision.say()
    assert (found["daeb:GM9998"].of, found["daeb:GM9999"].limit) == (0, 0.85)
    earlier = read_lettings(_table(_letting(1), _letting(2, municipality="GM9998", date=date(2025, 5, 1))))
    assert social_tallies(earlier, agreed, DAY)[0].limit == 0.925
    running = _by_name(running_tallies(rows, agreed, DAY, municipalities=["GM9998"]))
    assert running["daeb"].limit == 0.925


def test_a_letting_of_the_day_itself_counts() -> None:
    rows = read_lettings(_table(_letting(1, date=DAY), _letting(2, date=date(2026, 10, 2))))
    assert social_tallies(rows, LAW, DAY)[0].of == 1


def test_nothing_let_is_not_a_share_of_zero() -> None:
    empty = read_lettings(_table(_letting()).clear())
    for tally in (*fitting_tallies(empty, LAW, DAY), *social_tallies(empty, LAW, DAY)):
        assert tally.share is None
        assert tally.decision
        assert "nothing was let yet" in tally.decision.say()


def test_a_letting_without_an_income_class_is_not_left_out() -> None:
    rows = read_lettings(_table(_letting(1), _letting(2, income_class=None)))
    with pytest.raises(AbsentError) as refusal:
        social_tallies(rows, LAW, DAY)
    assert "of 1 lettings" in str(refusal.value)
    assert "2 the first" in str(refusal.value)


def test_a_tally_refuses_where_its_limit_is_unknown() -> None:
    rows = read_lettings(_table(_letting(1, date=date(2027, 1, 1))))
    with pytest.raises(AbsentError, match="aftopping_low"):
        fitting_tallies(rows, LAW, date(2027, 2, 1))
    with pytest.raises(AbsentError, match="passend_min_share"):
        fitting_tallies(rows, LAW, date(2025, 2, 1))


def test_a_column_that_was_not_counted_is_not_zero(law: Law) -> None:
    rows = read_lettings(_table(_letting()).drop("permit_holders"))
    with pytest.raises(AbsentError, match="permit_holders"):
        permit_holder_tallies(rows, law, DAY)


def test_it_takes_only_the_columns_of_its_list() -> None:
    for column in ("nationality", "diagnosis", "income", "name"):
        with pytest.raises(InputError, match=column):
            read_lettings(_table(_letting()).with_columns(pl.lit("x").alias(column)))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"rent_cents": -1}, "row 3, column rent_cents, value '-1'"),
        ({"household_size": 0}, "row 3, column household_size"),
        ({"income_class": "poor"}, "below_passend"),
        ({"group": "refugee"}, "permit_holder"),
        ({"municipality": None}, "a value in every row"),
        ({"municipality": "Utrecht"}, "value 'Utrecht'"),
        ({"municipality": "gm9999"}, "such as GM0344"),
        ({"bound_priority": None}, "row 3, column bound_priority"),
        ({"letting": "1"}, "each letting once"),
    ],
)
def test_it_names_the_cell_that_is_wrong(facts: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_lettings(_table(_letting(1), _letting(2, **facts)), Place("lettings.csv"))
    assert said in str(refusal.value)
    assert "lettings.csv" in str(refusal.value)


def test_it_names_a_column_that_lacks_or_is_of_another_type() -> None:
    with pytest.raises(InputError, match="rent_cents"):
        read_lettings(_table(_letting()).drop("rent_cents"))
    with pytest.raises(InputError, match="values of type date"):
        read_lettings(_table(_letting()).with_columns(date=pl.lit("2026-03-01")))


# Whoever counts by hand asks every household; the tallies count columns.
HOUSEHOLDS = st.builds(
    lambda size, held, group, rent, social: _letting(
        household_size=size, income_class=held, group=group, rent_cents=rent, social=social
    ),
    st.integers(1, 5),
    st.sampled_from(list(INCOME_CLASSES)),
    st.sampled_from([None, "student", "permit_holder", "care_indication"]),
    st.sampled_from([400_00, 713_02, 713_03, 764_14, 764_15, 900_00]),
    st.booleans(),
)


@given(st.lists(HOUSEHOLDS, max_size=12))
def test_the_tallies_count_what_the_tests_of_one_letting_say(rows: list[dict[str, Any]]) -> None:
    numbered = [row | {"letting": str(number)} for number, row in enumerate(rows)]
    lettings = read_lettings(_table(*numbered) if rows else _table(_letting()).clear())
    on = LAW.on(date(2026, 3, 1))
    households = [
        Household(
            size=row["household_size"],
            income_class=row["income_class"],
            groups=frozenset({row["group"]} - {None}),
        )
        for row in rows
    ]
    counted = [falls_under_fitting(one, on).allowed for one in households]
    fits = [fitting(one, row["rent_cents"], on).allowed for one, row in zip(households, rows, strict=True)]
    year = fitting_tallies(lettings, LAW, DAY)[1]
    assert (year.done, year.of) == (sum(c and f for c, f in zip(counted, fits, strict=True)), sum(counted))
    target = [
        in_target_group(one, on).allowed for one, row in zip(households, rows, strict=True) if row["social"]
    ]
    whole = social_tallies(lettings, LAW, DAY)[0]
    assert (whole.done, whole.of) == (sum(target), len(target))


SHARES = st.sampled_from([0.0, 0.5, 0.85, 0.9, 0.925, 0.95, 1.0])


def _counted(done: int, of: int, still: int | None) -> Counted:
    label = Both("telling", "tally")
    return Counted(name="x", label=label, start=DAY, end=DAY, done=done, of=of, still=still)


def _cite(text: str, inputs: Any) -> Reason:
    return Reason("rule", text, inputs)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 40), SHARES)
def test_the_room_of_at_least_is_the_most_that_still_meets_it(
    done: int, others: int, still: int, limit: float
) -> None:
    exact, of = Fraction(str(limit)), done + others
    tally = at_least(_counted(done, of, still), limit, _cite)
    enough = [more for more in range(still + 1) if done + more >= exact * (of + still)]
    assert tally.reachable == bool(enough)
    assert tally.decision.allowed == (done >= exact * of)
    if enough:
        assert tally.must_still == enough[0]
        assert tally.may_still == still - enough[0]


@given(st.integers(0, 60), st.integers(0, 60), SHARES)
def test_the_room_now_is_the_most_that_can_go_the_other_way(done: int, others: int, limit: float) -> None:
    exact, of = Fraction(str(limit)), done + others
    tally = at_least(_counted(done, of, None), limit, _cite)
    if tally.may_still is None:
        assert limit == 0
    elif tally.decision:
        assert done >= exact * (of + tally.may_still)
        assert done < exact * (of + tally.may_still + 1)
        assert tally.must_still == 0
    elif tally.must_still is not None:
        assert done + tally.must_still >= exact * (of + tally.must_still)
        assert done + tally.must_still - 1 < exact * (of + tally.must_still - 1)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 40), SHARES)
def test_the_room_of_at_most_is_the_most_that_still_keeps_it(
    done: int, others: int, still: int, limit: float
) -> None:
    exact, of = Fraction(str(limit)), done + others
    tally = at_most(_counted(done, of, still), limit, _cite)
    kept = [more for more in range(2 * (of + still) + 1) if done + more <= exact * (of + still)]
    assert tally.may_still == (kept[-1] if kept else 0)
    assert tally.reachable == bool(kept)
    assert tally.decision.allowed == (done <= exact * of)


def test_without_a_maximum_there_is_no_end_to_the_room() -> None:
    tally = at_most(_counted(5, 5, None), None, _cite)
    assert tally.decision
    assert (tally.may_still, tally.limit) == (None, None)


def test_a_target_that_was_reached_asks_nothing_more() -> None:
    assert towards(_counted(12, 0, 4), 10, _cite).must_still == 0
    assert towards(_counted(8, 0, 1), 10, _cite).reachable is False
