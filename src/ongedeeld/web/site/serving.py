"""Serve the workbench: a web server and a worker for jobs, each a process, begun and ended together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.site.preparing import Wanted

_PATIENCE = 60.0
_GRACE = 15.0


def serve(wanted: Wanted, ready: Callable[[str], None], *, once: bool = False) -> None:
    """Serve until SIGINT or SIGTERM; call `prepare` before.

    Parameters
    ----------
    wanted
        Where and how.
    ready
        Called with the address when the workbench answers.
    once
        Stop as soon as `ready` is through.

    Raises
    ------
    OngedeeldError
        When the web server does not begin, or ends by itself.
    """
    port = wanted.port if _is_free(wanted.host, wanted.port) else free_port(wanted.host)
    over = threading.Event()
    before = {number: signal.signal(number, _setting(over)) for number in (signal.SIGINT, signal.SIGTERM)}
    children = {"server": _server(wanted, port)} | ({"worker": _worker()} if wanted.jobs else {})
    try:
        if _answers(wanted.host, port, children["server"], over):
            ready(f"http://{_name(wanted.host)}:{port}/")
            if not once:
                _watch(children, over)
    finally:
        _end(children)
        for number, handler in before.items():
            signal.signal(number, handler)


def _setting(over: threading.Event) -> Callable[[int, FrameType | None], None]:
    return lambda _number, _frame: over.set()


def _server(wanted: Wanted, port: int) -> subprocess.Popen[bytes]:
    return _child("answering", wanted.host, str(port), str(wanted.workers))


def _worker() -> subprocess.Popen[bytes]:
    return _child("working")


def _child(module: str, *words: str) -> subprocess.Popen[bytes]:
    # In a session of its own, so that Ctrl-C reaches this process alone, which ends the others in order.
    command = [sys.executable, "-m", f"ongedeeld.web.site.{module}", str(os.getpid()), *words]
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own words


def _is_free(host: str, port: int) -> bool:
    if port == 0:
        return False
    try:
        with socket.create_server((host, port), family=_family(host)):
            return True
    except OSError:
        return False


def free_port(host: str) -> int:
    """A port on which nothing listens."""
    with socket.create_server((host, 0), family=_family(host)) as listening:
        return int(listening.getsockname()[1])


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _name(host: str) -> str:
    """The host as it stands in an address that a person on this machine can open."""
    return {"0.0.0.0": "localhost", "::": "localhost", "::1": "localhost"}.get(host, host)  # noqa: S104


def _answers(host: str, port: int, server: subprocess.Popen[bytes], over: threading.Event) -> bool:
    """Wait until the server listens; no when it was to stop before that."""
    end = time.monotonic() + _PATIENCE
    while not over.wait(0.1):
        if server.poll() is not None or time.monotonic() > end:
            raise OngedeeldError(
                N_("the web server did not begin"),
                remedy=N_("look at the lines above, or take another --port"),
            )
        try:
            with socket.create_connection(("127.0.0.1" if host == "0.0.0.0" else host, port), 1):  # noqa: S104
                return True
        except OSError:
            continue
    return False


def _watch(children: dict[str, subprocess.Popen[bytes]], over: threading.Event) -> None:
    """Wait for the end; a worker that fell over is put back on its feet, after a while."""
    while not over.wait(1.0):
        if children["server"].poll() is not None:
            raise OngedeeldError(N_("the web server ended by itself"), remedy=N_("look at the lines above"))
        if "worker" in children and children["worker"].poll() is not None and not over.wait(5.0):
            children["worker"] = _worker()


def _end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        child.terminate()
    end = time.monotonic() + _GRACE
    for child in children.values():
        try:
            child.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
