"""A ceiling is agreed and temporary, and keeps the number of mediated lettings in the region."""

from __future__ import annotations

from pathlib import Path

import pytest

from ongedeeld.allocation.lawful import lawful
from tests.allocation.steered_city import ALL_AGREED, DAY, law_of, policy_of, steered_city

CEILING = f"""
name = "p"
[[instrument]]
name = "ceiling"
from = 2026-07-01
until = 2026-12-31
agreement = "Together"
source = "minutes"
{ALL_AGREED}
most = {{ Merelhof = 1 }}
regional_total = 4

[[instrument]]
name = "contingent"
from = 2026-07-01
agreement = "Baken"
source = "minutes"
{ALL_AGREED}
group = "medical"
partner = "Baken"
homes = 4
"""


@pytest.mark.parametrize(
    ("found", "broken", "said"),
    [
        ("homes = 4", "homes = 3", "has 3 mediated lettings, but 4 are agreed"),
        (
            'group = "medical"',
            'group = "medical"\ncomplexes = ["Merelhof"]',
            "room for 1 of the 4 mediated lettings",
        ),
        ("homes = 4", 'homes = 4\nareas = ["BU99990101"]', "room for 1 of the 4 mediated lettings"),
        ("until = 2026-12-31\n", "", "has no last day"),
        ('agreement = "Together"\n', "", "no agreement is recorded"),
    ],
)
def test_a_ceiling_is_agreed_temporary_and_keeps_the_regional_total(
    tmp_path: Path, found: str, broken: str, said: str
) -> None:
    city = steered_city()
    assert lawful(policy_of(tmp_path, CEILING, city), law_of(tmp_path), city, DAY)
    broken_policy = policy_of(tmp_path, CEILING.replace(found, broken, 1), city)
    decision = lawful(broken_policy, law_of(tmp_path), city, DAY)
    assert not decision
    assert said in decision.say()


def test_contingents_in_one_capped_complex_share_its_ceiling(tmp_path: Path) -> None:
    here = CEILING.replace("homes = 4", 'homes = 1\ncomplexes = ["Merelhof"]').replace(
        "regional_total = 4", "regional_total = 2"
    )
    again = here[here.index('[[instrument]]\nname = "contingent"') :].replace('"Baken"', '"Haven"')
    other = '[[instrument]]\nname = "moving_chain"\nfrom = 2026-07-01\nhomes = 9\nsource = "policy"\n'
    other += ALL_AGREED
    city = steered_city()
    decision = lawful(policy_of(tmp_path, here + again + other, city), law_of(tmp_path), city, DAY)
    assert "room for 1 of the 2 mediated lettings" in decision.say()


def test_a_ceiling_cannot_tell_away_what_was_agreed(tmp_path: Path) -> None:
    city = steered_city()
    decision = lawful(
        policy_of(tmp_path, CEILING.replace("regional_total = 4", "regional_total = 0"), city),
        law_of(tmp_path),
        city,
        DAY,
    )
    assert "regional_total is 0, but 4 mediated lettings are agreed" in decision.say()


def test_other_associations_may_carry_a_part_of_the_regional_total(tmp_path: Path) -> None:
    city = steered_city()
    more = CEILING.replace("regional_total = 4", "regional_total = 10")
    assert not lawful(policy_of(tmp_path, more, city), law_of(tmp_path), city, DAY)
    shared = more.replace("regional_total = 10", "regional_total = 10\nelsewhere = 6")
    assert lawful(policy_of(tmp_path, shared, city), law_of(tmp_path), city, DAY)


def test_a_ceiling_leaves_room_for_what_is_mediated(tmp_path: Path) -> None:
    """With no home outside the ceilings there is no place for any of the four."""
    city = steered_city()
    closed = CEILING.replace("{ Merelhof = 1 }", "{ Merelhof = 0, Tulphof = 0 }")
    decision = lawful(policy_of(tmp_path, closed, city), law_of(tmp_path), city, DAY)
    assert "there is room for 0 of the 4 mediated lettings" in decision.say()
