"""Tables as files that spreadsheets open."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO


def csv_bytes(rows: Iterable[Iterable[object]]) -> bytes:
    r"""A csv file as spreadsheets in the Netherlands open it: with semicolons, in UTF-8 with its mark.

    Words that others wrote have to be made harmless before (see `ongedeeld.reporting.text.harmless`): a
    spreadsheet works out what begins with an equals sign.

    Examples
    --------
    >>> csv_bytes([["buurt", "aantal"], ["Markt; Noord", 3]]).decode("utf-8-sig")
    'buurt;aantal\r\n"Markt; Noord";3\r\n'
    """
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
