"""What arrives from outside: names made harmless, contents held against names, archives looked into first.

Nothing here reads figures; it decides whether a file may be kept at all, and keeps it whole or not at all.
"""

from __future__ import annotations

import re
import shutil
import stat
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol
from uuid import uuid4

from django.conf import settings

from ongedeeld.city.storage import sync, sync_folder
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.vocabulary import Quantity

MOST_FILES = 30
"""How many files are taken at once."""
MOST_ENTRIES = 5_000
"""How many entries an archive may have."""
MOST_UNPACKED = 4 * 1024**3
"""How many bytes an archive may become."""
MOST_RATIO = 150
"""How many times larger an archive may become, once it becomes larger than `SMALL`."""
SMALL = 64 * 1024**2
CHUNK = 1024**2
LONGEST_NAME = 100

STARTS: dict[str, tuple[bytes, ...]] = {
    ".xlsx": (b"PK\x03\x04",),
    ".zip": (b"PK\x03\x04",),
    ".parquet": (b"PAR1",),
    ".gpkg": (b"SQLite format 3\x00",),
}
"""How files of a kind begin; the others are text."""
TEXTS = (".csv", ".txt", ".tsv", ".json", ".geojson")
_STRANGE = re.compile(r"[^\w .()=+-]+")


class Upload(Protocol):
    """A file that somebody sends: its name, its size and its bytes."""

    @property
    def name(self) -> str | None:
        """How it is called."""

    def chunks(self) -> Iterable[bytes]:
        """Its bytes."""


@dataclass(frozen=True)
class Laid:
    """A file that lies in a folder already, as an `Upload`."""

    path: Path

    @property
    def name(self) -> str:
        """How it is called."""
        return self.path.name

    def chunks(self) -> Iterable[bytes]:
        """Its bytes."""
        with self.path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def incoming(folder: str = "") -> Path:
    """Where the files of a version lie until it is accepted or discarded."""
    return Path(settings.DATA_FOLDER) / "incoming" / folder


def clean_name(name: str) -> str:
    """The name of a file, without a path, hidden beginnings and signs that mean something elsewhere.

    >>> clean_name("../../etc/Wöningen 2026.XLSX"), clean_name("<b>.csv")
    ('Wöningen 2026.xlsx', '_b_.csv')
    """
    bare = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    stem, dot, suffix = _STRANGE.sub("_", bare).strip(" .").rpartition(".")
    stem, suffix = (stem, suffix) if dot else (suffix, "")
    return f"{stem[:LONGEST_NAME].strip(' .') or 'file'}{dot}{suffix[:10].lower()}"


def keep(uploads: Sequence[Upload]) -> tuple[str, list[str]]:
    """Put files in a new folder below `incoming`, all of them or none.

    Returns
    -------
    The name of the folder, and the names that the files have there.

    Raises
    ------
    InputError
        When there are none or too many, one is not what its name says, or they cannot be written.
    """
    if not 0 < len(uploads) <= MOST_FILES:
        raise InputError(
            N_("{count} files were given"),
            expected=N_("1 to {most} files at once"),
            remedy=N_("choose the files and try again"),
            count=len(uploads),
            most=MOST_FILES,
        )
    folder = uuid4().hex
    draft = incoming(f".{folder}")
    try:
        names = _write(draft, uploads)
        draft.replace(incoming(folder))
        sync_folder(incoming())
    except OSError as error:
        raise no_room(error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder, names


def no_room(error: OSError) -> InputError:
    """What is said when a file cannot be written."""
    return InputError(
        N_("the files could not be kept ({detail}); nothing was changed"),
        expected=N_("room on the disk of the workbench"),
        remedy=N_("ask who manages the installation to make room, and try again"),
        detail=error.strerror or type(error).__name__,
    )


def _write(draft: Path, uploads: Sequence[Upload]) -> list[str]:
    draft.mkdir(parents=True)
    names: list[str] = []
    for upload in uploads:
        name = _free(clean_name(upload.name or ""), names)
        with (draft / name).open("xb") as file:
            _copy(upload.chunks(), file, name)
        refuse_other_content(draft / name)
        sync(draft / name)
        names.append(name)
    sync_folder(draft)
    return names


def _copy(chunks: Iterable[bytes], file: BinaryIO, name: str) -> None:
    written = 0
    for chunk in chunks:
        written += len(chunk)
        if written > settings.UPLOAD_BYTES:
            raise too_large(name)
        file.write(chunk)


def too_large(name: str) -> InputError:
    """What is said of a file that is larger than the workbench takes."""
    return InputError(
        N_("this is too large"),
        place=Place(name),
        expected=N_("at most {most} MB at once"),
        remedy=N_("give only what you need, or ask who manages the installation for more"),
        most=Quantity(settings.UPLOAD_BYTES // 1024**2),
    )


def _free(name: str, taken: Sequence[str]) -> str:
    """A name that none of the others has, on disks that know no capitals either."""
    lower = {other.lower() for other in taken}
    path, number = PurePosixPath(name), 2
    while name.lower() in lower:
        name, number = f"{path.stem} ({number}){path.suffix}", number + 1
    return name


def refuse_other_content(path: Path) -> None:
    """Refuse a file whose content is not what its name says, or an archive that is not to be unpacked.

    Raises
    ------
    InputError
        With what is wrong and what would do.
    """
    suffix = path.suffix.lower()
    if suffix not in STARTS and suffix not in TEXTS:
        raise InputError(
            N_("this kind of file is not taken"),
            place=Place(path.name),
            expected=N_("one of: {known}"),
            remedy=N_("save it as one of these, or leave it out"),
            known=", ".join((*STARTS, *TEXTS)),
        )
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        raise InputError(N_("this file is empty"), place=Place(path.name), remedy=N_("save it again"))
    fits = start.startswith(STARTS[suffix]) if suffix in STARTS else _is_text(start)
    if not fits:
        raise InputError(
            N_("the content of this file is not what its name says"),
            place=Place(path.name),
            expected=N_("a file of kind {kind}"),
            remedy=N_("save it again from the program that made it"),
            kind=suffix,
        )
    if suffix in (".xlsx", ".zip"):
        refuse_dangerous_archive(path)


def _is_text(start: bytes) -> bool:
    """Text has no zero bytes and does not begin as an archive, a program or a picture does."""
    utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return utf16 or not (
        b"\x00" in start or start.startswith((b"PK", b"MZ", b"\x7fELF", b"%PDF", b"\x89PNG"))
    )


def refuse_dangerous_archive(path: Path) -> None:
    """Refuse an archive that would become very large, or that would write beside its folder.

    Raises
    ------
    InputError
        With what is wrong.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise InputError(
            N_("this archive is cut short or damaged"),
            place=Place(path.name),
            remedy=N_("make it again, and send it again"),
        ) from error
    whole = sum(entry.file_size for entry in entries)
    packed = max(path.stat().st_size, 1)
    problem = ""
    if len(entries) > MOST_ENTRIES:
        problem = N_("this archive has too many entries")
    elif whole > MOST_UNPACKED or (whole > SMALL and whole / packed > MOST_RATIO):
        problem = N_("this archive becomes far too large when it is unpacked")
    elif any(entry.flag_bits & 0x1 for entry in entries):
        problem = N_("this archive is locked with a password")
    elif any(_leads_outside(entry) for entry in entries):
        problem = N_("this archive has entries that lead out of its own folder")
    if problem:
        raise InputError(
            problem,
            place=Place(path.name),
            expected=N_("a plain archive of the files themselves"),
            remedy=N_("make a new archive of only the files that are needed"),
        )


def _leads_outside(entry: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return is_link or name.is_absolute() or ".." in name.parts or ":" in (name.parts or ("",))[0]


def unpack(path: Path, folder: Path) -> None:
    """Unpack the files of an archive into one folder, without the folders they stand in.

    A City is a flat folder: the files beside its manifest are taken, the others left.

    Raises
    ------
    InputError
        When the archive is not to be unpacked, holds no City, or becomes larger than it says.
    """
    refuse_dangerous_archive(path)
    with zipfile.ZipFile(path) as archive:
        home = home_of_city(archive.namelist())
        if home is None:
            raise InputError(
                N_("there is no City in this archive"),
                place=Place(path.name),
                expected=N_("a folder with manifest.json, as `ongedeeld build` writes"),
                remedy=N_("make an archive of the whole folder of a City"),
            )
        left = MOST_UNPACKED
        for entry in archive.infolist():
            inside = PurePosixPath(entry.filename)
            if entry.is_dir() or inside.parent != home or inside.name.startswith("."):
                continue
            with archive.open(entry) as packed, (folder / inside.name).open("xb") as file:
                left -= _pour(packed, file, left, path)


def home_of_city(names: Iterable[str]) -> PurePosixPath | None:
    """The folder in an archive that holds a manifest; none where there is none or more than one."""
    homes = [PurePosixPath(name).parent for name in names if PurePosixPath(name).name == "manifest.json"]
    return homes[0] if len(homes) == 1 else None


def _pour(packed: object, file: BinaryIO, left: int, path: Path) -> int:
    """Write one entry, and no more of it than is left; how much it was."""
    poured = 0
    while chunk := packed.read(CHUNK):  # type: ignore[attr-defined]
        poured += len(chunk)
        if poured > left:
            raise too_large(path.name)
        file.write(chunk)
    return poured
