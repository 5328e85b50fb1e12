"""A round worked out by hand: who gets which home, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld import AbsentError, InputError
from ongedeeld.rules import Lettings, read_lettings
from ongedeeld.vocabulary import translator
from tests.allocation.round_cast import (
    DAY,
    MEREL,
    ROOS,
    TULP,
    city,
    law,
    let,
    run,
    seeker,
    seekers,
    vacancies,
)

EARLY, MIDDLE, LATE = date(2012, 3, 1), date(2016, 3, 1), date(2020, 3, 1)


def test_who_registered_first_gets_the_first_home() -> None:
    done = run(vacancies("W1", "W3"), seekers(seeker("A", MIDDLE), seeker("B", EARLY), seeker("C", LATE)))
    assert let(done) == {"V1": "B", "V3": "A"}
    assert done.lettings["decided_by"].to_list() == ["registration", "registration"]
    assert done.ranked("V1")["seeker"].to_list() == ["B", "A", "C"]
    assert done.ranked("V3")["seeker"].to_list() == ["A", "C"]


def test_a_home_goes_to_nobody_whom_it_does_not_fit() -> None:
    # 732.00 is above the cap of 713.02 for one or two, and not above that of 764.14 for three or more.
    home = vacancies("W3", rent_cents=[732_00])
    family = seeker("F", LATE, household_size=3, minors=1)
    done = run(home, seekers(seeker("A", EARLY), family))
    assert let(done) == {"V3": "F"}
    why = done.why("V3", "A")
    assert not why
    assert [one.rule for one in why.reasons] == ["passend_toewijzen", "objection"]
    assert "€ 732" in why.say()
    assert "above the cap of € 713.02 for a household of 1" in why.say()


def test_an_income_class_that_is_not_known_is_no_yes() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY, income_class=None), seeker("B", LATE)))
    assert let(done) == {"V1": "B"}
    assert "the income class of this household is not known" in done.why("V1", "A").say()


def test_a_permit_holder_needs_no_income_class() -> None:
    newcomer = seeker("A", EARLY, income_class=None, target_group="permit_holder")
    assert let(run(vacancies("W1"), seekers(newcomer))) == {"V1": "A"}


def test_without_lettings_so_far_nothing_goes_into_the_free_space() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY, income_class="above"), seeker("B", LATE)))
    assert let(done) == {"V1": "B"}
    assert "this round lets no home out of the free space" in done.why("V1", "A").say()


def test_the_free_space_is_what_the_tally_leaves() -> None:
    """Of 25 lettings 92.5 % is 23.1, so one may go above the limit; of 26 it is 24.05, so no second one."""
    rich = [seeker("A", EARLY, income_class="above"), seeker("B", MIDDLE, income_class="above")]
    done = run(vacancies("W1", "W3"), seekers(*rich), so_far=_lettings(24))
    assert let(done) == {"V1": "A"}
    said = done.why("V3", "B").say()
    assert "of 25 lettings of this year so far 1 went so" in said
    assert "it would be 7.69%, more than 7.5%" in said
    tally = {one.name: one for one in done.tallies}["daeb"]
    assert (tally.done, tally.of) == (24, 25)


def test_homes_that_stay_unlet_leave_no_room_in_the_free_space() -> None:
    """Were all five let, one of seventeen could go above the limit; but nobody else seeks."""
    rich = seeker("A", EARLY, income_class="above")
    done = run(vacancies("W1", "W2", "W3", "W4", "W5"), seekers(rich), so_far=_lettings(12))
    assert done.lettings.is_empty()
    assert let(run(vacancies("W1"), seekers(rich), so_far=_lettings(13))) == {"V1": "A"}


def test_the_free_space_opens_as_homes_go_to_the_target_group() -> None:
    """After twelve lettings the thirteenth may not go above the limit, and the fourteenth may."""
    people = [seeker("A", EARLY, income_class="above", free_space_ground="ordinance_priority")]
    people += [seeker("B", LATE)]
    done = run(vacancies("W1", "W3"), seekers(*people), so_far=_lettings(12))
    assert let(done) == {"V1": "B", "V3": "A"}


def test_without_a_ground_the_free_space_comes_after_the_target_group() -> None:
    rich = seeker("A", EARLY, income_class="above")
    done = run(vacancies("W1"), seekers(rich, seeker("B", LATE)), so_far=_lettings(24))
    assert let(done) == {"V1": "B"}
    assert "no ground for a place in the free space" in done.why("V1", "A").say()


def test_a_ground_of_the_decree_goes_first_in_the_free_space() -> None:
    own = seeker("A", EARLY, income_class="above")
    swap = seeker("B", LATE, income_class="above", free_space_ground="house_swap")
    done = run(vacancies("W1"), seekers(own, swap), so_far=_lettings(24))
    assert let(done) == {"V1": "B"}
    assert done.lettings["decided_by"].to_list() == ["free_space_order"]


def test_wishes_are_respected() -> None:
    choosy = seeker("A", EARLY, wish_areas=f"{TULP} {ROOS}", rooms_min=4)
    frugal = seeker("B", MIDDLE, rent_max_cents=620_00)
    stairs = seeker("C", LATE, step_free_needed=True)
    done = run(vacancies("W1", "W2", "W3"), seekers(choosy, frugal, stairs))
    assert let(done) == {"V1": "C", "V2": "B", "V3": "A"}
    assert "not lie in a neighbourhood" in done.why("V1", "A").say()
    assert "the rent is above the highest" in done.why("V1", "B").say()
    assert "cannot be reached without steps" in done.why("V2", "C").say()


def test_a_district_is_a_wish_for_all_its_neighbourhoods() -> None:
    assert let(run(vacancies("W1", "W3"), seekers(seeker("A", EARLY, wish_areas="WK999902")))) == {"V3": "A"}


def test_with_reactions_only_who_reacted_stands_in_the_order() -> None:
    reactions = pl.DataFrame({"seeker": ["B"], "vacancy": ["V1"]})
    done = run(vacancies("W1"), seekers(seeker("A", EARLY), seeker("B", LATE)), reactions=reactions)
    assert let(done) == {"V1": "B"}
    assert "did not react" in done.why("V1", "A").say()


def test_a_decline_has_a_side_and_a_consequence_and_the_home_goes_on() -> None:
    reactions = pl.DataFrame(
        {
            "seeker": ["A", "B", "C"],
            "vacancy": ["V1"] * 3,
            "answer": ["declined", "no_show", "accepted"],
            "reason": ["support_not_ready", None, None],
        }
    )
    people = seekers(seeker("A", EARLY), seeker("B", MIDDLE), seeker("C", LATE))
    done = run(vacancies("W1"), people, reactions=reactions)
    assert let(done) == {"V1": "C"}
    assert done.declined.rows() == [
        ("V1", "A", "support_not_ready", "partner", "next_proposal"),
        ("V1", "B", "no_show", "seeker", "search_point_less"),
    ]
    assert done.consequences.rows() == [
        ("A", "V1", "support_not_ready", "next_proposal", "partner", DAY),
        ("B", "V1", "no_show", "search_point_less", "association", DAY),
    ]
    assert done.ranked("V1")["outcome"].to_list() == ["declined", "declined", "letting"]
    assert "on the side of the partner: support not in place yet" in done.why("V1", "A").say()


def test_a_decline_from_which_nothing_follows_asks_nothing_of_anybody() -> None:
    reactions = pl.DataFrame(
        {"seeker": ["A"], "vacancy": ["V1"], "answer": ["declined"], "reason": ["rent_too_high"]}
    )
    done = run(vacancies("W1"), seekers(seeker("A", EARLY)), reactions=reactions)
    assert done.declined["consequence"].to_list() == ["none"]
    assert done.consequences.is_empty()


def test_a_seeker_is_told_of_every_home_of_the_round() -> None:
    done = run(vacancies("W1", "W2"), seekers(seeker("A", EARLY), seeker("B", LATE, wish_areas=TULP)))
    assert {home: bool(decision) for home, decision in done.about("A").items()} == {"V1": True, "V2": False}
    assert done.about("B")["V1"] == done.why("V1", "B")
    assert done.lettings["runner_up"].to_list() == [None]


def test_who_moves_inside_the_stock_frees_a_home_for_a_later_round() -> None:
    done = run(vacancies("W1", "W3"), seekers(seeker("A", EARLY, current_dwelling="W9"), seeker("B", LATE)))
    assert done.chain.rows() == [("W9", "V1")]
    assert done.lettings["route"].to_list() == ["internal", "regular"]


def test_who_has_a_home_already_is_told_which() -> None:
    done = run(vacancies("W1", "W3"), seekers(seeker("A", EARLY)))
    assert "another home in this round: V1" in done.why("V3", "A").say()
    assert done.not_let.rows() == [("V3", "W3", 0)]


def test_urgency_of_the_ordinance_goes_before_registration(tmp_path: Path) -> None:
    urgent = seeker("B", LATE, urgency="medical", region_years=8)
    people = seekers(seeker("A", EARLY), urgent, seeker("C", EARLY, urgency="medical"))
    done = run(vacancies("W1"), people, law=law(tmp_path, _scheme()))
    assert let(done) == {"V1": "B"}
    assert done.lettings["decided_by"].to_list() == ["urgency"]
    told = done.why("V1", "C").say()
    assert "a seeker with urgency went before" in told
    assert "how this household is bound to the region is not known" in told


def test_an_urgency_scheme_that_is_not_known_stops_the_round() -> None:
    with pytest.raises(AbsentError, match="urgency scheme"):
        run(vacancies("W1"), seekers(seeker("A", EARLY, urgency="medical")))


def test_half_of_a_category_goes_to_the_bound(tmp_path: Path) -> None:
    """The first home would be all of them, so it goes by registration; the second to the bound."""
    homes = vacancies("W1", "W2", "W3", "W4", category=["flats"] * 4)
    people = [seeker(f"U{place}", EARLY) for place in range(3)]
    people += [seeker(f"B{place}", LATE, municipality_years=9) for place in range(3)]
    done = run(homes, seekers(*people), law=law(tmp_path, _binding(0.5)))
    assert [one[0] for one in let(done).values()] == ["U", "B", "U", "B"]


def test_binding_is_not_held_against_an_urgent_group_that_the_law_protects(tmp_path: Path) -> None:
    """Both are urgent; who gives informal care need not be bound, so registration decides (Hvw 16)."""
    homes = vacancies("W1", "W3", category=["flats"] * 2)
    text = _binding(1.0).replace("share = 1.0", "share = 1.0\nhardly_any_room = true") + _scheme()
    local = text.replace('["medical"]', '["medical", "informal_care"]')
    carer = seeker("A", EARLY, urgency="informal_care", region_years=8, municipality_years=0)
    bound_one = seeker("B", LATE, urgency="medical", municipality_years=9)
    done = run(homes, seekers(carer, bound_one), law=law(tmp_path, local))
    assert let(done) == {"V1": "A", "V3": "B"}
    ill = {**carer, "urgency": "medical"}
    assert let(run(homes, seekers(ill, bound_one), law=law(tmp_path, local))) == {"V1": "B", "V3": "A"}


def test_a_refused_permit_stands_in_the_way_where_the_area_is_designated(tmp_path: Path) -> None:
    people = seekers(seeker("A", EARLY, permit="refused"), seeker("B", LATE))
    done = run(vacancies("W1", "W3"), people, law=law(tmp_path, _designation()))
    assert let(done) == {"V1": "B", "V3": "A"}
    assert "the municipality refused the permit" in done.why("V1", "A").say()
    assert "only when the municipality grants the permit" in done.why("V1", "B").say()


def test_every_reason_is_said_in_dutch_too() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY), seeker("B", LATE)))
    for one in "AB":
        decision = done.why("V1", one)
        assert decision.say(translator("nl").gettext)
        assert ("complaints committee" in decision.say()) == (not decision)


def test_it_refuses_to_explain_who_is_not_in_the_round() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY)))
    with pytest.raises(AbsentError, match="Z is not in this round"):
        done.why("V1", "Z")
    with pytest.raises(AbsentError, match="V8 is not in this round"):
        done.ranked("V8")


def test_a_round_without_seekers_or_without_homes_lets_nothing() -> None:
    nobody = run(vacancies("W1"), seekers(seeker("A", EARLY)).head(0))
    assert nobody.not_let["vacancy"].to_list() == ["V1"]
    assert nobody.ranked("V1").is_empty()
    nothing = run(vacancies("W1").head(0), seekers(seeker("A", EARLY)))
    assert nothing.lettings.is_empty()
    assert set(nothing.chances["let_policy"]) == {0}


def test_a_middle_rent_is_held_against_the_points_of_the_home(tmp_path: Path) -> None:
    """At 150 points a home is in the middle segment, whose limit of 2026 only local policy tells."""
    home = vacancies("W1", rent_cents=[1_230_00], points=[150])
    free = city(sector="free", maximum_rent_cents=1_300_00)
    person = seekers(seeker("A", EARLY, income_class="middle"))
    with pytest.raises(AbsentError, match="middle_rent_limit"):
        run(home, person, free)
    limit = """[[values.middle_rent_limit]]
from = 2026-01-01
value = 122800
source = "ministry"
"""
    with pytest.raises(InputError, match="above the limit of € 1,228"):
        run(home, person, free, law=law(tmp_path, limit))
    lower = home.with_columns(rent_cents=pl.lit(1_220_00))
    assert let(run(lower, person, free, law=law(tmp_path, limit))) == {"V1": "A"}


def test_the_counts_of_refusals_add_up_to_the_seekers() -> None:
    people = [seeker("A", EARLY), seeker("B", MIDDLE, income_class="above"), seeker("C", LATE, rooms_min=9)]
    done = run(vacancies("W1", "W3"), seekers(*people))
    fell_off = dict(done.refusals.group_by("vacancy").agg(pl.col("seekers").sum()).iter_rows())
    candidates = {"V1": 1, "V3": 0}
    assert {home: len(people) - fell_off[home] for home in candidates} == candidates


def _lettings(count: int) -> Lettings:
    rows = {
        "letting": [f"L{place}" for place in range(count)],
        "date": [date(2026, 2, 1)] * count,
        "municipality": ["GM9999"] * count,
        "social": [True] * count,
        "rent_cents": [600_00] * count,
        "household_size": [1] * count,
        "income_class": ["below_passend"] * count,
    }
    return read_lettings(pl.DataFrame(rows))


def _scheme() -> str:
    return """[[urgency]]
municipality = "GM9999"
groups = ["medical"]
comply_by = 2026-07-01
from = 2026-01-01
source = "ordinance"
"""


def _binding(share: float) -> str:
    return f"""[[binding]]
municipality = "GM9999"
category = "flats"
share = {share}
from = 2026-01-01
source = "ordinance"
"""


def _designation() -> str:
    return f"""[[designations]]
name = "Merelbuurt"
articles = [8]
areas = ["{MEREL}"]
hardship_clause = true
chance_elsewhere = "three of four homes lie elsewhere"
from = 2026-07-01
until = 2030-06-30
source = "decision"
"""
