"""A map of a resident, as who sits at a device begins it, opens it and writes in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import monotonic, sleep

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.residents.vault import invitations
from tests.web.browser.pages import guest

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


def until(happens: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something happened at the workbench."""
    end = monotonic() + seconds
    while not happens():
        assert monotonic() < end, "it did not happen"
        sleep(0.05)


def everything() -> str:
    """All that stands in the database."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the names are those of the database
            rows += cursor.fetchall()
    return repr(rows)
