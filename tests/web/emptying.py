"""Empty the database after a test that commits, although some of its tables refuse to be emptied."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase


def _guardings() -> list[ModuleType]:
    """The file `guarding.py` of every app that has one."""
    names = (f"{app.name}.guarding" for app in apps.get_app_configs())
    return [import_module(name) for name in names if find_spec(name)]


@contextmanager
def unguarded() -> Iterator[None]:
    """Lift the triggers of every app."""
    for guarding in _guardings():
        guarding.unguard(connection)
    yield
    for guarding in _guardings():
        guarding.guard(connection)


@pytest.fixture(scope="session", autouse=True)
def the_record_may_be_emptied() -> Iterator[None]:
    """Lift the triggers while a test that commits is cleaned up after."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def emptied(self: Any) -> None:
        with unguarded():
            empty(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield
