"""The cast of partners: who keeps the register, who makes agreements, two partners and a municipality."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.partners.models import Offer, Organisation
from ongedeeld.web.partners.offers import Offered, make_offer
from ongedeeld.web.partners.organisations import About, make_organisation
from tests.web.conftest import Hire

NOW, TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC), date(2026, 11, 23)
OWN_AREA, OTHER_AREA, TOWN = "BU99990101", "BU99990102", "GM9999"


@dataclass(frozen=True)
class Cast:
    """Lotte keeps the register, Ruben leads an area, Samira works there, Daan works at a partner."""

    lotte: Person
    ruben: Person
    samira: Person
    daan: Person
    welfare: Organisation
    debts: Organisation
    town: Organisation
    hour: Offer
    plan: Offer


@pytest.fixture
def cast(city: object, hire: Hire) -> Cast:
    """Three partners, two of which offer something."""
    lotte = hire(Role.POLICY_ADVISER, name="Lotte")

    def partner(name: str, kind: str, **told: str) -> Organisation:
        return make_organisation(About(name, kind, **told), actor=lotte, now=NOW)

    welfare = partner(
        "Welzijn Modelstad",
        "welfare",
        description="Werkt in alle wijken.",
        website="https://welzijn.voorbeeld.invalid",
        email="intake@welzijn.voorbeeld.invalid",
        phone="0900 1234",
    )
    debts = partner("Geldzorgen de Baas", "debt_help")
    town = partner("Gemeente Modelstad", "municipality")
    hour = make_offer(
        welfare,
        Offered(
            "Spreekuur in de buurt",
            "care",
            description="Loop binnen met een vraag.",
            for_whom="Iedereen uit de buurt",
            phone="0900 1234",
            address="Marktplein 1",
            postcode="1234 AB",
            town="Modelstad",
            wait_days=0,
            wait_known_on=date(2026, 11, 1),
        ),
        [OWN_AREA],
        actor=lotte,
    )
    plan = make_offer(
        debts,
        Offered("Budgetcoach", "benefits", wait_days=21, wait_known_on=date(2026, 10, 12)),
        [],
        actor=lotte,
    )
    return Cast(
        lotte=lotte,
        ruben=hire(Role.AREA_MANAGER, [OWN_AREA], name="Ruben"),
        samira=hire(Role.HOUSING_CONSULTANT, [OWN_AREA], name="Samira"),
        daan=hire(Role.PARTNER, [OWN_AREA], name="Daan"),
        welfare=welfare,
        debts=debts,
        town=town,
        hour=hour,
        plan=plan,
    )
