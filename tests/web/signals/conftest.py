"""The fixed cast of signals: who sees, who answers, and the home and place that it is about.

Bewoner, at whose home something is seen, and the neighbour have no account: nobody of them signs in here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.address_file import AddressFile
from ongedeeld.web.cities.addresses import keep_addresses
from ongedeeld.web.cities.models import Address, CityVersion
from ongedeeld.web.safeguards.homes import home_of
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.models import Signal, Team, TeamMember
from ongedeeld.web.signals.reporting.receiving import Seen, report
from tests.web.conftest import AREAS_OF_THE_CAST, Hire

HERE, ELSEWHERE = AREAS_OF_THE_CAST
COMPLEX = "C001"
AROUND = (HERE, "WK999901", "GM9999", COMPLEX)
"""The codes around the home of the resident."""
NOTE = "De gordijnen zijn al weken dicht en er ligt post voor de deur."


@dataclass(frozen=True)
class Cast:
    """Everybody with an account; Mila leads the team of `HERE`, Noor works in `ELSEWHERE`."""

    bas: Person
    femke: Person
    sanne: Person
    mila: Person
    noor: Person
    olga: Person


Reports = Callable[..., Signal]


@pytest.fixture
def cast(city: City, hire: Hire) -> Cast:
    """A caretaker, a fitter, a housing consultant, two area managers and the privacy officer."""
    return Cast(
        bas=hire(Role.CARETAKER, [HERE], "Bas"),
        femke=hire(Role.FITTER, [HERE], "Femke"),
        sanne=hire(Role.HOUSING_CONSULTANT, [HERE], "Sanne"),
        mila=hire(Role.AREA_MANAGER, [HERE], "Mila"),
        noor=hire(Role.AREA_MANAGER, [ELSEWHERE], "Noor"),
        olga=hire(Role.PRIVACY_OFFICER, None, "Olga"),
    )


@pytest.fixture
def team(cast: Cast) -> Team:
    """The team of `HERE`: Mila leads it, Sanne answers in it."""
    made = Team.objects.create(name="Team Binnenstad", areas=[HERE])
    TeamMember.objects.create(team=made, person=cast.mila.key, leads=True)
    TeamMember.objects.create(team=made, person=cast.sanne.key)
    return made


@pytest.fixture
def addresses(city: City, homes: AddressFile) -> CityVersion:
    """The version that is read, with addresses in the areas of the cast."""
    version = CityVersion.objects.get()
    version.addresses = keep_addresses(homes)
    version.save(update_fields=["addresses"])
    return version


@pytest.fixture
def address(addresses: CityVersion) -> Address:
    """Where the resident lives, in `COMPLEX`."""
    return Address.objects.filter(complex=COMPLEX).order_by("id")[0]


@pytest.fixture
def reports(team: Team, address: Address) -> Reports:
    """Report something about the home of the resident, or about what `told` says."""

    def reported(by: Person, *, now: datetime | None = None, **told: object) -> Signal:
        at = now or timezone.now()
        today = timezone.localdate(at)
        seen: dict[str, object] = {
            "kind": Signal.Kind.CONCERN,
            "domain": "care",
            "contents": Contents(address=str(address), note=NOTE),
            "seen_on": today,
            "area_codes": AROUND,
            "complex": COMPLEX,
            "home": home_of(address),
        } | told
        return report(Seen(**seen), actor=by, now=at, today=today)  # type: ignore[arg-type]

    return reported


@pytest.fixture
def signal(cast: Cast, reports: Reports) -> Signal:
    """What Bas saw at the home of the resident today; Mila, who leads, answers it."""
    return reports(cast.bas)


def in_days(count: int) -> date:
    """The day so many days from today."""
    return timezone.localdate() + timedelta(days=count)
