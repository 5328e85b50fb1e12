"""Ongedeeld: the workbench of an urban housing association for vital, undivided neighbourhoods.

This package is a lazy door: a name is imported from its room when it is first used, so that importing the
package costs almost nothing.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version as _version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ongedeeld.allocation import allocate as allocate
    from ongedeeld.allocation import read_allocation_policy as read_allocation_policy
    from ongedeeld.city import City as City
    from ongedeeld.city import Finding as Finding
    from ongedeeld.city import Manifest as Manifest
    from ongedeeld.errors import AbsentError as AbsentError
    from ongedeeld.errors import CityError as CityError
    from ongedeeld.errors import FetchError as FetchError
    from ongedeeld.errors import InputError as InputError
    from ongedeeld.errors import OngedeeldError as OngedeeldError
    from ongedeeld.measures.livability import livability as livability
    from ongedeeld.reporting import describe as describe
    from ongedeeld.reporting import write_atlas as write_atlas
    from ongedeeld.reporting import write_portrait as write_portrait
    from ongedeeld.rules import load_law as load_law
    from ongedeeld.rules import load_parameters as load_parameters
    from ongedeeld.sources import Inputs as Inputs
    from ongedeeld.sources import build as build
    from ongedeeld.sources import draw_stock as draw_stock
    from ongedeeld.sources import write_template as write_template
    from ongedeeld.sources.fetching import Fetched as Fetched
    from ongedeeld.sources.fetching import Hosts as Hosts
    from ongedeeld.sources.fetching import IncompleteError as IncompleteError
    from ongedeeld.sources.fetching import fetch as fetch
    from ongedeeld.sources.model_city import Effect as Effect
    from ongedeeld.sources.model_city import model_city as model_city
    from ongedeeld.sources.model_city import turning_points as turning_points
    from ongedeeld.vocabulary import load_evidence as load_evidence

_ROOMS = {
    "AbsentError": "errors",
    "City": "city",
    "CityError": "errors",
    "Effect": "sources.model_city",
    "FetchError": "errors",
    "Fetched": "sources.fetching",
    "Finding": "city",
    "Hosts": "sources.fetching",
    "IncompleteError": "sources.fetching",
    "InputError": "errors",
    "Inputs": "sources",
    "Manifest": "city",
    "OngedeeldError": "errors",
    "allocate": "allocation",
    "build": "sources",
    "describe": "reporting",
    "draw_stock": "sources",
    "fetch": "sources.fetching",
    "livability": "measures.livability",
    "load_evidence": "vocabulary",
    "load_law": "rules",
    "load_parameters": "rules",
    "model_city": "sources.model_city",
    "read_allocation_policy": "allocation",
    "turning_points": "sources.model_city",
    "write_atlas": "reporting",
    "write_portrait": "reporting",
    "write_template": "sources",
}

__all__ = [
    "AbsentError",
    "City",
    "CityError",
    "Effect",
    "FetchError",
    "Fetched",
    "Finding",
    "Hosts",
    "IncompleteError",
    "InputError",
    "Inputs",
    "Manifest",
    "OngedeeldError",
    "allocate",
    "build",
    "describe",
    "draw_stock",
    "fetch",
    "livability",
    "load_evidence",
    "load_law",
    "load_parameters",
    "model_city",
    "read_allocation_policy",
    "turning_points",
    "write_atlas",
    "write_portrait",
    "write_template",
]
__version__ = _version("ongedeeld")


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'ongedeeld' has no attribute '{name}'")
    return getattr(import_module(f"ongedeeld.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
