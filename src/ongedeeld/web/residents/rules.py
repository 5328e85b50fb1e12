"""Who may do what with residents: the residents themselves have no account, and hold their own key."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import Permission, granted
from ongedeeld.web.accounts.roles import TEAM, Reach
from ongedeeld.web.residents.giving import rules as giving_rules
from ongedeeld.web.residents.sharing import rules as sharing_rules
from ongedeeld.web.residents.vault.invitations import RIGHT

PERMISSIONS: tuple[Permission, ...] = (
    Permission(RIGHT, N_("invite a resident to begin a life map"), granted(Reach.OWN_AREAS, TEAM)),
    *sharing_rules.PERMISSIONS,
    *giving_rules.PERMISSIONS,
)
