"""What all tests share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the long form of the tests marked soak")


@pytest.fixture
def repeats(request: pytest.FixtureRequest) -> int:
    """How often a soak test repeats what it does: a few times, or a hundred with --soak."""
    return 100 if request.config.getoption("--soak") else 3
