"""Look at a page as others read it: with a screen reader, in the dark, small, in large letters, at rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, ViewportSize

DESK: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
# Without fetching every sheet anew, which only the rule on how a phone is held asks: test_sheets.py has that.
QUICK: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
LIGHT: dict[str, Any] = {**QUICK, "rules": {"target-size": {"enabled": True}}}
DARK: dict[str, Any] = {**QUICK, "runOnly": ["color-contrast", "link-in-text-block"]}
AXE = Axe().axe_script

# What sticks out to the right of the page, from the outside in; what scrolls in a box of its own does not.
SIDEWAYS = """() => {
    const root = document.documentElement, wide = root.clientWidth;
    if (root.scrollWidth <= wide) return [];
    const all = [...document.body.querySelectorAll("*")];
    const out = all.filter(one => one.getBoundingClientRect().right > wide + 1);
    return [`${root.scrollWidth} px`, ...out.slice(0, 4).map(one => one.outerHTML.slice(0, 90))];
}"""
# Words that are cut off by the box they stand in.
CUT_OFF = """() =>
    [...document.querySelectorAll("button, .button, a, summary, label, legend, th, h1, h2, h3")]
    .filter(one => getComputedStyle(one).overflow !== "visible"
        && one.scrollWidth > one.clientWidth + 1 && !one.closest(".hidden") && one.clientWidth > 1)
    .map(one => one.outerHTML.slice(0, 90))"""
MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
    const style = getComputedStyle(one);
    const long = times => times.split(",").some(time => parseFloat(time) > 0.001);
    return style.animationName !== "none" && long(style.animationDuration) || long(style.transitionDuration);
}).map(one => one.outerHTML.slice(0, 90))"""
LARGER = "document.documentElement.style.fontSize = '200%'"
AS_BEFORE = "document.documentElement.style.fontSize = ''"


@dataclass
class Heard:
    """What a page complained of, and which other hosts it asked something of."""

    host: str
    words: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """From now on."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.words.append(str(error)))
        page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        # A page that is answered with another status than 200 is no complaint of the page.
        own = message.page is not None and message.location.get("url") == message.page.url
        if message.type in ("error", "warning") and not own:
            self.words.append(f"{message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != urlsplit(self.host).netloc:
            self.words.append(f"asked {request.url}")


def unfold(page: Page) -> None:
    """Open whatever is folded in a page."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")


def complaints(page: Page) -> dict[str, list[str]]:
    """What is wrong with a page as it stands, by who would notice."""
    page.emulate_media(color_scheme="light")
    if not page.evaluate("'axe' in window"):  # Windows brings it along, which is sooner
        page.evaluate(AXE)
    found = {
        "screen reader": _axe(page, LIGHT),
        "moving": page.evaluate(MOVING),
        "policy": _inline(page),
    }
    page.emulate_media(color_scheme="dark")
    found["dark"] = _axe(page, DARK)
    page.emulate_media(color_scheme="light")
    page.evaluate(LARGER)
    found["200 % text"] = page.evaluate(SIDEWAYS) + page.evaluate(CUT_OFF)
    page.evaluate(AS_BEFORE)
    page.set_viewport_size(NARROW)
    found["320 px"] = page.evaluate(SIDEWAYS) + page.evaluate(CUT_OFF)
    page.set_viewport_size(DESK)
    return {who: words for who, words in found.items() if words}


def _axe(page: Page, options: dict[str, Any]) -> list[str]:
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:150]} {[why['message'] for why in node['any']]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]


def _inline(page: Page) -> list[str]:
    """Scripts that stand in the page itself, and handlers in attributes: the policy allows neither."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("*")]
            .filter(one => one.localName === "style"
                || one.localName === "script" && !one.src && one.type !== "application/json"
                || [...one.attributes].some(own => own.name.startsWith("on")))
            .map(one => one.outerHTML.slice(0, 90))"""
    )
    return found
