"""The areas and complexes in which a role can be held, as the rest of the workbench tells them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from ongedeeld.web.accounts.models import Person


@dataclass(frozen=True)
class Area:
    """An area or complex.

    Parameters
    ----------
    code, name
        Its code and name.
    kind
        `municipality`, `district`, `neighbourhood` or `complex`.
    area_codes
        Its own code and those of all areas around it.
    """

    code: str
    name: str
    kind: str
    area_codes: tuple[str, ...]


@dataclass(frozen=True)
class Everywhere:
    """The whole city: what lies within nobody's own areas."""

    area_codes: tuple[str, ...] = ()


def areas_known(person: Person) -> Mapping[str, Area]:
    """Every area and complex that there is now, by its code; see the setting `AREAS`."""
    told: Callable[[Person], Mapping[str, Area]] = import_string(settings.AREAS)
    return told(person)


def place_of(code: str, known: Mapping[str, Area]) -> Area:
    """An area by its code; one that is no longer there lies in nothing but itself."""
    return known.get(code) or Area(code, code, "", (code,))
