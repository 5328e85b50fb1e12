"""Who may see what was learned from donated lives."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import Permission, granted
from ongedeeld.web.accounts.roles import Reach, Role

PERMISSIONS = (
    Permission(
        "residents.see_learned",
        N_("see what was learned from lives that residents gave"),
        granted(Reach.EVERYWHERE, (Role.DIRECTOR, Role.POLICY_ADVISER)),
    ),
)
