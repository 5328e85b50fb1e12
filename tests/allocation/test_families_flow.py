"""Flow: who leaves a home of the association goes first, as each instrument says."""

from __future__ import annotations

from pathlib import Path

from ongedeeld.allocation.effects import Priority
from tests.allocation.steered_city import effects, home, judged, seeker


def priority(folder: Path, use: str) -> Priority:
    """The one priority of a use."""
    text = f'name = "p"\n[[instrument]]\nfrom = 2026-07-01\nsource = "policy"\n{use}\n'
    (effect,) = effects(folder, text)
    assert isinstance(effect, Priority)
    return effect


def test_internal_movers_go_first_for_at_most_a_share(tmp_path: Path) -> None:
    effect = priority(tmp_path, 'name = "internal_movers"\nshare = 0.3')
    assert effect.most_share == 0.3
    assert judged(effect, home(), seeker(current_dwelling="M1"))
    assert not judged(effect, home(), seeker())


def test_seniors_who_leave_four_rooms_go_first_for_a_home_without_stairs(tmp_path: Path) -> None:
    effect = priority(tmp_path, 'name = "seniors_moving_on"')
    flat = home(step_free=True)
    # M3 has four rooms, M2 has three.
    assert judged(effect, flat, seeker(current_dwelling="M3", age_class="67_and_over"))
    assert not judged(effect, flat, seeker(current_dwelling="M2", age_class="67_and_over"))
    assert not judged(effect, flat, seeker(current_dwelling="M3", age_class="55_66"))
    assert not judged(effect, home(step_free=None), seeker(current_dwelling="M3", age_class="67_and_over"))


def test_a_chain_begins_with_who_leaves_a_larger_home(tmp_path: Path) -> None:
    effect = priority(tmp_path, 'name = "moving_chain"\nhomes = 2\nrooms_more = 2')
    assert effect.most == 2
    # The home to be let has three rooms: M4 has five, M3 has four.
    larger = judged(effect, home(), seeker(current_dwelling="M4"))
    assert larger
    assert "a home of 5 rooms comes free for one of 3" in larger.say()
    assert not judged(effect, home(), seeker(current_dwelling="M3"))
    assert not judged(effect, home(rooms=None), seeker(current_dwelling="M4"))
