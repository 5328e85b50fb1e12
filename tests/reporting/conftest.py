"""What the tests of pages share: a browser, and the atlas of the model city."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ongedeeld.reporting import write_atlas
from tests.browser import browser
from tests.reporting.cast import large_city


@pytest.fixture(scope="package")
def running() -> Iterator[Browser]:
    """A browser, with a page of its own for every test."""
    with browser() as started:
        yield started


@pytest.fixture(scope="package")
def large_atlas(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """The start page of the atlas of the model city, by language and audience; it is only read."""

    @cache
    def written(language: str, audience: str) -> Path:
        folder = tmp_path_factory.mktemp("large")
        return write_atlas(large_city(), folder, language=language, audience=audience)  # type: ignore[arg-type]

    return written
