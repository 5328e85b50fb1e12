"""Serve a folder of pages on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ongedeeld.errors import N_, OngedeeldError


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing of each request."""


def serve(folder: Path, port: int, ready: Callable[[str], None], *, once: bool = False) -> None:
    """Serve `folder` on the loopback address until Ctrl-C, or until its first page was asked for.

    Parameters
    ----------
    folder
        The folder with `index.html`.
    port
        The port; a free one is taken when it is 0 or in use.
    ready
        Called with the address when the server answers.
    once
        Ask for the first page, and stop.

    Raises
    ------
    OngedeeldError
        With `once`, when the first page is not served as it was written.
    """
    handler = partial(_Quiet, directory=str(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            ready(address)
            if once:
                _ask_first_page(address, folder)
            else:
                threading.Event().wait()
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()


def _ask_first_page(address: str, folder: Path) -> None:
    import httpx

    # Not through a proxy: the address is this machine's own.
    with httpx.Client(trust_env=False) as client:
        answer = client.get(address)
    if answer.status_code != 200 or answer.content != (folder / "index.html").read_bytes():
        raise OngedeeldError(N_("the first page was not served as it was written"))
