"""Results on disk: a folder with `manifest.json` and, for each future, a folder of tables.

::

    R/manifest.json                   what was asked
    R/futures/000001/lettings.parquet one file for each table, in a folder for each future

A future is written beside its place and renamed into it, so it is there whole or not at all, and what is
there stays when a simulation is broken off. Nothing is removed but what a simulation put there itself and
did not finish.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from ongedeeld.city.storage import sync, sync_folder
from ongedeeld.errors import N_, AbsentError, InputError, Place
from ongedeeld.simulation.futures.asked import FORM, Asked, Differences
from ongedeeld.simulation.futures.files import (
    FUTURES,
    SUFFIX,
    draft_prefix,
    drafts_in,
    numbers_in,
    place_of,
    refuse_damaged,
    tables_in,
)

MANIFEST = "manifest.json"
DRAFT = ".manifest.json.draft"

OTHER_FOLDER = N_("choose another folder with --out")


@dataclass(frozen=True)
class Results:
    """The futures of a simulation in a folder.

    Parameters
    ----------
    folder
        Where they are.
    manifest
        What the simulation was asked.
    """

    folder: Path
    manifest: Asked

    @property
    def name(self) -> str:
        """The name of the policy; empty under the law alone."""
        return self.manifest.policy

    @property
    def futures(self) -> tuple[int, ...]:
        """The numbers of the futures that are there, in ascending order; each is there whole."""
        return tuple(numbers_in(self.folder))

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that every future has."""
        first = [tables_in(place_of(self.folder, number)) for number in self.futures[:1]]
        return tuple(sorted(set[str]().union(*first)))

    def table(self, name: str) -> pl.LazyFrame:
        """A table of all futures under each other, lazily; its first column `future` tells of which.

        Raises
        ------
        AbsentError
            When no future is finished yet, or none has such a table.
        """
        if name not in self.tables:
            raise AbsentError(
                N_("the results in {folder} have no table {table}"),
                expected=N_("one of: {known}"),
                remedy=N_("check the name, or simulate first"),
                folder=self.folder,
                table=name,
                known=", ".join(self.tables) or "-",
            )
        return pl.scan_parquet([place_of(self.folder, number) / f"{name}{SUFFIX}" for number in self.futures])

    def keep(self, number: int, tables: Mapping[str, bytes]) -> None:
        """Write the tables of a future, as files of Parquet; one that is there already stays as it is.

        Raises
        ------
        InputError
            When they cannot be written; then nothing of the future is there.
        """
        place = place_of(self.folder, number)
        if place.exists():
            return
        with _clear_words_for_disk_trouble(self.folder):
            draft = Path(tempfile.mkdtemp(prefix=draft_prefix(number), dir=place.parent))
            try:
                for name, table in tables.items():
                    _write(draft / f"{name}{SUFFIX}", table)
                draft.chmod(0o755)
                sync_folder(draft)
                draft.rename(place)
                sync_folder(place.parent)
            except BaseException:
                shutil.rmtree(draft, ignore_errors=True)
                raise


def open_results(folder: str | Path) -> Results:
    """The results in a folder.

    Raises
    ------
    InputError
        When there are none, their manifest or a future is damaged, or a newer version wrote them.
    """
    results = Results(Path(folder), _read(Path(folder)))
    refuse_damaged(results.folder)
    return results


@contextmanager
def writing(folder: Path, asked: Asked) -> Iterator[Results]:
    """Results to add futures to: new ones, or those that an earlier simulation of the same left there.

    The folder goes again when nothing was finished in it, and nothing else stands in it.

    Raises
    ------
    InputError
        When the folder holds something else, futures of another simulation, with what differs, or a damaged
        one; when it cannot be written, or another program is writing there. It is left as it is.
    """
    _refuse_strange_folder(folder)
    new = not folder.exists()
    with _clear_words_for_disk_trouble(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / MANIFEST).exists():
            # First of all, as by its manifest a folder is known for ours.
            _save(folder, asked)
        (folder / FUTURES).mkdir(exist_ok=True)
    with _alone(folder):
        results = Results(folder, _begun(folder, asked))
        try:
            with _clear_words_for_disk_trouble(folder):
                for left in drafts_in(folder):
                    shutil.rmtree(left)
            yield results
        finally:
            if not any((folder / FUTURES).iterdir()):
                (folder / FUTURES).rmdir()
                (folder / MANIFEST).unlink()
                if new and not any(folder.iterdir()):
                    folder.rmdir()


def _begun(folder: Path, asked: Asked) -> Asked:
    """What is asked of the results in a folder, with the most futures that were ever asked of them."""
    there = _read(folder)
    if numbers_in(folder):
        found = asked.differences(there)
        if found:
            raise InputError(
                N_("this folder holds futures of another simulation, of which this is not the same: {found}"),
                place=Place(folder),
                expected=N_("the simulation with which the folder began, or a new folder"),
                remedy=OTHER_FOLDER,
                found=Differences(found),
            )
        refuse_damaged(folder)
        asked = replace(asked, runs=max(asked.runs, there.runs))
    with _clear_words_for_disk_trouble(folder):
        _save(folder, asked)
    return asked


def _save(folder: Path, asked: Asked) -> None:
    draft = folder / DRAFT
    try:
        _write(draft, asked.to_json().encode())
        draft.replace(folder / MANIFEST)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(folder)


def _read(folder: Path) -> Asked:
    file = folder / MANIFEST
    try:
        data = json.loads(file.read_bytes())
        if not _is_ours(data):
            raise _no_results(folder)
        _refuse_newer(folder, data["form"])
        return Asked.from_dict(data)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _no_results(folder) from error
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            N_("this manifest cannot be read ({detail})"),
            place=Place(file),
            expected=N_("the file as `ongedeeld simulate` wrote it, by this version or an earlier one"),
            remedy=N_("restore it from a backup, update ongedeeld, or simulate into another folder"),
            detail=repr(error),
        ) from error


def _is_ours(data: object) -> bool:
    """Whether what stands in a manifest is of a simulation, be it damaged or of another version."""
    return isinstance(data, dict) and {"form", "city_checksum", "runs"} <= data.keys()


def _no_results(folder: Path) -> InputError:
    return InputError(
        N_("there are no results of a simulation here"),
        place=Place(folder),
        expected=N_("a folder that `ongedeeld simulate` wrote"),
        remedy=N_("check the path, or simulate first"),
    )


def _refuse_newer(folder: Path, form: int) -> None:
    if form > FORM:
        raise InputError(
            N_("these results have form {form}; this program knows forms up to {known}"),
            place=Place(folder),
            remedy=N_("update ongedeeld, or simulate again with this version"),
            form=form,
            known=FORM,
        )


def _refuse_strange_folder(folder: Path) -> None:
    if _is_strange(folder):
        raise InputError(
            N_("this is something else than results of a simulation, and is left as it is"),
            place=Place(folder),
            expected=N_("a folder that does not exist yet, is empty, or has results of the same simulation"),
            remedy=OTHER_FOLDER,
        )


def _is_strange(folder: Path) -> bool:
    """Whether there is something that no simulation put there; a manifest is told by what stands in it."""
    if not folder.is_dir():
        return folder.exists()
    if {entry.name for entry in folder.iterdir()} <= {DRAFT}:
        return False
    try:
        data = json.loads((folder / MANIFEST).read_bytes())
    except OSError:
        return True
    except ValueError:
        # It may be one of ours that was damaged: reading it tells what is wrong.
        return False
    return not _is_ours(data)


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    sync(file)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other programs from writing here; the system lets go when a program is killed."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder / FUTURES, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputError(
                N_("another program is writing these results"),
                place=Place(folder),
                remedy=N_("wait until it is done, or choose another folder with --out"),
            ) from error
        yield
    finally:
        os.close(handle)


@contextmanager
def _clear_words_for_disk_trouble(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            N_("results cannot be written here ({detail})"),
            place=Place(folder),
            expected=N_("a folder that may be written to, on a disk with room"),
            remedy=N_("make room or choose another folder with --out; what is finished stays"),
            detail=error.strerror or str(error),
        ) from error
