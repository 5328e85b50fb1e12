"""The folder that fetched files end up in, with a list of them and their checksums."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ongedeeld.city.storage import sha256
from ongedeeld.errors import N_, FetchError, Place

LIST = "fetched.json"


@dataclass(frozen=True)
class FetchedFile:
    """One file: what it is for, whence it came and its checksum.

    `kind` is `kwb`, `proximity`, `crime`, `boundaries` or `livability`.
    """

    name: str
    kind: str
    title: str
    url: str
    sha256: str
    bytes: int


class Basket:
    """Puts files in a folder, each whole or not at all, and keeps the list of them.

    Raises
    ------
    FetchError
        When the folder holds the files of another municipality.
    """

    def __init__(self, folder: Path, region: str, today: date) -> None:
        self.folder = folder
        self.region = region
        self.today = today
        self.files: dict[str, FetchedFile] = {}
        folder.mkdir(parents=True, exist_ok=True)
        listed = _listed(folder / LIST)
        self._refuse_other_region(listed.get("region", region))
        self._earlier = [FetchedFile(**file) for file in listed.get("files", [])]

    def put(self, name: str, content: Path | bytes, *, kind: str, title: str, url: str) -> None:
        """Put a file in the folder; one that is there already with the same checksum stays as it is."""
        target = self.folder / name
        with _beside(target) as path:
            if isinstance(content, bytes):
                path.write_bytes(content)
            else:
                shutil.copyfile(content, path)
            checksum, size = sha256(path), path.stat().st_size
            if not target.is_file() or sha256(target) != checksum:
                path.replace(target)
        self.files[name] = FetchedFile(name, kind, title, url, checksum, size)
        self._write_list()

    def paths(self, kind: str) -> list[Path]:
        """The files of one kind."""
        return [self.folder / file.name for file in self.files.values() if file.kind == kind]

    def keep_earlier(self, kind: str) -> None:
        """Count the files of one kind that an earlier run put here too, if they are still whole."""
        for file in self._earlier:
            path = self.folder / file.name
            whole = path.is_file() and sha256(path) == file.sha256
            if file.kind == kind and file.name not in self.files and whole:
                self.files[file.name] = file

    def _refuse_other_region(self, other: str) -> None:
        if other != self.region:
            raise FetchError(
                N_("this folder holds the files of {other}"),
                place=Place(self.folder),
                remedy=N_("give another folder for {region}"),
                other=other,
                region=self.region,
            )

    def _write_list(self) -> None:
        listed = {
            "region": self.region,
            "fetched": self.today.isoformat(),
            "files": [asdict(file) for file in self.files.values()],
        }
        with _beside(self.folder / LIST) as path:
            path.write_text(json.dumps(listed, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            path.replace(self.folder / LIST)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A file in the same folder to write first, which is gone afterwards unless it was renamed."""
    path = target.with_name(f".{target.name}.part")
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _listed(path: Path) -> Mapping[str, Any]:
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return listed if isinstance(listed, dict) else {}
