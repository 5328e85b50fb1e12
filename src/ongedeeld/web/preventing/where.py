"""Where a home lies: what is kept of an address beside what is sealed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from ongedeeld.errors import N_
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.places import areas_known, place_of
from ongedeeld.web.cities.addresses import addresses_for
from ongedeeld.web.cities.models import Address
from ongedeeld.web.safeguards.homes import blind_home, home_of

MUNICIPALITY = "municipality"


@dataclass(frozen=True)
class Where:
    """A home, its complex and everything around it.

    Parameters
    ----------
    address
        As the City has it.
    area_codes
        The codes of all areas around it, and of its complex.
    home
        Its blind key.
    municipality
        The code of the municipality; empty where the City does not tell.
    """

    address: Address
    area_codes: frozenset[str]
    home: str
    municipality: str

    @property
    def complex(self) -> str:
        """The number of its complex; empty where it is in none."""
        return self.address.complex


def where_is(person: Person, address: Address) -> Where:
    """Where an address of the City lies."""
    known = areas_known(person)
    inner = address.complex if address.complex in known else address.area
    codes = frozenset(place_of(inner, known).area_codes) - {""}
    town = next((code for code in codes if code in known and known[code].kind == MUNICIPALITY), "")
    return Where(address, codes, blind_home(home_of(address)), town)


def address_chosen(person: Person, text: str, chosen: int) -> Where:
    """The address that somebody chose among those that were found.

    Raises
    ------
    Http404
        When it is not among those that the person can find.
    """
    found = next((one for one in addresses_for(person, text) if one.pk == chosen), None)
    if found is None:
        raise Http404(N_("There is no such address, or it is not open to you."))
    return where_is(person, found)


def name_of_municipality(person: Person, code: str) -> str:
    """What a municipality is called."""
    return place_of(code, areas_known(person)).name
