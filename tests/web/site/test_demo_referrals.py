"""The referrals of the demo: invented, to partners that are invented too."""

from __future__ import annotations

import pytest
from django.utils import timezone

from ongedeeld.sources.model_city.ground import CITY_NAME
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import own_codes
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.places import places_of
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.partners.models import Organisation
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.site.demo.partnering import INVENTED, partners
from ongedeeld.web.site.demo.referring import REFERRED, referred
from tests.web.conftest import Visit
from tests.web.site.test_demo_signals import held  # noqa: F401 - a fixture


@pytest.fixture
def guests(held: Opened) -> dict[Role, Person]:  # noqa: F811 - a fixture
    """The guests, after the partners were made and somebody was referred."""
    now, today = timezone.now(), timezone.localdate()
    guests = {Role(one.roles_held.get().role): one for one in Person.objects.filter(is_demo=True)}
    consultant, professional = guests[Role.HOUSING_CONSULTANT], guests[Role.PARTNER]
    partners(guests[Role.POLICY_ADVISER], consultant, professional, now, today)
    places = places_of(held).within(own_codes(consultant))
    referred(consultant, professional, [one.code for one in places if one.kind == "complex"], now, today)
    return guests


def test_one_was_accepted_others_wait_and_two_are_over(guests: dict[Role, Person], visit: Visit) -> None:
    states = list(Referral.objects.order_by("id").values_list("state", flat=True))
    assert states == ["done", "refused", "accepted", "sent", "sent"]
    assert len({one.home for one in Referral.objects.all()}) == len(REFERRED)
    first = Referral.objects.earliest("id")
    page = visit(guests[Role.HOUSING_CONSULTANT]).get(f"/partners/{first.organisation.key}/").content.decode()
    assert "na 12 dagen contact" in page


def test_every_partner_says_that_it_is_invented_and_lies_in_the_model_city(
    guests: dict[Role, Person],
) -> None:
    assert all(INVENTED in one.description for one in Organisation.objects.all())
    names = " ".join(Organisation.objects.values_list("name", flat=True))
    assert names.count(CITY_NAME) == 3
    assert "{" not in names
    mailboxes = Organisation.objects.values_list("email", flat=True)
    assert len(set(mailboxes)) == len(mailboxes)


def test_both_sides_find_them_on_their_pages(guests: dict[Role, Person], visit: Visit) -> None:
    theirs = visit(guests[Role.HOUSING_CONSULTANT]).get("/doorverwijzingen/").content.decode()
    assert all(offer in theirs for offer, _, _ in REFERRED)
    received = visit(guests[Role.PARTNER]).get("/doorverwijzingen/", follow=True).content.decode()
    assert "Maatje" in received
    assert "Thuisadministratie" not in received
