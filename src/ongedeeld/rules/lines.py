"""On which line of a TOML file a table or key stands, so that a message can name it."""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")


class Lines:
    r"""The lines of a TOML text by table and key.

    >>> Lines('holder = "x"\n[[urgency]]\nfrom = 2026-07-01\n').of("urgency", 1, "from")
    3
    """

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def of(self, table: str, number: int = 1, key: str = "") -> int | None:
        """The line, counted from 1, of the `number`-th table of a name, or of a key in it, where it has one.

        A `table` without a name is what stands above the first table.
        """
        first = self._header(table, number) if table else 0
        if first is None:
            return None
        return self._key(key, first) or (first or None) if key else first

    def _header(self, table: str, number: int) -> int | None:
        found = [
            line
            for line, text in enumerate(self._lines, start=1)
            if (header := _HEADER.match(text)) and header[1].replace('"', "") == table
        ]
        return found[number - 1] if len(found) >= number else None

    def _key(self, key: str, first: int) -> int | None:
        wanted = re.compile(rf'^\s*"?{re.escape(key)}"?\s*=')
        for line, text in enumerate(self._lines[first:], start=first + 1):
            if _HEADER.match(text):
                return None
            if wanted.match(text):
                return line
        return None
