"""Of which operation of the processing log the entries are that are written now."""

from __future__ import annotations

from contextvars import ContextVar

operation: ContextVar[str] = ContextVar("operation", default="")
"""Its key; empty where no data of people are processed. Set by `safeguards.processing`."""
