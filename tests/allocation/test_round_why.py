"""What somebody is told of a round: by what a home was let, what stood in the way, and where to object."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ongedeeld.allocation import Round, effects_of, read_allocation_policy
from ongedeeld.allocation.remarks import remarks
from ongedeeld.rules import load_law
from tests.allocation.round_cast import DAY, MEREL, TULP, city, law, let, run, seeker, seekers, vacancies

EARLY, MIDDLE, LATE = date(2012, 9, 23), date(2016, 3, 1), date(2020, 3, 1)
SCHEME = """
[[urgency]]
municipality = "GM9999"
groups = [{groups}]
comply_by = 2026-07-01
from = 2026-01-01
source = "ordinance"
"""
OBJECTION = """
[[objection]]
association = "team Verhuur"
body = "de Geschillencommissie Vogelstad"
address = "Postbus 1, Vogelstad"
days = 42
from = 2026-01-01
source = "reglement"
"""


def with_policy(folder: Path, text: str, homes: pl.DataFrame, people: pl.DataFrame, **rest: Any) -> Round:
    """A round under a policy of these instruments, run as a what-if so that only its effects count."""
    file = folder / "policy.toml"
    file.write_text(f'name = "p"\n{text}', encoding="utf-8")
    stock, today = city(), rest.pop("law", None) or law()
    policy = read_allocation_policy(file, stock)
    effects = effects_of(policy, today.law, stock, DAY, what_if=True)
    return run(homes, people, stock, law=today, policy=effects, **rest)


def said(done: Round, vacancy: str, number: str) -> str:
    return done.why(vacancy, number).say()


def test_the_ground_of_a_letting_is_told_beside_what_parted_it_from_the_next(tmp_path: Path) -> None:
    """Both have urgency, so registration parts them: yet it was urgency that brought the winner there."""
    people = seekers(
        seeker("A", EARLY, urgency="medical", region_years=9),
        seeker("B", MIDDLE, urgency="medical", region_years=9),
        seeker("C", EARLY),
    )
    done = run(vacancies("W1"), people, law=law(tmp_path, SCHEME.format(groups='"medical"')))
    assert done.lettings.select("seeker", "ground", "decided_by").rows() == [("A", "urgency", "registration")]


def test_without_a_priority_the_ground_is_the_offer_model() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY), seeker("B", LATE)))
    assert done.lettings.select("ground", "decided_by").rows() == [("registration", "registration")]


def test_who_registered_on_the_same_day_is_told_that_the_lot_decided() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY), seeker("B", EARLY)))
    assert done.lettings["decided_by"].to_list() == ["lot"]
    loser = "B" if let(done) == {"V1": "A"} else "A"
    assert "several registered on 23 September 2012, and between them the lot decided" in said(
        done, "V1", loser
    )


@pytest.mark.parametrize(
    ("groups", "facts", "told"),
    [
        ('"medical"', {"urgency": "medical"}, "how this household is bound to the region is not known"),
        ('"medical"', {"urgency": "informal_care", "region_years": 9}, "does not have this group"),
    ],
)
def test_who_has_urgency_that_did_not_count_is_told_why(
    tmp_path: Path, groups: str, facts: dict[str, Any], told: str
) -> None:
    people = seekers(seeker("A", EARLY), seeker("B", LATE, **facts))
    done = run(vacancies("W1"), people, law=law(tmp_path, SCHEME.format(groups=groups)))
    assert let(done) == {"V1": "A"}
    assert told in said(done, "V1", "B")


def test_a_priority_whose_share_was_used_up_is_told(tmp_path: Path) -> None:
    text = '[[instrument]]\nname = "neighbourly_work"\nhomes = 1\nfrom = 2026-07-01\n'
    people = seekers(
        seeker("A", MIDDLE, neighbourly_work=True),
        seeker("B", EARLY),
        seeker("C", LATE, neighbourly_work=True),
    )
    done = with_policy(tmp_path, text, vacancies("W1", "W2"), people)
    assert let(done) == {"V1": "A", "V2": "B"}
    assert "but its share or number was used up for this home" in said(done, "V2", "C")


def test_a_contingent_that_was_used_up_is_told(tmp_path: Path) -> None:
    text = (
        '[[instrument]]\nname = "contingent"\nfrom = 2026-07-01\nagreement = "K"\nhomes = 1\n'
        'partner = "P"\ngroup = "wmo_shelter"\n'
    )
    people = seekers(
        seeker("A", MIDDLE, contingent="K"), seeker("B", EARLY), seeker("C", LATE, contingent="K")
    )
    done = with_policy(tmp_path, text, vacancies("W1", "W2"), people)
    assert done.lettings["ground"].to_list()[0].startswith("contingent")
    assert "but all homes of it were let" in said(done, "V2", "C")


def test_who_does_not_want_a_home_is_told_that_and_nothing_of_income() -> None:
    people = seekers(seeker("A", EARLY, income_class="above", wish_areas=TULP), seeker("B", LATE))
    done = run(vacancies("W1"), people)
    told = said(done, "V1", "A")
    assert "does not lie in a neighbourhood that the seeker wishes" in told
    assert "income" not in told
    assert MEREL in done.given.vacancies["area"].to_list()


def test_a_no_tells_what_stands_in_the_way_and_not_what_leads_up_to_it() -> None:
    done = run(vacancies("W3", rent_cents=[732_00]), seekers(seeker("A", EARLY)))
    assert [one.rule for one in done.why("V3", "A").reasons] == ["passend_toewijzen", "objection"]


def test_an_income_that_is_not_known_is_told_once() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY, income_class=None), seeker("B", LATE)))
    assert said(done, "V1", "A").count("income class") == 1


def test_a_decline_of_who_stood_after_the_winner_is_no_offer_that_came_to_nothing() -> None:
    reactions = pl.DataFrame(
        {"seeker": ["A", "B"], "vacancy": ["V1"] * 2, "answer": [None, "declined"], "reason": [None, "size"]}
    )
    done = run(vacancies("W1"), seekers(seeker("A", EARLY), seeker("B", LATE)), reactions=reactions)
    assert done.declined.is_empty()
    assert done.ranked("V1")["outcome"].to_list() == ["letting", "passed"]
    assert "place 2 of 2 in the order" in said(done, "V1", "B")


def test_where_to_object_comes_from_local_policy_and_only_under_a_no(tmp_path: Path) -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY), seeker("B", LATE)), law=law(tmp_path, OBJECTION))
    assert "tell team Verhuur within 42 days, and then go to de Geschillencommissie" in said(done, "V1", "B")
    assert "Geschillencommissie" not in said(done, "V1", "A")


def test_without_a_place_to_object_in_local_policy_it_says_that_the_association_has_to_supply_it() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY), seeker("B", LATE)))
    assert "the association has to supply, under [[objection]] in local policy" in said(done, "V1", "B")


def test_what_may_not_be_meant_so_is_remarked(tmp_path: Path) -> None:
    homes = vacancies(
        "W1",
        "W2",
        rent_cents=[300_00, 600_00],
        available=[date(2027, 1, 4), DAY],
        label=["seniors", None],
        category=["flats", None],
    )
    done = run(homes, seekers(seeker("A", EARLY)), law=load_law().on(DAY))
    told = [one.say() for one in remarks(done)]
    assert [text.split(",")[0].split(";")[0].partition(":")[0] for text in told] == [
        "nobody above the income limit gets a social home in this round",
        "V1 is available on 4 January 2027",
        "the rent of V1",
        "no [[binding]] of local policy is about the category flats in GM9999",
        "no instrument of the policy acts on the label 'seniors' of V1",
    ]
    assert "limits of 2026" in told[1]


def test_who_does_not_want_a_home_is_counted_there_and_not_among_those_whose_income_is_too_high() -> None:
    people = seekers(
        seeker("A", EARLY, income_class="above", wish_areas=TULP), seeker("B", LATE, income_class="above")
    )
    done = run(vacancies("W1"), people)
    assert done.refusals.select("stopped_by", "seekers").rows() == [("free_space", 1), ("no_interest", 1)]


def test_winner_and_refused_read_the_same_text_of_the_law(tmp_path: Path) -> None:
    """Until the municipality has to comply, the text of before 1 July 2026 holds for both."""
    local = SCHEME.format(groups='"medical", "informal_care", "temporary_shelter"')
    people = seekers(seeker("A", EARLY), seeker("B", LATE, urgency="medical"))
    done = run(vacancies("W1"), people, law=law(tmp_path, local.replace("2026-07-01", "2027-01-01", 1)))
    assert let(done) == {"V1": "B"}
    for one in "AB":
        assert "Hvw 12(1)-(4)" in said(done, "V1", one)
        assert "51(9)" not in said(done, "V1", one)
