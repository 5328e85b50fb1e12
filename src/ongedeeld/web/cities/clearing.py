"""Remove what is no longer needed: first the row is marked, then the folder goes.

A worker that is killed in between leaves a folder whose row says that it is removed; the next round takes it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.arriving import incoming
from ongedeeld.web.cities.models import AddressBook, CityVersion
from ongedeeld.web.cities.opened import folder_of

ORPHANED = timedelta(days=1)
"""How old a folder without a row is before it is taken for what a crash left."""
State = CityVersion.State


def clear(now: datetime) -> int:
    """Remove versions that were retired, or left lying, longer ago than `settings.CITY_DAYS`; how many.

    The version that is read never goes.
    """
    limit = now - timedelta(days=settings.CITY_DAYS)
    left = Q(state__in=(State.WAITING, State.CHECKED, State.REFUSED), made_at__lt=limit)
    due = CityVersion.objects.filter(Q(state=State.RETIRED, ended_at__lt=limit) | left)
    marked = sum(_mark(version, now) for version in due)
    for version in CityVersion.objects.filter(state=State.DELETED):
        clear_folders(version)
    for version in CityVersion.objects.filter(state__in=(State.CURRENT, State.RETIRED)):
        shutil.rmtree(incoming(version.folder), ignore_errors=True)
    for folder in _orphans(now):
        shutil.rmtree(folder, ignore_errors=True)
    _clear_addresses(now)
    return marked


@transaction.atomic
def _mark(version: CityVersion, now: datetime) -> bool:
    unchanged = CityVersion.objects.filter(pk=version.pk, state=version.state)
    marked = unchanged.update(state=State.DELETED, ended_at=now)
    if marked:
        record(None, "cities.delete", "city version", version.key, ["state"])
    return bool(marked)


def clear_folders(version: CityVersion) -> None:
    """Remove the folders of a version whose row says that it is removed."""
    for folder in (folder_of(version.folder), incoming(version.folder)):
        shutil.rmtree(folder, ignore_errors=True)


def _orphans(now: datetime) -> Iterator[Path]:
    """Folders that no row names and that nobody has written to for a day."""
    known = set(CityVersion.objects.values_list("folder", flat=True))
    for room in (folder_of(""), incoming()):
        for folder in room.iterdir() if room.is_dir() else ():
            old = folder.stat().st_mtime < (now - ORPHANED).timestamp()
            if folder.is_dir() and folder.name not in known and old:
                yield folder


@transaction.atomic
def _clear_addresses(now: datetime) -> None:
    CityVersion.objects.filter(state=State.DELETED).update(addresses=None)
    AddressBook.objects.filter(versions__isnull=True, made_at__lt=now - ORPHANED).delete()
