"""Who may read what residents share, and ask or decide that a rule gives way."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import EVERYBODY, Permission, granted
from ongedeeld.web.accounts.roles import TEAM, Reach, Role

SEE, ASK, ANSWER = "residents.see_shared", "residents.ask_breakthrough", "residents.answer_breakthrough"
SEE_COUNTS = "residents.see_step_counts"
DECIDERS = (Role.AREA_MANAGER, Role.DIRECTOR)
"""Who can decide in the association; at a partner everybody who works there can be asked."""

PERMISSIONS = (
    Permission(
        SEE,
        N_("read what a resident shares with you or with your organisation"),
        granted(Reach.OWN, (*TEAM, Role.DIRECTOR, Role.PARTNER)),
    ),
    Permission(
        ASK,
        N_("ask for a resident that a rule gives way"),
        granted(Reach.OWN, (*TEAM, Role.PARTNER)),
    ),
    Permission(
        ANSWER,
        N_("answer whether a rule gives way"),
        granted(Reach.OWN, (*DECIDERS, Role.PARTNER)),
    ),
    Permission(
        SEE_COUNTS,
        N_("see with how many residents steps are taken, as far as everybody may know"),
        granted(Reach.EVERYWHERE, EVERYBODY),
    ),
)
