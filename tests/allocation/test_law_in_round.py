"""What a round asks of the law beside income, rent and urgency: middle rent, and what it remarks on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ongedeeld.allocation import Round
from ongedeeld.allocation.remarks import remarks
from tests.allocation.round_cast import city, law, let, run, seeker, seekers, vacancies

EARLY, LATE = date(2012, 3, 1), date(2020, 5, 9)
LIMIT = """[[values.middle_rent_limit]]
from = 2026-01-01
value = 122800
source = "ministry"
"""
RESERVED = """[[middle_rent]]
municipality = "GM9999"
from = 2026-01-01
until = 2029-12-31
source = "ordinance"
"""
SCHEME = """[[urgency]]
municipality = "GM9999"
groups = {groups}
comply_by = 2026-07-01
from = 2026-01-01
until = 2029-12-31
source = "ordinance"
"""


def free_home(folder: Path, local: str, **told: Any) -> Round:
    """A home at € 1,200 outside social rent, with a higher income before a middle one."""
    people = seekers(
        seeker("high", EARLY, income_class="above"), seeker("middle", LATE, income_class="middle")
    )
    stock = city(sector="free", maximum_rent_cents=1_300_00)
    home = vacancies("W1", rent_cents=[1_200_00], **told)
    return run(home, people, stock, law=law(folder, local))


def test_middle_rent_that_a_municipality_reserves_goes_to_no_higher_income(tmp_path: Path) -> None:
    done = free_home(tmp_path, LIMIT + RESERVED, points=[150])
    assert let(done) == {"V1": "middle"}
    assert "the income is above the limit of middle rent (Hvw 10(3)" in done.why("V1", "high").say()


@pytest.mark.parametrize(
    ("local", "points"), [(LIMIT, 150), (LIMIT + RESERVED, 200), (RESERVED, 200)], ids=str
)
def test_elsewhere_a_higher_income_gets_a_free_home(tmp_path: Path, local: str, points: int) -> None:
    """Where nothing is reserved, and above the middle segment."""
    assert let(free_home(tmp_path, local, points=[points])) == {"V1": "high"}


def test_without_points_the_limit_of_the_rent_tells_what_middle_rent_is(tmp_path: Path) -> None:
    assert let(free_home(tmp_path, LIMIT + RESERVED)) == {"V1": "middle"}


def test_what_nobody_knows_of_middle_rent_is_remarked(tmp_path: Path) -> None:
    done = free_home(tmp_path, RESERVED)
    assert let(done) == {"V1": "high"}
    assert "whether V1 is a home of middle rent" in "\n".join(one.say() for one in remarks(done))


@pytest.mark.parametrize(
    ("groups", "lacking"), [('["medical"]', True), (None, False)], ids=["one group", "all groups"]
)
def test_a_round_says_which_groups_of_the_law_an_urgency_scheme_lacks(
    tmp_path: Path, groups: str | None, *, lacking: bool
) -> None:
    from ongedeeld.rules.codes import URGENCY_MANDATORY

    every = "[" + ", ".join(f'"{one}"' for one in URGENCY_MANDATORY) + "]"
    done = run(
        vacancies("W1"),
        seekers(seeker("A", EARLY)),
        law=law(tmp_path, SCHEME.format(groups=groups or every)),
    )
    said = "\n".join(one.say() for one in remarks(done))
    assert ("GM9999 lacks a group that the law asks for: " in said) == lacking


def test_homes_of_social_rent_are_no_middle_rent(tmp_path: Path) -> None:
    done = run(
        vacancies("W1"),
        seekers(seeker("A", EARLY, income_class=None, target_group="permit_holder")),
        law=law(tmp_path, LIMIT + RESERVED),
    )
    assert let(done) == {"V1": "A"}
