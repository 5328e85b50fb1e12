"""Who may do what with partners."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import Permission, granted
from ongedeeld.web.accounts.roles import OFFICE, TEAM, Reach, Role

_KEEPERS = (Role.POLICY_ADVISER, Role.MANAGER)

PERMISSIONS = (
    Permission(
        "partners.see",
        N_("see partners, what they offer and what was agreed with them"),
        granted(Reach.EVERYWHERE, (*TEAM, *OFFICE, Role.MANAGER)),
    ),
    Permission(
        "partners.tell_wait",
        N_("write down how long the wait at a partner is"),
        granted(Reach.EVERYWHERE, (*TEAM, *_KEEPERS)),
    ),
    Permission(
        "partners.keep",
        N_("keep partners, what they offer and who works there"),
        granted(Reach.EVERYWHERE, _KEEPERS),
    ),
    Permission(
        "partners.agree",
        N_("write down what was agreed with partners"),
        granted(Reach.OWN_AREAS, (Role.AREA_MANAGER,)) | granted(Reach.EVERYWHERE, (Role.POLICY_ADVISER,)),
    ),
    Permission(
        "partners.keep_support",
        N_("see and keep which support goes with a letting"),
        granted(Reach.OWN_AREAS, (Role.HOUSING_CONSULTANT, Role.AREA_MANAGER)),
    ),
)
