"""The web server as a process: ``python -m ongedeeld.web.site.answering PARENT HOST PORT WORKERS``."""

from __future__ import annotations

import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from ongedeeld.web.site.guarded import ask_to_end, when_alone

THREADS = 8
"""How many requests one process answers at a time; the others wait their turn."""
CONNECTIONS = 1024
"""How many browsers one process stays connected with: one that reads keeps its own for the next page."""


def main(parent: str, host: str, port: str, workers: str) -> None:
    """Answer requests until the process is asked to end, or is alone."""
    when_alone(int(parent), ask_to_end)
    Granian(
        "ongedeeld.web.site.wsgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=THREADS,
        backpressure=CONNECTIONS,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
