"""The report of a dry run, as a version keeps it: every sentence in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ongedeeld.city import City
from ongedeeld.city.checks import CHECKS, Finding, references
from ongedeeld.errors import N_, OngedeeldError, Translate
from ongedeeld.vocabulary import INDICATORS, LANGUAGES, TABLES, translator
from ongedeeld.web.cities.comparing import compare
from ongedeeld.web.cities.recognising import Sorted, called

MOST_ROWS = 10
"""How many rows of a finding are told."""
SEVERITIES = ("error", "warning", "note")

_NEXT = {
    "references": N_("Mend the code or the number in the file, or bring in the table that it names as well."),
    "figures": N_("Look the figure up at its owner; bring in the newest file, or accept it as published."),
    "space": N_("Bring in the boundaries of the same year as the key figures."),
    "stock": N_("Mend these rows in your own records, and bring the file in again."),
}
"""What to do about what a check found, by the family of the check."""


def of_error(error: OngedeeldError) -> dict[str, Any]:
    """The report of files that could not be read."""
    return {"error": {language: error.say(translator(language).gettext) for language in LANGUAGES}}


def of_city(
    city: City, before: City | None, found: Sorted, remarks: Iterable[Any] = (), addresses: int | None = None
) -> dict[str, Any]:
    """The report of a City that could be read.

    Parameters
    ----------
    city
        The City as it would be.
    before
        The City that is read; none where there is none yet.
    found
        The files from which it came.
    remarks
        What was noticed beside the City: about addresses, and about what could not be fetched.
    addresses
        How many addresses came along; none where no file tells them.
    """
    findings = city.check()
    files = {kind: name for name, kind in found.told}
    readable = _Readable(city)
    return {
        "files": [{"name": name, "kind": _both(called(kind))} for name, kind in found.told],
        "counts": {severity: sum(one.severity == severity for one in findings) for severity in SEVERITIES},
        "findings": [_finding(one, files, readable) for one in findings],
        "remarks": [
            {"source": remark.source, "text": _said(remark.say)}
            for remark in (*remarks, *city.manifest.remarks)
        ],
        "tables": {name: len(city.table(name)) for name in city.tables()},
        "addresses": addresses,
        "compared": compare(before, city).as_json() if before is not None else None,
    }


class _Readable:
    """Rows of findings in words: areas and indicators by name."""

    def __init__(self, city: City) -> None:
        self._areas = dict(city.table("areas").select("code", "name").iter_rows())

    def row(self, row: str, language: str) -> str:
        return ", ".join(self._cell(cell, language) for cell in row.split(", "))

    def _cell(self, cell: str, language: str) -> str:
        if cell in self._areas:
            return f"{self._areas[cell]} ({cell})"
        return INDICATORS[cell].label("nl" if language == "nl" else "en") if cell in INDICATORS else cell


def _finding(finding: Finding, files: dict[str, str], readable: _Readable) -> dict[str, Any]:
    # A lost reference is named after what it lost, and not after the check that found it.
    check = CHECKS.get(finding.check, references.unknown_reference)
    following = _NEXT[check.__module__.rpartition(".")[2]]
    table = TABLES.get(finding.table)
    return {
        "severity": finding.severity,
        "check": finding.check,
        "file": files.get(finding.table, ""),
        "table": {"nl": table.label_nl, "en": table.label_en} if table else None,
        "text": _said(finding.say),
        "next": _both(following),
        "rows": [
            {language: readable.row(row, language) for language in LANGUAGES}
            for row in finding.rows[:MOST_ROWS]
        ],
        "count": len(finding.rows),
    }


def _both(text: Any) -> dict[str, str]:
    def say(translate: Translate) -> str:
        return str(text.say(translate)) if hasattr(text, "say") else translate(text)

    return _said(say)


def _said(say: Any) -> dict[str, str]:
    return {language: say(translator(language).gettext) for language in LANGUAGES}
