"""The editor of the life map in a browser, on an invented life: by hand, by keyboard and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser import browser
from tests.web.browser.looking import DESK, complaints
from tests.web.residents.life_page import served

pytestmark = pytest.mark.one_database

PHONE: ViewportSize = {"width": 390, "height": 844}
Opens = Callable[..., Page]
# A finger on the glass, moved from one place to another.
TWO_FINGERS = """([apart, until]) => {
    const area = document.querySelector(".life-map .window");
    const box = area.getBoundingClientRect();
    area.setPointerCapture = () => {};
    const middle = box.left + box.width / 2;
    const touch = (kind, id, x) => area.dispatchEvent(new PointerEvent(kind,
        {bubbles: true, pointerId: id, pointerType: "touch", clientX: x, clientY: box.top + 200}));
    touch("pointerdown", 1, middle - apart); touch("pointerdown", 2, middle + apart);
    for (let at = apart; at <= until; at += 5) {
        touch("pointermove", 1, middle - at);
        touch("pointermove", 2, middle + at);
    }
    touch("pointerup", 1, middle - until); touch("pointerup", 2, middle + until);
}"""

# The hand was still for a while, and all is drawn, however slow this machine is.
AT_REST = """async () => {
    await new Promise(done => setTimeout(done, 400));
    for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
}"""


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    """The browser."""
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the page is."""
    with served() as where:
        yield where


@pytest.fixture
def opens(running: Browser, address: str) -> Iterator[Opens]:
    """Open the editor; it may complain of nothing."""
    contexts: list[BrowserContext] = []
    heard: list[str] = []

    def opened(asked: str = "life=rosa", size: ViewportSize = DESK) -> Page:
        context = running.new_context(viewport=size, reduced_motion="reduce", accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(f"{address}?{asked}")
        page.wait_for_selector("body[data-state=ready] .world .axis")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert heard == []


def event(page: Page, words: str) -> str:
    """How an event is found on the map: by what is said of it."""
    return f".world .event[aria-label*='{words}']"


def in_sight(page: Page) -> tuple[int, int]:
    """The years between which one looks."""
    page.evaluate(AT_REST)
    first, last = re.findall(r"\d{4}", page.locator(".in-sight-words").inner_text())
    return int(first), int(last)


def test_it_opens_with_what_the_map_tells(opens: Opens) -> None:
    lead = opens("life=rosa").locator(".lead")
    expect(lead).to_have_text(
        re.compile(r"Your map begins in 2004. There are 24 events on it and 9 organisations.")
    )


def test_an_empty_map_teaches_how_to_begin(opens: Opens) -> None:
    page = opens("empty", PHONE)
    page.get_by_role("button", name="I came to live here").click()
    expect(page.get_by_label("What happened, in a few words")).to_have_value("I came to live here")
    page.get_by_label("Year").first.fill("2011")
    page.get_by_label("It helped me forward").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(event(page, "2011: I came to live here. Housing, helped"))).to_be_focused()
    expect(page.locator(".life-start")).to_be_hidden()


def test_a_press_on_an_empty_place_adds_something_there(opens: Opens) -> None:
    page = opens("empty")
    box = page.locator(".life-map").bounding_box()
    band = page.locator(".ground .band").nth(3).bounding_box()
    assert box
    assert band
    page.mouse.click(box["x"] + box["width"] - 300, band["y"] + band["height"] / 2)
    expect(page.get_by_label("What did it have to do with?")).to_have_value("work")
    year = page.get_by_label("Year").first.input_value()
    page.get_by_label("What happened, in a few words").fill("New job")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(event(page, f"{year}: New job. Work"))).to_be_visible()


def test_what_has_to_be_mended_is_said_where_it_is(opens: Opens) -> None:
    page = opens("empty")
    page.get_by_role("button", name="Add an event").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Fill in a year of four digits")).to_be_visible()
    page.get_by_label("What happened, in a few words").fill("Ill")
    page.get_by_label("Year").first.fill("2015")
    page.get_by_label("It lasted for some time").check()
    page.get_by_label("Year").nth(1).fill("2014")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The end is before the beginning")).to_be_visible()
    expect(page.get_by_label("Year").nth(1)).to_be_focused()
    page.get_by_label("Year").nth(1).fill("2016")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(event(page, "2015 to 2016: Ill"))).to_be_visible()


def test_who_had_to_do_with_it_comes_on_the_map_at_once(opens: Opens) -> None:
    page = opens("empty")
    page.get_by_role("button", name="Add an event").click()
    page.get_by_label("What happened, in a few words").fill("Ill")
    page.get_by_label("Year").first.fill("2015")
    page.get_by_label("Who had to do with it?").select_option("new")
    page.get_by_label("Name of the organisation or person").fill("Hospital")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".world .organisation[aria-label^='Hospital: since 2015']")).to_be_visible()


def test_something_is_changed_and_its_earlier_version_put_back(opens: Opens) -> None:
    page = opens()
    page.locator(f"{event(page, 'Lost my job')} .title").first.click()
    page.get_by_label("How did it feel?").fill("As if I no longer counted.")
    page.get_by_role("button", name="Save", exact=True).click()
    changed = page.locator(event(page, "As if I no longer counted."))
    expect(changed).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_text("Earlier versions", exact=True).click()
    page.get_by_role("button", name="Put this version back").click()
    expect(changed).to_have_count(0)


def test_what_was_removed_comes_back(opens: Opens) -> None:
    page = opens()
    page.locator(event(page, "Lost my job")).focus()
    page.keyboard.press("Delete")
    expect(page.locator(event(page, "Lost my job"))).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("It was removed. With Undo it comes back.")
    page.keyboard.press("Control+z")
    expect(page.locator(event(page, "Lost my job"))).to_have_count(1)
    page.get_by_role("button", name="Redo").click()
    expect(page.locator(event(page, "Lost my job"))).to_have_count(0)


def test_all_can_be_done_with_the_keyboard(opens: Opens) -> None:
    page = opens()
    page.get_by_role("button", name="Whole life").focus()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("End")
    last = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert first != last
    assert "Mould in the bedroom" in last
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('[data-key]') !== null")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('[data-key]') !== null")


def test_one_looks_nearer_and_farther_with_keys_wheel_buttons_and_fingers(opens: Opens) -> None:
    page = opens()
    whole = in_sight(page)
    page.get_by_role("button", name="Closer").click()
    nearer = in_sight(page)
    assert nearer[1] - nearer[0] < whole[1] - whole[0]
    page.locator(".world [tabindex='0']").focus()
    page.keyboard.press("0")
    assert in_sight(page) == whole
    box = page.locator(".life-map").bounding_box()
    assert box
    page.mouse.move(box["x"] + 600, box["y"] + 100)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    wheeled = in_sight(page)
    assert wheeled[1] - wheeled[0] < whole[1] - whole[0]
    page.get_by_role("button", name="Whole life").click()
    page.evaluate(TWO_FINGERS, [40, 160])
    pinched = in_sight(page)
    assert pinched[1] - pinched[0] < whole[1] - whole[0]


def test_the_map_goes_along_with_the_hand_and_opens_nothing(opens: Opens) -> None:
    page = opens("life=rosa", PHONE)
    before = in_sight(page)
    box = page.locator(".life-map").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 360, box["y"] + 64, steps=8)
    page.mouse.up()
    after = in_sight(page)
    assert after[0] < before[0]
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_days_can_be_told_apart(opens: Opens) -> None:
    page = opens()
    page.locator(event(page, "Letter: you must leave")).focus()
    for _ in range(12):
        page.keyboard.press("+")
    expect(page.locator(".in-sight-words")).to_have_text(re.compile(r"\d+ \w+ \d{4} to \d+ \w+ \d{4}"))
    page.evaluate(AT_REST)
    assert "May" in "".join(page.locator(".world .when").all_text_contents())


def test_the_keyboard_stays_in_the_map_where_dots_come_apart(opens: Opens) -> None:
    page = opens("events=300")
    page.locator(".world .event.several").first.focus()
    page.keyboard.press("Enter")
    page.evaluate(AT_REST)
    assert page.evaluate("document.activeElement.closest('.world [data-key]') !== null")
    assert page.evaluate("document.activeElement.getAttribute('tabindex')") == "0"


def test_the_list_tells_the_same(opens: Opens) -> None:
    page = opens()
    on_the_map = page.locator(".world .event").count()
    page.get_by_role("button", name="List", exact=True).click()
    entries = page.locator(".life-list .entry")
    expect(entries).to_have_count(33)
    assert on_the_map <= 24
    entries.filter(has_text="Lost my job").get_by_role("button").click()
    expect(page.get_by_label("What happened, in a few words")).to_have_value("Lost my job")


def test_lanes_get_other_names_and_places_and_a_lane_of_ones_own(opens: Opens) -> None:
    page = opens()
    page.get_by_role("button", name="Change lanes").click()
    page.get_by_label("Name of the lane Pension").fill("Later")
    page.get_by_role("button", name="Up: Pension").click()
    page.get_by_label("A lane of your own").fill("Music")
    page.get_by_role("button", name="Save", exact=True).click()
    names = page.locator(".ground .lane-name").all_text_contents()
    assert names[-1] == "Music"
    assert names.index("Later") < names.index("Benefits") if "Benefits" in names else "Later" in names


def test_it_is_put_on_paper_as_a_map_and_a_list(opens: Opens) -> None:
    page = opens()
    page.evaluate("window.print = () => {}; dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    sheets = page.locator(".life-paper .sheet")
    expect(sheets).to_have_count(2)  # in letters that can be read, six lanes are too high for one
    assert max(int(sheet.get_attribute("height") or 0) for sheet in sheets.all()) <= 1020
    expect(page.locator(".life-paper .entry")).to_have_count(33)
    expect(page.locator("#main")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".life-paper")).to_have_count(0)


def test_it_is_saved_as_a_drawing_and_as_a_picture(opens: Opens, tmp_path: Path) -> None:
    page = opens()
    with page.expect_download() as drawn:
        page.get_by_role("button", name="Save as a drawing").click()
    drawn.value.save_as(tmp_path / "life.svg")
    text = (tmp_path / "life.svg").read_text(encoding="utf-8")
    assert "A flat of our own" in text
    assert "class=" not in text
    assert "rgb(15, 92, 99)" in text
    with page.expect_download() as painted:
        page.get_by_role("button", name="Save as a picture").click()
    painted.value.save_as(tmp_path / "life.png")
    with Image.open(tmp_path / "life.png") as picture:
        assert picture.width == 2980
        assert len(picture.convert("RGB").getcolors(2**24) or []) > 100


@pytest.mark.parametrize("asked", ["life=rosa", "empty"])
def test_everybody_can_read_it(opens: Opens, asked: str) -> None:
    assert complaints(opens(asked)) == {}


def test_everybody_can_read_its_forms_and_its_list(opens: Opens) -> None:
    page = opens()
    page.get_by_role("button", name="Add an organisation").click()
    assert complaints(page) == {}
    page.keyboard.press("Escape")
    page.locator(".world [tabindex='0']").focus()
    page.keyboard.press("Enter")
    assert complaints(page) == {}
    page.keyboard.press("Escape")
    page.get_by_role("button", name="List", exact=True).click()
    assert complaints(page) == {}


def test_it_stays_in_sight_when_a_phone_is_turned(opens: Opens) -> None:
    page = opens(size=PHONE)
    for width in (844, 667, 600, 390):
        page.set_viewport_size({"width": width, "height": 700})
        page.evaluate(AT_REST)
        seen = page.locator(".life-map").bounding_box()
        assert seen is not None
        assert seen["width"] > 0.8 * width
