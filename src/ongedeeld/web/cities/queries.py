"""Read versions of the City."""

from __future__ import annotations

from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import Opened, opened


def current(person: Person) -> Opened | None:
    """The City that is read now, or none before the first was accepted.

    Raises
    ------
    Refused
        When the person may see nothing of it.
    """
    require(person, "cities.see_current")
    version = CityVersion.objects.filter(state=CityVersion.State.CURRENT).first()
    return opened(str(version.key), version.folder) if version else None
