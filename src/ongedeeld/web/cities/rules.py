"""Who may do what with versions of the City."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import EVERYBODY, Permission, granted
from ongedeeld.web.accounts.roles import TEAM, Reach, Role

PERMISSIONS = (
    Permission(
        "cities.see_current",
        N_("see the published figures of the city"),
        granted(Reach.EVERYWHERE, EVERYBODY),
    ),
    Permission(
        "cities.renew",
        N_("bring in, check, accept and roll back versions of the City"),
        granted(Reach.EVERYWHERE, [Role.DATA_MANAGER]),
    ),
    Permission(
        "cities.find_address",
        N_("find a complex or neighbourhood by an address"),
        granted(Reach.OWN_AREAS, TEAM) | granted(Reach.EVERYWHERE, [Role.ALLOCATION, Role.DATA_MANAGER]),
    ),
)
