"""What tells one home from another, so that all that concerns a home is found by one blind key.

That is its address, and not its number in the City: a new version may number homes otherwise, and what was
kept about a home would no longer be found. Homes that share one address, such as rooms without an addition,
share a key; an address that is changed, such as by a new name of the street, makes another.
"""

from __future__ import annotations

from ongedeeld.web.cities.models import Address, CityVersion
from ongedeeld.web.safeguards.sealing import blind


def home_of(address: Address) -> str:
    """The home at an address: its postcode (or municipality where that is not known), street and number."""
    where = address.postcode or address.municipality.casefold()
    return "/".join((where, address.street_key, str(address.number), address.addition_key))


def blind_home(home: str) -> str:
    """The blind key of a home; empty for a place that is no home."""
    return blind(f"home:{home}") if home else ""


def dwellings_of(home: str, version: CityVersion) -> list[str]:
    """The numbers that a home has in a version of the City; none where its addresses do not hold it."""
    street, _, rest = home.partition("/")[2].partition("/")
    number = rest.partition("/")[0]
    if not number.isdecimal():
        return []
    there = Address.objects.filter(book=version.addresses_id, street_key=street, number=int(number))
    return sorted({one.dwelling for one in there if one.dwelling and home_of(one) == home})
