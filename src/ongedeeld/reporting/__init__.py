"""Portraits, atlases, charts, maps and sentences, in Dutch and English."""

from ongedeeld.reporting.atlas import write_atlas
from ongedeeld.reporting.description import Coverage, Description, describe
from ongedeeld.reporting.portraits import Audience, portrait, write_portrait

__all__ = [
    "Audience",
    "Coverage",
    "Description",
    "describe",
    "portrait",
    "write_atlas",
    "write_portrait",
]
