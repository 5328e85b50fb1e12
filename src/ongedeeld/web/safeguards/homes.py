"""What tells one home from another, so that all that concerns a home is found by one blind key."""

from __future__ import annotations

from ongedeeld.web.cities.models import Address
from ongedeeld.web.safeguards.sealing import blind


def home_of(address: Address) -> str:
    """The number of the dwelling at an address; where the City knows none, the address itself."""
    if address.dwelling:
        return address.dwelling
    return f"{address.municipality}/{address.street_key}/{address.number}{address.addition_key}"


def blind_home(home: str) -> str:
    """The blind key of a home; empty for a place that is no home."""
    return blind(f"home:{home}") if home else ""
