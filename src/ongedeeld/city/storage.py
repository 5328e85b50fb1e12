"""A City on disk: a folder of Parquet files and `manifest.json`, written whole or not at all.

Renaming is the only step that others can see. A new City is prepared in a hidden folder beside its place and
renamed into it; a City that is replaced gets its new files beside the old ones and then a new manifest in one
rename, after which the old files go.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from ongedeeld.city.manifest import SCHEMA_VERSION, Manifest, StoredTable
from ongedeeld.errors import N_, CityError, Place
from ongedeeld.vocabulary import TABLES

MANIFEST = "manifest.json"
SAVED_MEANWHILE = 20
"""How often a City is read again that is saved anew at the moment it is opened."""


def write(path: Path, tables: Mapping[str, pl.DataFrame], manifest: Manifest) -> Manifest:
    """Write a City to the folder `path` and give back the manifest with its files.

    Raises
    ------
    CityError
        When the folder holds something else, or cannot be written.
    """
    with _clear_words_for_disk_trouble(path):
        _refuse_strange_folder(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if (path / MANIFEST).exists():
            with _only_writer(path):
                return _replace(path, tables, manifest)
        return _create(path, tables, manifest)


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """Let one program at a time replace a City; the system lets go when a program is killed."""
    if os.name != "posix":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _own_files(folder: Path) -> set[Path]:
    """The tables that a City put here; other files are somebody else's."""
    own = re.compile(rf"({'|'.join(TABLES)})-[0-9a-f]{{12}}\.parquet")
    return {file for file in folder.glob("*.parquet") if own.fullmatch(file.name)}


def _create(path: Path, tables: Mapping[str, pl.DataFrame], manifest: Manifest) -> Manifest:
    draft = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        stored = manifest.with_tables(_write_tables(draft, tables))
        _write_synced(draft / MANIFEST, stored.to_json())
        draft.chmod(0o755)
        sync_folder(draft)
        draft.replace(path)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    sync_folder(path.parent)
    return stored


def _replace(path: Path, tables: Mapping[str, pl.DataFrame], manifest: Manifest) -> Manifest:
    before = _own_files(path)
    draft = path / f".{MANIFEST}.draft"
    try:
        stored = manifest.with_tables(_write_tables(path, tables))
        _write_synced(draft, stored.to_json())
        sync_folder(path)
        draft.replace(path / MANIFEST)
    except BaseException:
        draft.unlink(missing_ok=True)
        for file in _own_files(path) - before:
            file.unlink()
        raise
    sync_folder(path)
    for file in before - {path / table.file for table in stored.tables.values()}:
        file.unlink()
    return stored


def _write_tables(folder: Path, tables: Mapping[str, pl.DataFrame]) -> dict[str, StoredTable]:
    stored = {}
    for name, frame in tables.items():
        draft = folder / f".{name}.draft"
        try:
            frame.write_parquet(draft)
            sync(draft)
            checksum = sha256(draft)
            file = f"{name}-{checksum[:12]}.parquet"
            draft.replace(folder / file)
        finally:
            draft.unlink(missing_ok=True)
        stored[name] = StoredTable(file, len(frame), checksum)
    return stored


def _write_synced(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    sync(file)


def sync(file: Path) -> None:
    """Make what was written to a file last."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last, so that no rename reaches the disk before the files it speaks of."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def read(path: Path) -> Manifest:
    """The manifest of the City in the folder `path`.

    Raises
    ------
    CityError
        When there is no City there, it is damaged, or it was written by a newer version.
    """
    manifest = _manifest(path)
    for _ in range(SAVED_MEANWHILE):
        if not _gone(path, manifest) or not is_replaced(path, manifest):
            break
        manifest = _manifest(path)
    _refuse_strange_tables(path, manifest)
    return manifest


def _manifest(path: Path) -> Manifest:
    file = path / MANIFEST
    try:
        text = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CityError(
            N_("there is no City here"),
            place=Place(path),
            expected=N_("a folder with manifest.json, as `ongedeeld build` writes"),
            remedy=N_("check the path, or build a City first"),
        ) from error
    except (OSError, ValueError) as error:
        raise CityError(
            N_("this City cannot be read ({detail})"),
            place=Place(path),
            remedy=N_("check the path and who may read it"),
            detail=_in_short(error),
        ) from error
    try:
        data = json.loads(text)
        _refuse_newer(path, data["schema_version"])
        return Manifest.from_dict(data)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise damaged(file, repr(error)) from error


def damaged(file: Path, detail: str) -> CityError:
    """The error for a file of a City that is not as it was written."""
    return CityError(
        N_("this file of the City is damaged ({detail})"),
        place=Place(file),
        expected=N_("the file as `ongedeeld build` wrote it"),
        remedy=N_("restore the file from a backup, or build the City again"),
        detail=detail,
    )


def is_replaced(path: Path, manifest: Manifest) -> bool:
    """Whether another manifest stands in a folder than the one that was read there."""
    try:
        return bool(json.loads((path / MANIFEST).read_bytes()) != json.loads(manifest.to_json()))
    except (OSError, ValueError, RecursionError):
        return False


def replaced(path: Path) -> CityError:
    """The error for a City that was saved anew while it was read."""
    return CityError(
        N_("this City was saved anew since it was opened"), place=Place(path), remedy=N_("open it again")
    )


def _refuse_strange_tables(path: Path, manifest: Manifest) -> None:
    """Refuse a manifest without areas, and files that are gone or lie outside the folder."""
    if "areas" not in manifest.tables:
        raise damaged(path / MANIFEST, "areas")
    for table in manifest.tables.values():
        if Path(table.file).name != table.file:
            raise damaged(path / MANIFEST, table.file)
    if gone := _gone(path, manifest):
        raise (
            replaced(path)
            if is_replaced(path, manifest)
            else CityError(
                N_("the file {file} of this City is gone"),
                place=Place(path),
                expected=N_("the file as `ongedeeld build` wrote it"),
                remedy=N_("restore the file from a backup, or build the City again"),
                file=gone[0],
            )
        )


def _gone(path: Path, manifest: Manifest) -> list[str]:
    files = [table.file for table in manifest.tables.values()]
    return [file for file in files if not (path / file).is_file()]


def _refuse_newer(path: Path, version: int) -> None:
    if version < 1:
        raise ValueError(f"schema_version {version}")
    if version > SCHEMA_VERSION:
        raise CityError(
            N_("this City has schema version {version}; this program knows versions up to {known}"),
            place=Place(path),
            expected=N_("a City of this program or an older one"),
            remedy=N_("update ongedeeld, or build the City again with this version"),
            version=version,
            known=SCHEMA_VERSION,
        )


def _refuse_strange_folder(path: Path) -> None:
    if path.is_dir() and not _holds_city(path) and any(path.iterdir()):
        raise CityError(
            N_("this folder holds something else than a City"),
            place=Place(path),
            expected=N_("a folder that does not exist yet, is empty, or holds a City"),
            remedy=N_("choose another folder with --out"),
        )
    if path.exists() and not path.is_dir():
        raise CityError(
            N_("this is a file, not a folder"),
            place=Place(path),
            expected=N_("a folder that does not exist yet, is empty, or holds a City"),
            remedy=N_("choose another folder with --out"),
        )


def _holds_city(path: Path) -> bool:
    """Whether the manifest in a folder is that of a City, be it damaged or of another version."""
    try:
        data = json.loads((path / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and {"schema_version", "region", "tables"} <= data.keys()


@contextmanager
def _clear_words_for_disk_trouble(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, pl.exceptions.ComputeError) as error:
        raise CityError(
            N_("the City could not be written ({detail})"),
            place=Place(path),
            expected=N_("a folder that may be written to, on a disk with room"),
            remedy=N_("make room or choose another folder with --out; what was there before is unchanged"),
            detail=_in_short(error),
        ) from error


def _in_short(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error).partition("\n")[0]
