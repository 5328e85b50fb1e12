"""Read and check what was brought in, and write it as a version that nobody reads yet."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.errors import N_, FetchError, InputError, Translate
from ongedeeld.reporting.ground import Ground
from ongedeeld.sources.fetching import IncompleteError
from ongedeeld.sources.fetching import fetch as fetch_files
from ongedeeld.web.cities.address_file import AddressFile, read_addresses
from ongedeeld.web.cities.addresses import keep_addresses
from ongedeeld.web.cities.arriving import incoming
from ongedeeld.web.cities.models import AddressBook, CityVersion
from ongedeeld.web.cities.opened import folder_of, opened
from ongedeeld.web.cities.recognising import Sorted, sort
from ongedeeld.web.cities.renewing import renew
from ongedeeld.web.cities.report import of_city
from ongedeeld.web.jobs.running import Run

STEPS = 5
TELL_EVERY = 1.0
"""Seconds between two words about a download."""
State = CityVersion.State


@dataclass(frozen=True)
class Failure:
    """Something that could not be fetched, told beside the remarks of the City."""

    error: FetchError
    source: str = "fetch"

    def say(self, translate: Translate = str) -> str:
        """What it was."""
        return self.error.say(translate)


def dry_run(run: Run, version: CityVersion) -> dict[str, Any]:
    """Read, check and compare; the fields that the row of the version gets.

    Raises
    ------
    OngedeeldError
        When the files cannot be used; then nothing was written.
    """
    current = CityVersion.objects.filter(state=State.CURRENT).first()
    base = opened(str(current.key), current.folder).city if current else None
    failures = _fetched(run, version) if version.way == CityVersion.Way.FETCH else []
    run.tell(0, STEPS, N_("Looking which file is what"))
    found = sort(path for path in incoming(version.folder).glob("[!.]*") if path.is_file())
    run.tell(1, STEPS, N_("Reading the files"))
    city, read = _read(version, found, base)
    run.tell(2, STEPS, N_("Checking, and comparing with the version in use"))
    remarks = [*failures, *(read.remarks if read else ())]
    report = of_city(city, base, found, remarks, len(read.frame) if read else None)
    run.tell(3, STEPS, N_("Writing the new version"))
    city.save(folder_of(version.folder))
    same_region = current is not None and current.region == city.manifest.region
    return {
        "name": city.manifest.name,
        "region": city.manifest.region,
        "invented": city.manifest.invented,
        "base": current.key if current else None,
        "report": report,
        "files": [name for name, _ in found.told],
        "addresses": _book(run, read) or (current.addresses if current and same_region else None),
    }


def _read(version: CityVersion, found: Sorted, base: City | None) -> tuple[City, AddressFile | None]:
    today = timezone.localdate()
    city = renew(found, base, version.region, today=today, anew=version.anew)
    Ground.of_all(city)  # refuses what no page could be made of: no neighbourhoods, or several municipalities
    return city, read_addresses(found.addresses, city) if found.addresses else None


def _book(run: Run, read: AddressFile | None) -> AddressBook | None:
    if read is None:
        return None

    def tell(done: int, of: int) -> None:
        run.tell(done, of, N_("Writing the addresses"))

    return keep_addresses(read, tell)


def _fetched(run: Run, version: CityVersion) -> list[Failure]:
    """Fetch into the folder of the version; what could not be fetched, where there is enough to go on."""
    told = 0.0

    def progress(what: str, done: int, total: int | None) -> None:
        nonlocal told
        if time.monotonic() - told >= TELL_EVERY:
            told = time.monotonic()
            run.tell(done // 1024, total // 1024 if total else None, N_("Fetching {what}"), what=what)

    store = Path(settings.DATA_FOLDER) / "fetched"
    try:
        fetch_files(
            version.region,
            incoming(version.folder),
            today=timezone.localdate(),
            progress=progress,
            store=store,
        )
    except IncompleteError as error:
        if not error.fetched.inputs.kwb:
            raise InputError(
                N_("nothing could be fetched of which areas there are"),
                expected=N_("the key figures of neighbourhoods of CBS"),
                remedy=N_("check the code of the municipality and the connection, and check again"),
            ) from error
        return [Failure(failure) for failure in error.failures]
    return []
