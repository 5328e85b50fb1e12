"""Who may send early debt signals, and who keeps what is tried before an eviction."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import Permission, granted
from ongedeeld.web.accounts.roles import Reach, Role

CONSULTANTS = (Role.HOUSING_CONSULTANT, Role.AREA_MANAGER)

PERMISSIONS = (
    Permission(
        "preventing.see_arrears", N_("see and send early debt signals"), granted(Reach.OWN_AREAS, CONSULTANTS)
    ),
    Permission(
        "preventing.see_cases",
        N_("see and keep what is tried before an eviction"),
        granted(Reach.OWN_AREAS, CONSULTANTS),
    ),
    Permission(
        "preventing.decide_eviction",
        N_("decide that an eviction is the last resort"),
        granted(Reach.OWN_AREAS, (Role.AREA_MANAGER,)),
    ),
    Permission(
        "preventing.see_counts",
        N_("see how many evictions there were and how many were prevented"),
        granted(Reach.OWN_AREAS, CONSULTANTS) | granted(Reach.EVERYWHERE, (Role.DATA_MANAGER,)),
    ),
    Permission(
        "preventing.take_counts",
        N_("lay the counts of evictions into a new version of the City"),
        granted(Reach.EVERYWHERE, (Role.DATA_MANAGER,)),
    ),
)
