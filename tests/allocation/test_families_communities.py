"""Vital communities: priority after an intake, by a ratio, for neighbourly work."""

from __future__ import annotations

from pathlib import Path

import pytest

from ongedeeld.allocation.effects import Effect, Priority
from tests.allocation.steered_city import effects, home, judged, seeker


def priorities(folder: Path, use: str) -> list[Priority]:
    """The priorities of a policy of one use."""
    found: list[Effect] = effects(folder, f'name = "p"\n[[instrument]]\nfrom = 2026-07-01\n{use}\n')
    return [one for one in found if isinstance(one, Priority)]


def test_motivation_goes_first_for_at_most_a_share(tmp_path: Path) -> None:
    (effect,) = priorities(tmp_path, 'name = "motivation_letting"\nshare = 0.25\nsource = "policy"')
    assert (effect.most_share, effect.tally) == (0.25, "motivation_letting-1")
    assert judged(effect, home(), seeker(motivation=True))
    assert not judged(effect, home(), seeker(motivation=False))


@pytest.mark.parametrize(
    ("group", "inside", "outside"),
    [
        ("youth", {"age_class": "under_23"}, {"age_class": "23_34"}),
        ("seniors", {"age_class": "67_and_over"}, {"age_class": "55_66"}),
        ("motivated", {"motivation": True}, {"motivation": False}),
        ("with_support", {"support": True}, {"support": False}),
    ],
)
def test_a_mixed_complex_gives_the_group_and_all_others_their_part(
    tmp_path: Path, group: str, inside: dict[str, object], outside: dict[str, object]
) -> None:
    use = (
        f'name = "mixed_complex"\ncomplexes = ["Merelhof"]\ngroup = "{group}"\nshare = 0.25\n'
        'agreement = "Mix"\nsource = "m"'
    )
    within, others = priorities(tmp_path, use)
    assert (within.most_share, others.most_share) == (0.25, 0.75)
    assert within.tally != others.tally
    assert judged(within, home(), seeker(**inside))
    assert not judged(others, home(), seeker(**inside))
    assert judged(others, home(), seeker(**outside))
    assert not judged(within, home(), seeker(**outside))
    assert not judged(others, home(area="BU99990201", complex="Tulphof"), seeker(**outside))


def test_neighbourly_work_goes_first_up_to_a_number(tmp_path: Path) -> None:
    (effect,) = priorities(tmp_path, 'name = "neighbourly_work"\nhomes = 2\nsource = "policy"')
    assert (effect.most, effect.most_share) == (2, None)
    assert judged(effect, home(), seeker(neighbourly_work=True))
    assert not judged(effect, home(), seeker())


def test_whose_membership_is_not_known_counts_on_neither_side_of_a_mixed_complex(tmp_path: Path) -> None:
    use = (
        'name = "mixed_complex"\ncomplexes = ["Merelhof"]\ngroup = "youth"\nshare = 0.5\n'
        'agreement = "Mix"\nsource = "m"'
    )
    for effect in priorities(tmp_path, use):
        assert not judged(effect, home(), seeker())
        assert effect.counts_always
