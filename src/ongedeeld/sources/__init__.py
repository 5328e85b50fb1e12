"""Bring data in: published figures and boundaries, own files, and the model city."""

from ongedeeld.sources.build import Inputs, build

__all__ = ["Inputs", "build"]
