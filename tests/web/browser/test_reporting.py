"""Reporting on a phone: in a few taps, without a connection, never twice, and nothing left on the device."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page, Route, ViewportSize

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.addresses import addresses_for
from ongedeeld.web.signals.models import Photo, Signal
from ongedeeld.web.signals.reporting.photos import content_of
from tests.web.browser.looking import Heard, complaints
from tests.web.browser.pages import guest
from tests.web.browser.windows import Windows

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}
NOTE = "Er ligt post van weken voor de deur."
SENT = ".messages .success"
# Everything that this device holds, as somebody reads it who has the device and no key.
HELD = """async () => {
    const opened = await new Promise((done, failed) => {
        const asked = indexedDB.open("ongedeeld-signals");
        asked.onsuccess = () => done(asked.result); asked.onerror = () => failed(asked.error);
    });
    const rows = [];
    for (const name of opened.objectStoreNames) {
        const all = opened.transaction(name).objectStore(name).getAll();
        rows.push(...await new Promise(done => all.onsuccess = () => done(all.result)));
    }
    opened.close();
    const text = row => JSON.stringify(row, (_, part) =>
        part instanceof ArrayBuffer ? new TextDecoder().decode(part)
        : part instanceof CryptoKey ? `key, extractable: ${part.extractable}` : part);
    const kept = await caches.open("ongedeeld-signals");
    const pages = await Promise.all((await kept.keys()).map(async one => (await kept.match(one)).text()));
    return { rows: rows.map(text), pages, marks: JSON.stringify(localStorage) };
}"""
LEFT = """async () => ({
    databases: (await indexedDB.databases()).map(one => one.name),
    caches: await caches.keys(), marks: localStorage.length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
# What a phone tells a page that is put aside.
PUT_ASIDE = """() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    delete document.hidden;
}"""
Opens = Callable[..., Page]


@pytest.fixture
def phone(running: Browser, server: str) -> Iterator[Opens]:
    """A phone in somebody's hand, with what it kept of nobody."""
    opened: list[Windows] = []

    def taken(role: Role = Role.CARETAKER, path: str = reverse("new_signal")) -> Page:
        windows = Windows(running, server, PHONE)
        opened.append(windows)
        page = windows.page(guest(role))
        page.goto(path)
        return page

    Signal.objects.all().delete()
    yield taken
    for windows in opened:
        windows.close()


def ready(page: Page, state: str = "[data-prepared]") -> None:
    """Wait until the page keeps what is told, and the form is at hand without a connection."""
    page.wait_for_selector(f"#report[data-state=ready]{state}")


def fill(page: Page, note: str = "", fact: str = "post_piles_up") -> None:
    """A concern at the first complex of the list."""
    page.check("[name=kind][value=concern]")
    page.select_option("[name=complex]", index=1)
    page.check(f"#concern_{fact}")
    page.fill("[name=note]", note)


def send(page: Page) -> None:
    """Tap the button below the form."""
    page.click("button[value=report]")


def waiting_on(phone: Opens) -> Page:
    """A phone on which one signal waits, in a browser that sends nothing behind its pages."""
    page = phone()
    ready(page)
    page.route("**/signalen/nieuw/stand/", lambda route: route.abort())
    fill(page, NOTE)
    page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.unregister()))")
    send(page)
    page.wait_for_selector("#waiting [data-said=kept]:visible")
    page.unroute("**/signalen/nieuw/stand/")
    assert not Signal.objects.exists()
    return page


def test_a_signal_takes_four_taps(phone: Opens) -> None:
    page = phone()
    ready(page)
    assert complaints(page) == {}
    page.set_viewport_size(PHONE)
    fill(page)
    send(page)
    page.wait_for_selector(SENT)
    assert Signal.objects.get().kind == "concern"
    assert page.locator("#waiting").is_hidden()
    page.check("[name=danger][value=yes]")
    assert page.locator("a[href='tel:112']").is_visible()


def test_a_home_is_found_without_losing_what_was_filled_in_and_is_at_hand_the_next_time(phone: Opens) -> None:
    page = phone()
    ready(page)
    reach = addresses_for(guest(Role.CARETAKER), "markt", right="signals.report")
    address = f"{reach[0]}, {reach[0].postcode}"
    page.check("[name=kind][value=concern]")
    page.check("#concern_no_answer")
    page.fill("[name=note]", NOTE)
    page.fill("[name=search]", f"{reach[0]}")
    page.click("button[value=search]")
    page.click(f"#found label:has-text('{address}') >> nth=0")
    assert page.input_value("[name=note]") == NOTE
    send(page)
    page.wait_for_selector(SENT)
    ready(page)
    page.click(f"[data-recent] button:has-text('{address}')")
    page.check("[name=kind][value=concern]")
    page.check("#concern_no_answer")
    send(page)
    page.wait_for_function(
        "() => document.querySelector('#errors') || !document.querySelector('#id_search').value"
    )
    ready(page)
    first, again = Signal.objects.all()
    assert first.home == again.home != ""


def test_only_what_belongs_to_what_was_chosen_is_shown(phone: Opens) -> None:
    page = phone()
    assert not page.locator("a[href='tel:112']").is_visible()
    for kind, shown in (("concern", "post_piles_up"), ("public_space", "lamp_out"), ("home", "leak")):
        page.check(f"[name=kind][value={kind}]")
        assert page.locator(f"#{kind}_{shown}").is_visible()
        assert page.locator(".facts .of:visible").count() == 1
        assert page.locator("[name=photos]").is_visible() == (kind != "concern")
    assert not page.locator("[name=not_told]").is_visible()
    page.check("[name=told][value=no]")
    assert page.locator("[name=not_told]").is_visible()


def test_a_signal_waits_for_a_connection_and_is_sent_once(phone: Opens) -> None:
    page = phone()
    ready(page)
    page.context.set_offline(True)
    fill(page, NOTE)
    send(page)
    page.wait_for_selector("#waiting [data-said=kept]:visible")
    assert not Signal.objects.exists()
    held: dict[str, Any] = page.evaluate(HELD)
    assert "key, extractable: false" in "".join(held["rows"])
    assert "post_piles_up" not in "".join(held["rows"])
    for words in (NOTE, guest(Role.CARETAKER).name, guest(Role.CARETAKER).email):
        assert words not in f"{held}"
    page.context.set_offline(False)
    page.wait_for_selector(SENT)
    assert Signal.objects.count() == 1
    page.reload()
    ready(page)
    assert page.locator("#waiting").is_hidden()
    assert Signal.objects.count() == 1


def test_the_form_opens_without_a_connection(phone: Opens) -> None:
    page = phone()
    ready(page)
    page.reload()  # from now on the script works behind the page
    ready(page)
    page.context.set_offline(True)
    page.goto(reverse("new_signal"))
    ready(page, "[data-offline]")
    page.set_viewport_size(PHONE)
    fill(page, NOTE)
    send(page)
    page.wait_for_selector("#waiting [data-said=kept]:visible")
    fill(page, fact="curtains_shut")
    send(page)
    page.wait_for_selector("[data-count]:text-is('2')")
    page.context.set_offline(False)
    page.wait_for_selector(SENT)
    assert Signal.objects.count() == 2


def test_an_answer_that_is_lost_makes_no_second_signal(phone: Opens) -> None:
    page = phone()
    ready(page)

    def lost(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/signalen/nieuw/", lost)
    fill(page)
    send(page)
    page.wait_for_selector("#waiting [data-said=kept]:visible")
    assert Signal.objects.count() == 1
    page.unroute("**/signalen/nieuw/", lost)
    page.click("[data-send]")
    page.wait_for_selector(SENT)
    assert Signal.objects.count() == 1
    assert page.locator("#waiting").is_hidden()


def test_what_is_refused_can_be_mended(phone: Opens) -> None:
    page = phone()
    ready(page)
    page.context.set_offline(True)
    fill(page, "Zij is dement en de post ligt er al weken.")
    send(page)
    page.wait_for_selector("#waiting [data-said=kept]:visible")
    page.context.set_offline(False)
    page.click("#waiting [data-mend]")
    page.wait_for_selector("#errors")
    assert "dement" in page.input_value("[name=note]")
    assert page.is_checked("#concern_post_piles_up")
    page.fill("[name=note]", NOTE)
    ready(page, "")
    send(page)
    page.wait_for_selector(SENT)
    assert Signal.objects.count() == 1
    assert page.locator("#waiting").is_hidden()


def test_a_photo_waits_as_well(phone: Opens, tmp_path: Path) -> None:
    taken = Image.new("RGB", (3000, 2000), (80, 120, 80))
    told = Image.Exif()
    told[0x010F] = "Camera van Willem"
    taken.save(tmp_path / "a.jpg", exif=told)
    page = phone()
    ready(page)
    page.context.set_offline(True)
    page.check("[name=kind][value=public_space]")
    page.select_option("[name=complex]", index=1)
    page.check("#public_space_bulky_waste")
    page.set_input_files("[name=photos]", tmp_path / "a.jpg")
    send(page)
    page.wait_for_selector("#waiting [data-said=kept]:visible")
    page.context.set_offline(False)
    page.wait_for_selector(SENT)
    (kept,) = Photo.objects.all()
    content = content_of(kept)
    assert Image.open(BytesIO(content)).size == (1600, 1067)
    assert b"Camera" not in content


def test_who_was_signed_out_meanwhile_signs_in_again_and_it_is_sent(phone: Opens) -> None:
    page = phone()
    ready(page)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    fill(page, NOTE)
    send(page)
    page.wait_for_selector("#waiting [data-said=sign-in] a:visible")
    assert not Signal.objects.exists()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.reload()
    page.wait_for_selector(SENT)
    assert Signal.objects.count() == 1


def test_what_waits_is_sent_from_any_page(phone: Opens) -> None:
    page = waiting_on(phone)
    page.goto(reverse("start"))
    page.wait_for_function("() => !localStorage.length")
    assert Signal.objects.count() == 1


def test_who_signs_in_after_somebody_on_the_same_device_sends_nothing_of_theirs(
    phone: Opens, windows: Windows
) -> None:
    page = waiting_on(phone)
    other = windows.page(guest(Role.FITTER))
    theirs = [one for one in other.context.cookies() if one["name"] == "sessionid"]
    own = [one for one in page.context.cookies() if one["name"] == "sessionid"]
    page.context.add_cookies(theirs)  # type: ignore[arg-type]
    page.goto(reverse("new_signal"))
    ready(page)
    assert page.locator("#waiting").is_hidden()
    page.goto(reverse("start"))
    assert not Signal.objects.exists()
    page.context.add_cookies(own)  # type: ignore[arg-type]
    page.goto(reverse("new_signal"))
    page.wait_for_selector(SENT)
    assert Signal.objects.get().made_by == guest(Role.CARETAKER).key
    other.close()


def test_what_was_begun_is_there_again_after_the_page_was_closed(phone: Opens, windows: Windows) -> None:
    page = phone()
    ready(page)
    reach = addresses_for(guest(Role.CARETAKER), "markt", right="signals.report")
    address = f"{reach[0]}, {reach[0].postcode}"
    page.fill("[name=search]", f"{reach[0]}")
    page.click("button[value=search]")
    page.click(f"#found label:has-text('{address}') >> nth=0")
    page.check("[name=kind][value=concern]")
    page.check("#concern_no_answer")
    page.fill("[name=note]", NOTE)
    page.evaluate(PUT_ASIDE)
    page.wait_for_function(f"async () => (await ({HELD})()).rows.some(row => row.includes('begun'))")
    held = page.evaluate(HELD)
    assert NOTE not in f"{held}"
    assert address not in f"{held}"

    # Somebody else on this device sees nothing of it.
    own = [one for one in page.context.cookies() if one["name"] == "sessionid"]
    other = windows.page(guest(Role.FITTER))
    theirs = [one for one in other.context.cookies() if one["name"] == "sessionid"]
    other.close()
    page.context.add_cookies(theirs)  # type: ignore[arg-type]
    page.goto(reverse("new_signal"))
    ready(page)
    assert page.locator("#waiting").is_hidden()
    page.context.add_cookies(own)  # type: ignore[arg-type]
    page.goto(reverse("new_signal"))
    ready(page)
    assert page.locator("[data-said=count]").is_hidden()
    page.click("#waiting [data-go-on]")
    page.wait_for_selector("#waiting", state="hidden")
    assert page.input_value("[name=search]") == address
    assert page.locator("#concern_no_answer").is_visible()
    send(page)
    page.wait_for_selector(SENT)
    assert Signal.objects.get().home != ""
    ready(page)
    assert page.locator("#waiting").is_hidden()

    fill(page, NOTE)
    page.evaluate(PUT_ASIDE)
    page.wait_for_function(f"async () => (await ({HELD})()).rows.some(row => row.includes('begun'))")
    page.reload()
    page.wait_for_selector("#waiting [data-drop]")
    assert complaints(page) == {}
    page.set_viewport_size(PHONE)
    page.click("#waiting [data-drop]")
    page.wait_for_selector("#waiting", state="hidden")
    assert not any("begun" in row for row in page.evaluate(HELD)["rows"])


def test_signing_out_leaves_nothing_on_the_device(phone: Opens) -> None:
    page = phone()
    ready(page)
    page.context.set_offline(True)
    fill(page, NOTE)
    send(page)
    page.wait_for_selector("#waiting [data-said=kept]:visible")
    page.context.route("**/signalen/nieuw/stand/", lambda route: route.fulfill(status=503))
    page.context.set_offline(False)
    page.click("header summary")
    page.click("header .menu button")
    page.wait_for_selector("[data-lost-by-signing-out]:visible")
    page.click("main button.main")
    page.wait_for_url("**/account/login/**")
    assert page.evaluate(LEFT) == {"databases": [], "caches": [], "marks": 0, "workers": 0}
    assert not Signal.objects.exists()


def test_who_turned_scripts_off_reports_as_well(running: Browser, server: str) -> None:
    Signal.objects.all().delete()
    windows = Windows(running, server, PHONE)
    cookies = windows.page(guest(Role.FITTER)).context.cookies()
    plain = running.new_context(base_url=server, viewport=PHONE, java_script_enabled=False, locale="nl-NL")
    plain.add_cookies(cookies)  # type: ignore[arg-type]
    heard, page = Heard(server), plain.new_page()
    heard.listen(page)
    page.goto(reverse("new_signal"))
    page.check("[name=kind][value=public_space]")
    page.select_option("[name=complex]", index=1)
    page.check("#public_space_lamp_out")
    send(page)
    page.wait_for_selector(SENT)
    assert Signal.objects.get().kind == "public_space"
    assert heard.words == []
    plain.close()
    windows.close()
