"""What effects do to a round: offers, reservations, ceilings, rents, shares; and rules by their day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from ongedeeld import InputError
from ongedeeld.allocation.effects import (
    Ceiling,
    Condition,
    Effect,
    Offer,
    Priority,
    Rent,
    Reservation,
    Row,
)
from ongedeeld.allocation.ranking import points
from ongedeeld.reasons import Decision, Reason, no, yes
from tests.allocation.round_cast import DAY, MEREL, TULP, law, let, run, seeker, seekers, vacancies

EARLY, MIDDLE, LATE = date(2012, 3, 1), date(2016, 3, 1), date(2020, 3, 1)
AMSTERDAM = {
    "waiting_points_a_year": 1,
    "search_points_most": 30,
    "situation_points_most": 12,
    "start_points_most": 0,
}


def test_points_are_the_sum_of_their_parts_up_to_the_largest_of_each() -> None:
    """Published form of the Amsterdam region: 1 a year, at most 30 for searching and 12 for the situation."""
    people = pl.DataFrame(
        {
            "registered": [date(2016, 9, 1), date(2016, 9, 2), date(2026, 9, 1)],
            "search_points": [0, 45, 12],
            "situation_points": [20, 0, 6],
            "start_points": [0, 0, 5],
        }
    )
    held = points(people, DAY, AMSTERDAM)
    assert [held.of(place) for place in range(3)] == [10 + 12, 9 + 30, 0 + 12 + 6]
    half = {**AMSTERDAM, "waiting_points_a_year": 0.5}
    assert points(people, DAY, half).of(1) == Fraction(69, 2)


def test_who_has_most_points_goes_first_and_then_who_registered_first() -> None:
    searching = seeker("B", LATE, search_points=20)
    people = seekers(seeker("A", EARLY), searching, seeker("C", EARLY + timedelta(days=1)))
    done = run(vacancies("W1"), people, policy=[_offer("points", AMSTERDAM)])
    assert done.ranked("V1")["seeker"].to_list() == ["B", "A", "C"]
    assert done.lettings["decided_by"].to_list() == ["points"]


def test_it_refuses_points_without_their_parameters() -> None:
    with pytest.raises(InputError, match="points need waiting_points_a_year"):
        run(vacancies("W1"), seekers(seeker("A", EARLY)), policy=[_offer("points", {})])


def test_a_lottery_gives_everybody_the_same_chance() -> None:
    people = seekers(*(seeker(one, EARLY) for one in "ABCD"))
    won = Counter(
        let(run(vacancies("W1"), people, policy=[_offer("lottery", {})], seed=seed))["V1"]
        for seed in range(40)
    )
    assert set(won) == set("ABCD")
    assert max(won.values()) < 21  # 10 expected; four standard deviations are 10.9


def test_a_lot_belongs_to_seed_vacancy_and_seeker() -> None:
    people = [seeker(one, EARLY) for one in "ABCDEFGH"]
    policy = [_offer("lottery", {})]
    done, again = (run(vacancies("W1", "W3"), seekers(*people), policy=policy, seed=3) for _ in range(2))
    assert done.ranked("V1").equals(again.ranked("V1"))
    fewer = run(vacancies("W1", "W3"), seekers(*people[1:]), policy=policy, seed=3)
    order = [one for one in done.ranked("V1")["seeker"] if one != "A"]
    assert fewer.ranked("V1")["seeker"].to_list() == order
    assert done.ranked("V1")["seeker"].to_list() != again.ranked("V3")["seeker"].to_list()


def test_a_home_offered_directly_asks_no_reaction() -> None:
    reactions = pl.DataFrame({"seeker": ["B"], "vacancy": ["V3"]})
    people = seekers(seeker("A", EARLY), seeker("B", LATE))
    done = run(vacancies("W1", "W3"), people, reactions=reactions, policy=[_offer("direct", {}, MEREL)])
    assert let(done) == {"V1": "A", "V3": "B"}


def test_a_contingent_is_let_until_it_is_used_up_and_asks_no_reaction() -> None:
    cared = [seeker(f"K{place}", LATE, contingent="care") for place in range(3)]
    reactions = pl.DataFrame({"seeker": ["A"], "vacancy": ["V3"]})
    people = seekers(seeker("A", EARLY), *cared)
    done = run(vacancies("W1", "W3", "W4"), people, reactions=reactions, policy=[_contingent(1)])
    assert [one[0] for one in let(done).values()] == ["K", "A"]
    assert done.lettings["route"].to_list() == ["mediated", "regular"]
    assert done.not_let["vacancy"].to_list() == ["V4"]


def test_what_nobody_of_a_contingent_takes_goes_to_the_others() -> None:
    assert let(run(vacancies("W1"), seekers(seeker("A", EARLY)), policy=[_contingent(5)])) == {"V1": "A"}


def test_a_ceiling_sends_mediated_lettings_elsewhere() -> None:
    cared = [seeker(f"K{place}", LATE, contingent="care") for place in range(2)]
    policy: list[Effect] = [_contingent(2), Ceiling("C1", 1, "agreement of 1 May 2026")]
    people = seekers(seeker("A", EARLY), *cared)
    done = run(vacancies("W1", "W2", "W3"), people, policy=policy)
    assert [one[0] for one in let(done).values()] == ["K", "A", "K"]
    without = run(vacancies("W1", "W2", "W3"), people, policy=policy[:1])
    assert (
        (done.lettings["route"] == "mediated").sum() == (without.lettings["route"] == "mediated").sum() == 2
    )


def test_areas_are_filled_in_the_order_of_their_rank() -> None:
    cared = seeker("K", LATE, contingent="care")
    ranked: list[Effect] = [
        _contingent(1, MEREL, tally="care", rank=2),
        _contingent(1, TULP, tally="care", rank=1),
    ]
    done = run(vacancies("W1", "W3"), seekers(seeker("A", EARLY), cared), policy=ranked)
    assert let(done) == {"V3": "K", "V1": "A"}


def test_a_share_is_never_exceeded_while_homes_are_let() -> None:
    """A third: not the first, not the second, the third; and again the sixth."""
    workers = [seeker(f"W{place}", LATE, motivation=True) for place in range(5)]
    others = [seeker(f"A{place}", EARLY) for place in range(5)]
    policy = [Priority(_on_facts("work", "motivation", True), 150, "work", most_share=0.34)]
    done = run(vacancies("W1", "W2", "W3", "W4", "W5"), seekers(*others, *workers), policy=policy)
    assert [one[0] for one in let(done).values()] == ["A", "A", "W", "A", "A"]


def test_two_rents_make_one_home_fit_and_cost_the_other_household_the_higher_rent() -> None:
    """At 732.00 the home fits nobody alone of low income; by two rents it is 713.02 for them."""
    home = vacancies("W3", rent_cents=[732_00])
    lower = Rent(_on_facts("two_rents", "income_class", "below_passend"), lambda _home, _one: 713_02)
    poor, other = seeker("A", EARLY), seeker("B", LATE, income_class="below_daeb")
    assert let(run(home, seekers(poor, other))) == {"V3": "B"}
    done = run(home, seekers(poor, other), policy=[lower])
    assert let(done) == {"V3": "A"}
    assert done.lettings["rent_cents"].to_list() == [713_02]
    assert let(run(home, seekers(other), policy=[lower])) == {"V3": "B"}
    assert run(home, seekers(other), policy=[lower]).lettings["rent_cents"].to_list() == [732_00]


def test_it_refuses_an_instrument_that_sets_a_rent_above_the_maximum() -> None:
    high = Rent(_on_facts("two_rents", "income_class", "below_passend"), lambda _home, _one: 851_00)
    with pytest.raises(InputError, match="sets a rent of € 851 for vacancy V1, outside 0 and € 850"):
        run(vacancies("W1"), seekers(seeker("A", EARLY)), policy=[high])


@pytest.mark.parametrize(("day", "fits"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)])
def test_a_rent_cap_counts_from_its_first_day(tmp_path: Path, day: date, fits: bool) -> None:
    """The low cap is 682.96 in 2025 and 713.02 in 2026: a rent of 700.00 fits only then."""
    done = run(vacancies("W3"), seekers(seeker("A", EARLY)), law=law(tmp_path, _held_before(), day))
    assert (let(done) == {"V3": "A"}) == fits


@pytest.mark.parametrize(("day", "first"), [(date(2026, 6, 30), "B"), (date(2026, 7, 1), "A")])
def test_urgency_asks_a_bond_with_the_region_from_the_day_on_which_the_new_text_binds(
    tmp_path: Path, day: date, first: str
) -> None:
    text = """[[urgency]]
municipality = "GM9999"
groups = ["medical"]
comply_by = 2026-07-01
from = 2026-01-01
source = "ordinance"
"""
    people = seekers(seeker("A", EARLY), seeker("B", LATE, urgency="medical", region_years=0))
    assert let(run(vacancies("W3"), people, law=law(tmp_path, text, day))) == {"V3": first}


def test_a_designation_counts_until_its_last_day(tmp_path: Path) -> None:
    text = f"""[[designations]]
name = "Merelbuurt"
articles = [10]
areas = ["{MEREL}"]
hardship_clause = true
chance_elsewhere = "three of four homes lie elsewhere"
from = 2024-09-01
until = 2026-08-31
source = "decision"
"""
    people = seekers(seeker("A", EARLY, permit="refused"))
    last, after = (law(tmp_path, text, day) for day in (date(2026, 8, 31), date(2026, 9, 1)))
    assert let(run(vacancies("W1"), people, law=last)) == {}
    assert let(run(vacancies("W1"), people, law=after)) == {"V1": "A"}


def _held_before() -> str:
    """That rules of which only the text of 2026 was read held a year before as well."""
    names = ("points_maximum", "passend_toewijzen", "daeb_regardless_of_income")
    return "\n".join(f'[[rules]]\nrule = "{one}"\nfrom = 2025-01-01\nsource = "lawyer"\n' for one in names)


def _always(name: str, area: str = "") -> Condition:
    def test(home: Row, _person: Row) -> Decision:
        reason = Reason(name, "by the policy of the test")
        return yes(reason) if area in ("", home["area"]) else no(reason)

    return Condition(name, ("area",), (), test)


def _on_facts(name: str, column: str, wanted: object, area: str = "") -> Condition:
    def test(home: Row, person: Row) -> Decision:
        reason = Reason(name, "by the policy of the test")
        return yes(reason) if person[column] == wanted and area in ("", home["area"]) else no(reason)

    return Condition(name, ("area",), (column,), test, about=lambda home: area in ("", home["area"]))


def _offer(model: str, parameters: dict[str, object] | dict[str, int], area: str = "") -> Offer:
    return Offer(_always(model, area), model, parameters)


def _contingent(homes: int, area: str = "", tally: str = "", rank: int = 0) -> Reservation:
    condition = _on_facts("contingent", "contingent", "care", area)
    return Reservation(condition, homes, mediated=True, tally=tally, rank=rank)
