"""What holds for any round: its order, its limits, and the kernel beside its plain twin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.allocation import Round, _kernel, _plain
from ongedeeld.allocation._problem import State, no_outcome
from ongedeeld.allocation.effects import (
    Ceiling,
    Condition,
    Effect,
    Limit,
    Offer,
    Priority,
    Rent,
    Requirement,
    Reservation,
    Row,
)
from ongedeeld.allocation.preparing import prepare
from ongedeeld.allocation.ranking import whole_years
from ongedeeld.allocation.seekers import household_of
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.fitting import fitting
from tests.allocation.round_cast import DAY, HOMES, law, run, seeker, seekers, vacancies

AREAS = [home[1] for home in HOMES]
FREE_HOMES = ("W1", "W2", "W3", "W4", "W5")
# A round takes a tenth of a second: a few of them, and many with --soak.
FEW = settings(max_examples=settings().max_examples // 8)


def _people() -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.fixed_dictionaries(
        {
            "registered": st.integers(0, 40).map(lambda days: DAY - timedelta(days=200 * days)),
            "household_size": st.integers(1, 5),
            "age_class": st.sampled_from(["under_23", "35_54", "67_and_over", None]),
            "income_class": st.sampled_from(["below_passend", "below_daeb", "above", None]),
            "municipality_years": st.sampled_from([None, 0, 8]),
            "rooms_min": st.sampled_from([None, 3]),
            "rent_max_cents": st.sampled_from([None, 645_00]),
            "step_free_needed": st.booleans(),
            "wish_areas": st.sampled_from([None, AREAS[0], " ".join(AREAS[2:])]),
            "search_points": st.integers(0, 40),
            "motivation": st.booleans(),
            "contingent": st.sampled_from([None, None, "beschermd wonen"]),
        }
    )

    def numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [seeker(f"S{place:02d}", **row) for place, row in enumerate(rows)]

    return st.lists(one, min_size=1, max_size=14).map(numbered)


def _met(name: str, column: str, wanted: object) -> Condition:
    def test(_vacancy: Row, person: Row) -> Decision:
        reason = Reason(name, "as the test asks")
        return yes(reason) if person[column] == wanted else no(reason)

    return Condition(name, (), (column,), test)


def _in_merel(name: str) -> Condition:
    def test(home: Row, _person: Row) -> Decision:
        reason = Reason(name, "where it lies")
        return yes(reason) if home["area"] == AREAS[0] else no(reason)

    return Condition(name, ("area",), (), test)


def _instruments() -> st.SearchStrategy[list[Effect]]:
    """Any handful of effects of every kind."""
    motivation, old = _met("motivation", "motivation", True), _met("old", "age_class", "67_and_over")
    points = {"waiting_points_a_year": 1, "search_points_most": 30, "situation_points_most": 12}
    kinds: list[Effect] = [
        Requirement(_met("young", "age_class", "35_54")),
        Limit(old, "oldest", most=1),
        Limit(_met("families", "household_size", 3), "families", Fraction(1, 2), done=1, of=3),
        Priority(motivation, 150, "motivation", most_share=0.5),
        Priority(old, 120, "old", most=1),
        Priority(_met("large", "household_size", 3), 160),
        Reservation(_met("care", "contingent", "beschermd wonen"), 1, mediated=True, tally="care"),
        Reservation(_met("again", "contingent", "beschermd wonen"), 1, mediated=True, tally="care"),
        Reservation(old, None, mediated=False),
        Ceiling("C1", 0, "agreement"),
        Offer(_in_merel("lottery"), "lottery", {}),
        Offer(_in_merel("points"), "points", {**points, "start_points_most": 0}),
        Offer(_in_merel("direct"), "direct", {}),
        Rent(_met("two_rents", "household_size", 1), lambda _home, _person: 590_00),
    ]
    return st.lists(st.sampled_from(kinds), max_size=5, unique_by=id)


def _reactions() -> st.SearchStrategy[list[tuple[int, int, str | None]] | None]:
    answer = st.sampled_from([None, "no_show"])
    return st.none() | st.lists(st.tuples(st.integers(0, 13), st.integers(0, 4), answer), max_size=30)


def _round(people: Sequence[dict[str, Any]], effects: Sequence[Effect] = (), **rest: Any) -> Round:
    return run(vacancies(*FREE_HOMES), seekers(*people), policy=effects, what_if=True, **rest)


def _as_table(
    people: Sequence[object], pairs: list[tuple[int, int, str | None]] | None
) -> pl.DataFrame | None:
    if pairs is None:
        return None
    rows = {(who, home): answer for who, home, answer in pairs if who < len(people)}
    return pl.DataFrame(
        [(f"S{who:02d}", f"V{home + 1}", answer) for (who, home), answer in rows.items()],
        schema={"seeker": pl.String, "vacancy": pl.String, "answer": pl.String},
        orient="row",
    )


@given(people=_people(), effects=_instruments(), pairs=_reactions(), seed=st.integers(0, 9))
@settings(max_examples=settings().max_examples // 5)
def test_the_kernel_does_what_its_plain_twin_does(
    people: list[dict[str, Any]],
    effects: list[Effect],
    pairs: list[tuple[int, int, str | None]] | None,
    seed: int,
) -> None:
    done = _round(people, effects, reactions=_as_table(people, pairs), seed=seed)
    problem, start = prepare(done.given, done.plan, {})
    fast, slow = no_outcome(problem), no_outcome(problem)
    left = [State(*(part.copy() for part in start)) for _ in range(2)]
    _kernel.run(problem, left[0], fast)
    _plain.run(problem, left[1], slow)
    for one, other in zip((*fast, *left[0]), (*slow, *left[1]), strict=True):
        np.testing.assert_array_equal(one, other)
    for place, vacancy in enumerate(done.given.vacancies["vacancy"]):
        plain = [done.given.seekers["seeker"][who] for who, _ in _plain.order(problem, slow, place)]
        assert done.ranked(vacancy)["seeker"].to_list() == plain


@given(people=_people(), effects=_instruments())
@FEW
def test_no_letting_breaks_a_rule_that_is_on(people: list[dict[str, Any]], effects: list[Effect]) -> None:
    done = _round(people, effects)
    rows = {row["seeker"]: row for row in done.given.seekers.iter_rows(named=True)}
    required = [one.condition for one in done.plan.requirements]
    homes = {row["vacancy"]: row for row in done.given.vacancies.iter_rows(named=True)}
    assert done.lettings["seeker"].is_unique().all()
    for letting in done.lettings.iter_rows(named=True):
        person, home = rows[letting["seeker"]], homes[letting["vacancy"]]
        assert fitting(household_of(person), letting["rent_cents"], law())
        assert person["income_class"] in ("below_passend", "below_daeb")
        assert all(condition.judge(home, person) for condition in required)
        assert done.why(letting["vacancy"], letting["seeker"])
    oldest = [one for one in done.lettings["seeker"] if rows[one]["age_class"] == "67_and_over"]
    limits = {effect.tally for effect in effects if isinstance(effect, Limit)}
    assert "oldest" not in limits or len(oldest) <= 1
    if "families" in limits:
        large = [rows[one]["household_size"] == 3 for one in done.lettings["seeker"]]
        assert all(1 + sum(large[:at]) <= (3 + at) / 2 for at in range(1, len(large) + 1) if large[at - 1])


@given(people=_people())
@FEW
def test_a_policy_of_no_instruments_is_plain_registration_order(people: list[dict[str, Any]]) -> None:
    done, given_by_law = _round(people), law()
    left = {one["seeker"]: one for one in people}
    won = dict(done.lettings.select("vacancy", "seeker").iter_rows())
    for name, area, _, rooms, rent, step_free in HOMES[:5]:
        suited = [
            one
            for one in left.values()
            if one["income_class"] in ("below_passend", "below_daeb")
            and fitting(household_of(one), rent, given_by_law)
            and area in (one["wish_areas"] or area)
            and rooms >= (one["rooms_min"] or 0)
            and rent <= (one["rent_max_cents"] or rent)
            and (step_free or not one["step_free_needed"])
        ]
        order = done.ranked(name.replace("W", "V"))["seeker"].to_list()
        assert sorted(order) == sorted(one["seeker"] for one in suited)
        days = [left[one]["registered"] for one in order]
        assert days == sorted(days)
        assert won.get(name.replace("W", "V")) == (order or [None])[0]
        left.pop(won.get(name.replace("W", "V"), ""), None)


@given(people=_people(), effects=_instruments(), seed=st.integers(0, 9))
@FEW
def test_the_order_is_total_and_stable(
    people: list[dict[str, Any]], effects: list[Effect], seed: int
) -> None:
    """The same in any order of the rows, and with nobody in two places."""
    done, again = _round(people, effects, seed=seed), _round(people[::-1], effects, seed=seed)
    assert done.lettings.equals(again.lettings)
    numbers = done.given.seekers["seeker"].to_list()
    for place, vacancy in enumerate(done.given.vacancies["vacancy"]):
        order = done.ranked(vacancy)
        assert order.equals(again.ranked(vacancy))
        assert order["seeker"].is_unique().all()
        for rank, one in order.select("rank", "seeker").iter_rows():
            assert done.rank(place, numbers.index(one)) == (rank, len(order))


@given(people=_people(), newcomer=_people(), effects=_instruments(), seed=st.integers(0, 9))
@FEW
def test_adding_a_seeker_never_improves_the_rank_of_another(
    people: list[dict[str, Any]], newcomer: list[dict[str, Any]], effects: list[Effect], seed: int
) -> None:
    """With effects that are not used up; what is used up by one is not there for the next."""
    lasting = [one for one in effects if not isinstance(one, Limit) and not getattr(one, "tally", "")]
    added = [*people, {**newcomer[0], "seeker": "S99"}]
    before, after = _round(people, lasting, seed=seed), _round(added, lasting, seed=seed)
    for vacancy in before.given.vacancies["vacancy"]:
        was, now = (dict(one.ranked(vacancy).select("seeker", "rank").iter_rows()) for one in (before, after))
        assert all(now[one] >= rank for one, rank in was.items())


@given(people=_people(), newcomer=_people(), effects=_instruments(), seed=st.integers(0, 9))
@FEW
def test_for_one_home_it_holds_with_limits_and_tallies_too(
    people: list[dict[str, Any]], newcomer: list[dict[str, Any]], effects: list[Effect], seed: int
) -> None:
    added = [*people, {**newcomer[0], "seeker": "S99"}]
    was, now = (
        dict(
            run(vacancies("W1"), seekers(*rows), policy=effects, what_if=True, seed=seed)
            .ranked("V1")
            .select("seeker", "rank")
            .iter_rows()
        )
        for rows in (people, added)
    )
    assert all(now[one] >= rank for one, rank in was.items())


def test_the_first_of_a_hundred_priorities_decides_before_all_others() -> None:
    """More priorities than there are bits in a whole number: the order is kept all the same."""
    later = [Priority(_met(f"old-{place}", "age_class", "67_and_over"), 151 + place) for place in range(100)]
    first = Priority(_met("motivation", "motivation", True), 150)
    people = [
        seeker("old", DAY - timedelta(days=900), age_class="67_and_over"),
        seeker("motivated", DAY - timedelta(days=100), motivation=True),
        seeker("neither", DAY - timedelta(days=2_000)),
    ]
    done = _round(people, [first, *later])
    assert done.ranked("V1")["seeker"].to_list() == ["motivated", "old", "neither"]
    problem, start = prepare(done.given, done.plan, {})
    slow = no_outcome(problem)
    _plain.run(problem, start, slow)
    np.testing.assert_array_equal(done.outcome.winner, slow.winner)


def test_who_wins_a_tie_hangs_on_the_day_of_the_round() -> None:
    alike = [seeker(f"S{place}", DAY - timedelta(days=500)) for place in range(8)]
    days = [DAY + timedelta(days=place) for place in range(20)]
    firsts = {run(vacancies("W2"), seekers(*alike), law=law(day=day)).lettings["seeker"][0] for day in days}
    assert len(firsts) > 1


def test_a_lottery_hangs_on_the_day_and_the_home_too() -> None:
    people = [seeker(f"S{place}", DAY - timedelta(days=place)) for place in range(8)]
    lottery = Offer(Condition("all", (), (), lambda _home, _person: yes(Reason("all", "all"))), "lottery", {})

    def first(home: str, day: date) -> str:
        table = vacancies(home).with_columns(vacancy=pl.lit("1"))
        done = run(table, seekers(*people), policy=[lottery], law=law(day=day), what_if=True)
        return str(done.lettings["seeker"][0])

    assert len({first("W2", DAY + timedelta(days=place)) for place in range(12)}) > 1
    assert len({first(home, DAY) for home in FREE_HOMES}) > 1


@given(people=_people(), effects=_instruments(), let=st.integers(0, 5))
@FEW
def test_whom_the_order_reaches_is_the_same_in_the_plain_twin(
    people: list[dict[str, Any]], effects: list[Effect], let: int
) -> None:
    done = _round(people, effects)
    problem, start = prepare(done.given, done.plan, {})
    grade = np.arange(len(people))[None, :].repeat(len(problem.by_lot), axis=0) // 4
    found = []
    for reach in (_kernel.reach, _plain.reach):
        state, outcome = State(*(part.copy() for part in start)), no_outcome(problem)
        reached = np.zeros(len(people), np.uint8)
        reach(problem, state, outcome, (0, let), True, grade, reached)
        reach(problem, state, outcome, (let, len(problem.offer)), False, grade, reached)
        found.append(reached)
    np.testing.assert_array_equal(found[0], found[1])


@given(people=_people(), effects=_instruments())
@FEW
def test_every_pair_has_a_reason_in_words(people: list[dict[str, Any]], effects: list[Effect]) -> None:
    done = _round(people, effects)
    won = set(done.lettings.select("vacancy", "seeker").iter_rows())
    for vacancy in done.given.vacancies["vacancy"]:
        for one in done.given.seekers["seeker"]:
            decision = done.why(vacancy, one)
            assert bool(decision) == ((vacancy, one) in won)
            assert len(decision.reasons) >= 2
            assert (decision.reasons[-1].rule == "objection") == (not decision)


@given(start=st.dates(date(1990, 1, 1), date(2026, 1, 1)), day=st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_a_year_of_waiting_counts_from_its_last_day(start: date, day: date) -> None:
    born = pl.Series([start])
    years = whole_years(born, day).item()
    assert years in (day.year - start.year, day.year - start.year - 1)
    assert whole_years(born, day - timedelta(days=1)).item() in (years, years - 1)
