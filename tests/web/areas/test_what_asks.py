"""What waits for somebody: inspections that are due, and proposals of local policy."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas import inspecting
from ongedeeld.web.areas.models import Inspection
from ongedeeld.web.areas.start import MOST
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.knowledge.models import Proposal
from tests.web.areas.conftest import HERE
from tests.web.conftest import Hire, Visit


@pytest.fixture
def nobody_came(monkeypatch: pytest.MonkeyPatch) -> None:
    """No complex was inspected before the workbench was there."""
    monkeypatch.setattr("ongedeeld.web.areas.queries.inspected_before", lambda _: {})


def numbers(city: City, area: str = HERE) -> list[str]:
    complexes = city.table("complexes")
    return list(complexes.filter(complexes["area"] == area)["complex"].sort())


def text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.usefixtures("nobody_came")
def test_every_inspection_that_is_due_stands_below_its_neighbourhood(
    city: City, bas: Person, visit: Visit
) -> None:
    done, *due = numbers(city)
    Inspection.objects.create(
        complex=done, day=timezone.localdate(), how_clean=3, how_whole=3, how_safe=3, made_by=bas.key
    )
    page = text(visit(bas), "/schouwen/")
    assert f'href="/buurten/{HERE}/"' in page
    assert all(f'href="/complexen/{number}/schouw/"' in page for number in due)
    assert f'href="/complexen/{done}/schouw/"' not in page
    assert page.count("/schouw/") == len(due)
    assert Entry.objects.filter(verb="seen", kind="inspections", actor=bas.key).exists()


@pytest.mark.usefixtures("nobody_came")
def test_the_start_page_leads_to_the_ones_that_it_does_not_show(city: City, hire: Hire, visit: Visit) -> None:
    caretaker = hire(Role.CARETAKER)
    assert len(city.table("complexes")) > MOST
    assert 'href="/schouwen/"' in text(visit(caretaker), "/")


@pytest.mark.usefixtures("city")
def test_where_nothing_is_due_the_page_says_so(
    bas: Person, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspecting, "due_among", lambda *_: [])
    assert "In uw gebieden is geen schouw aan de beurt." in text(visit(bas), "/schouwen/")


def test_a_proposal_asks_for_who_may_answer_it_and_not_for_who_made_it(
    city: City, hire: Hire, visit: Visit
) -> None:
    adviser, director, manager = (
        hire(role) for role in (Role.POLICY_ADVISER, Role.DIRECTOR, Role.AREA_MANAGER)
    )
    proposal = Proposal.objects.create(
        key=uuid4(),
        section="values.social_rent_limit",
        content={"value": 1},
        start=date(2026, 1, 1),
        source="raadsbesluit",
        reason="zo besloten",
        made_by=adviser.key,
    )
    asks = f'href="/regels/lokaal/{proposal.key}/"'
    assert asks in text(visit(director), "/")
    assert "één voorstel voor lokaal beleid wacht op uw antwoord" in text(visit(director), "/")
    assert asks not in text(visit(adviser), "/")
    assert asks not in text(visit(manager), "/")
    Proposal.objects.filter(pk=proposal.pk).update(state=Proposal.State.DECLINED)
    assert asks not in text(visit(director), "/")


def test_the_form_of_a_view_asks_for_the_theme_and_proposes_half_a_year(city: City, sannes: Client) -> None:
    page = text(sannes, f"/complexen/{numbers(city)[0]}/oordeel/")
    assert re.search(r'<select name="theme"[^>]*>\s*<option value=""[^>]*>Kies een thema', page)
    assert f'value="{timezone.localdate() + timedelta(days=182)}"' in page
