"""Who may see and judge places."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import EVERYBODY, Permission, granted
from ongedeeld.web.accounts.roles import OFFICE, TEAM, Reach, Role

PERMISSIONS = (
    Permission("areas.see_start", N_("see the start page"), granted(Reach.EVERYWHERE, EVERYBODY)),
    Permission("areas.see_map", N_("see the map of published figures"), granted(Reach.EVERYWHERE, EVERYBODY)),
    Permission(
        "areas.see_neighbourhood",
        N_("see the portrait of a neighbourhood"),
        granted(Reach.EVERYWHERE, EVERYBODY),
    ),
    Permission("areas.follow", N_("follow a place"), granted(Reach.EVERYWHERE, EVERYBODY)),
    Permission(
        "areas.see_own_figures",
        N_("see what the association itself knows of a place: its records, cards and notes"),
        granted(Reach.OWN_AREAS, TEAM) | granted(Reach.EVERYWHERE, OFFICE),
    ),
    Permission(
        "areas.overrule_card",
        N_("lay a view of your own beside a card, and end it"),
        granted(Reach.OWN_AREAS, [Role.AREA_MANAGER, Role.HOUSING_CONSULTANT]),
    ),
    Permission("areas.inspect", N_("record an inspection"), granted(Reach.OWN_AREAS, TEAM)),
    Permission(
        "areas.write_note",
        N_("write a note on a neighbourhood"),
        granted(Reach.OWN_AREAS, TEAM) | granted(Reach.EVERYWHERE, [Role.POLICY_ADVISER]),
    ),
    Permission(
        "areas.take_back_note",
        N_("take back a note"),
        granted(Reach.OWN, [*TEAM, Role.POLICY_ADVISER]) | granted(Reach.EVERYWHERE, [Role.PRIVACY_OFFICER]),
    ),
    Permission(
        "areas.record_residents",
        N_("record what residents say"),
        granted(Reach.OWN_AREAS, TEAM) | granted(Reach.EVERYWHERE, [Role.POLICY_ADVISER]),
    ),
    Permission(
        "areas.take_back_words",
        N_("remove the words of a resident"),
        granted(Reach.OWN_AREAS, TEAM)
        | granted(Reach.EVERYWHERE, [Role.POLICY_ADVISER, Role.PRIVACY_OFFICER]),
    ),
)
