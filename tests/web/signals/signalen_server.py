"""A server with the public form of Signalen, as strict as the real one about what it takes.

It follows the serializers of Amsterdam/signals (PublicSignalCreateSerializer and what is nested in it):
unknown fields are refused, and location, category, reporter and the day belong to it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

SIGNALS = "/signals/v1/public/signals/"
CATEGORIES = "/signals/v1/public/terms/categories/"
FIELDS = {
    "source",
    "text",
    "text_extra",
    "location",
    "category",
    "reporter",
    "incident_date_start",
    "incident_date_end",
    "extra_properties",
    "session",
}
REQUIRED = {"text", "location", "category", "reporter", "incident_date_start"}
KNOWN = {
    "results": [
        {
            "name": "Afval",
            "slug": "afval",
            "sub_categories": [
                {"name": "Grofvuil", "slug": "grofvuil", "is_active": True, "public_name": None},
                {"name": "Oud", "slug": "oud", "is_active": False},
            ],
        }
    ]
}


@dataclass
class Received:
    """What came in, and how the server behaves."""

    address: str = ""
    reports: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
    fails: int = 0
    hangs_up: bool = False


def _wrong(told: dict[str, Any]) -> dict[str, list[str]]:
    """What a report has that the form does not know, or lacks."""
    wrong = {name: ["unknown"] for name in set(told) - FIELDS}
    wrong |= {name: ["required"] for name in REQUIRED - set(told)}
    point = told.get("location", {}).get("geometrie", {})
    if point.get("type") != "Point" or len(point.get("coordinates", ())) != 2:
        wrong["location"] = ["no point"]
    category = told.get("category", {}).get("category_url", "")
    if not category.startswith(CATEGORIES) or "/sub_categories/" not in category:
        wrong["category"] = ["no category"]
    return wrong


def _taken(number: int) -> dict[str, Any]:
    """What is answered to a report that was taken."""
    return {
        "_display": f"SIG-{number}",
        "id": number,
        "id_display": f"SIG-{number}",
        "signal_id": str(uuid4()),
        "status": {"state": "OPEN", "state_display": "OPEN"},
    }


@contextmanager
def signalen() -> Iterator[Received]:
    """The server, as long as it is asked for."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200 if self.path == CATEGORIES else 404, KNOWN)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if received.hangs_up:
                received.reports.append(json.loads(body))
                self.close_connection = True
                self.connection.close()
            elif received.fails:
                self._answer(received.fails, {"detail": "no"})
            elif self.path == SIGNALS:
                received.headers.append(dict(self.headers))
                self._take(json.loads(body))
            else:
                received.pictures.append((self.path, body))
                self._answer(201, {"file": "foto.jpg"})

        def _take(self, told: dict[str, Any]) -> None:
            if wrong := _wrong(told):
                self._answer(400, wrong)
                return
            received.reports.append(told)
            self._answer(201, _taken(len(received.reports)))

        def _answer(self, status: int, told: dict[str, Any]) -> None:
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    received.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield received
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
