"""The life domains: the systems in which people live, and with which they have to do."""

from __future__ import annotations

from enum import StrEnum

from ongedeeld.errors import N_


class LifeDomain(StrEnum):
    """One of the six systems of the *levenskaarten* of De Vernieuwde Stad (2017)."""

    HOUSING = "housing"
    CARE = "care"
    EDUCATION = "education"
    WORK = "work"
    BENEFITS = "benefits"
    PENSION = "pension"


LIFE_DOMAIN_LABELS: dict[LifeDomain, str] = {
    LifeDomain.HOUSING: N_("housing"),
    LifeDomain.CARE: N_("care"),
    LifeDomain.EDUCATION: N_("education"),
    LifeDomain.WORK: N_("work"),
    LifeDomain.BENEFITS: N_("benefits"),
    LifeDomain.PENSION: N_("pension"),
}
"""What each is called on screen."""
