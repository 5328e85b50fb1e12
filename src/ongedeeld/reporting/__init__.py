"""Portraits, atlases, charts, maps and sentences, in Dutch and English."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ongedeeld.reporting.atlas import write_atlas
    from ongedeeld.reporting.bearing import Choices
    from ongedeeld.reporting.card_page import card_html, write_card
    from ongedeeld.reporting.description import Coverage, Description, describe
    from ongedeeld.reporting.page import Audience
    from ongedeeld.reporting.portraits import portrait, write_portrait

__all__ = [
    "Audience",
    "Choices",
    "Coverage",
    "Description",
    "card_html",
    "describe",
    "portrait",
    "write_atlas",
    "write_card",
    "write_portrait",
]
# Each is loaded when it is asked for: charts take a second, which a description need not wait for.
_MODULES = {
    "Audience": "page",
    "Choices": "bearing",
    "Coverage": "description",
    "Description": "description",
    "card_html": "card_page",
    "describe": "description",
    "portrait": "portraits",
    "write_atlas": "atlas",
    "write_card": "card_page",
    "write_portrait": "portraits",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'ongedeeld.reporting' has no attribute '{name}'")
    return getattr(import_module(f"ongedeeld.reporting.{_MODULES[name]}"), name)
