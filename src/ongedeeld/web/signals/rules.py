"""Who may report, see and answer signals."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import EVERYBODY, Permission, granted
from ongedeeld.web.accounts.roles import TEAM, Reach, Role

FRONT = (*TEAM, Role.FITTER)
"""Who come to people's doors."""
HANDLERS = (Role.HOUSING_CONSULTANT, Role.AREA_MANAGER)
"""Who answer."""

PERMISSIONS = (
    Permission("signals.report", N_("report what you saw"), granted(Reach.OWN_AREAS, FRONT)),
    Permission(
        "signals.see_own_reports", N_("see what became of what you reported"), granted(Reach.OWN, FRONT)
    ),
    Permission("signals.see_signals", N_("see signals"), granted(Reach.OWN_AREAS, HANDLERS)),
    Permission("signals.handle", N_("answer a signal"), granted(Reach.OWN_AREAS, HANDLERS)),
    Permission("signals.see_team", N_("see the work of a team"), granted(Reach.OWN_AREAS, HANDLERS)),
    Permission(
        "signals.arrange",
        N_("arrange teams and who answers what"),
        granted(Reach.OWN_AREAS, (Role.AREA_MANAGER,)) | granted(Reach.EVERYWHERE, (Role.MANAGER,)),
    ),
    Permission("signals.see_visit_notes", N_("see how to go to an address"), granted(Reach.OWN_AREAS, FRONT)),
    Permission(
        "signals.set_visit_note",
        N_("set how to go to an address"),
        granted(Reach.OWN_AREAS, (Role.AREA_MANAGER,)),
    ),
    Permission(
        "signals.see_counts",
        N_("see how many signals came, as far as everybody may know"),
        granted(Reach.EVERYWHERE, EVERYBODY),
    ),
    Permission(
        "signals.see_full_counts",
        N_("see how many signals came in each complex"),
        granted(Reach.OWN_AREAS, TEAM),
    ),
)
