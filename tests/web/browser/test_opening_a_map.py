"""A map opens with words, with a picture and before a camera; the door says what is wrong."""

from __future__ import annotations

from base64 import b64encode

import pytest
from playwright.sync_api import expect

from tests.web.browser.looking import complaints
from tests.web.browser.maps import (
    TABLET,
    VALUE,
    Device,
    begin_with_the_cards,
    invitation,
    is_open,
    saved,
    type_card,
    write_value,
)
from tests.web.residents import vault_format as vaults

pytestmark = pytest.mark.django_db(transaction=True)
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
    wrong = page.locator(".door [data-said=words]")
    expect(wrong).to_contain_text("vergelijk ze één voor één")
    page.fill("#card-words", "aanbod zwambad")
    page.locator("#card-words").press("Space")
    expect(page.locator("[data-read]:visible")).to_contain_text("zwembad")
    type_card(page, ["aanbod", "zwembda"])
    expect(wrong).to_contain_text("Woord 2, ‘zwembda’")
    expect(wrong).to_contain_text("zwembad")
    type_card(page, vaults.words_of(bytes(range(16))))
    expect(page.locator(".door [data-said=unknown]")).to_be_visible()
    page.set_input_files(
        "[data-picture]", {"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"}
    )
    expect(page.locator("[data-said=picture]")).to_be_visible()


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
