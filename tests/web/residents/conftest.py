"""Devices of residents."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache

from tests.web.conftest import Visit
from tests.web.residents.device import Device, invitation
from tests.web.residents.sharing_cast import (  # noqa: F401 - fixtures
    cast,
    resident,
    shares,
    vault,
)

Devices = Callable[[], Device]


@pytest.fixture
def devices(db: None, visit: Visit) -> Devices:
    """Another device, on which nothing is open yet; how often it may ask is counted from zero."""
    cache.clear()
    return lambda: Device(visit(None))


@pytest.fixture
def device(devices: Devices) -> Device:
    """A device on which a new vault is open."""
    made = devices()
    assert made.begin(invitation()).status_code == 201
    return made
