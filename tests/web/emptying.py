"""Empty the database after a test that commits, although the audit record refuses to be emptied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from ongedeeld.web.audit.guarding import guard, unguard


@pytest.fixture(scope="session", autouse=True)
def the_record_may_be_emptied() -> Iterator[None]:
    """Lift the triggers while a test that commits is cleaned up after."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def emptied(self: Any) -> None:
        unguard(connection)
        empty(self)
        guard(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield
