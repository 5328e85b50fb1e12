"""What was published, in one file that only grows.

The file is JSON. Every entry carries a checksum over itself and the entry before it, so that a change
anywhere is noticed. A new entry is written to a draft beside the file that takes its place in one step: a
crash leaves the file as it was. Counts stand in it as they were shown; a hidden count is not in it at all.

A second file beside it, the mark (`.published.json.last` for `published.json`), holds the checksum of the
last entry, so that a ledger that was taken away, or put back from an older copy, is noticed rather than taken
for one in which less was published. The mark is written before and after every entry, so that it is that of
the last entry or, after a crash, of the one before. Both files are moved, and kept in backups, together: an
older copy of both is not noticed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import polars as pl

from ongedeeld.errors import N_, InputError, OngedeeldError, Place
from ongedeeld.measures.disclosure.publication import Publication, Relation

FORMAT = 1


@dataclass(frozen=True)
class Ledger:
    """Everything that was published so far, the oldest first; iterate to get the publications.

    Examples
    --------
    >>> Ledger.open("published.json").publications  # doctest: +SKIP
    ()
    """

    path: Path
    publications: tuple[Publication, ...] = ()
    checksum: str = ""

    def __iter__(self) -> Iterator[Publication]:
        return iter(self.publications)

    def __len__(self) -> int:
        return len(self.publications)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """The ledger in this file; an empty one where there never was a file.

        Raises
        ------
        InputError
            When the file or its mark is gone or older than what was last written, cannot be read, is damaged,
            or was written by a newer version.
        """
        file = Path(path)
        last = _last_checksum(file)
        if not file.exists():
            if last:
                raise _incomplete(file, N_("the ledger is gone, and tables were published with it"))
            return cls(file)
        entries = _entries(file)
        publications: list[Publication] = []
        checksum, checksums = "", [""]
        try:
            for entry in entries:
                content, stated = entry["publication"], entry["checksum"]
                checksum = _checksum(checksum, content)
                if checksum != stated:
                    raise _damaged(file, f"entry {len(publications) + 1}")
                publications.append(_from_json(content))
                checksums.append(checksum)
        except (KeyError, TypeError, ValueError, AttributeError, pl.exceptions.PolarsError) as error:
            raise _damaged(file, f"entry {len(publications) + 1}: {error}") from error
        if last is not None and last not in checksums:
            raise _incomplete(file, N_("the ledger is an older copy: it lacks tables that were published"))
        if publications and last not in checksums[-2:]:
            raise _unmarked(file, checksum)
        return cls(file, tuple(publications), checksum)

    def publish(self, publication: Publication) -> Ledger:
        """Write down that this was published, and give back the longer ledger.

        Do this when the table leaves the house, before it does. A table that went out before, the same in
        every count, is not written down again.

        Raises
        ------
        OngedeeldError
            When somebody else published in the meantime, so that the table was not held against that; or when
            the file cannot be written, in which case it is as it was.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with _alone(self.path):
                before = Ledger.open(self.path)
                if before.checksum != self.checksum:
                    raise OngedeeldError(
                        N_("another table was published since this ledger was opened"),
                        place=Place(self.path),
                        remedy=N_("open the ledger again and protect the table once more"),
                    )
                content = _to_json(publication)
                if any(_in_order(content) == _in_order(_to_json(each)) for each in self.publications):
                    return self
                entries = _entries(self.path) if self.path.exists() else []
                checksum = _checksum(self.checksum, content)
                # Should the next mark not be written, this one is not further behind than one entry.
                _replace_text(_mark(self.path), self.checksum)
                _replace(self.path, [*entries, {"publication": content, "checksum": checksum}])
                _replace_text(_mark(self.path), checksum)
        except OSError as error:
            raise OngedeeldError(
                N_("the ledger could not be written: {detail}"),
                place=Place(self.path),
                remedy=N_("make room or choose another folder; what was there before is unchanged"),
                detail=error.strerror or str(error),
            ) from error
        return Ledger(self.path, (*self.publications, publication), checksum)


def _entries(file: Path) -> list[Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        version, entries = int(data["ledger"]), list(data["entries"])
    except OSError as error:
        raise InputError(
            N_("the ledger could not be read: {detail}"),
            place=Place(file),
            remedy=N_("check the path and who may read it; publish nothing without it"),
            detail=error.strerror or str(error),
        ) from error
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(file, str(error)) from error
    if version > FORMAT:
        raise InputError(
            N_("this ledger has version {version}; this program knows versions up to {known}"),
            place=Place(file),
            remedy=N_("update ongedeeld"),
            version=version,
            known=FORMAT,
        )
    return entries


def _last_checksum(file: Path) -> str | None:
    """What the mark holds, None where there is none; read before the ledger, which is ahead."""
    mark = _mark(file)
    try:
        return mark.read_text(encoding="utf-8").strip() if mark.exists() else None
    except (OSError, ValueError) as error:
        raise _damaged(mark, str(error)) from error


def _mark(file: Path) -> Path:
    return _beside(file, "last")


def _unmarked(file: Path, checksum: str) -> InputError:
    return InputError(
        N_("the mark of the last table that was published is gone or older, so this may be an older copy"),
        place=Place(file),
        expected=N_("the ledger and {mark} beside it, as they were last written"),
        remedy=N_(
            "put back the latest copy of both. If it is certain that nothing was published since this copy, "
            "write {checksum} into {mark}"
        ),
        mark=_mark(file).name,
        checksum=checksum,
    )


def _incomplete(file: Path, problem: str) -> InputError:
    return InputError(
        problem,
        place=Place(file),
        expected=N_("the file as it was last written, with every table that was published"),
        remedy=N_(
            "put back the latest copy; publish nothing without it. If there is none, begin a ledger under "
            "another name and publish into it first what is known to have gone out"
        ),
    )


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f".{path.name}.{what}")


def _damaged(file: Path, detail: str) -> InputError:
    return InputError(
        N_("the ledger is damaged ({detail})"),
        place=Place(file),
        expected=N_("the file as it was written, with every table that was published"),
        remedy=N_("restore it from a backup; publish nothing without it"),
        detail=detail,
    )


def _checksum(before: str, content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def _replace(path: Path, entries: list[Any]) -> None:
    content = {"ledger": FORMAT, "entries": entries}
    _replace_text(path, json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def _replace_text(path: Path, text: str) -> None:
    draft = _beside(path, "draft")
    try:
        with draft.open("w", encoding="utf-8") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other writers out; the system lets go of the lock when a writer is killed."""
    with _beside(path, "lock").open("a+b") as handle:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _to_json(publication: Publication) -> dict[str, Any]:
    return {
        "title": publication.title,
        "columns": publication.table.columns,
        "rows": [list(row) for row in publication.table.iter_rows()],
        "min_count": publication.min_count,
        "round_to": publication.round_to,
        "rounded_to": publication.rounded_to,
        "structure": {
            dimension: {code: sorted(children) for code, children in parts.items()}
            for dimension, parts in publication.structure.items()
        },
        "relations": [
            {
                "name": relation.name,
                "cells": [[dict(cell), by] for cell, by in relation.cells],
                "constant": relation.constant,
                "margin": relation.margin,
            }
            for relation in publication.relations
        ],
    }


def _in_order(content: dict[str, Any]) -> dict[str, Any]:
    """The same content with the relations in an order that does not depend on how they were made."""
    relations = (
        relation | {"cells": sorted(relation["cells"], key=str)} for relation in content["relations"]
    )
    return content | {"relations": sorted(relations, key=str)}


def _from_json(content: dict[str, Any]) -> Publication:
    schema = {name: pl.Int64 if name in ("count", "most") else pl.String for name in content["columns"]}
    return Publication(
        content["title"],
        pl.DataFrame(content["rows"], schema=schema, orient="row"),
        int(content["min_count"]),
        int(content["round_to"]),
        int(content["rounded_to"]),
        {
            dimension: {code: frozenset(children) for code, children in parts.items()}
            for dimension, parts in content["structure"].items()
        },
        tuple(
            Relation(
                relation["name"],
                tuple((tuple(sorted(cell.items())), int(by)) for cell, by in relation["cells"]),
                int(relation["constant"]),
                int(relation["margin"]),
            )
            for relation in content["relations"]
        ),
    )
