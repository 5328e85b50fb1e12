"""What somebody has to know before going to an address, as the rest of the workbench tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.cities.models import Address


def beside(person: Person, addresses: Iterable[Address], today: date) -> Mapping[int, str]:
    """What to do, to be translated, by the number of the row; see the setting `BESIDE_ADDRESSES`."""
    told: Callable[[Person, Iterable[Address], date], Mapping[int, str]]
    told = import_string(settings.BESIDE_ADDRESSES)
    return told(person, addresses, today)
