"""Who refers residents to partners, who answers for a partner, and who holds case meetings."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import Permission, granted
from ongedeeld.web.accounts.roles import Reach, Role

REFERRERS = (Role.HOUSING_CONSULTANT, Role.AREA_MANAGER)

PERMISSIONS = (
    Permission(
        "referrals.see_referrals",
        N_("see referrals: those in your own areas, or those to your own organisation"),
        granted(Reach.EVERYWHERE, (*REFERRERS, Role.PARTNER)),
    ),
    Permission(
        "referrals.refer",
        N_("refer a resident to a partner"),
        granted(Reach.OWN_AREAS, REFERRERS),
    ),
    Permission(
        "referrals.answer",
        N_("answer referrals to your own organisation"),
        granted(Reach.EVERYWHERE, (Role.PARTNER,)),
    ),
)
