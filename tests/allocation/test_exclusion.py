"""Nobody is shut out: what chance every group has, and which policies are refused for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from ongedeeld.allocation import ExclusionError, Round
from ongedeeld.allocation.effects import Condition, Effect, Priority, Requirement, Row
from ongedeeld.reasons import Decision, Reason, no, yes
from tests.allocation.round_cast import run, seeker, seekers, vacancies

START = date(2012, 3, 1)


def test_every_group_is_told_its_chance_now_and_under_the_policy() -> None:
    done = _round([Priority(_young(), 150)])
    young = _group(done, "age_class", "under_23")
    assert (young["seekers"], young["let_now"], young["let_policy"]) == (4, 0, 4)
    assert (young["chance_now"], young["chance_policy"]) == (0.0, 1.0)
    assert set(done.chances["grouping"]) == {"route", "household_type", "age_class", "income_class"}


def test_it_refuses_a_requirement_that_shuts_a_group_out_and_names_the_group() -> None:
    with pytest.raises(ExclusionError, match="no chance of a home in the region: 35 to 54") as refusal:
        _round([Requirement(_young())])
    assert refusal.value.chances.filter(pl.col("verdict") == "shut_out")["group"].to_list() == ["35_54"]


def test_it_refuses_a_priority_without_end_that_never_leaves_a_home() -> None:
    """Four homes, four young seekers who always go first: whoever draws the lots, nobody else is reached."""
    people = [*_older(4), *_younger(4)]
    with pytest.raises(ExclusionError, match="35 to 54"):
        run(vacancies("W1", "W2", "W3", "W4"), seekers(*people), policy=[Priority(_young(), 150)])


def test_a_priority_with_a_share_leaves_everybody_a_chance() -> None:
    limited = Priority(_young(), 150, "young", most_share=0.5)
    people = [*_older(4), *_younger(4)]
    done = run(vacancies("W1", "W2", "W3", "W4"), seekers(*people), policy=[limited])
    assert _group(done, "age_class", "35_54")["let_policy"] == 2


def test_a_group_that_had_no_chance_already_is_told_and_not_refused() -> None:
    rich = [seeker("R", START, income_class="above", age_class="67_and_over")]
    done = run(vacancies("W1"), seekers(*_older(2), *rich), policy=[Priority(_young(), 150)])
    assert _group(done, "age_class", "67_and_over")["verdict"] == "closed_already"


def test_what_if_it_is_run_all_the_same_and_says_so() -> None:
    done = _round([Requirement(_young())], what_if=True)
    assert done.what_if
    assert _group(done, "age_class", "35_54")["verdict"] == "shut_out"
    for one in ("O0", "Y0"):
        assert "what if the law allowed it" in done.why("V1", one).say()


def test_without_instruments_both_chances_are_one() -> None:
    done = _round([])
    assert done.chances["let_now"].equals(done.chances["let_policy"], check_names=False)


def _round(policy: list[Effect], **rest: Any) -> Round:
    people = seekers(*_older(6), *_younger(4))
    return run(vacancies("W1", "W2", "W3", "W4", "W5"), people, policy=policy, **rest)


def _older(count: int) -> list[dict[str, Any]]:
    return [seeker(f"O{place}", START + timedelta(days=place)) for place in range(count)]


def _younger(count: int) -> list[dict[str, Any]]:
    later = START + timedelta(days=1_000)
    return [
        seeker(f"Y{place}", later + timedelta(days=place), age_class="under_23") for place in range(count)
    ]


def _young() -> Condition:
    def test(_home: Row, person: Row) -> Decision:
        reason = Reason("young", "by the policy of the test")
        return yes(reason) if person["age_class"] == "under_23" else no(reason)

    return Condition("young", (), ("age_class",), test)


def _group(done: Round, grouping: str, group: str) -> dict[str, Any]:
    return done.chances.row(
        by_predicate=(pl.col("grouping") == grouping) & (pl.col("group") == group), named=True
    )
