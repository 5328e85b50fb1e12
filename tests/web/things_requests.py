"""Requests of residents for `things`, and what the City keeps of their homes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from uuid import uuid4

from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.cities.models import Address, AddressBook, CityVersion
from ongedeeld.web.safeguards.homes import blind_home, home_of
from ongedeeld.web.safeguards.request_contents import Contents
from ongedeeld.web.safeguards.request_holdings import Home, holdings
from ongedeeld.web.safeguards.request_models import Request


class Visit(Protocol):
    """Who visits a page, of which City."""

    city: City


Pair = tuple[object, object]


def request_makers() -> dict[str, Callable[[Visit], Pair]]:
    """What makes one of the first home of the City and one of the last, by the word of the column `with`."""
    return {"request": _request, "found": _found}


def _request(visit: Visit) -> Pair:
    """Somebody asks to see what is kept of the first home of the City, and somebody of the last."""
    today, keys = timezone.localdate(), []
    for home in (_homes(visit)[0], _homes(visit)[-1]):
        contents = Contents(name="Bewoner", reach="per post", home=home)
        key = uuid4()
        Request.objects.create(
            key=key,
            right=Request.Right.ACCESS,
            sealed=contents.sealed_for(key),
            home=blind_home(home),
            received_on=today,
            due=today,
        )
        keys.append(key)
    return keys[0], keys[1]


def _found(visit: Visit) -> Pair:
    """What the City keeps of those two homes."""
    own, other = (
        next(iter(holdings()["cities.version"].of_home(Home(home)))).key
        for home in (_homes(visit)[0], _homes(visit)[-1])
    )
    return own, other


def _homes(visit: Visit) -> list[str]:
    """Two homes of the City that have an address."""
    version = CityVersion.objects.get(state=CityVersion.State.CURRENT)
    if version.addresses is None:
        version.addresses = AddressBook.objects.create(file="bag.csv", sha256="0" * 64)
        version.save(update_fields=["addresses"])
        dwellings = visit.city.table("dwellings")["dwelling"]
        for number, dwelling in enumerate((dwellings[0], dwellings[-1]), 1):
            Address.objects.create(
                book=version.addresses,
                street="Straat",
                street_key="straat",
                number=number,
                postcode="5001SS",
                dwelling=dwelling,
            )
    return [home_of(address) for address in version.addresses.addresses.order_by("number")]
