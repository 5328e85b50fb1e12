"""Vital communities: motivation, mixed complexes, neighbourly work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from ongedeeld.allocation.catalogue import CODES
from ongedeeld.allocation.effects import Effect, Row
from ongedeeld.allocation.families._conditions import Setting, decided, limited, on_homes
from ongedeeld.allocation.policies import Use
from ongedeeld.allocation.so_far import PART
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
    yield limited(use, setting, condition, share=use.parameters["share"])


def mixed_complex(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for a group up to its share, and for all others up to theirs."""
    group, share = use.parameters["group"], use.parameters["share"]
    column, belongs = _GROUPS[group]
    facts = {"group": CODES["mixed_group"][group]}
    texts = (
        N_("{instrument}: belongs to the group: {group}"),
        N_("{instrument}: is not known to belong to the group: {group}"),
    )
    others = (
        N_("{instrument}: does not belong to the group, so counts among the others: {group}"),
        N_("{instrument}: belongs to the group, or it is not known: {group}"),
    )

    def inside(_home: Row, seeker: Row) -> Decision:
        return decided(use, setting, texts, facts, met=belongs(seeker[column]))

    def outside(_home: Row, seeker: Row) -> Decision:
        known_not = seeker[column] is not None and not belongs(seeker[column])
        return decided(use, setting, others, facts, met=known_not)

    for test, name, part in ((inside, "group", share), (outside, "others", round(1 - share, 12))):
        condition = on_homes(use, setting, test, of_seeker=(column,))
        yield limited(
            use,
            setting,
            condition,
            share=part,
            tally=f"{use.name}-{name}",
            noted=f"{use.instrument.name}{PART}{name}",
            counts_always=True,
        )


def neighbourly_work(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for who agreed to work for the neighbourhood, up to a number of homes."""
    texts = (
        N_("{instrument}: an agreement on work for the neighbourhood is known"),
        N_("{instrument}: no agreement on work for the neighbourhood is known"),
    )

    def held(_home: Row, seeker: Row) -> Decision:
        return decided(use, setting, texts, met=seeker["neighbourly_work"] is True)

    condition = on_homes(use, setting, held, of_seeker=("neighbourly_work",))
    yield limited(use, setting, condition, most=use.parameters["homes"])


EFFECTS = {
    "motivation_letting": motivation_letting,
    "mixed_complex": mixed_complex,
    "neighbourly_work": neighbourly_work,
}
