"""The rooms of the workbench, as the head of every page names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.reasons import Decision


@dataclass(frozen=True)
class Room:
    """One room: where it is, and who may enter.

    Parameters
    ----------
    label
        What it is called, to be translated.
    address
        The name of its first page.
    action
        The permission that opens it.
    around
        How the paths of its other pages begin, where that is not as its first page.
    parts
        Rooms that stand below it; it is then open where one of them is, and begins with the first.
    """

    label: str
    address: str = ""
    action: str = ""
    around: tuple[str, ...] = ()
    parts: tuple[Room, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether the page at this path is in the room."""
        if self.parts:
            return any(part.holds(path) for part in self.parts)
        own = reverse(self.address)
        return path == own or path.startswith(self.around or (own,) if own != "/" else self.around)


ROOMS = (
    Room(N_("My areas"), "start", "areas.see_start"),
    Room(N_("Map"), "map", "areas.see_map"),
    Room(
        N_("Signals"),
        parts=(
            Room(N_("Signals"), "signals", "signals.see_own_reports"),
            Room(
                N_("Arrears"), "arrears_list", "preventing.see_arrears", ("/huurachterstand/", "/ontruiming/")
            ),
        ),
    ),
    Room(
        N_("Together"),
        parts=(
            Room(N_("Shared with you"), "shared", "residents.see_shared", ("/gedeeld/", "/doorbraken/")),
            Room(N_("Referrals"), "referrals", "referrals.see_referrals"),
            Room(N_("Partners"), "partners", "partners.see"),
            Room(N_("Residents' lives"), "learned", "residents.see_learned"),
        ),
    ),
    Room(N_("Plans"), "plans", "plans.see_plans"),
    Room(
        N_("Knowledge"),
        parts=(
            Room(N_("Rules"), "rules", "knowledge.see_rules"),
            Room(N_("Evidence"), "evidence", "knowledge.see_rules"),
        ),
    ),
    Room(
        N_("Data"),
        parts=(
            Room(N_("Figures"), "data", "cities.renew"),
            Room(N_("Addresses"), "addresses", "cities.find_address"),
        ),
    ),
    Room(N_("Oversight"), "oversight", "oversight.see_overview"),
    Room(N_("People"), "people", "accounts.see_people"),
    Room(N_("Connections"), "api_tokens", "api.see_tokens"),
)
"""In the order in which they stand."""

ACCOUNT_PAGES: tuple[tuple[str, str], ...] = (
    ("account", N_("My account")),
    ("protection", N_("Data protection")),
)
"""What stands in the menu below a person's own name: the name of a page, and what it is called."""


def open_to(may: Callable[[str], Decision]) -> list[Room]:
    """The rooms that a person may enter, each with the parts that they may enter."""
    found = []
    for room in ROOMS:
        parts = tuple(part for part in room.parts if may(part.action))
        if len(parts) > 1:
            found.append(replace(room, address=parts[0].address, parts=parts))
        elif parts:
            found.append(parts[0])
        elif not room.parts and may(room.action):
            found.append(room)
    return found
