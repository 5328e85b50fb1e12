"""Who may see for what data are kept, and who works on what residents ask about theirs."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import EVERYBODY, Permission, granted
from ongedeeld.web.accounts.roles import Reach, Role

OFFICER = (Role.PRIVACY_OFFICER,)

PERMISSIONS = (
    Permission(
        "safeguards.see_purposes", N_("see for what data are kept"), granted(Reach.EVERYWHERE, EVERYBODY)
    ),
    Permission(
        "safeguards.see_processing",
        N_("see which data were processed, and what was removed"),
        granted(Reach.EVERYWHERE, OFFICER),
    ),
    Permission(
        "safeguards.answer_requests",
        N_("answer what residents ask about their data"),
        granted(Reach.EVERYWHERE, OFFICER),
    ),
)
