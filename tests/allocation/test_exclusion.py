"""Nobody is shut out: what chance every group has, and which policies are refused for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from ongedeeld.allocation import ExclusionError, Round
from ongedeeld.allocation.effects import Condition, Effect, Offer, Priority, Requirement, Row
from ongedeeld.allocation.shutting_out import nobody_shut_out, with_article
from ongedeeld.reasons import Decision, Reason, no, yes
from tests.allocation.round_cast import law, run, seeker, seekers, vacancies

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
    """Six homes in the region, and more young seekers who always go first: nobody else is reached."""
    people = [*_older(4), *_younger(12)]
    with pytest.raises(ExclusionError, match="35 to 54"):
        run(vacancies("W1", "W2", "W3", "W4"), seekers(*people), policy=[Priority(_young(), 150)])


def test_a_round_of_one_home_for_a_group_is_harmless_where_other_homes_are_open() -> None:
    done = run(vacancies("W1"), seekers(*_older(20), *_younger(20)), policy=[Priority(_young("C1"), 150)])
    assert done.lettings["seeker"].to_list() == ["Y0"]
    assert _group(done, "age_class", "35_54")["verdict"] == "open"


def test_a_single_seeker_of_a_group_counts_as_well_as_many() -> None:
    people = [*_younger(30), *_older(1)]
    with pytest.raises(ExclusionError, match="35 to 54"):
        run(vacancies("W1", "W2"), seekers(*people), policy=[Priority(_young(), 150)])


@pytest.mark.parametrize(("yearly", "refused"), [(0, True), (1, False)])
def test_points_that_a_group_can_never_have_shut_it_out_unless_waiting_makes_up_for_them(
    yearly: int, refused: bool
) -> None:
    parameters = dict.fromkeys(("search_points_most", "situation_points_most"), 0)
    parameters |= {"waiting_points_a_year": yearly, "start_points_most": 1_000}
    everywhere = Condition("points", (), (), lambda _home, _person: yes(Reason("points", "all homes")))
    people = [*_older(20), *({**one, "start_points": 10} for one in _younger(20))]
    policy = [Offer(everywhere, "points", parameters)]
    done = run(vacancies("W1", "W2"), seekers(*people), policy=policy, what_if=True)
    assert (_group(done, "age_class", "35_54")["verdict"] == "shut_out") == refused


def test_a_code_that_a_policy_looks_at_makes_groups_of_its_own() -> None:
    motivated = _holds("motivation", True)
    people = [*({**one, "motivation": True} for one in _older(20)), *_younger(3)]
    with pytest.raises(ExclusionError, match=r"no \(motivation\)") as refusal:
        run(vacancies("W1", "W2"), seekers(*people), policy=[Priority(motivated, 150)])
    shut = refusal.value.chances.filter(pl.col("verdict") == "shut_out")
    assert ("motivation", "no") in shut.select("grouping", "group").rows()


def test_permit_holders_are_a_group_where_a_policy_asks_for_target_groups() -> None:
    students = _holds("target_group", "student")
    people = [*({**one, "target_group": "student"} for one in _older(20))]
    people += [{**one, "target_group": "permit_holder"} for one in _younger(2)]
    done = run(vacancies("W1"), seekers(*people), policy=[Requirement(students)], what_if=True)
    assert _group(done, "target_group", "permit_holder")["verdict"] == "shut_out"


def test_a_priority_with_a_share_leaves_everybody_a_chance() -> None:
    limited = Priority(_young(), 150, "young", most_share=0.5)
    people = [*_older(4), *_younger(4)]
    done = run(vacancies("W1", "W2", "W3", "W4"), seekers(*people), policy=[limited])
    assert _group(done, "age_class", "35_54")["let_policy"] == 2


def test_a_group_that_had_no_chance_already_is_told_and_not_refused() -> None:
    rich = [seeker("R", START, income_class="above", age_class="67_and_over")]
    done = run(vacancies("W1"), seekers(*_older(2), *rich), policy=[Priority(_young(), 150)])
    assert _group(done, "age_class", "67_and_over")["verdict"] == "closed_already"


def test_the_law_is_cited_for_lower_incomes_beside_our_own_rule() -> None:
    people = [seeker(f"P{place}", START + timedelta(days=place)) for place in range(4)]
    people += [seeker(f"D{place}", START, income_class="below_daeb") for place in range(4)]
    with pytest.raises(ExclusionError) as refusal:
        run(vacancies("W1", "W2"), seekers(*people), policy=[Requirement(_income("below_daeb"))])
    by_law, own = refusal.value.decision.reasons
    assert (by_law.rule, by_law.article) == ("nobody_shut_out", "Hvw 9(2)")
    assert own.say().startswith("our own rule, stricter than the law: this policy takes every chance from")
    assert f"- {by_law.say()}\n- {own.say()}" in str(refusal.value)


def test_a_group_that_no_law_protects_is_protected_by_our_own_rule() -> None:
    with pytest.raises(ExclusionError) as refusal:
        _round([Requirement(_young())])
    articles = [reason.article for reason in refusal.value.decision.reasons]
    assert articles == ["Hvw 9(2)", ""]
    assert not refusal.value.decision


def test_the_table_of_chances_tells_which_article_protects_a_group() -> None:
    done = _round([])
    assert _group(done, "income_class", "below_passend")["article"] == "Hvw 9(2)"
    assert _group(done, "age_class", "35_54")["article"] is None
    assert done.nobody_shut_out
    assert [reason.rule for reason in done.nobody_shut_out.reasons] == [
        "nobody_shut_out",
        "every_group_a_chance",
    ]


def test_what_the_law_said_on_an_unread_day_is_told_as_not_known() -> None:
    done, unread = run(vacancies("W2"), seekers(*_older(2))), law(day=date(2025, 12, 31))
    assert "what the law says of this is not known" in nobody_shut_out(done.chances, unread).say()
    assert with_article(done.chances, unread)["article"].null_count() == len(done.chances)


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


def _young(complex_name: str = "") -> Condition:
    def test(home: Row, person: Row) -> Decision:
        reason = Reason("young", "by the policy of the test")
        here = not complex_name or home["complex"] == complex_name
        return yes(reason) if here and person["age_class"] == "under_23" else no(reason)

    return Condition("young", ("complex",), ("age_class",), test)


def _holds(column: str, wanted: object) -> Condition:
    def test(_home: Row, person: Row) -> Decision:
        reason = Reason(column, "by the policy of the test")
        return yes(reason) if person[column] == wanted else no(reason)

    return Condition(column, (), (column,), test)


def _income(code: str) -> Condition:
    def test(_home: Row, person: Row) -> Decision:
        reason = Reason("income", "by the policy of the test")
        return yes(reason) if person["income_class"] == code else no(reason)

    return Condition("income", (), ("income_class",), test)


def _group(done: Round, grouping: str, group: str) -> dict[str, Any]:
    return done.chances.row(
        by_predicate=(pl.col("grouping") == grouping) & (pl.col("group") == group), named=True
    )
