"""The public door: complete, sorted and light."""

from __future__ import annotations

import subprocess
import sys

import pytest

import ongedeeld

HEAVY = ("polars", "numpy", "shapely", "pyogrio", "pyproj", "altair", "fastexcel", "httpx", "babel", "typer")


def test_the_door_is_sorted_and_lists_each_name_once() -> None:
    assert ongedeeld.__all__ == sorted(set(ongedeeld.__all__))


@pytest.mark.parametrize("name", ongedeeld.__all__)
def test_every_name_of_the_door_opens(name: str) -> None:
    assert getattr(ongedeeld, name).__name__ == name
    assert name in dir(ongedeeld)


def test_every_name_that_the_door_can_open_is_listed() -> None:
    assert set(ongedeeld._ROOMS) == set(ongedeeld.__all__)


def test_a_strange_name_is_refused_in_plain_words() -> None:
    with pytest.raises(AttributeError, match="module 'ongedeeld' has no attribute 'Town'"):
        _ = ongedeeld.Town


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = f"import sys, ongedeeld; print([name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"
