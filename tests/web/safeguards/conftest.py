"""The cast of signals, and the home that they are about."""

from tests.web.signals.conftest import (
    address,
    addresses,
    cast,
    reports,
    signal,
    team,
)

__all__ = ["address", "addresses", "cast", "reports", "signal", "team"]
