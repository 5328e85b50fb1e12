"""Where something can be seen: the addresses and complexes within the reach of who reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of
from ongedeeld.web.accounts.places import Area, areas_known, place_of
from ongedeeld.web.cities.address_keys import pieces_of
from ongedeeld.web.cities.addresses import addresses_for
from ongedeeld.web.cities.models import Address, CityVersion
from ongedeeld.web.safeguards.homes import blind_home, home_of

MOST = 12
"""How many addresses are offered on a phone."""


@dataclass(frozen=True)
class Spot:
    """A home or complex.

    Parameters
    ----------
    name
        The address as it is written on an envelope, or the name of the complex.
    area_codes
        The codes of all areas around it, with the number of its complex.
    complex
        The number of the complex; empty where it is in none.
    home
        What tells the home apart; empty for a complex.
    address
        The number of the row of the address; none for a complex.
    short
        The address as postcode and number; empty where its postcode is not known.
    """

    name: str
    area_codes: frozenset[str]
    complex: str = ""
    home: str = ""
    address: int | None = None
    short: str = ""

    @property
    def blind(self) -> str:
        """The blind key of the home."""
        return blind_home(self.home)

    def is_called(self, text: str) -> bool:
        """Whether a text is this whole address, with or without its postcode, or its postcode and number."""
        ways = (self.name, self.name.partition(",")[0], self.short)
        return pieces_of(text) in [pieces_of(one) for one in ways if one]


def find_spots(person: Person, text: str) -> list[Spot]:
    """The homes within the reach of who reports, at addresses that fit what was typed.

    Raises
    ------
    Refused
        When the person may report nothing.
    """
    known = areas_known(person)
    return [_at(one, known) for one in addresses_for(person, text, MOST, right="signals.report")]


def spot_at(person: Person, number: int) -> Spot | None:
    """The home at an address that was chosen; none where the City that is read does not have it.

    Raises
    ------
    Refused
        When the person may not report there.
    """
    read = CityVersion.State.CURRENT
    address = Address.objects.filter(pk=number, book__versions__state=read).first()
    if address is None:
        require(person, "signals.report")
        return None
    spot = _at(address, areas_known(person))
    require(person, "signals.report", spot)
    return spot


def complex_at(person: Person, number: str) -> Spot | None:
    """A complex that was chosen; none where the City does not have it.

    Raises
    ------
    Refused
        When the person may not report there.
    """
    area = areas_known(person).get(number)
    if area is None or area.kind != "complex":
        require(person, "signals.report")
        return None
    require(person, "signals.report", area)
    return Spot(area.name, frozenset(area.area_codes), area.code)


def complexes_for(person: Person) -> list[tuple[str, list[tuple[str, str]]]]:
    """The complexes within the reach of who reports, by neighbourhood: number and name, in order of name.

    Raises
    ------
    Refused
        When the person may report nothing.
    """
    require(person, "signals.report")
    known, reach = areas_known(person), extent_of(person, "signals.report")
    mine = [area for area in known.values() if area.kind == "complex" and reach.covers(area)]
    named = sorted((_around(area, known), _counted(area.name), area.code, area.name) for area in mine)
    return [
        (around, [(code, name) for _, _, code, name in rows])
        for around, rows in groupby(named, key=lambda row: row[0])
    ]


def _at(address: Address, known: Mapping[str, Area]) -> Spot:
    around = set(place_of(address.area, known).area_codes) if address.area else set()
    if address.complex:
        around |= set(place_of(address.complex, known).area_codes)
    written = f"{address}, {address.postcode}" if address.postcode else str(address)
    short = f"{address.postcode} {address.number} {address.addition}" if address.postcode else ""
    return Spot(written, frozenset(around), address.complex, home_of(address), address.pk, short)


def _around(area: Area, known: Mapping[str, Area]) -> str:
    """The name of the neighbourhood of a complex; empty where that is not known."""
    return next((known[code].name for code in area.area_codes[1:] if code in known), "")


def _counted(name: str) -> list[tuple[int, str]]:
    """The words and numbers of a name, so that the second comes before the tenth."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
