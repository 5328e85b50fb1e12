"""From a signal to its answer on a phone: who answers takes steps, and who reported reads what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, ViewportSize

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import Address
from ongedeeld.web.safeguards.homes import home_of
from ongedeeld.web.signals.models import Signal, VisitNote
from tests.web.browser.looking import DESK, Heard, complaints
from tests.web.browser.pages import guest, reported
from tests.web.browser.windows import Windows

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
