"""Offer models: how seekers are ordered after the priorities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ongedeeld.allocation.effects import Effect, Offer, Row
from ongedeeld.allocation.families._conditions import Setting, decided, on_homes
from ongedeeld.allocation.policies import Use
from ongedeeld.errors import N_
from ongedeeld.reasons import Decision

MODELS: Mapping[str, str] = MappingProxyType(
    {
        "registration_time": "registration",
        "points": "points",
        "lottery": "lottery",
        "direct_mediation": "direct",
    }
)
"""The model in a round of each instrument."""


def offer(use: Use, setting: Setting) -> Iterable[Effect]:
    """The model by which homes are offered, with its parameters."""
    text = N_("{instrument}: this home is offered by it")

    def offered(_home: Row, _seeker: Row) -> Decision:
        return decided(use, setting, (text, text), met=True)

    yield Offer(on_homes(use, setting, offered), MODELS[use.instrument.name], use.parameters)


EFFECTS = dict.fromkeys(MODELS, offer)
