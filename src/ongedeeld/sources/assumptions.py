"""What is assumed about a stock where published margins are silent, read from `stock.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE = "stock.toml"


@dataclass(frozen=True)
class Assumption:
    """One assumption: what it is about, its value, how far off it may be, and where it comes from.

    `range` holds the lowest and highest factor of every number in the value; `source` is "assumption of
    this project" where no source was found.
    """

    name: str
    text: str
    value: Any
    range: tuple[float, float]
    source: str

    def array(self) -> NDArray[np.float64]:
        """The value as an array, for a table of numbers."""
        return np.array(self.value, dtype=np.float64)


@cache
def assumptions() -> Mapping[str, Assumption]:
    """Every assumption by name, such as `sizes.with_children`.

    >>> assumptions()["social_limit"].value
    93293
    """
    return {
        name: Assumption(name, entry["text"], entry["value"], tuple(entry["range"]), entry["source"])
        for name, entry in _entries("", tomllib.loads(_file().decode()))
    }


def checksum() -> str:
    """The SHA-256 of the file of assumptions, in hexadecimal."""
    return sha256(_file()).hexdigest()


def _file() -> bytes:
    return (files("ongedeeld.sources") / FILE).read_bytes()


def _entries(prefix: str, tree: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, branch in tree.items():
        if "text" in branch:
            yield prefix + name, branch
        else:
            yield from _entries(f"{prefix}{name}.", branch)
