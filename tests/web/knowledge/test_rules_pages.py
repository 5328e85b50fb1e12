"""The pages of rules and evidence: by date, through time, what differs, and what is not known."""

from __future__ import annotations

import pytest
from django.test import Client

from ongedeeld.city import City
from ongedeeld.rules import load_parameters, load_register
from ongedeeld.vocabulary import load_evidence
from ongedeeld.web.accounts.roles import Role
from tests.web.conftest import Hire, Visit


@pytest.fixture
def reader(city: City, hire: Hire, visit: Visit) -> Client:
    """A caretaker: everybody may read the law."""
    person = hire(Role.CARETAKER)
    person.language = "en"
    person.save()
    return visit(person)


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_the_rules_of_a_day_are_those_that_were_in_force(reader: Client) -> None:
    before = said(reader, "/regels/?dag=2026-06-30")
    after = said(reader, "/regels/?dag=2026-07-01")
    assert "The council may have an urgency scheme" in before
    assert "The council has an urgency scheme" in after
    assert "permit-holder" not in before
    assert "€ 713.02 a month" in after


def test_what_is_not_known_is_said_and_is_not_zero(reader: Client) -> None:
    page = said(reader, "/regels/?dag=2026-07-01")
    assert "unknown: the percentage is set by order in council" in page
    assert "the day of the royal decree was not found" in page
    assert "This is not legal advice" in page


def test_a_search_keeps_only_what_has_all_its_words(reader: Client) -> None:
    page = said(reader, "/regels/?dag=2026-07-01&zoek=urgency+scheme")
    assert "/regels/urgency/" in page
    assert "/regels/passend_toewijzen/" not in page


def test_a_municipality_gets_its_text_on_urgency_or_why_it_is_not_known(reader: Client) -> None:
    page = said(reader, "/regels/?dag=2026-07-01&gemeente=GM9999")
    assert "by which day GM9999 must have the urgency scheme" in page


@pytest.mark.parametrize("query", ["dag=gisteren", "gemeente=GM0000", "dag=0001-01-01", "dag=9999-12-31"])
def test_an_odd_question_gets_a_page(query: str, reader: Client) -> None:
    assert reader.get(f"/regels/?{query}").status_code == 200
    assert reader.get(f"/regels/urgency/?{query}").status_code == 200
    assert reader.get(f"/regels/social_rent_limit/?{query}").status_code == 200


def test_every_rule_and_value_has_a_page(reader: Client) -> None:
    for name in [*load_register().by_name, *load_parameters().by_name]:
        said(reader, f"/regels/{name}/")
    assert reader.get("/regels/bestaat_niet/").status_code == 404


def test_the_difference_tells_what_starts_ends_and_changes(reader: Client) -> None:
    page = said(reader, "/regels/verschil/?van=2025-12-31&tot=2026-01-01")
    assert "/regels/rent_allowance_youth_age/" in page
    same = said(reader, "/regels/verschil/?van=2026-07-02&tot=2026-07-02")
    assert "Nothing that is known differs." in same


def test_every_record_of_evidence_has_a_page_with_its_sources(reader: Client) -> None:
    listed = said(reader, "/onderbouwing/")
    for record in load_evidence().values():
        assert f"/onderbouwing/{record.name}/" in listed
        said(reader, f"/onderbouwing/{record.name}/")
    assert reader.get("/onderbouwing/bestaat_niet/").status_code == 404


def test_evidence_is_narrowed_by_grade_and_words(reader: Client) -> None:
    weak = said(reader, "/onderbouwing/?graad=weak")
    assert "/onderbouwing/caretakers/" in weak
    strong = {record.name for record in load_evidence().values() if record.grade == "strong"}
    assert strong
    assert not any(f"/onderbouwing/{name}/" in weak for name in strong)
    assert "No record has these words." in said(reader, "/onderbouwing/?zoek=zzzz")
