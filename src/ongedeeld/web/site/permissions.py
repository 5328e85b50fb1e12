"""The permission table, put together from the rules of every app."""

from __future__ import annotations

from ongedeeld.web.accounts import rules as accounts
from ongedeeld.web.api import rules as api
from ongedeeld.web.areas import rules as areas
from ongedeeld.web.cities import rules as cities
from ongedeeld.web.knowledge import rules as knowledge
from ongedeeld.web.oversight import rules as oversight
from ongedeeld.web.partners import rules as partners
from ongedeeld.web.plans import rules as plans
from ongedeeld.web.preventing import rules as preventing
from ongedeeld.web.referrals import rules as referrals
from ongedeeld.web.residents import rules as residents
from ongedeeld.web.safeguards import rules as safeguards
from ongedeeld.web.signals import rules as signals

TABLE = (
    *accounts.PERMISSIONS,
    *cities.PERMISSIONS,
    *safeguards.PERMISSIONS,
    *partners.PERMISSIONS,
    *signals.PERMISSIONS,
    *preventing.PERMISSIONS,
    *residents.PERMISSIONS,
    *referrals.PERMISSIONS,
    *plans.PERMISSIONS,
    *knowledge.PERMISSIONS,
    *areas.PERMISSIONS,
    *oversight.PERMISSIONS,
    *api.PERMISSIONS,
)
