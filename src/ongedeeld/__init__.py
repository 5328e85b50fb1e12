"""Ongedeeld: the workbench of an urban housing association for vital, undivided neighbourhoods.

This package is a lazy door: a name is imported from its room when it is first used, so that importing the
package costs almost nothing.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version as _version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ongedeeld.city import City as City
    from ongedeeld.city import Finding as Finding
    from ongedeeld.errors import AbsentError as AbsentError
    from ongedeeld.errors import CityError as CityError
    from ongedeeld.errors import FetchError as FetchError
    from ongedeeld.errors import InputError as InputError
    from ongedeeld.errors import OngedeeldError as OngedeeldError

_ROOMS = {
    "AbsentError": "errors",
    "City": "city",
    "CityError": "errors",
    "FetchError": "errors",
    "Finding": "city",
    "InputError": "errors",
    "OngedeeldError": "errors",
}

__all__ = [
    "AbsentError",
    "City",
    "CityError",
    "FetchError",
    "Finding",
    "InputError",
    "OngedeeldError",
]
__version__ = _version("ongedeeld")


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'ongedeeld' has no attribute '{name}'")
    return getattr(import_module(f"ongedeeld.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
