"""Read a page as a person or a browser does."""

from __future__ import annotations

import csv
import re
from html.parser import HTMLParser
from io import StringIO
from urllib.parse import unquote


class Page(HTMLParser):
    """The words, elements and addresses of a page, and how it is written."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._words: list[str] = []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._silent += tag in {"style", "script", "svg"}

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"style", "script", "svg"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    @property
    def words(self) -> str:
        """All text outside drawings, with single spaces."""
        return " ".join(re.sub(r"[\s\u00a0]+", " ", " ".join(self._words)).split())

    def attributes(self, name: str) -> list[str]:
        """The values of an attribute wherever it stands."""
        return [attributes[name] for _, attributes in self.elements if name in attributes]

    def table(self, name: str) -> list[list[str]]:
        """The rows of a table that can be saved as csv, with its head, by the name of its file."""
        for tag, attributes in self.elements:
            if tag == "a" and _file(attributes) == f"{name}.csv":
                text = unquote(attributes["href"].partition(",")[2]).removeprefix("\ufeff")
                return list(csv.reader(StringIO(text), delimiter=";"))
        raise LookupError(name)

    def asked_of_others(self) -> list[str]:
        """Addresses that a browser would load when it opens the page."""
        loaded = [
            attributes[name]
            for tag, attributes in self.elements
            for name in ("src", "href", "srcset", "data", "action", "poster")
            if name in attributes and tag not in {"a"}
        ]
        return [address for address in loaded if not address.startswith("data:")]


def _file(attributes: dict[str, str]) -> str:
    """The name of the file that an address saves, without what says that it is invented."""
    return attributes.get("download", "").removeprefix("invented-").removeprefix("verzonnen-")
