"""The roles in which people work, and how far a right reaches."""

from __future__ import annotations

from enum import StrEnum

from ongedeeld.errors import N_


class Role(StrEnum):
    """What somebody does at the association or beside it."""

    CARETAKER = "caretaker"
    FITTER = "fitter"
    HOUSING_CONSULTANT = "housing_consultant"
    AREA_MANAGER = "area_manager"
    POLICY_ADVISER = "policy_adviser"
    ALLOCATION = "allocation"
    DIRECTOR = "director"
    PARTNER = "partner"
    TENANTS = "tenants"
    DATA_MANAGER = "data_manager"
    PRIVACY_OFFICER = "privacy_officer"
    MANAGER = "manager"


ROLE_LABELS: dict[Role, str] = {
    Role.CARETAKER: N_("caretaker"),
    Role.FITTER: N_("fitter"),
    Role.HOUSING_CONSULTANT: N_("housing consultant"),
    Role.AREA_MANAGER: N_("area manager"),
    Role.POLICY_ADVISER: N_("policy adviser"),
    Role.ALLOCATION: N_("allocation officer"),
    Role.DIRECTOR: N_("director"),
    Role.PARTNER: N_("professional of a partner"),
    Role.TENANTS: N_("tenants' organisation"),
    Role.DATA_MANAGER: N_("data manager"),
    Role.PRIVACY_OFFICER: N_("privacy officer"),
    Role.MANAGER: N_("manager of the installation"),
}


class Reach(StrEnum):
    """How far a right goes; what is made by oneself is one's own."""

    EVERYWHERE = "everywhere"
    OWN_AREAS = "own_areas"
    OWN = "own"
    OWN_OR_OWN_AREAS = "own_or_own_areas"
    OWN_IN_OWN_AREAS = "own_in_own_areas"


TEAM = (Role.CARETAKER, Role.HOUSING_CONSULTANT, Role.AREA_MANAGER)
"""Who work in a neighbourhood."""
OFFICE = (Role.POLICY_ADVISER, Role.ALLOCATION, Role.DIRECTOR, Role.DATA_MANAGER, Role.PRIVACY_OFFICER)
"""Who work for the whole association."""
OUTSIDE = (Role.PARTNER, Role.TENANTS)
"""Who do not work for the association: what they see has passed disclosure control."""
WIDE = (*OFFICE, Role.MANAGER)
"""Whose rights go so far that they sign in with a second factor, unless the settings say otherwise."""

GIVES: dict[Role, tuple[Role, ...]] = {
    Role.MANAGER: tuple(Role),
    Role.AREA_MANAGER: (Role.CARETAKER, Role.FITTER, Role.HOUSING_CONSULTANT),
}
"""Which roles each role may give to others; nobody gives more than they have the right to."""
