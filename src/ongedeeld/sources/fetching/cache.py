"""Files that were downloaded before, with what tells whether they are still good."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from ongedeeld.city.storage import sha256


@dataclass(frozen=True)
class Kept:
    """A file in the cache and what its owner said of it, such as its `etag`."""

    path: Path
    facts: dict[str, str]


class Cache:
    """A folder of files by key; a file counts only as long as its checksum is the one that was noted.

    A download that broke off lies beside them as a part, with its own facts, to go on from.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Kept | None:
        """The file under a key, if it is there and whole."""
        path = self._path(key)
        facts = _facts(path)
        if facts is None or not path.is_file() or facts.get("sha256") != sha256(path):
            return None
        return Kept(path, facts)

    def put(self, key: str, facts: dict[str, str]) -> Path:
        """Make the part under a key the file under that key."""
        part, path = self.part(key), self._path(key)
        _note(path, facts | {"key": key, "sha256": sha256(part)})
        part.replace(path)
        _facts_path(part).unlink(missing_ok=True)
        return path

    def drop(self, key: str) -> None:
        """Forget the file under a key, and its part."""
        for path in (self._path(key), self.part(key)):
            path.unlink(missing_ok=True)
            _facts_path(path).unlink(missing_ok=True)

    def part(self, key: str) -> Path:
        """Where the part of a download lies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self._path(key).with_suffix(".part")

    def part_facts(self, key: str) -> dict[str, str]:
        """What was noted of a part; nothing where it cannot be gone on from."""
        part = self.part(key)
        return (_facts(part) or {}) if part.is_file() else {}

    def note_part(self, key: str, facts: dict[str, str]) -> None:
        """Note what makes it possible to go on from a part."""
        _note(self.part(key), facts)

    def _path(self, key: str) -> Path:
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.data"


def _facts_path(path: Path) -> Path:
    return path.with_suffix(path.suffix + ".json")


def _note(path: Path, facts: dict[str, str]) -> None:
    _facts_path(path).write_text(json.dumps(facts, indent=2), encoding="utf-8")


def _facts(path: Path) -> dict[str, str] | None:
    try:
        facts = json.loads(_facts_path(path).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return facts if isinstance(facts, dict) else None
