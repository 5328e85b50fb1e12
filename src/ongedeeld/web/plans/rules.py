"""Who may see, write and agree plans."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.accounts.permissions import Permission, granted
from ongedeeld.web.accounts.roles import OFFICE, OUTSIDE, TEAM, Reach, Role

PERMISSIONS = (
    Permission(
        "plans.see_plans",
        N_("see plans"),
        granted(Reach.EVERYWHERE, (*TEAM, *OFFICE)) | granted(Reach.OWN_AREAS, OUTSIDE),
    ),
    Permission("plans.see_drafts", N_("see drafts of plans"), granted(Reach.EVERYWHERE, (*TEAM, *OFFICE))),
    Permission(
        "plans.see_own_figures",
        N_("see in a plan what the association itself counts there"),
        granted(Reach.OWN_AREAS, TEAM) | granted(Reach.EVERYWHERE, OFFICE),
    ),
    Permission(
        "plans.write_plan",
        N_("write a plan, its steps and its reviews"),
        granted(Reach.OWN_AREAS, (Role.AREA_MANAGER, Role.HOUSING_CONSULTANT))
        | granted(Reach.EVERYWHERE, (Role.POLICY_ADVISER,)),
    ),
    Permission(
        "plans.end_step",
        N_("tell that a step of a plan was done"),
        granted(Reach.OWN_AREAS, TEAM) | granted(Reach.EVERYWHERE, (Role.POLICY_ADVISER,)),
    ),
    Permission(
        "plans.add_say",
        N_("write down what residents and partners say of a plan"),
        granted(Reach.OWN_AREAS, (*TEAM, *OUTSIDE)) | granted(Reach.EVERYWHERE, (Role.POLICY_ADVISER,)),
    ),
    Permission(
        "plans.change_say",
        N_("change or take back what residents and partners said of a plan"),
        granted(Reach.OWN_IN_OWN_AREAS, (Role.CARETAKER, Role.HOUSING_CONSULTANT, *OUTSIDE))
        | granted(Reach.OWN_AREAS, (Role.AREA_MANAGER,))
        | granted(Reach.OWN, (Role.POLICY_ADVISER,)),
    ),
    Permission(
        "plans.throw_away_draft",
        N_("throw away a draft of a plan"),
        granted(Reach.OWN, (Role.AREA_MANAGER, Role.HOUSING_CONSULTANT, Role.POLICY_ADVISER)),
    ),
    Permission(
        "plans.agree_plan",
        N_("agree or close a plan"),
        granted(Reach.OWN_AREAS, (Role.AREA_MANAGER,)) | granted(Reach.EVERYWHERE, (Role.DIRECTOR,)),
    ),
)
