"""A web server of its own process on the database of a test, and browsers that speak to it over HTTP."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.conf import settings
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client

from ongedeeld.web.accounts.models import Person
from tests.web.steady.pages import Page

PATIENCE = 60
TOKEN = "a" * CSRF_SECRET_LENGTH
ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "ongedeeld.web.site.settings", "ONGEDEELD_SECOND_FACTOR": "none"}


@dataclass
class Server:
    """A server that answers, until it is killed."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path

    def kill(self) -> None:
        """End it at once, with all its processes, in the middle of whatever it does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        # Its workers end a moment later than it: one of them would still take who comes to this port next.
        port = int(self.address.rpartition(":")[2])
        for _ in range(PATIENCE * 20):
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)):
                    return
            time.sleep(0.05)
        raise AssertionError("a process of the server goes on")


@contextmanager
def serving(
    log: Path, environment: dict[str, str], port: int = 0, largest: int | None = None
) -> Iterator[Server]:
    """The web server as `ongedeeld serve` begins it; at the end it is gone.

    Parameters
    ----------
    log
        Where it writes what it logs.
    environment
        What it finds in its environment besides that of the tests.
    port
        Where it listens; without one, where nobody does.
    largest
        How many bytes a file of it may have before the disk is said to be full.
    """
    port = port or free_port()
    words = (str(os.getpid()), "127.0.0.1", str(port), "1")
    with log.open("ab") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "ongedeeld.web.site.answering", *words],
            env=os.environ | ENVIRONMENT | environment,
            stderr=lines,
            start_new_session=True,
        )
        if largest is not None:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (largest, largest))
    server = Server(process, f"http://127.0.0.1:{port}", log)
    try:
        _wait(port, process)
        yield server
    finally:
        if process.poll() is None:
            server.kill()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE * 20):
        assert process.poll() is None, "the server ended"
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not begin")


def session_of(person: Person) -> str:
    """The session of somebody who just signed in."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def browsing(address: str, session: str = "", **others: str) -> Iterator[Browser]:
    """A browser in which somebody is signed in, or that holds other cookies."""
    cookies = others | {settings.CSRF_COOKIE_NAME: TOKEN}
    if session:
        cookies[settings.SESSION_COOKIE_NAME] = session
    with httpx.Client(trust_env=False, base_url=address, timeout=PATIENCE, cookies=cookies) as client:
        yield Browser(client)


@dataclass
class Browser:
    """Opens pages and sends forms, as somebody who is signed in."""

    client: httpx.Client

    def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.client.get(path)

    def read(self, path: str) -> Page:
        """The links and forms of a page."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
        return Page(answer.text)

    def post(
        self, path: str, values: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None
    ) -> httpx.Response:
        """Send a form."""
        return self.client.post(path, data=values | {"csrfmiddlewaretoken": TOKEN}, files=files)

    def put(self, path: str, body: object) -> httpx.Response:
        """Send JSON, as a script of a page does."""
        return self.client.put(path, json=body, headers={"X-CSRFToken": TOKEN})
