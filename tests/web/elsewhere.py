"""What a test tells another process, and how it waits for it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest
from django.db import connection

PATIENCE = 60


def address() -> str:
    """The database of this test, as another process finds it."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    whole, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{whole.rpartition('/')[0]}/{name}?{query}"


def eventually(true: Callable[[], bool]) -> None:
    """Wait until something is true; an end to the waiting, not a measurement."""
    for _ in range(PATIENCE * 20):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about")
