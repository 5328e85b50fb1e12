"""Who may see and choose who works here."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import Permission, granted
from ongedeeld.web.accounts.roles import Reach, Role

_MANAGER = granted(Reach.EVERYWHERE, [Role.MANAGER])
_LEAD = granted(Reach.OWN_AREAS, [Role.AREA_MANAGER])

PERMISSIONS = (
    Permission(
        "accounts.see_people",
        N_("see who works here and in which roles"),
        granted(Reach.EVERYWHERE, [Role.MANAGER, Role.PRIVACY_OFFICER]) | _LEAD,
    ),
    Permission("accounts.give_role", N_("give and end roles"), _MANAGER | _LEAD),
    Permission("accounts.invite", N_("invite people"), _MANAGER),
    Permission("accounts.close_access", N_("close and open the access of people"), _MANAGER),
    Permission("accounts.remove", N_("remove people"), _MANAGER),
    Permission(
        "accounts.see_rights",
        N_("see who may do what, and why"),
        granted(Reach.EVERYWHERE, [Role.MANAGER, Role.PRIVACY_OFFICER, Role.DIRECTOR]),
    ),
)
