"""Open versions of the City, kept in the memory of this process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings

from ongedeeld.city import City
from ongedeeld.reporting.ground import Ground


@dataclass(frozen=True, eq=False)
class Opened:
    """One version of the City: everything a page reads of it is read here, so it is of one version.

    `version` is the key of its row, which may stand in an address that is kept for ever.
    """

    version: str
    city: City

    @cached_property
    def ground(self) -> Ground:
        """What all pages of the municipality share, computed once."""
        return Ground.of_all(self.city)


def folder_of(folder: str) -> Path:
    """Where a version lies."""
    return Path(settings.DATA_FOLDER) / "cities" / folder


@lru_cache(maxsize=2)
def opened(version: str, folder: str) -> Opened:
    """The version in a folder; the last two stay open."""
    return Opened(version, City.open(folder_of(folder)))
