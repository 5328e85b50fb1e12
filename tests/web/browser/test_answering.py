"""From a signal to its answer on a phone: who answers takes steps, and who reported reads what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django.fixtures import Settings

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import Address
from ongedeeld.web.safeguards.homes import home_of
from ongedeeld.web.signals.arranging.settling import settle
from ongedeeld.web.signals.models import Signal, TeamMember, VisitNote
from tests.web.browser.looking import DESK, Heard, complaints
from tests.web.browser.pages import guest, reported
from tests.web.browser.windows import Windows
from tests.web.signals.signalen_server import signalen

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}
NOTE = "Er ligt post van weken."
AGREED = "Wij vullen vrijdag samen de formulieren in."
Opens = Callable[[Role, str], Page]


@pytest.fixture
def phone(running: Browser, server: str) -> Iterator[Opens]:
    """A phone in somebody's hand; none may complain, or ask anything of another host."""
    heard, windows = Heard(server), Windows(running, server, PHONE)

    def taken(role: Role, path: str) -> Page:
        page = windows.page(guest(role))
        heard.listen(page)
        page.goto(path)
        return page

    Signal.objects.all().delete()
    VisitNote.objects.all().delete()
    yield taken
    windows.close()
    assert heard.words == []


@pytest.fixture
def signal() -> Signal:
    """What the caretaker of the demo saw at a home where he works."""
    return reported(Signal.Kind.CONCERN)


def take(page: Page, step: str, **told: str) -> None:
    """Open the form of a step, fill it in and save it."""
    page.click(f"#{step} summary")
    for name, words in told.items():
        page.fill(f"#{step} [name={step}-{name}]", words)
    page.click(f"#{step} button")


def test_a_signal_is_answered_on_a_phone_and_the_answer_is_read_there(phone: Opens, signal: Signal) -> None:
    manager = phone(Role.AREA_MANAGER, reverse("signal", args=[signal.key]))
    assert NOTE in manager.inner_text("main")
    assert complaints(manager) == {}
    manager.set_viewport_size(PHONE)
    manager.click("form[action$='/pick_up/'] button")
    take(manager, "contact", words=AGREED, answer="Dank u wel.")
    manager.click("#close summary")
    manager.check("#close [value=helped_by_others]")
    manager.click("#close button")
    manager.fill("#close [name=close-words]", "Het wijkteam komt elke week.")
    manager.click("#close button")
    assert manager.locator("#reopen").count() == 1

    caretaker = phone(Role.CARETAKER, reverse("signals"))
    caretaker.click(f"a[href='{reverse('signal', args=[signal.key])}']")
    read = caretaker.inner_text("main")
    assert "Dank u wel." in read
    assert AGREED not in read
    assert complaints(caretaker) == {}
    caretaker.set_viewport_size(PHONE)
    take(caretaker, "not_over", words="De post ligt er weer.")
    signal.refresh_from_db()
    assert (signal.state, signal.answered_at) == ("taken_up", None)
    manager.goto(reverse("signals"))
    assert manager.locator(f"a[href='{reverse('signal', args=[signal.key])}']").count() == 1


def test_whoever_goes_to_an_address_sees_how(phone: Opens, signal: Signal) -> None:
    address = Address.objects.filter(complex="C001").earliest("id")
    manager = phone(Role.AREA_MANAGER, reverse("visit_notes"))
    manager.fill("[name=search]", str(address))
    manager.click("main form button")
    manager.click("form[action$='/instellen/'] button")
    manager.set_viewport_size(DESK)
    assert complaints(manager) == {}
    manager.set_viewport_size(PHONE)
    manager.check("[value=together]")
    manager.click("main form button")
    assert VisitNote.objects.filter(ended_at__isnull=True).count() == 1
    assert home_of(address) not in manager.content()

    fitter = phone(Role.FITTER, reverse("visit_notes"))
    fitter.fill("[name=search]", str(address))
    fitter.click("main form button")
    assert fitter.locator("strong.careful").count() >= 1
    assert fitter.locator("form[action$='/instellen/']").count() == 0


@pytest.fixture
def late() -> Iterator[Signal]:
    """A signal of which the resident does not know yet, in a team of an area manager and a consultant."""
    signal = reported(Signal.Kind.CONCERN, not_told="Er deed niemand open.")
    consultant = guest(Role.HOUSING_CONSULTANT).key
    signal.team.members.filter(person=consultant).delete()
    TeamMember.objects.create(team=signal.team, person=consultant)
    yield signal
    signal.team.members.filter(person=consultant).delete()
    signal.team.members.update(away_from=None, away_until=None, stands_in=None)


def test_a_resident_hears_later_and_the_signal_goes_on_while_somebody_is_away(
    phone: Opens, late: Signal
) -> None:
    here, team = reverse("signal", args=[late.key]), reverse("team_work", args=[late.team.key])
    manager_key, today = guest(Role.AREA_MANAGER).key, timezone.localdate()
    manager = phone(Role.AREA_MANAGER, here)
    manager.click("form[action$='/pick_up/'] button")
    assert "Er deed niemand open." in manager.inner_text("main")
    take(manager, "tell_later", told_by=f"{today + timedelta(days=9)}", words="Zij is een week weg.")
    late.refresh_from_db()
    assert late.told_by == today + timedelta(days=9)
    assert complaints(manager) == {}
    manager.set_viewport_size(PHONE)
    take(manager, "tell_resident", words="Aan de deur verteld.")
    assert manager.locator("#tell_resident").count() == 0
    manager.click("#hand_over summary")
    manager.select_option("[name=hand_over-to]", str(guest(Role.HOUSING_CONSULTANT).key))
    manager.fill("[name=hand_over-words]", "De afspraak is donderdag.")
    manager.click("#hand_over button")

    consultant = phone(Role.HOUSING_CONSULTANT, f"{team}?van=mij&welke=lopen")
    assert consultant.locator(f"main a[href='{here}']").count() == 1
    consultant.click("section[aria-labelledby=away] summary")
    consultant.fill("[name=away-away_from]", today.isoformat())
    consultant.select_option("[name=away-stands_in]", str(manager_key))
    consultant.click("section[aria-labelledby=away] button")
    assert complaints(consultant) == {}
    settle(timezone.now(), today)
    late.refresh_from_db()
    assert late.owner == manager_key
    manager.goto(f"{team}?van=mij&welke=lopen")
    assert manager.locator(f"main a[href='{here}']").count() == 1


def test_what_the_municipality_mends_is_sent_on_and_who_reported_it_reads_so(
    phone: Opens, settings: Settings
) -> None:
    signal = reported(Signal.Kind.PUBLIC_SPACE)
    here = reverse("signal", args=[signal.key])
    with signalen() as received:
        settings.SIGNALEN = received.address
        manager = phone(Role.AREA_MANAGER, here)
        manager.click(f"main a[href='{reverse('forward_signal', args=[signal.key])}']")
        assert complaints(manager) == {}
        manager.set_viewport_size(PHONE)
        assert manager.locator("[name=place]:checked").get_attribute("value") != "door"
        manager.fill("[name=text]", "Grofvuil naast de container.")
        manager.click("main form.form button.main")
        manager.wait_for_url(f"**{here}")
        assert "SIG-1" in manager.inner_text("main")
    (report,) = received.reports
    assert report["text"] == "Grofvuil naast de container."
    assert guest(Role.CARETAKER).name not in f"{report}"
    caretaker = phone(Role.CARETAKER, here)
    assert caretaker.locator("main li.entry").count() == 2
