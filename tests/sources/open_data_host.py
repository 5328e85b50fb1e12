"""A host on this machine that answers as CBS, PDOK and the Leefbaarometer do, with faults on demand."""

from __future__ import annotations

import hashlib
import io
import json
import re
import threading
import zipfile
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.sources.statline_tables import NAMES, Row, area_rows, data_rows, topics

ELSEWHERE = {"GM0363": "Amsterdam", "BU03630344": "Een buurt met dezelfde cijfers"}


def statline_table(column: tuple[str, str, str], cells: list[float | None]) -> dict[str, list[Row]]:
    """A table of one column for the areas of Utrecht and for some of Amsterdam."""
    names = NAMES | ELSEWHERE
    return {
        "TableInfos": [{"ID": 0, "Title": column[1], "Modified": "2026-01-31T02:00:00"}],
        "TypedDataSet": data_rows({column[0]: [*cells, *(7 for _ in ELSEWHERE)]}, tuple(names)),
        "DataProperties": topics(column),
        "WijkenEnBuurten": area_rows(names),
    }


def police_table() -> dict[str, list[Row]]:
    """Two kinds of crime in two years, as the police have them."""
    rows = [
        {
            "ID": 0,
            "SoortMisdrijf": kind,
            "WijkenEnBuurten": f"{code:<10}",
            "Perioden": f"{year}JJ00",
            "GeregistreerdeMisdrijven_1": crimes,
        }
        for kind, crimes in (("0.0.0 ", 60), ("1.1.1 ", 8))
        for code in NAMES
        for year in (2023, 2024)
    ]
    properties: list[Row] = [
        {"ID": 0, "ParentID": None, "Type": "Dimension", "Key": "SoortMisdrijf", "Title": "Soort misdrijf"},
        {
            "ID": 1,
            "ParentID": None,
            "Type": "GeoDetail",
            "Key": "WijkenEnBuurten",
            "Title": "Wijken en buurten",
        },
        {"ID": 2, "ParentID": None, "Type": "TimeDimension", "Key": "Perioden", "Title": "Perioden"},
        {
            "ID": 3,
            "ParentID": None,
            "Type": "Topic",
            "Key": "GeregistreerdeMisdrijven_1",
            "Title": "Geregistreerde misdrijven",
            "Unit": "aantal",
        },
    ]
    return {
        "TableInfos": [{"ID": 0, "Title": "Misdrijven", "Modified": "2026-02-01T02:00:00"}],
        "TypedDataSet": rows,
        "DataProperties": properties,
        "WijkenEnBuurten": area_rows(),
    }


def livability_archive(score: float = 7.5, padding: int = 0) -> bytes:
    """The archive of the Leefbaarometer, with noise to make it as large as wanted."""
    lines = ["versie,jaar,bu_code,bu_naam,lbm,afw,fys,onv,soc,vrz,won"]
    lines += [
        f"Lbm 3.0,2024,{code},{code},{score},0.15,0.05,0.04,0.03,0.02,0.01"
        for code in NAMES
        if code[0] == "B"
    ]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(
            "Leefbaarometer 3.0/Leefbaarometer-scores buurten 2002-2024.csv", "\n".join(lines) + "\n"
        )
        archive.writestr("leesmij.bin", hashlib.shake_256(b"noise").digest(padding))
    return content.getvalue()


def square(number: int) -> dict[str, Any]:
    west, south = 5.05 + number * 0.01, 52.08
    corners = [(0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01), (0, 0)]
    return {"type": "Polygon", "coordinates": [[[west + east, south + north] for east, north in corners]]}


def collections() -> dict[str, list[dict[str, Any]]]:
    """The areas of Utrecht and of Amsterdam as features."""
    kinds = {"gemeenten": ("gemeente", "GM"), "wijken": ("wijk", "WK"), "buurten": ("buurt", "BU")}
    return {
        collection: [
            {
                "type": "Feature",
                "properties": {f"{kind}code": code, f"{kind}naam": name, "gemeentecode": f"GM{code[2:6]}"},
                "geometry": square(number),
            }
            for number, (code, name) in enumerate((NAMES | ELSEWHERE).items())
            if code.startswith(prefix)
        ]
        for collection, (kind, prefix) in kinds.items()
    }


class OpenDataHost:
    """Serves on 127.0.0.1 while it is open.

    `tables` are by StatLine number; `failing`, `cut` and `pages` say, by a part of an address, how often it
    answers with an error 500, breaks off halfway, and always answers with a web page. Its tables go on for
    ever unless it `ends`. `asked` holds every address that was asked for.
    """

    def __init__(self) -> None:
        residents = ("AantalInwoners_5", "Bevolking/Aantal inwoners", "aantal")
        distance = (
            "AfstandTotSchool_60",
            "Onderwijs/Basisonderwijs/Afstand tot school",
            "km",
        )
        self.tables: dict[str, dict[str, list[Row]]] = {
            number: statline_table(residents, [370000, 12000, 890 + step, 4210])
            for step, number in enumerate(("85984NED", "85618NED", "85318NED", "85039NED"))
        }
        self.tables["86165NED"] = statline_table(residents, [None] * 4)
        self.tables["86165NED"]["TypedDataSet"] = [
            row | {"AantalInwoners_5": None} for row in self.tables["86165NED"]["TypedDataSet"]
        ]
        self.tables["86270NED"] = statline_table(distance, [1.0, 0.9, 0.6, 0.7])
        self.tables["47018NED"] = police_table()
        self.collections = {2024: collections()}
        self.archive = livability_archive()
        self.rows_a_page = 3
        self.ends = True
        self.knows_filters = True
        self.knows_ranges = True
        self.tells_etags = True
        self.failing: Counter[str] = Counter()
        self.cut: Counter[str] = Counter()
        self.pages: set[str] = set()
        self.page = b"<!DOCTYPE html><html><body>Onderhoud</body></html>"
        self.asked: list[str] = []
        self.answers: list[tuple[str, int, int]] = []

    def __enter__(self) -> Self:
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                host.answer(self)

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def sent(self, part: str) -> list[tuple[int, int]]:
        """The status and the number of bytes of every answer for an address that holds this."""
        return [(status, size) for path, status, size in self.answers if part in path]

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        if self._due(self.failing, request.path):
            return self._send(request, 500, b"query returns more than 10000 records")
        if any(part in request.path for part in self.pages):
            return self._send(request, 200, self.page)
        path, query = urlsplit(request.path).path, parse_qs(urlsplit(request.path).query)
        if match := re.fullmatch(r"/ODataFeed/odata/(\w+)/(\w+)", path):
            return self._odata(request, match[1], match[2], query)
        if match := re.fullmatch(r"/cbs/wijken-en-buurten-(\d+)/ogc/v1/collections/(\w+)/items", path):
            return self._features(request, int(match[1]), match[2], query)
        if path.endswith(".zip"):
            return self._archive(request)
        return self._send(request, 404, b"")

    def _odata(
        self, request: BaseHTTPRequestHandler, number: str, part: str, query: dict[str, list[str]]
    ) -> None:
        if number not in self.tables:
            return self._send(request, 404, b"")
        rows = self.tables[number][part]
        if "$filter" in query and self.knows_filters:
            rows = [row for row in rows if _fits(row, query["$filter"][0])]
        start = int(query.get("$skip", ["0"])[0])
        answer: dict[str, Any] = {"odata.metadata": "", "value": rows[start : start + self.rows_a_page]}
        if not self.ends:
            answer["value"] = rows[:1]
        if start + self.rows_a_page < len(rows) or not self.ends:
            base = request.path.split("&$skip=")[0]
            further = start + self.rows_a_page if self.ends else len(self.asked)
            answer["odata.nextLink"] = f"{self.url}{base}&$skip={further}"
        return self._send(request, 200, json.dumps(answer).encode())

    def _features(
        self, request: BaseHTTPRequestHandler, year: int, name: str, query: dict[str, list[str]]
    ) -> None:
        if year not in self.collections:
            return self._send(request, 404, b"")
        features = self.collections[year][name]
        if self.knows_filters:
            wanted = query["gemeentecode"][0]
            features = [each for each in features if each["properties"]["gemeentecode"] == wanted]
        start = int(query.get("cursor", ["0"])[0])
        links = [{"rel": "self", "href": f"{self.url}{request.path}"}]
        if start + 1 < len(features):
            base = request.path.split("&cursor=")[0]
            links.append({"rel": "next", "href": f"{self.url}{base}&cursor={start + 1}"})
        answer = {"type": "FeatureCollection", "features": features[start : start + 1], "links": links}
        return self._send(request, 200, json.dumps(answer).encode())

    def _archive(self, request: BaseHTTPRequestHandler) -> None:
        etag = f'"{hashlib.sha256(self.archive).hexdigest()[:16]}"'
        headers = {"ETag": etag} if self.tells_etags else {}
        if self.tells_etags and request.headers.get("If-None-Match") == etag:
            return self._send(request, 304, b"", headers)
        asked = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        if asked and self.knows_ranges and request.headers.get("If-Range") == etag:
            start = int(asked[1])
            headers["Content-Range"] = f"bytes {start}-{len(self.archive) - 1}/{len(self.archive)}"
            return self._send(request, 206, self.archive[start:], headers)
        return self._send(request, 200, self.archive, headers)

    def _send(
        self,
        request: BaseHTTPRequestHandler,
        status: int,
        content: bytes,
        headers: dict[str, str] | None = None,
    ) -> None:
        shown = content[: len(content) // 2] if self._due(self.cut, request.path) else content
        self.answers.append((request.path, status, len(shown)))
        request.send_response(status)
        for name, value in (headers or {}).items():
            request.send_header(name, value)
        if status != 304:
            request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(shown)
        if len(shown) < len(content):
            request.close_connection = True

    @staticmethod
    def _due(faults: Counter[str], path: str) -> bool:
        for part in faults:
            if part in path and faults[part] > 0:
                faults[part] -= 1
                return True
        return False


def _fits(row: Row, conditions: str) -> bool:
    """The two kinds of condition that are asked; a key of another width than the service's fits nothing."""
    for condition in conditions.split(" and "):
        if match := re.fullmatch(r"substringof\('(.*)',(\w+)\)", condition):
            if match[1] not in str(row[match[2]]):
                return False
        elif match := re.fullmatch(r"(\w+) eq '(.*)'", condition):
            if row[match[1]] != match[2]:
                return False
        else:
            return False
    return True
