"""How smoothly a life map of 300 events follows the hand, on a processor that is slowed down.

``python -m bench --life`` bundles the editor with 300 invented events, opens it in a browser at the width of
a phone and of a desk, slows its processor four times, drags the map to and fro, comes nearer and goes
farther, and prints how long frames took. A screen shows 60 of them a second: one every 16.7 milliseconds.
"""

from __future__ import annotations

import statistics
import sys

from playwright.sync_api import CDPSession, Page, ViewportSize

from ongedeeld.web.residents.wording.life import WORDS as OF_THE_MAP
from tests.browser import browser
from tests.web.residents.life_page import served

EVENTS = 300
SLOWER = 4
SIZES: tuple[ViewportSize, ...] = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})
A_FRAME = 1000 / 60

# The times between frames, and how long the page itself worked for each, while the hand moves.
WATCH = """() => {
    const frames = window.frames_seen = [];
    let last;
    const step = now => {
        if (last !== undefined) frames.push(now - last);
        last = now;
        if (!window.frames_end) requestAnimationFrame(step);
    };
    window.frames_end = false;
    requestAnimationFrame(step);
}"""
SEEN = "() => { window.frames_end = true; return window.frames_seen; }"
# Moves that come from the page itself, one for each frame: what the browser's driver sends comes in gusts.
DRAG = """async ([steps, by]) => {
    const area = document.querySelector(".life-map .window");
    const box = area.getBoundingClientRect();
    const event = (kind, x) => area.dispatchEvent(new PointerEvent(kind,
        {bubbles: true, pointerId: 1, isPrimary: true, buttons: 1, clientX: x, clientY: box.top + 300}));
    area.setPointerCapture = () => {};
    let x = box.left + box.width / 2;
    event("pointerdown", x);
    for (let at = 0; at < steps; at += 1) {
        x += Math.floor(at / 40) % 2 ? -by : by;
        event("pointermove", x);
        await new Promise(requestAnimationFrame);
    }
    event("pointerup", x);
}"""
ZOOM = """async ([steps]) => {
    const area = document.querySelector(".life-map .window");
    const box = area.getBoundingClientRect();
    for (let at = 0; at < steps; at += 1) {
        area.dispatchEvent(new WheelEvent("wheel", {bubbles: true, cancelable: true, ctrlKey: true,
            deltaY: Math.floor(at / 30) % 2 ? 12 : -12, clientX: box.left + box.width / 2}));
        await new Promise(requestAnimationFrame);
    }
}"""


def measure(_asked: bool = True, *, small: bool = False) -> None:  # noqa: FBT001, FBT002 - as all that is asked for
    """Build, open, move, and print a table in Markdown."""
    with served() as address, browser() as running:
        sys.stdout.write(f"{EVENTS} events, processor {SLOWER} times slower\n\n{HEAD}\n")
        for size in SIZES[:1] if small else SIZES:
            page = running.new_context(viewport=size).new_page()
            page.goto(f"{address}?events={EVENTS}")
            page.wait_for_selector("body[data-state=ready] .world .event")
            _tell(page, size["width"])
            page.close()


HEAD = (
    "| width | what | own work ms | median ms | 95th percentile ms | frames in time |\n"
    "|---|---|---|---|---|---|"
)
"""Own work is what the page computes for a frame, slowed down; what draws the screen comes on top of it where
there is no graphics card, as in a browser without a window."""


def _tell(page: Page, width: int) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    kinds: tuple[tuple[str, str, list[int], bool], ...] = (
        ("drag, some years in sight", DRAG, [240, 7], False),
        ("come nearer and go farther", ZOOM, [120, 0], False),
        ("drag, the whole life in sight", DRAG, [240, 3], True),
    )
    for what, move, how, is_whole in kinds:
        if is_whole:
            page.get_by_role("button", name=OF_THE_MAP["life.whole"]).click()
            page.wait_for_timeout(1500)
        before = _worked(tools)
        page.evaluate(move, how)
        own = (_worked(tools) - before) * 1000 * SLOWER / how[0]
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.evaluate(WATCH)
        page.evaluate(move, how)
        frames = sorted(page.evaluate(SEEN))
        tools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        late = statistics.quantiles(frames, n=20)[-1]
        in_time = sum(frame < A_FRAME * 1.5 for frame in frames) / len(frames)
        told = f"{own:.1f} | {statistics.median(frames):.1f} | {late:.1f} | {in_time:.0%}"
        sys.stdout.write(f"| {width} | {what} | {told} |\n")
        sys.stdout.flush()


def _worked(tools: CDPSession) -> float:
    """Seconds that the page's own thread worked so far, whoever else was at work on this machine."""
    told = tools.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in told if one["name"] == "TaskDuration"))
