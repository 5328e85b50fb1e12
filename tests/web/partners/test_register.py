"""Who can help with what, where and how soon; and what residents read of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.changing import ChangedMeanwhileError
from ongedeeld.web.partners import queries
from ongedeeld.web.partners.around import areas_now
from ongedeeld.web.partners.offers import Offered, change_offer, end_offer, tell_wait
from ongedeeld.web.partners.organisations import (
    About,
    change_organisation,
    end_organisation,
    let_go,
    make_organisation,
    take_in,
)
from ongedeeld.web.partners.safeguarding import remove_past_members
from tests.web.conftest import Visit
from tests.web.partners.conftest import NOW, OTHER_AREA, OWN_AREA, TODAY, TOWN, Cast


def offered_at(place: str = "", domain: str = "") -> list[str]:
    found = queries.offered_now(areas_now(), domain=domain, place=place)
    return sorted(offer.name for offer in found)


def test_an_offer_is_found_in_its_area_in_all_around_it_and_nowhere_else(cast: Cast) -> None:
    everywhere = "Budgetcoach"
    assert offered_at(OWN_AREA) == [everywhere, "Spreekuur in de buurt"]
    assert offered_at(TOWN) == [everywhere, "Spreekuur in de buurt"]
    assert offered_at(OTHER_AREA) == [everywhere]
    assert offered_at(domain="care") == ["Spreekuur in de buurt"]
    assert offered_at(OTHER_AREA, "care") == []


def test_an_offer_for_a_whole_town_is_found_in_every_part_of_it(cast: Cast) -> None:
    change_offer(cast.hour, Offered("Spreekuur", "care"), [TOWN], version=1, actor=cast.lotte)
    assert "Spreekuur" in offered_at(OTHER_AREA)


def test_what_is_not_known_of_a_wait_is_never_no_wait(cast: Cast, visit: Visit) -> None:
    tell_wait(cast.plan, None, actor=cast.samira, today=TODAY)
    cast.plan.refresh_from_db()
    assert (cast.plan.wait_days, cast.plan.wait_known_on) == (None, None)
    page = visit(cast.samira).get(reverse("partner", args=[cast.debts.key])).content.decode()
    assert "wachttijd niet bekend" in page or "wait not known" in page


def test_residents_read_public_facts_without_signing_in(cast: Cast, visit: Visit) -> None:
    answer = visit(None).get(reverse("offers_for_residents"), {"place": TOWN})
    told = answer.json()
    assert [one["name"] for one in told["offers"]] == ["Budgetcoach", "Spreekuur in de buurt"]
    hour = told["offers"][1]
    assert hour == {
        "key": str(cast.hour.key),
        "name": "Spreekuur in de buurt",
        "description": "Loop binnen met een vraag.",
        "for_whom": "Iedereen uit de buurt",
        "domain": "care",
        "wait_days": 0,
        "wait_known_on": "2026-11-01",
        "email": "",
        "phone": "0900 1234",
        "address": "Marktplein 1",
        "postcode": "1234 AB",
        "town": "Modelstad",
        "organisation": {
            "key": str(cast.welfare.key),
            "name": "Welzijn Modelstad",
            "kind": "welfare",
            "website": "https://welzijn.voorbeeld.invalid",
            "phone": "0900 1234",
        },
    }
    assert [one["code"] for one in told["places"]] == [TOWN]
    assert "intake@" not in answer.content.decode(), "codes go to this mailbox: it is not for everybody"


def test_a_domain_that_is_none_asks_for_everything_rather_than_failing(cast: Cast, visit: Visit) -> None:
    told = visit(None).get(reverse("offers_for_residents"), {"place": "x" * 500, "domain": "drugs"}).json()
    assert [one["name"] for one in told["offers"]] == ["Budgetcoach"]


def test_there_are_no_two_partners_of_one_name(cast: Cast) -> None:
    with pytest.raises(InputError, match="this name already"):
        make_organisation(About("welzijn modelstad", "welfare"), actor=cast.lotte, now=NOW)
    with pytest.raises(InputError, match="this name already"):
        change_organisation(cast.debts, About("Welzijn Modelstad", "care"), version=1, actor=cast.lotte)


def test_who_refers_cannot_change_where_codes_go(cast: Cast) -> None:
    for person in (cast.samira, cast.ruben, cast.daan):
        with pytest.raises(Refused):
            change_organisation(
                cast.welfare, About("Welzijn", "welfare", email="mijn@adres.invalid"), version=1, actor=person
            )
    change_organisation(
        cast.welfare, About("Welzijn", "welfare", email="nieuw@welzijn.invalid"), version=1, actor=cast.lotte
    )
    entry = Entry.objects.get(verb="partners.change_organisation")
    assert "email" in entry.fields
    assert "nieuw@welzijn.invalid" not in str(vars(entry))


def test_whoever_was_first_is_not_overwritten(cast: Cast) -> None:
    change_offer(cast.hour, Offered("Inloop", "care"), [], version=1, actor=cast.lotte)
    with pytest.raises(ChangedMeanwhileError):
        change_offer(cast.hour, Offered("Anders", "care"), [], version=1, actor=cast.lotte)


def test_what_is_offered_no_longer_is_found_no_longer(cast: Cast) -> None:
    end_offer(cast.hour, version=1, actor=cast.lotte, today=TODAY)
    assert offered_at(OWN_AREA) == ["Budgetcoach"]
    end_organisation(cast.debts, version=1, actor=cast.lotte, today=TODAY)
    assert offered_at(OWN_AREA) == []


def test_a_professional_is_of_a_partner_only_from_their_first_to_their_last_day(cast: Cast) -> None:
    def mine(on: object = TODAY) -> list[str]:
        return [one.name for one in queries.organisations_of(cast.daan, on)]  # type: ignore[arg-type]

    assert mine() == []
    take_in(cast.welfare, cast.daan.key, actor=cast.lotte, today=TODAY)
    assert mine() == ["Welzijn Modelstad"]
    assert mine(TODAY - timedelta(days=1)) == []
    let_go(cast.welfare, cast.daan.key, actor=cast.lotte, today=TODAY)
    assert mine() == []
    take_in(cast.welfare, cast.daan.key, actor=cast.lotte, today=TODAY)
    assert mine() == ["Welzijn Modelstad"]
    end_organisation(cast.welfare, version=1, actor=cast.lotte, today=TODAY)
    assert mine() == []


def test_only_a_professional_of_a_partner_can_work_at_one(cast: Cast) -> None:
    with pytest.raises(InputError, match="does not work here as a professional"):
        take_in(cast.welfare, cast.samira.key, actor=cast.lotte, today=TODAY)


def test_who_left_goes_from_the_register_after_the_term(cast: Cast) -> None:
    take_in(cast.welfare, cast.daan.key, actor=cast.lotte, today=TODAY)
    let_go(cast.welfare, cast.daan.key, actor=cast.lotte, today=TODAY)
    assert remove_past_members(TODAY + timedelta(days=300), 10) == 0
    assert remove_past_members(TODAY + timedelta(days=400), 10) == 1


def test_the_pages_of_a_partner_can_be_worked_through(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.lotte)
    made = browser.post(
        reverse("new_partner"), {"name": "Taalhuis", "kind": "education", "website": "taalhuis.invalid"}
    )
    assert made.status_code == 303
    partner = made.headers["Location"]
    key = partner.rstrip("/").rsplit("/", 1)[-1]
    offer = {"name": "Nederlands leren", "domain": "education", "areas": [OWN_AREA], "wait_days": "14"}
    refused = browser.post(reverse("new_offer", args=[key]), offer)
    assert refused.status_code == 422, "a wait has its day"
    told = {**offer, "wait_known_on": "2026-11-20"}
    assert browser.post(reverse("new_offer", args=[key]), told).status_code == 303
    page = browser.get(partner).content.decode()
    assert "Nederlands leren" in page
    assert browser.get(reverse("partners"), {"domein": "education", "plaats": TOWN}).status_code == 200
    listed = browser.get(reverse("partners"), {"domein": "education"}).content.decode()
    assert "Taalhuis" in listed
    assert "Geldzorgen" not in listed


def test_somebody_of_a_partner_is_added_and_let_go_on_its_page(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.lotte)
    browser.post(reverse("take_in_member", args=[cast.welfare.key]), {"person": str(cast.daan.key)})
    today = timezone.localdate()
    assert queries.organisations_of(cast.daan, today).get() == cast.welfare
    browser.post(reverse("let_go_member", args=[cast.welfare.key, cast.daan.key]))
    assert not queries.organisations_of(cast.daan, today).exists()
