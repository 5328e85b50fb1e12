"""Who shares and who reads: a resident with an open map, colleagues, and two partners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.partners.models import Member, Organisation
from ongedeeld.web.residents.models import Share, Vault
from ongedeeld.web.residents.sharing import copies
from ongedeeld.web.residents.sharing.contents import Copy, taken
from tests.web.conftest import Hire, Visit
from tests.web.residents.device import new_vault, open_map
from tests.web.signals.conftest import ELSEWHERE, HERE

SENDER = "Jo, Kerkstraat 1"
STEP = {
    "issue": "De huur komt te laat",
    "domain": "benefits",
    "what": "Samen de brief van de toeslag lezen",
    "who": "Sanne en ik",
    "by": "2026-12-01",
    "state": "to_do",
    "obstacle": "De toeslag telt mijn zoon nog mee",
}
WISH = {"words": "Weer rustig slapen", "domain": "care"}


@dataclass(frozen=True)
class SharingCast:
    """Colleagues, and who works at the two partners."""

    sanne: Person
    mila: Person
    noor: Person
    dirk: Person
    olga: Person
    pia: Person
    petra: Person
    debt_help: Organisation
    welfare: Organisation


@pytest.fixture
def cast(hire: Hire) -> SharingCast:
    """A housing consultant, two area managers, a director, the privacy officer, and two partners."""
    cast = SharingCast(
        sanne=hire(Role.HOUSING_CONSULTANT, [HERE], "Sanne de Vries"),
        mila=hire(Role.AREA_MANAGER, [HERE], "Mila"),
        noor=hire(Role.AREA_MANAGER, [ELSEWHERE], "Noor"),
        dirk=hire(Role.DIRECTOR, None, "Dirk"),
        olga=hire(Role.PRIVACY_OFFICER, None, "Olga"),
        pia=hire(Role.PARTNER, [HERE], "Pia"),
        petra=hire(Role.PARTNER, [HERE], "Petra"),
        debt_help=partner("Schuldhulp Voorbeeld", "debt_help"),
        welfare=partner("Welzijn Voorbeeld", "welfare"),
    )
    employ(cast.pia, cast.debt_help)
    employ(cast.petra, cast.welfare)
    return cast


def partner(name: str, kind: str) -> Organisation:
    """An invented organisation."""
    return Organisation.objects.create(name=name, kind=kind, made_by=uuid4(), made_at=timezone.now())


def employ(person: Person, at: Organisation, until: date | None = None) -> Member:
    """Let somebody work at a partner."""
    return Member.objects.create(
        organisation=at, person=person.key, from_day=date(2020, 1, 1), until_day=until
    )


@pytest.fixture
def vault(db: None) -> Vault:
    """The map of the resident."""
    return new_vault()


@pytest.fixture
def resident(vault: Vault, visit: Visit) -> Client:
    """A browser in which the map of the resident is open, and nobody is signed in."""
    client = open_map(vault, visit)
    client.cookies["django_language"] = "en"
    return client


def in_days(count: int) -> date:
    """The day so many days from today."""
    return timezone.localdate() + timedelta(days=count)


Shares = Callable[..., Share]


def step(**told: str) -> Copy:
    """A step as the browser of the resident sends it."""
    return taken("step", STEP | told, SENDER)


@pytest.fixture
def shares(vault: Vault) -> Shares:
    """Let the resident share a step with somebody."""

    def sharing_with(
        receiver: Person | Organisation,
        *,
        copy: Copy | None = None,
        purpose: str = "help",
        until: date | None = None,
        item: UUID | None = None,
    ) -> Share:
        kind = "person" if isinstance(receiver, Person) else "organisation"
        grant = copies.Grant(kind, receiver.key, purpose, until or in_days(30))
        return copies.share(
            vault,
            item or uuid4(),
            copy or step(),
            grant,
            now=timezone.now(),
            today=timezone.localdate(),
        )

    return sharing_with
