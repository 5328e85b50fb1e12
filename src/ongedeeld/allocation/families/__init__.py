"""What each instrument does to a round: one file for a family, one function for an instrument."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from ongedeeld.allocation.effects import Effect
from ongedeeld.allocation.families import communities, flow, labels, offers, outflow, rent_policy, targeted
from ongedeeld.allocation.families._conditions import Setting
from ongedeeld.allocation.policies import Use

EFFECTS: Mapping[str, Callable[[Use, Setting], Iterable[Effect]]] = MappingProxyType(
    {
        **rent_policy.EFFECTS,
        **targeted.EFFECTS,
        **labels.EFFECTS,
        **communities.EFFECTS,
        **outflow.EFFECTS,
        **flow.EFFECTS,
        **offers.EFFECTS,
    }
)
"""The function of each instrument of the catalogue, by its name."""

__all__ = ["EFFECTS", "Setting"]
