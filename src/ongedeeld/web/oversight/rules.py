"""Who watches over the workbench."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import EVERYBODY, Permission, granted
from ongedeeld.web.accounts.roles import Reach, Role

_OVER_JOBS = granted(Reach.EVERYWHERE, [Role.MANAGER, Role.DATA_MANAGER])

PERMISSIONS = (
    Permission(
        "oversight.see_overview",
        N_("see what watches over the workbench"),
        granted(Reach.EVERYWHERE, [Role.MANAGER, Role.DATA_MANAGER, Role.PRIVACY_OFFICER, Role.DIRECTOR]),
    ),
    Permission(
        "oversight.search_audit",
        N_("search who did and who saw what"),
        granted(Reach.EVERYWHERE, [Role.PRIVACY_OFFICER]),
    ),
    Permission("oversight.see_job", N_("follow long work"), granted(Reach.OWN, EVERYBODY) | _OVER_JOBS),
    Permission(
        "oversight.steer_job",
        N_("stop long work and try it again"),
        granted(Reach.OWN, EVERYBODY) | _OVER_JOBS,
    ),
    Permission(
        "oversight.see_network",
        N_("see the network of partners"),
        granted(
            Reach.EVERYWHERE,
            [
                Role.AREA_MANAGER,
                Role.POLICY_ADVISER,
                Role.DIRECTOR,
                Role.PRIVACY_OFFICER,
                Role.MANAGER,
            ],
        ),
    ),
    Permission(
        "oversight.see_versions",
        N_("see which versions of the City there were"),
        granted(Reach.EVERYWHERE, [Role.MANAGER, Role.DATA_MANAGER, Role.PRIVACY_OFFICER, Role.DIRECTOR]),
    ),
)
