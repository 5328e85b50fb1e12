"""Take files from the drop folder, where the systems of the association lay them at night."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from ongedeeld.city.storage import sha256
from ongedeeld.errors import InputError
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.actions import bring_in
from ongedeeld.web.cities.arriving import Laid, clean_name
from ongedeeld.web.cities.mails import tell_data_managers
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.report import of_error

SETTLED_SECONDS = 60
"""A file that was written to more recently may not be whole yet."""


def drop_folder() -> Path:
    """Where files are laid."""
    return Path(settings.DATA_FOLDER) / "drop"


def laid(now: float | None = None) -> list[Path]:
    """The files that wait there, and that nobody is writing any more."""
    folder = drop_folder()
    before = (time.time() if now is None else now) - SETTLED_SECONDS
    return [
        path
        for path in sorted(folder.iterdir() if folder.is_dir() else ())
        if path.is_file()
        and not path.is_symlink()
        and not path.name.startswith(".")
        and path.stat().st_mtime <= before
    ]


def take(*, actor: Person | None, now: float | None = None) -> CityVersion | None:
    """Bring in the files that wait; none when there are none, or they are those of the time before.

    Files that cannot even be kept stay where they are, with a report that tells why.
    """
    paths = laid(now)
    if not paths:
        return None
    digest = _digest(paths)
    last = CityVersion.objects.filter(way=CityVersion.Way.DROP).first()
    if last is not None and last.digest == digest and last.state != CityVersion.State.DELETED:
        if last.files:
            _remove(paths)
        return None
    try:
        version = bring_in(
            [Laid(path) for path in paths], actor=actor, way=CityVersion.Way.DROP, digest=digest
        )
    except InputError as error:
        version = _refuse(error, digest, actor)
        tell_data_managers(version)
        return version
    _remove(paths)
    return version


def _digest(paths: list[Path]) -> str:
    told = "\n".join(f"{clean_name(path.name)} {sha256(path)}" for path in paths)
    return hashlib.sha256(told.encode()).hexdigest()


def _remove(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


@transaction.atomic
def _refuse(error: InputError, digest: str, actor: Person | None) -> CityVersion:
    version = CityVersion.objects.create(
        folder=uuid4().hex,
        state=CityVersion.State.REFUSED,
        way=CityVersion.Way.DROP,
        digest=digest,
        made_by=actor.key if actor else None,
        report=of_error(error),
    )
    record(actor, "cities.bring_in", "city version", version.key, ["report"])
    return version
