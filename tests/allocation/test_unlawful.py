"""What a policy does that is not lawful: nothing, or a what-if that says so everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ongedeeld import InputError
from ongedeeld.allocation.effects import Requirement
from ongedeeld.allocation.lawful import effects_of
from tests.allocation.steered_city import (
    DAY,
    DESIGNATED,
    effects,
    home,
    judged,
    law_of,
    policy_of,
    seeker,
    steered_city,
)

UNDESIGNATED = """
name = "p"
[[instrument]]
name = "wbmgp_nuisance"
areas = ["BU99990101"]
from = 2026-07-01
"""


def test_a_policy_that_is_not_lawful_does_nothing_and_says_why(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not lawful on 2026-07-15") as refusal:
        effects(tmp_path, UNDESIGNATED)
    assert refusal.value.place is not None
    assert refusal.value.place.line == 3
    assert "- BU99990101 is not designated for article 10 (Wbmgp 5" in str(refusal.value)


def test_all_that_is_not_lawful_is_told_at_once_with_its_line_and_how_to_run_it_as_what_if(
    tmp_path: Path,
) -> None:
    other = UNDESIGNATED.replace('name = "p"', "").replace("wbmgp_nuisance", "wbmgp_income")
    with pytest.raises(InputError) as refusal:
        effects(tmp_path, UNDESIGNATED + other)
    said = str(refusal.value)
    assert "- BU99990101 is not designated for article 10" in said
    assert re.search(r"line \d+, Wbmgp article 8: .+:\n- BU99990101 is not designated for article 8", said)
    assert "(--what-if)" in said


def test_what_if_it_were_runs_and_every_outcome_says_so(tmp_path: Path) -> None:
    (requirement,) = effects(tmp_path, UNDESIGNATED, what_if=True)
    assert isinstance(requirement, Requirement)
    for vacancy in (home(), home(area="BU99990201", complex="Tulphof")):
        said = judged(requirement, vacancy, seeker(permit="refused")).say()
        assert "what if the law allowed this: on 2026-07-15 it was not found lawful" in said


def test_what_if_leaves_a_lawful_policy_unmarked(tmp_path: Path) -> None:
    (requirement,) = effects(tmp_path, UNDESIGNATED, DESIGNATED, what_if=True)
    assert "what if" not in judged(requirement, home(), seeker(permit="refused")).say()


def test_a_policy_without_instruments_has_no_effects(tmp_path: Path) -> None:
    city = steered_city()
    assert effects_of(policy_of(tmp_path, 'name = "p"', city), law_of(tmp_path), city, DAY) == ()
