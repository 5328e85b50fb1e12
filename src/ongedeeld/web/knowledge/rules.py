"""Who may see rules and evidence, and propose and decide on local policy."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import EVERYBODY, Permission, granted
from ongedeeld.web.accounts.roles import OFFICE, TEAM, Reach, Role

PERMISSIONS = (
    Permission(
        "knowledge.see_rules",
        N_("see the rules and what they rest on"),
        granted(Reach.EVERYWHERE, EVERYBODY),
    ),
    Permission(
        "knowledge.see_proposals",
        N_("see proposals of local policy, and take its file along"),
        granted(Reach.EVERYWHERE, (*TEAM, *OFFICE)),
    ),
    Permission(
        "knowledge.propose_local",
        N_("propose local policy"),
        granted(Reach.EVERYWHERE, (Role.POLICY_ADVISER, Role.ALLOCATION)),
    ),
    Permission(
        "knowledge.decide_local",
        N_("accept, turn down or end what somebody else proposed as local policy"),
        granted(Reach.EVERYWHERE, (Role.POLICY_ADVISER, Role.DIRECTOR)),
    ),
    Permission(
        "knowledge.propose_evidence",
        N_("propose evidence of the association's own"),
        granted(Reach.EVERYWHERE, (Role.POLICY_ADVISER, Role.AREA_MANAGER)),
    ),
    Permission(
        "knowledge.decide_evidence",
        N_("accept, turn down or end evidence that somebody else proposed"),
        granted(Reach.EVERYWHERE, (Role.POLICY_ADVISER, Role.DIRECTOR)),
    ),
)
