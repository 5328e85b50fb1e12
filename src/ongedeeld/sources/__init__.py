"""Bring data in: published figures and boundaries, own files, and the model city."""

from ongedeeld.sources.build import Inputs, build
from ongedeeld.sources.stock import draw_stock
from ongedeeld.sources.template import write_template

__all__ = ["Inputs", "build", "draw_stock", "write_template"]
