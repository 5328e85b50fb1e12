"""How soon a map of 500 neighbourhoods can be used, and how much the start page weighs, in a real browser.

``python -m bench --map`` serves an invented City of squares, signs somebody in, and opens the map again and
again with a warm cache, until it is drawn with software WebGL; the start page is weighed with an empty cache.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from datetime import date
from pathlib import Path

import polars as pl
import shapely
from playwright.sync_api import BrowserContext, Page

from bench.workbench import data_folder, served
from ongedeeld.city import City, Manifest
from tests.browser import browser

NEIGHBOURHOODS = 500
SIDE = 400.0
CORNERS = 40
"""A neighbourhood of the Netherlands is drawn with some dozens of points."""
TIMES, FEW = 7, 3
"""How often it is opened, the first two not counted; and how often in the small form."""


def measure(_asked: bool = True, *, small: bool = False) -> None:  # noqa: FBT001, FBT002 - as all that is asked for
    """Serve, open, and print two lines."""
    times = FEW if small else TIMES
    with data_folder("sqlite") as folder:
        cookie = _filled(folder)
        with served() as address, browser() as running:
            context = running.new_context(viewport={"width": 1280, "height": 900})
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
            drawn = [_seconds(context, f"{address}/kaart/?niveau=buurt") for _ in range(times)][2:]
            weight = _weight(running.new_context(), address, cookie)
    sys.stdout.write(
        f"map of {NEIGHBOURHOODS} neighbourhoods, drawn with a warm cache: median "
        f"{statistics.median(drawn):.2f} s ({min(drawn):.2f}-{max(drawn):.2f})\n"
        f"start page, all over the wire with an empty cache: {weight / 1000:.0f} kB\n"
    )


def _filled(folder: Path) -> str:
    from ongedeeld.web.site.preparing import Wanted, prepare

    prepare(Wanted(folder))
    from django.test import Client

    from ongedeeld.web.accounts.models import Person, RoleHeld
    from ongedeeld.web.cities.actions import accept, store

    accept(store(squares(), actor=None), actor=None)
    person = Person.objects.create_user("bench@voorbeeld.invalid", None, name="Bench")
    RoleHeld.objects.create(person=person, role="area_manager", everywhere=True, from_day="2020-01-01")
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client.cookies["sessionid"].value


def squares() -> City:
    """An invented City of neighbourhoods with frayed edges and one figure each."""
    chance = random.Random(1)  # noqa: S311 - a drawing
    codes = [f"BU9999{number:04d}" for number in range(NEIGHBOURHOODS)]
    shapes = [_frayed(number, chance) for number in range(NEIGHBOURHOODS)]
    municipality = shapely.to_wkb(shapely.union_all(shapes).buffer(0))
    areas = pl.DataFrame(
        {
            "code": ["GM9999", "WK999900", *codes],
            "level": ["municipality", "district", *["neighbourhood"] * NEIGHBOURHOODS],
            "name": ["Vakkenstad", "Vakkenwijk", *[f"Vak {number}" for number in range(NEIGHBOURHOODS)]],
            "parent": [None, "GM9999", *["WK999900"] * NEIGHBOURHOODS],
            "geometry": [municipality, municipality, *map(shapely.to_wkb, shapes)],
        }
    )
    figures = pl.DataFrame(
        {
            "area": codes,
            "indicator": ["share_association"] * NEIGHBOURHOODS,
            "period": [date(2025, 1, 1)] * NEIGHBOURHOODS,
            "value": [chance.random() for _ in codes],
            "status": ["observed"] * NEIGHBOURHOODS,
            "source": ["invented"] * NEIGHBOURHOODS,
        }
    )
    manifest = Manifest("Vakkenstad", "GM9999", date(2026, 1, 1), invented=True)
    return City.of({"areas": areas, "indicators": figures}, manifest)


def _frayed(number: int, chance: random.Random) -> shapely.Polygon:
    row, column = divmod(number, 25)
    west, south = 130_000 + column * SIDE, 450_000 + row * SIDE
    ring = shapely.box(west, south, west + SIDE, south + SIDE).exterior
    points = [ring.interpolate(at / CORNERS, normalized=True) for at in range(CORNERS)]
    return shapely.Polygon(
        [(point.x + chance.uniform(0, 9), point.y + chance.uniform(0, 9)) for point in points]
    )


def _seconds(context: BrowserContext, address: str) -> float:
    page: Page = context.new_page()
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector('#map[data-state="drawn"]', timeout=60_000)
    seconds = time.perf_counter() - start
    page.close()
    return seconds


def _weight(context: BrowserContext, address: str, cookie: str) -> float:
    """Bytes over the wire, heads included, as the browser counts them."""
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    loaded: list[float] = []
    session.on("Network.loadingFinished", lambda told: loaded.append(told["encodedDataLength"]))
    page.goto(f"{address}/", wait_until="networkidle")
    return sum(loaded)
