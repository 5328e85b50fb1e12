"""Vital communities: motivation, mixed complexes, neighbourly work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from ongedeeld.allocation.catalogue import CODES
from ongedeeld.allocation.effects import Effect, Priority, Row
from ongedeeld.allocation.families._conditions import Setting, decided, on_homes
from ongedeeld.allocation.policies import Use
from ongedeeld.errors import N_
from ongedeeld.reasons import Decision

# The groups of a mixed complex: the column that tells, and the test of its value.
_GROUPS: Mapping[str, tuple[str, Callable[[object], bool]]] = MappingProxyType(
    {
        "youth": ("age_class", lambda value: value == "under_23"),
        "seniors": ("age_class", lambda value: value == "67_and_over"),
        "motivated": ("motivation", lambda value: value is True),
        "with_support": ("support", lambda value: value is True),
    }
)


def motivation_letting(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority after an intake with a good outcome, for at most a share of the lettings."""
    texts = (
        N_("{instrument}: the intake had a good outcome"),
        N_("{instrument}: no intake with a good outcome is known"),
    )

    def held(_home: Row, seeker: Row) -> Decision:
        return decided(use, setting, texts, met=seeker["motivation"] is True)

    condition = on_homes(use, setting, held, of_seeker=("motivation",))
    yield Priority(condition, use.order, use.name, most_share=use.parameters["share"])


def mixed_complex(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for a group up to its share, and for all others up to theirs."""
    group, share = use.parameters["group"], use.parameters["share"]
    column, belongs = _GROUPS[group]
    facts = {"group": CODES["mixed_group"][group]}
    texts = (
        N_("{instrument}: belongs to the group: {group}"),
        N_("{instrument}: is not known to belong to the group: {group}"),
    )
    swapped = (texts[1], texts[0])

    def inside(_home: Row, seeker: Row) -> Decision:
        return decided(use, setting, texts, facts, met=belongs(seeker[column]))

    def outside(_home: Row, seeker: Row) -> Decision:
        return decided(use, setting, swapped, facts, met=not belongs(seeker[column]))

    for test, name, part in ((inside, "group", share), (outside, "others", round(1 - share, 12))):
        condition = on_homes(use, setting, test, of_seeker=(column,))
        yield Priority(condition, use.order, f"{use.name}-{name}", most_share=part)


def neighbourly_work(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for who agreed to work for the neighbourhood, up to a number of homes."""
    texts = (
        N_("{instrument}: an agreement on work for the neighbourhood is known"),
        N_("{instrument}: no agreement on work for the neighbourhood is known"),
    )

    def held(_home: Row, seeker: Row) -> Decision:
        return decided(use, setting, texts, met=seeker["neighbourly_work"] is True)

    condition = on_homes(use, setting, held, of_seeker=("neighbourly_work",))
    yield Priority(condition, use.order, use.name, most=use.parameters["homes"])


EFFECTS = {
    "motivation_letting": motivation_letting,
    "mixed_complex": mixed_complex,
    "neighbourly_work": neighbourly_work,
}
