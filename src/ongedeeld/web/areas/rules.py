"""Who may see and judge places."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import EVERYBODY, Permission, granted
from ongedeeld.web.accounts.roles import Reach

PERMISSIONS = (
    Permission("areas.see_start", N_("see the start page"), granted(Reach.EVERYWHERE, EVERYBODY)),
    Permission(
        "areas.see_neighbourhood",
        N_("see the portrait of a neighbourhood"),
        granted(Reach.EVERYWHERE, EVERYBODY),
    ),
)
