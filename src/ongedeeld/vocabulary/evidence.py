"""Evidence records: what is assumed about neighbourhoods, one file for each record in `evidence/`.

Nothing here is a guess. Where a source gives no figure the record has no effect, and where nobody measured
the grade is `none`. A user adds records in a file of their own and overrules shipped ones with a reason.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from ongedeeld.errors import N_, AbsentError, InputError, Place
from ongedeeld.vocabulary._evidence_file import record_of, tables_of
from ongedeeld.vocabulary.evidence_records import EvidenceRecord


class UnknownRecordError(AbsentError, KeyError):
    """There is no record of this name; also a `KeyError`, so that `in` and `get` work as on every mapping."""


class Evidence(Mapping[str, EvidenceRecord]):
    """Records by name, in order of the alphabet."""

    def __init__(self, records: Mapping[str, EvidenceRecord]) -> None:
        self._records = MappingProxyType(dict(sorted(records.items())))

    def __getitem__(self, name: str) -> EvidenceRecord:
        if name not in self._records:
            near = get_close_matches(name, self._records, n=3) or list(self._records)
            raise UnknownRecordError(
                N_("there is no record of evidence {name}"),
                expected=N_("one of: {known}"),
                remedy=N_("list all with: ongedeeld evidence"),
                name=name,
                known=", ".join(near),
            )
        return self._records[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __repr__(self) -> str:
        return f"<Evidence of {len(self)} records>"


def load_evidence(own: Path | None = None) -> Evidence:
    """The records that ship with this version, with those of a user's file over them.

    Parameters
    ----------
    own
        A TOML file with a table for each record. A record with the name of a shipped one must say why it
        goes before it, under `overrules`; the shipped one stays visible in its `overruled`.

    Raises
    ------
    InputError
        When the file is not there or a record is not of the form that is read. All or nothing is taken in.

    Examples
    --------
    >>> record = load_evidence()["caretakers"]
    >>> record.grade, record.years, record.supports("some")
    ('weak', (1991, 1993), False)
    """
    shipped = _shipped()
    if own is None:
        return shipped
    added = {
        name: _placed(record_of(name, values, own, origin=own), shipped, own)
        for name, values in tables_of(own).items()
    }
    return Evidence({**shipped, **added})


@cache
def _shipped() -> Evidence:
    folder = files("ongedeeld.vocabulary") / "evidence"
    records = {}
    for file in folder.iterdir():
        name = file.name.removesuffix(".toml")
        records[name] = record_of(name, tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    return Evidence(records)


def _placed(record: EvidenceRecord, shipped: Evidence, own: Path) -> EvidenceRecord:
    """A record of a user beside or over the shipped ones: it overrules when it says so, and only then."""
    if record.name in shipped and record.reason is None:
        raise InputError(
            N_("record {record} is there already, and this one does not say that it overrules it"),
            place=Place(own),
            expected=N_("overrules, with the reason why this record goes before the shipped one"),
            remedy=N_("add overrules, or give the record another name"),
            record=record.name,
        )
    if record.name not in shipped and record.reason is not None:
        near = get_close_matches(record.name, shipped, n=3) or list(shipped)
        raise InputError(
            N_("record {record} overrules nothing: no shipped record has its name"),
            place=Place(own),
            expected=N_("one of: {known}"),
            remedy=N_("correct the name of the record, or take overrules out"),
            record=record.name,
            known=", ".join(near),
        )
    return replace(record, overruled=shipped.get(record.name))
