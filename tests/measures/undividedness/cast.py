"""The small tables that the tests of undividedness share."""

from __future__ import annotations

import bz2
import struct
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Integers = NDArray[np.int64]

TWO = np.array([[10, 90], [30, 70]])
THREE = np.array([[10, 20, 70], [40, 30, 30], [5, 5, 0], [0, 60, 40]])
ENTRANCES, HOMES, GROUP_SHARE = 100, 15, 0.1


def entrances(seed: int = 1) -> Integers:
    """A hundred entrances of 15 households, 150 of them of a group that fell where it fell."""
    people = np.zeros(ENTRANCES * HOMES, dtype=np.int64)
    people[: int(ENTRANCES * HOMES * GROUP_SHARE)] = 1
    group = np.random.default_rng(seed).permutation(people).reshape(ENTRANCES, HOMES).sum(axis=1)
    return np.stack([group, HOMES - group], axis=1)


def tables(groups: int = 3) -> st.SearchStrategy[Integers]:
    """Tables of 2 to 8 areas in which every area has people and every group a member."""
    cells = st.lists(st.integers(0, 40), min_size=groups, max_size=groups)
    return (
        st.lists(cells, min_size=2, max_size=8)
        .map(lambda rows: np.array(rows, dtype=np.int64))
        .filter(lambda table: bool((table.sum(axis=1) > 0).all() and (table.sum(axis=0) > 0).all()))
        .filter(lambda table: not (2 * table == table.sum(axis=1, keepdims=True)).all(axis=0).any())
    )


def patterns(path: Path) -> dict[str, Integers]:
    """The theoretical patterns A to H from an R data file: columns of 100 whole numbers, two per pattern.

    The file holds one data frame in R's portable binary form: a vector of whole numbers is the flag 13, its
    length and then its values, all as big-endian words of four bytes.
    """
    data = bz2.decompress(path.read_bytes())
    marker = struct.pack(">ii", 13, 100)
    starts = [place + len(marker) for place in range(len(data)) if data.startswith(marker, place)]
    columns = [np.array(struct.unpack_from(">100i", data, start), dtype=np.int64) for start in starts]
    names = "ABCDEFGH"
    return {name: np.stack(columns[2 * place : 2 * place + 2], axis=1) for place, name in enumerate(names)}
