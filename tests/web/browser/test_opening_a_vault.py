"""A resident begins a map, opens it, uses it without a connection, loses a card; and it closes by itself."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.residents import invitations
from ongedeeld.web.residents.models import Item, Lock, Opening, Vault
from tests.web.browser.looking import Heard, complaints
from tests.web.browser.pages import guest
from tests.web.residents import vault_format as vaults

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}
TABLET: ViewportSize = {"width": 820, "height": 1180}
VALUE = "Dat mijn zus om de hoek woont"
# Everything that this device holds, as somebody reads it who has the device and no card.
HELD = """async () => {
    const names = (await indexedDB.databases()).map(one => one.name);
    if (!names.includes("ongedeeld-kaart")) return { rows: [], pages: [], marks: localStorage.length };
    const opened = await new Promise((done, failed) => {
        const asked = indexedDB.open("ongedeeld-kaart");
        asked.onsuccess = () => done(asked.result); asked.onerror = () => failed(asked.error);
    });
    const rows = [];
    for (const name of opened.objectStoreNames) {
        const all = opened.transaction(name).objectStore(name).getAll();
        rows.push(...await new Promise(done => all.onsuccess = () => done(all.result)));
    }
    opened.close();
    const text = row => JSON.stringify(row, (_, part) =>
        part instanceof CryptoKey ? `key, extractable: ${part.extractable}` : part);
    const pages = [];
    for (const cache of await caches.keys()) {
        const kept = await caches.open(cache);
        for (const one of await kept.keys()) pages.push(await (await kept.match(one)).text());
    }
    return { rows: rows.map(text), pages, marks: localStorage.length + sessionStorage.length };
}"""
Device = Callable[..., Page]
Cards = tuple[list[str], list[str]]


@pytest.fixture
def device(running: Browser, server: str) -> Iterator[Device]:
    """A device that kept nothing yet, at a page; none may complain, or ask anything of another host."""
    opened: list[BrowserContext] = []
    heard = Heard(server)

    def taken(path: str = "/mijn/", size: ViewportSize = PHONE) -> Page:
        context = running.new_context(base_url=server, viewport=size, reduced_motion="reduce", locale="nl-NL")
        opened.append(context)
        page = context.new_page()
        heard.listen(page)
        page.goto(path)
        return page

    Vault.objects.all().delete()
    yield taken
    for context in opened:
        context.close()
    refused = re.compile(r"status of 40[14]|ERR_INTERNET_DISCONNECTED")
    assert [words for words in heard.words if not refused.search(words)] == []


def invitation() -> str:
    """The address of an invitation."""
    token = invitations.invite(None, actor=guest(Role.HOUSING_CONSULTANT), now=timezone.now())
    return f"{reverse('begin_vault')}#{token}"


def begin(page: Page, *, own: bool = False) -> Cards:
    """Begin a map; the words of both cards."""
    if own:
        page.check("#begin-own")
    page.click("[data-go=cards]:visible")
    return begin_with_the_cards(page)


def begin_with_the_cards(page: Page) -> Cards:
    """Read the cards that the page shows, and type the word of each that is asked."""
    card, recovery = (words_on(page, kind) for kind in ("card", "recovery"))
    page.click("[data-step=cards] [data-go=check]")
    for kind, words in (("card", card), ("recovery", recovery)):
        page.fill(f"#check-{kind}", words[number_in(page.inner_text(f"[data-asks={kind}]")) - 1])
    page.click("[data-check] .main:visible")
    is_open(page)
    return card, recovery


def words_on(page: Page, kind: str) -> list[str]:
    """The words of a card that the page shows."""
    return page.locator(f"[data-card={kind}]:visible [data-words] li").all_text_contents()


def number_in(words: str) -> int:
    """The number of the word that is asked."""
    found = re.search(r"\d+", words)
    assert found
    return int(found[0])


def is_open(page: Page) -> None:
    """Wait until the map is open, and all was fetched."""
    page.wait_for_selector("body[data-synced]")
    expect(page.locator("button[data-close]").first).to_be_visible()


def type_card(page: Page, words: list[str], *, own: bool = False) -> None:
    """Type the words of a card at the door."""
    page.wait_for_selector("body[data-ready]")
    page.fill("#card-words", " ".join(words))
    if own:
        page.check("#card-own")
    page.click("[data-open]")


def write_value(page: Page, words: str = VALUE) -> None:
    """Write what makes living here worth it."""
    page.click("nav [href='#waarden']")
    part = page.locator("[data-view=waarden]")
    part.locator("button").first.click()
    part.locator("textarea[name=words]").fill(words)
    part.locator("form button").first.click()
    expect(part).to_contain_text(words)


def saved(page: Page) -> None:
    """Wait until all is kept."""
    page.wait_for_selector("body[data-state=saved]")


def everything() -> str:
    """All that stands in the database."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the names are those of the database
            rows += cursor.fetchall()
    return repr(rows)


def test_a_map_begins_with_two_cards_and_the_workbench_learns_nothing(device: Device) -> None:
    page = device(invitation(), TABLET)
    assert "#" not in page.url
    assert complaints(page) == {}
    page.set_viewport_size(TABLET)
    page.click("[data-go=cards]")
    assert Vault.objects.count() == 0
    assert complaints(page) == {}
    page.click("[data-go=check]:visible")
    assert page.locator("[data-words] li").count() == 0
    page.fill("#check-card", "zweven")
    page.click("[data-check] .main:visible")
    expect(page.locator("[data-said=wrong]:visible")).to_have_count(1)
    page.click("[data-check] [data-go=cards]")
    cards = begin_with_the_cards(page)
    write_value(page)
    saved(page)
    vault = Vault.objects.get()
    assert not Opening.objects.exclude(vault=vault, elsewhere=True).exists()
    assert Lock.objects.filter(vault=vault).count() == 2
    key = opened_by(cards[0], vault, "card")
    assert key == opened_by(cards[1], vault, "recovery")
    item = Item.objects.get(vault=vault)
    told = vaults.open_item(key, str(vault.key), str(item.key), item.version, item.ciphertext)
    assert told["content"]["words"] == VALUE
    stored = everything()
    code = vaults.code_of(cards[0])
    for secret in (
        VALUE,
        "zus",
        *(" ".join(words) for words in cards),
        key.hex(),
        code.hex(),
        repr(key)[2:-1],
    ):
        assert secret not in stored
    held: dict[str, Any] = page.evaluate(HELD)
    assert held == {"rows": [], "pages": [], "marks": 0}


def opened_by(words: list[str], vault: Vault, kind: vaults.Kind) -> bytes:
    """The vault key, as who has the card and the database can open it."""
    lock = Lock.objects.get(vault=vault, kind=kind)
    return vaults.unwrap(lock.wrapped, vaults.code_of(words), str(vault.key), kind)


def test_an_invitation_works_once_and_the_door_says_so(device: Device) -> None:
    used = invitation()
    begin(device(used))
    page = device(used)
    page.click("[data-go=cards]:visible")
    card, recovery = (words_on(page, kind) for kind in ("card", "recovery"))
    page.click("[data-step=cards] [data-go=check]")
    for kind, words in (("card", card), ("recovery", recovery)):
        page.fill(f"#check-{kind}", words[number_in(page.inner_text(f"[data-asks={kind}]")) - 1])
    page.click("[data-check] .main:visible")
    expect(page.locator("[data-said=refused]")).to_be_visible()
    assert Vault.objects.count() == 1
    expect(device(reverse("begin_vault")).locator("[data-said=no-invitation]")).to_be_visible()


def test_it_opens_with_words_four_letters_a_picture_and_either_card(device: Device) -> None:
    page = device(invitation(), TABLET)
    page.click("[data-go=cards]:visible")
    picture = page.locator("[data-card=recovery] .qr").screenshot()
    card, recovery = begin_with_the_cards(page)
    write_value(page)
    saved(page)
    for words in (card, [word[:4].upper() for word in recovery]):
        other = device()
        type_card(other, words)
        is_open(other)
        other.click("nav [href='#waarden']")
        expect(other.locator("[data-view=waarden]")).to_contain_text(VALUE)
    seen = device()
    seen.wait_for_selector("body[data-ready]")
    seen.set_input_files("[data-picture]", {"name": "kaart.png", "mimeType": "image/png", "buffer": picture})
    is_open(seen)


def test_the_door_tells_what_is_wrong_with_words(device: Device) -> None:
    page = device()
    assert complaints(page) == {}
    type_card(page, ["aanbod"] * 14)
    expect(page.locator(".door [data-said=words]")).to_be_visible()
    page.fill("#card-words", "aanbod zwambad")
    page.locator("#card-words").press("Space")
    expect(page.locator("[data-read]:visible")).to_contain_text("zwembad")
    type_card(page, vaults.words_of(bytes(range(16))))
    expect(page.locator(".door [data-said=unknown]")).to_be_visible()
    page.set_input_files(
        "[data-picture]", {"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"}
    )
    expect(page.locator("[data-said=picture]")).to_be_visible()


def test_on_a_tablet_it_closes_by_itself_and_leaves_nothing(device: Device) -> None:
    page = device("about:blank", TABLET)
    page.clock.install()
    page.goto(invitation())
    begin(page)
    write_value(page)
    saved(page)
    page.clock.fast_forward("08:05")
    expect(page.locator("[data-closing]")).to_be_visible()
    page.click("[data-stay]")
    expect(page.locator("[data-closing]")).to_be_hidden()
    page.clock.fast_forward("09:05")
    expect(page.locator("[data-said=closed]")).to_be_visible()
    assert Opening.objects.count() == 0
    assert VALUE not in page.content()
    assert page.evaluate(HELD) == {"rows": [], "pages": [], "marks": 0}
    page.go_back()
    assert VALUE not in page.content()


def test_who_leaves_the_page_on_a_tablet_closes_the_map(device: Device) -> None:
    page = device(invitation(), TABLET)
    begin(page)
    page.wait_for_timeout(2_100)  # whatever was pressed last is not why the page goes away
    page.goto("about:blank")
    until(lambda: Opening.objects.count() == 0)
    page.goto("/mijn/kaart/")
    expect(page.locator("#card-words")).to_be_visible()


def test_on_ones_own_phone_it_works_without_a_connection(device: Device) -> None:
    page = device(invitation())
    card, _ = begin(page, own=True)
    write_value(page)
    saved(page)
    page.wait_for_selector("body[data-prepared]")
    page.reload()
    is_open(page)
    page.context.set_offline(True)
    page.goto("/mijn/kaart/")
    page.click("nav [href='#waarden']")
    expect(page.locator("[data-view=waarden]")).to_contain_text(VALUE)
    write_value(page, "De merel in de kastanje")
    expect(page.locator("[data-kept=waiting]")).to_be_visible()
    held = page.evaluate(HELD)
    assert not re.search("zus om|kastanje|value", repr(held["rows"]))
    assert not re.search("zus om|kastanje", repr(held["pages"]))
    assert "extractable: false" in repr(held["rows"])
    assert held["marks"] == 0
    page.click("button[data-close] >> nth=0")
    expect(page.locator("[data-said=closed]")).to_be_visible()
    assert "extractable" not in repr(page.evaluate(HELD)["rows"])
    type_card(page, card, own=True)
    is_open(page)
    page.click("nav [href='#waarden']")
    expect(page.locator("[data-view=waarden]")).to_contain_text("De merel")
    assert Item.objects.count() == 1
    page.context.set_offline(False)
    until(lambda: Item.objects.count() == 2)
    saved(page)


def test_on_a_tablet_without_a_connection_closing_says_first_what_would_be_lost(device: Device) -> None:
    page = device(invitation(), TABLET)
    begin(page)
    page.context.set_offline(True)
    write_value(page)
    page.click("button[data-close] >> nth=0")
    expect(page.locator("[data-unsent]")).to_be_visible()
    page.context.set_offline(False)
    saved(page)
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.click("button[data-close] >> nth=0")
    expect(page.locator("[data-said=closed]")).to_be_visible()
    assert Item.objects.count() == 1


def test_what_two_devices_did_apart_is_joined(device: Device) -> None:
    one = device(invitation())
    card, _ = begin(one, own=True)
    other = device()
    type_card(other, card)
    is_open(other)
    one.context.set_offline(True)
    write_value(one, "Rust")
    write_value(other, "Licht")
    saved(other)
    one.context.set_offline(False)
    expect(one.locator("[data-view=waarden]")).to_contain_text("Licht")
    saved(one)
    assert Item.objects.count() == 2


def test_a_lost_card_is_blocked_and_a_new_one_takes_its_place(device: Device) -> None:
    page = device(invitation())
    card, recovery = begin(page)
    write_value(page)
    saved(page)
    finder = device()
    type_card(finder, card)
    is_open(finder)
    page = device()
    page.wait_for_selector("body[data-ready]")
    page.click(".door summary")
    page.fill("#card-words", " ".join(recovery))
    page.click("[data-block]")
    expect(page.locator("[data-said=blocked]")).to_be_visible()
    assert Opening.objects.count() == 0
    shut = device()
    type_card(shut, card)
    expect(shut.locator(".door [data-said=unknown]")).to_be_visible()
    type_card(page, recovery)
    is_open(page)
    new = renewed(page, recovery)
    assert new != card
    again = device()
    type_card(again, new)
    is_open(again)
    again.click("nav [href='#waarden']")
    expect(again.locator("[data-view=waarden]")).to_contain_text(VALUE)


def renewed(page: Page, by: list[str]) -> list[str]:
    """Make a new card with the words of one that works."""
    page.click("nav [href='#meer']")
    page.click("[data-view=meer] [href='#codes']")
    page.fill("#codes-words", " ".join(by))
    page.click("[data-codes] .main")
    page.wait_for_selector("[data-step=new]:visible")
    assert complaints(page) == {}
    new = words_on(page, "card")
    page.fill("#codes-check", new[number_in(page.inner_text("[data-view=codes] [data-asks]")) - 1])
    page.click("[data-view=codes] [data-check] .main")
    expect(page.locator("[data-said=renewed]")).to_be_visible()
    return new


def test_a_map_is_deleted_with_a_card_and_nothing_stays(device: Device) -> None:
    page = device(invitation())
    card, _ = begin(page, own=True)
    write_value(page)
    saved(page)
    page.wait_for_selector("body[data-prepared]")
    page.click("nav [href='#meer']")
    page.click("[data-view=meer] [href='#codes']")
    page.check("#codes-delete")
    page.fill("#codes-words", " ".join(card))
    page.click("[data-codes] .main")
    page.click("[data-delete]")
    expect(page.locator("[data-said=deleted]")).to_be_visible()
    assert Vault.objects.count() == Item.objects.count() == 0
    assert page.evaluate(HELD) == {"rows": [], "pages": [], "marks": 0}


def test_ones_own_phone_forgets_a_map_that_stays_at_the_workbench(device: Device) -> None:
    page = device(invitation())
    card, _ = begin(page, own=True)
    write_value(page)
    saved(page)
    page.wait_for_selector("body[data-prepared]")
    page.click("nav [href='#meer']")
    page.click("[data-view=meer] [href='#codes']")
    page.click("[data-forget]")
    expect(page.locator(".door [data-said=closed]")).to_be_visible()
    assert page.evaluate(HELD) == {"rows": [], "pages": [], "marks": 0}
    type_card(page, card)
    is_open(page)
    page.click("nav [href='#waarden']")
    expect(page.locator("[data-view=waarden]")).to_contain_text(VALUE)


def until(happens: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something happened at the workbench."""
    end = monotonic() + seconds
    while not happens():
        assert monotonic() < end, "it did not happen"
        sleep(0.05)


# Lets the camera see a picture, as if a card were held before it.
SEES = """async picture => {
    const image = new Image();
    image.src = picture;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 640; canvas.height = 480;
    const pen = canvas.getContext("2d");
    setInterval(() => {
        pen.fillStyle = "#998"; pen.fillRect(0, 0, 640, 480);
        pen.drawImage(image, 190, 100, 260, 260);
    }, 50);
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);
}"""


def test_it_opens_by_holding_the_card_before_the_camera(device: Device) -> None:
    page = device(invitation())
    page.click("[data-go=cards]:visible")
    picture = b64encode(page.locator("[data-card=card] .qr").screenshot()).decode()
    begin_with_the_cards(page)
    other = device()
    other.wait_for_selector("body[data-ready]")
    other.evaluate(SEES, f"data:image/png;base64,{picture}")
    other.click("[data-scan]")
    is_open(other)
    expect(other.locator("[data-camera]")).to_be_hidden()


def test_without_a_camera_the_door_says_what_to_do(device: Device) -> None:
    page = device()
    page.wait_for_selector("body[data-ready]")
    page.click("[data-scan]")
    expect(page.locator("[data-said=camera]")).to_be_visible()
    expect(page.locator("[data-stop-scanning]")).to_be_hidden()


def test_closing_in_one_window_of_a_phone_closes_the_others(device: Device) -> None:
    page = device(invitation())
    begin(page, own=True)
    other = page.context.new_page()
    other.goto("/mijn/kaart/")
    is_open(other)
    write_value(other)
    saved(other)
    page.click("button[data-close] >> nth=0")
    for closed in (page, other):
        expect(closed.locator("#card-words")).to_be_visible()
    assert Opening.objects.count() == 0
    assert Item.objects.count() == 1


def test_a_new_card_opens_ones_own_phone_without_a_connection_and_the_old_one_does_not(
    device: Device,
) -> None:
    page = device(invitation())
    card, recovery = begin(page, own=True)
    page.wait_for_selector("body[data-prepared]")
    new = renewed(page, recovery)
    page.context.set_offline(True)
    page.click("button[data-close] >> nth=0")
    page.wait_for_selector("#card-words:visible")
    type_card(page, card, own=True)
    expect(page.locator(".door [data-said=offline]")).to_be_visible()
    type_card(page, new, own=True)
    is_open(page)
