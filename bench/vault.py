"""How soon a vault of 1,000 things is open and drawn, in a real browser.

``python -m bench --vault`` serves a workbench with a vault that was filled as a browser fills it, types the
words of its card, and prints how long it took from the click until all was fetched, decrypted and drawn.
"""

from __future__ import annotations

import secrets
import statistics
import sys
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Browser

from bench.workbench import data_folder, served
from tests.browser import browser
from tests.web.residents import vault_format as vaults

THINGS, EVENTS = 1_000, 300
TIMES, FEW = 7, 3
"""How often it is opened, the first two not counted; and how often in the small form."""
SLOWER = (1, 4)
"""How many times slower the processor is made: a phone of some years ago is about four times."""
LANES = ("housing", "care", "education", "work", "benefits", "pension")
EFFECTS = ("helped", "hindered", "trapped", "nothing")
FIRST = date(1990, 1, 1)
# From the click until all was fetched and decrypted, and the next picture was drawn.
OPENING = """() => new Promise((done) => {
  const begun = performance.now();
  document.querySelector("[data-open]").click();
  const look = () => document.body.dataset.synced
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)))
    : setTimeout(look, 5);
  look();
})"""


def measure(_asked: bool = True, *, small: bool = False) -> None:  # noqa: FBT001, FBT002 - as all that is asked for
    """Fill, serve, open, and print a line for each processor."""
    times = FEW if small else TIMES
    with data_folder("sqlite") as folder:
        words = _filled(folder)
        with served() as address, browser() as running:
            for slower in SLOWER:
                took = [_milliseconds(running, address, words, slower) for _ in range(times)][2:]
                _tell(slower, took)


def _tell(slower: int, took: list[float]) -> None:
    sys.stdout.write(
        f"a vault of {THINGS:,} things, {EVENTS} of them drawn on the map, processor {slower} times slower, "
        f"open after: median {statistics.median(took):.0f} ms ({min(took):.0f}-{max(took):.0f})\n"
    )


def _filled(folder: Path) -> str:
    """The words of the card of a vault that holds them all."""
    from ongedeeld.web.site.preparing import Wanted, prepare

    prepare(Wanted(folder))
    from django.utils import timezone

    from ongedeeld.web.residents.models import Lock, Vault
    from ongedeeld.web.residents.vault import items
    from ongedeeld.web.residents.vault.bodies import Written

    now, today = timezone.now(), timezone.localdate()
    vault = Vault.objects.create(made_on=today, opened_on=today, remove_after=today + timedelta(365))
    key, code = secrets.token_bytes(32), secrets.token_bytes(16)
    derived = vaults.derive(code)
    wrapped = vaults.wrap(key, code, str(vault.key), "card", secrets.token_bytes(12))
    proof_hash = vaults.kept_of(derived.proof)
    Lock.objects.create(
        vault=vault, kind="card", locator=derived.locator, proof_hash=proof_hash, wrapped=wrapped, made_at=now
    )
    written = [
        Written(thing, 1, vaults.seal_item(key, str(vault.key), str(thing), 1, _thing(number), _nonce()))
        for number, thing in enumerate(uuid4() for _ in range(THINGS))
    ]
    items.put(vault, written, now)
    return " ".join(vaults.words_of(code))


def _thing(number: int) -> dict[str, object]:
    moment = f"2026-01-01T00:{number // 60:02}:{number % 60:02}.000Z"
    return {"form": 1, "made": moment, "at": moment, "content": _content(number)}


def _content(number: int) -> dict[str, object]:
    if number >= EVENTS:
        return {"kind": "strength", "words": f"Wat goed gaat, in een zin of twee: {number}"}
    begins = FIRST + timedelta(days=43 * number)
    return {
        "kind": "event",
        "title": f"Wat er gebeurde {number}",
        "lane": LANES[number % len(LANES)],
        "from": begins.isoformat(),
        "effect": EFFECTS[number % len(EFFECTS)],
        "turning": number % 25 == 0,
        "felt": "Ik wist niet meer bij wie ik moest zijn.",
    }


def _nonce() -> bytes:
    return secrets.token_bytes(vaults.NONCE)


def _milliseconds(running: Browser, address: str, words: str, slower: int) -> float:
    context = running.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/mijn/")
    page.wait_for_selector("body[data-ready]")
    page.fill("#card-words", words)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    took: float = page.evaluate(OPENING)
    context.close()
    return took
