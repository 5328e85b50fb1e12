"""Who is asked: with the wait as it was told and as it was, and with who said no before."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.models import Address
from ongedeeld.web.partners.models import Offer
from ongedeeld.web.preventing.where import where_is
from ongedeeld.web.referrals.answering import answers
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.sending import origins
from ongedeeld.web.referrals.sending.receivers import Receiver
from ongedeeld.web.referrals.sending.refusals import last_no, refused_before
from tests.web.conftest import Hire, Visit
from tests.web.referrals.conftest import Partners, Refers, today
from tests.web.signals.conftest import HERE, Cast

NEW = "/doorverwijzingen/nieuw/"
TOLD, WAS, LONG_AGO = "21 days of waiting, as told on", "had contact after 9 days, on", "long ago"


def chooses(visit: Visit, person: Person, address: Address, **told: object) -> str:
    """The page on which somebody chooses a partner for a home."""
    return visit(person).post(NEW, {"zoek": str(address), "address": address.pk, **told}).content.decode()


@pytest.fixture
def came(refers: Refers, partners: Partners) -> Referral:
    """The partner told a wait of three weeks, and came to who was referred last after nine days."""
    Offer.objects.update(wait_days=21, wait_known_on=today() - timedelta(days=5))
    one = refers()
    sent = timezone.now() - timedelta(days=20)
    Referral.objects.update(state="accepted", sent_at=sent, contact_on=today() - timedelta(days=11))
    return one


def test_the_list_and_the_page_of_the_partner_tell_the_same_wait_to_who_may_know_it(
    came: Referral, cast: Cast, partners: Partners, address: Address, hire: Hire, visit: Visit
) -> None:
    of_partner = reverse("partner", args=[partners.debt_help.key])
    chosen = {"receiver": f"offer:{partners.papers.key}"}
    pages = [
        chooses(visit, cast.sanne, address),
        chooses(visit, cast.sanne, address, **chosen),
        *(visit(cast.sanne).get(page).content.decode() for page in (of_partner, reverse("partners"))),
    ]
    for page in pages:
        assert TOLD in page
        assert WAS in page
        assert LONG_AGO not in page
    for other in (hire(Role.CARETAKER, [HERE]), hire(Role.HOUSING_CONSULTANT, ["BU99990102"])):
        page = visit(other).get(of_partner).content.decode()
        assert TOLD in page
        assert WAS not in page


def test_a_wait_that_is_not_known_or_of_long_ago_is_told_as_such_and_stands_last(
    cast: Cast, partners: Partners, address: Address, visit: Visit
) -> None:
    assert "wait not known" in chooses(visit, cast.sanne, address)
    Offer.objects.update(wait_days=1, wait_known_on=date(2020, 1, 6))
    Offer.objects.create(
        organisation=partners.welfare,
        name="Maatje",
        domain="benefits",
        everywhere=True,
        wait_days=30,
        wait_known_on=today(),
    )
    page = chooses(visit, cast.sanne, address)
    assert LONG_AGO in page
    assert page.index("Welzijn: Maatje") < page.index("Schuldhulp: Hulp bij post")


@pytest.fixture
def refused(refers: Refers, partners: Partners) -> Referral:
    """The partner had no room for this resident."""
    one = refers()
    partner = answers.signed_in(partners.dirk, one.key, today=today())
    answers.refuse(partner, "full", version=1, now=timezone.now(), today=today())
    return Referral.objects.get()


def test_who_said_no_before_is_marked_in_the_list_and_on_the_form(
    refused: Referral, cast: Cast, partners: Partners, address: Address, visit: Visit
) -> None:
    page = chooses(visit, cast.sanne, address)
    assert page.count("no room at present") == 2, "the offer, and the partner in general"
    assert f"about {refused.get_domain_display()}" in page
    assert f'href="{reverse("referral", args=[refused.key])}"' in page
    general = {"receiver": f"organisation:{partners.debt_help.key}"}
    for told, asks_in_vain in (
        ({"receiver": f"offer:{partners.papers.key}"}, True),
        (general | {"domain": "benefits"}, True),
        (general | {"domain": "care"}, False),
        ({"receiver": f"organisation:{partners.welfare.key}", "domain": "benefits"}, False),
    ):
        form = chooses(visit, cast.sanne, address, **told)
        assert ("Ask again only if something changed" in form) is asks_in_vain, told
    assert Entry.objects.filter(verb="referrals.see_refusals", thing=str(refused.key)).exists()


def test_a_no_is_told_to_who_may_see_the_referral_and_of_no_other_household(
    refused: Referral, cast: Cast, partners: Partners, address: Address, hire: Hire
) -> None:
    home = origins.from_address(where_is(cast.sanne, address))
    receiver = Receiver(partners.debt_help, partners.papers)
    assert last_no(receiver, refused_before(cast.sanne, home, today=today())) == refused
    elsewhere = hire(Role.HOUSING_CONSULTANT, ["BU99990102"])
    assert refused_before(elsewhere, home, today=today()) == []
    theirs, others = uuid4(), uuid4()
    Referral.objects.update(vault=theirs)
    of_map = {
        vault: origins.Origin(home.home, "", home.area_codes, vault=vault) for vault in (theirs, others)
    }
    assert refused_before(cast.sanne, of_map[theirs], today=today()) == [refused]
    assert refused_before(cast.sanne, of_map[others], today=today()) == []
