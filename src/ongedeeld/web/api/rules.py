"""Who may let other systems read."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import EVERYBODY, Permission, granted
from ongedeeld.web.accounts.roles import Reach, Role

PERMISSIONS = (
    Permission(
        "api.read",
        N_("read by way of the API what the pages show as well"),
        granted(Reach.EVERYWHERE, EVERYBODY),
    ),
    Permission(
        "api.see_tokens",
        N_("see which organisations read by way of the API"),
        granted(Reach.EVERYWHERE, [Role.MANAGER, Role.PRIVACY_OFFICER]),
    ),
    Permission(
        "api.give_token",
        N_("let an organisation read by way of the API, and end that"),
        granted(Reach.EVERYWHERE, [Role.MANAGER]),
    ),
)
