"""The folder of an atlas: replaced whole, and only when the new one is complete.

An atlas is prepared in a hidden folder beside its place and renamed into it, so that pages of an older atlas
never stay among those of a newer one.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from ongedeeld.errors import N_, InputError, Place

_MARK = b'<meta name="generator" content="Ongedeeld '
_MARK_WITHIN = 1_000
"""In how many bytes from its start a page says what made it."""
_OTHER_FILES = re.compile(
    r"figures\.csv|assets(/(style\.css|atlas\.js|fonts(/(OFL\.txt|[a-z0-9-]+\.woff2))?))?"
    r"|\.DS_Store|Thumbs\.db"  # left by file managers that showed the folder
)


@contextmanager
def replaced_whole(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, that takes the place of `folder` when all went well.

    Parameters
    ----------
    folder
        A folder that is not there yet, is empty, or holds an atlas.

    Raises
    ------
    InputError
        When the folder holds something else, or the disk refuses; what was there stays.
    """
    place = folder.resolve()
    _refuse_strange(place, folder)
    with _clear_words_for_disk_trouble(folder):
        draft = _beside(place)
        draft.mkdir(parents=True)
    try:
        yield draft
        _refuse_strange(place, folder)
        with _clear_words_for_disk_trouble(folder):
            old = _put(draft, place)
        if old:
            _remove(old)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _beside(place: Path) -> Path:
    return place.with_name(f".{place.name}.{uuid4().hex[:12]}")


def _put(draft: Path, place: Path) -> Path | None:
    """Rename a filled folder into its place, and tell where what was there went."""
    if not place.exists():
        draft.replace(place)
        return None
    shutil.copymode(place, draft)
    old = _beside(place)
    place.replace(old)
    try:
        draft.replace(place)
    except BaseException:
        old.replace(place)
        raise
    return old


def _remove(old: Path) -> None:
    try:
        shutil.rmtree(old)
    except OSError as error:
        raise InputError(
            N_("the atlas was written, but the older one could not be removed: {detail}"),
            place=Place(old),
            remedy=N_("remove this folder by hand"),
            detail=error.strerror or str(error),
        ) from error


def _refuse_strange(place: Path, named: Path) -> None:
    """Refuse to replace anything that an atlas did not put there."""
    if not place.exists():
        return
    with _clear_words_for_disk_trouble(named):
        strange = _strange(place)
    if strange:
        raise InputError(
            N_("this is not an atlas, and would be lost when one is written here"),
            place=Place(named / strange),
            expected=N_("a folder that does not exist yet, is empty, or holds nothing but an atlas"),
            remedy=N_("choose another folder with --out, or move what is in this one"),
        )


def _strange(place: Path) -> str:
    """The first thing in a folder that is not of an atlas; '.' for a file, and empty when there is none."""
    if not place.is_dir():
        return "."
    held = sorted(file.relative_to(place).as_posix() for file in place.rglob("*"))
    if held and "index.html" not in held:
        return held[0]
    return next((name for name in held if not _is_of_atlas(place, name)), "")


def _is_of_atlas(place: Path, name: str) -> bool:
    if _OTHER_FILES.fullmatch(name):
        return True
    if "/" in name or not name.endswith(".html") or not (place / name).is_file():
        return False
    with (place / name).open("rb") as page:
        return _MARK in page.read(_MARK_WITHIN)


@contextmanager
def _clear_words_for_disk_trouble(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            N_("the atlas could not be written: {detail}"),
            place=Place(folder),
            expected=N_("a folder that may be written to and renamed, on a disk with room"),
            remedy=N_("make room or choose another folder with --out; what was there before is unchanged"),
            detail=error.strerror or str(error),
        ) from error
