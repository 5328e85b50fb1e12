"""Lots that a notary drew: they decide, the reasons say who drew them, and what cannot be lots is refused."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.allocation.effects import Condition, Offer
from ongedeeld.allocation.lots import Lots
from ongedeeld.allocation.round import Round
from ongedeeld.errors import InputError
from ongedeeld.reasons import Reason, yes
from tests.allocation.round_cast import let, run, seeker, seekers, vacancies

SAME_DAY = date(2020, 3, 1)
HIGHEST = 2**64 - 1
ALWAYS = Condition("lottery", (), (), lambda _home, _person: yes(Reason("lottery", "by the test")))
LOTTERY = [Offer(ALWAYS, "lottery", {})]
PEOPLE = seekers(*(seeker(name, SAME_DAY) for name in "ABC"))


def drawn(lottery: list[int], equal: list[int] | None = None) -> Lots:
    """Lots of A, B and C."""
    columns = {"lottery": lottery, "equal": equal or [0, 0, 0]}
    frame = pl.DataFrame(
        {"seeker": ["A", "B", "C"], **columns}, schema_overrides=dict.fromkeys(columns, pl.UInt64)
    )
    return Lots(frame, by="notary De Vries")


def words(a_round: Round, vacancy: str, person: str) -> str:
    """Why somebody did or did not get a home, in one line."""
    return " ".join(reason.say() for reason in a_round.why(vacancy, person).reasons)


@given(st.permutations([0, 5, HIGHEST]))
def test_the_lowest_lot_gets_the_first_home_and_the_next_the_second(lottery: list[int]) -> None:
    in_turn = [name for _, name in sorted(zip(lottery, "ABC", strict=True))]
    done = run(vacancies("W1", "W3"), PEOPLE, policy=LOTTERY, lots=drawn(lottery))
    assert list(let(done).values()) == in_turn[:2]
    assert done.ranked("V1")["seeker"].to_list() == in_turn


@given(st.permutations([0, 5, HIGHEST]))
def test_those_who_registered_on_the_same_day_go_by_their_lot_among_equals(equal: list[int]) -> None:
    first = min(zip(equal, "ABC", strict=True))[1]
    assert let(run(vacancies("W1"), PEOPLE, lots=drawn([1, 2, 3], equal))) == {"V1": first}


def test_whose_lots_are_the_same_go_by_their_numbers() -> None:
    done = run(vacancies("W1", "W3", "W4"), PEOPLE, policy=LOTTERY, lots=drawn([7, 7, 7]))
    assert list(let(done).values()) == ["A", "B", "C"]


def test_the_reasons_say_who_drew_them_and_name_no_seed() -> None:
    by_notary = run(vacancies("W1"), PEOPLE, policy=LOTTERY, lots=drawn([3, 2, 1]))
    for name in "AC":
        assert "as it was drawn by notary De Vries" in words(by_notary, "V1", name)
        assert "seed" not in words(by_notary, "V1", name)
    assert "drawn with seed 1" in words(run(vacancies("W1"), PEOPLE, policy=LOTTERY), "V1", "A")


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ({"seeker": ["A"], "lottery": [1]}, "the columns seeker, lottery and equal"),
        ({"seeker": ["A"], "lottery": [0.5], "equal": [1]}, "whole numbers in the last two"),
        ({"seeker": ["A"], "lottery": [None], "equal": [1]}, "whole numbers in the last two"),
        ({"seeker": ["A"], "lottery": [-1], "equal": [1]}, "whole numbers from 0"),
        ({"seeker": ["A", "A"], "lottery": [1, 2], "equal": [1, 2]}, "one row for each seeker"),
    ],
)
def test_it_refuses_what_cannot_be_lots(frame: dict[str, list[object]], expected: str) -> None:
    with pytest.raises(InputError, match="drawn by notary De Vries") as refused:
        Lots(pl.DataFrame(frame), by="notary De Vries")
    assert expected in str(refused.value)


def test_it_refuses_a_round_with_a_seeker_without_a_lot() -> None:
    few = Lots(pl.DataFrame({"seeker": ["A", "B"], "lottery": [1, 2], "equal": [1, 2]}), by="notary De Vries")
    with pytest.raises(InputError, match="C has none"):
        run(vacancies("W1"), PEOPLE, policy=LOTTERY, lots=few)


def test_a_round_can_do_without_the_table_of_chances() -> None:
    with_table, without = (run(vacancies("W1", "W3"), PEOPLE, tell_chances=told) for told in (True, False))
    assert without.lettings.equals(with_table.lettings)
    assert len(with_table.chances)
    assert not len(without.chances)
