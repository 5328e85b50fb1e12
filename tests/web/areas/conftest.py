"""Who works in the areas of the model city, and what they fill in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from tests.web.conftest import Hire, Visit

HERE, ELSEWHERE = "BU99990101", "BU99990102"
Answers = dict[str, str]


@pytest.fixture
def number(city: City) -> str:
    """A complex in the area of the team."""
    complexes = city.table("complexes")
    return str(complexes.filter(complexes["area"] == HERE)["complex"].sort()[0])


@pytest.fixture
def far(city: City) -> str:
    """A complex in another area."""
    complexes = city.table("complexes")
    return str(complexes.filter(complexes["area"] == ELSEWHERE)["complex"].sort()[0])


@pytest.fixture
def sanne(hire: Hire) -> Person:
    """The area manager."""
    return hire(Role.AREA_MANAGER, [HERE], name="Sanne de Wit")


@pytest.fixture
def bas(hire: Hire) -> Person:
    """The caretaker."""
    return hire(Role.CARETAKER, [HERE], name="Bas Jansen")


@pytest.fixture
def pim(hire: Hire) -> Person:
    """Somebody of a partner, with the same area."""
    return hire(Role.PARTNER, [HERE], name="Pim Smit")


@pytest.fixture
def sannes(visit: Visit, sanne: Person) -> Client:
    """The browser of the area manager."""
    return visit(sanne)


@pytest.fixture
def view() -> Callable[..., Answers]:
    """A view on a card, as it is filled in."""

    def filled(**others: str) -> Answers:
        ahead = timezone.localdate() + timedelta(days=20)
        return {
            "theme": "nuisance",
            "score": "4",
            "reason": "De achterpaden zijn 's avonds onrustig, en dat wordt niet gemeld.",
            "until": ahead.isoformat(),
            "seen": "",
        } | others

    return filled


@pytest.fixture
def adviser(hire: Hire) -> Person:
    """Somebody of the office, who sees the whole city."""
    return hire(Role.POLICY_ADVISER, name="Anna Bos")


@pytest.fixture
def annas(visit: Visit, adviser: Person) -> Client:
    return visit(adviser)
