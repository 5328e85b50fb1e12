"""Portraits, atlases, charts, maps and sentences, in Dutch and English."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ongedeeld.reporting.atlas import write_atlas
    from ongedeeld.reporting.description import Coverage, Description, describe
    from ongedeeld.reporting.page import Audience
    from ongedeeld.reporting.portraits import portrait, write_portrait

__all__ = [
    "Audience",
    "Coverage",
    "Description",
    "describe",
    "portrait",
    "write_atlas",
    "write_portrait",
]
# Each is loaded when it is asked for: charts take a second, which a description need not wait for.
_MODULES = {
    "Audience": "page",
    "Coverage": "description",
    "Description": "description",
    "describe": "description",
    "portrait": "portraits",
    "write_atlas": "atlas",
    "write_portrait": "portraits",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'ongedeeld.reporting' has no attribute '{name}'")
    return getattr(import_module(f"ongedeeld.reporting.{_MODULES[name]}"), name)
