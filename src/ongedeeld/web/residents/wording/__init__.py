"""The words of the scripts of a resident's pages: a table for each view, put together and translated here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules


def words() -> Mapping[str, str]:
    """The English text of every key.

    Raises
    ------
    ValueError
        When two views use one key.
    """
    found: dict[str, str] = {}
    for key, text in _all():
        if key in found:
            raise ValueError(f"two texts are called {key}")
        found[key] = text
    return found


def texts(say: Callable[[str], str]) -> dict[str, str]:
    """Every text as `say` translates it, for the page."""
    return {key: say(text) for key, text in words().items()}


def _all() -> Iterator[tuple[str, str]]:
    for module in iter_modules(__path__):
        yield from import_module(f"{__name__}.{module.name}").WORDS.items()
