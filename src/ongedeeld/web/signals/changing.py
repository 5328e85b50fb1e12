"""Change a row that others may be changing too, as everywhere in the workbench."""

from __future__ import annotations

from ongedeeld.web.changing import ChangedMeanwhileError, write

__all__ = ["ChangedMeanwhileError", "write"]
