"""Portraits that many tests read, each made once."""

from __future__ import annotations

from ongedeeld.city import City
from ongedeeld.reporting import portrait
from ongedeeld.vocabulary import Language
from tests.reporting.reading import Page

# With its City, which is kept so that no other one gets its number.
_MADE: dict[tuple[int, str, str, str], tuple[City, Page]] = {}


def page_of(city: City, code: str, language: Language = "nl", audience: str = "internal") -> Page:
    """The portrait of a neighbourhood, as a reader has it."""
    asked = (id(city), code, language, audience)
    if asked not in _MADE:
        _MADE[asked] = (city, Page(portrait(city, code, language=language, audience=audience)))  # type: ignore[arg-type]
    return _MADE[asked][1]
