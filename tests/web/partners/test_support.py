"""Support of lettings: whoever may see it sees from whom and until when; nobody sees why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import Http404
from django.urls import reverse

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.models import RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.model_addresses import give_model_addresses
from ongedeeld.web.cities.models import Address, CityVersion
from ongedeeld.web.partners import supporting
from ongedeeld.web.partners.models import SupportAgreement
from ongedeeld.web.partners.queries import support_for, supports_for
from ongedeeld.web.partners.reminding import supports_due
from ongedeeld.web.partners.safeguarding import remove_past_support
from ongedeeld.web.safeguards.homes import home_of
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.safeguards.request_holdings import Home, holdings
from tests.web.conftest import Hire, Visit
from tests.web.partners.conftest import NOW, OTHER_AREA, OWN_AREA, TODAY, Cast

SUPPORT = supporting.Support(TODAY, TODAY + timedelta(days=180), "municipality", Decimal("2.5"))
CONTACT = supporting.Contact("Kerkstraat 7", "Team Noord", "0900 1234")


@pytest.fixture
def home(cast: Cast) -> Address:
    """A home in the area of the cast."""
    give_model_addresses(CityVersion.objects.get(state=CityVersion.State.CURRENT))
    found = Address.objects.filter(area=OWN_AREA).first()
    assert found is not None
    return found


@pytest.fixture
def held(cast: Cast, home: Address) -> SupportAgreement:
    """Support that Samira wrote down."""
    where = supporting.home_at(cast.samira, home)
    return supporting.begin(where, cast.welfare, SUPPORT, CONTACT, actor=cast.samira, now=NOW)


def test_it_is_sealed_and_told_to_who_works_there_alone(cast: Cast, held: SupportAgreement) -> None:
    assert "Kerkstraat" not in held.sealed
    assert supporting.contact_of(held) == CONTACT
    assert list(supports_for(cast.ruben, TODAY)) == [held]
    for person in (cast.lotte, cast.daan):
        with pytest.raises(Refused):
            supports_for(person, TODAY)
    with pytest.raises(Refused):
        supporting.end(held, version=1, actor=cast.lotte, today=TODAY)


def test_there_is_no_field_for_why() -> None:
    names = {field.name for field in SupportAgreement._meta.get_fields()}
    assert names == {
        *("id", "key", "home", "complex", "organisation", "sealed", "from_day", "until_day", "places"),
        *(
            "hours_per_week",
            "payer",
            "made_by",
            "made_at",
            "ended_on",
            "warned_on",
            "remove_after",
            "version",
        ),
    }
    assert set(supporting.Contact.__dataclass_fields__) == {"address", "name", "phone"}


def test_every_step_stands_in_the_processing_log(cast: Cast, held: SupportAgreement) -> None:
    longer = replace(SUPPORT, until_day=SUPPORT.until_day + timedelta(days=90))
    supporting.change(held, longer, CONTACT, version=1, actor=cast.ruben)
    supporting.end(held, version=2, actor=cast.ruben, today=TODAY)
    lines = Processed.objects.filter(activity="partners.support").order_by("pk")
    assert [line.name for line in lines] == [
        "partners.begin_support",
        "partners.change_support",
        "partners.end_support",
    ]


def test_it_goes_a_year_after_it_ended_and_the_sooner_when_it_ended_sooner(
    cast: Cast, held: SupportAgreement
) -> None:
    assert held.remove_after == SUPPORT.until_day + timedelta(days=365)
    supporting.end(held, version=1, actor=cast.samira, today=TODAY + timedelta(days=10))
    assert held.remove_after == TODAY + timedelta(days=375)
    assert remove_past_support(held.remove_after, 10) == 0
    assert remove_past_support(held.remove_after + timedelta(days=1), 10) == 1


def test_after_its_end_it_cannot_be_changed_and_days_cannot_be_turned_round(
    cast: Cast, held: SupportAgreement
) -> None:
    with pytest.raises(InputError, match="last day lies before"):
        supporting.change(
            held, replace(SUPPORT, until_day=date(2020, 1, 1)), CONTACT, version=1, actor=cast.samira
        )
    supporting.end(held, version=1, actor=cast.samira, today=TODAY)
    with pytest.raises(InputError, match="has ended"):
        supporting.change(held, SUPPORT, CONTACT, version=2, actor=cast.samira)


def test_who_wrote_it_down_hears_before_it_ends(cast: Cast, held: SupportAgreement) -> None:
    for before in (42, 14):
        day = held.until_day - timedelta(days=before)
        for later in (0, 1):  # also when nobody ran the work on the day itself
            ((_, letters),) = supports_due(day + timedelta(days=later))
            assert [person for person, _, _ in letters] == [cast.samira.key]
            assert "Kerkstraat" not in str(letters)
        SupportAgreement.objects.filter(pk=held.pk).update(warned_on=day)
        assert list(supports_due(day + timedelta(days=1))) == []
    assert list(supports_due(held.until_day)) == []


def test_a_resident_finds_it_and_can_have_it_removed(
    cast: Cast, held: SupportAgreement, home: Address
) -> None:
    kind = holdings()["partners.support"]
    found = list(kind.of_home(Home(home_of(home))))
    assert [one.key for one in found] == [held.key]
    assert found[0].receivers == ("Welzijn Modelstad",)
    assert kind.named is not None
    assert kind.remove is not None
    kind.remove(held.key)
    assert kind.named(held.key) is None
    with pytest.raises(Http404):
        support_for(cast.samira, held.key, TODAY)


def test_it_is_written_down_on_its_pages(cast: Cast, home: Address, visit: Visit) -> None:
    browser = visit(cast.samira)
    search = f"{home.postcode} {home.number}"
    first = browser.post(reverse("new_support"), {"zoek": search})
    assert first.status_code == 200
    sent = {
        "zoek": search,
        "address": str(home.pk),
        "organisation": str(cast.welfare.key),
        "from_day": "2026-11-23",
        "until_day": "2027-05-23",
        "payer": "unknown",
        "contact": "111.222.333",
    }
    refused = browser.post(reverse("new_support"), sent)
    assert refused.status_code == 422, "no citizen service number"
    made = browser.post(reverse("new_support"), {**sent, "contact": "Team Noord"})
    assert made.status_code == 303
    page = browser.get(made.headers["Location"]).content.decode()
    assert "Team Noord" in page
    assert str(home) in browser.get(reverse("supports")).content.decode()


def test_when_who_wrote_it_down_left_whoever_manages_the_area_hears_that_it_ends(
    cast: Cast, held: SupportAgreement, hire: Hire
) -> None:
    hire(Role.AREA_MANAGER, [OTHER_AREA], name="Elders")
    day = held.until_day - timedelta(weeks=2)
    assert [letter[0] for _, letters in supports_due(day) for letter in letters] == [cast.samira.key]
    RoleHeld.objects.filter(person=cast.samira).update(until_day=day - timedelta(days=1))
    assert [letter[0] for _, letters in supports_due(day) for letter in letters] == [cast.ruben.key]
