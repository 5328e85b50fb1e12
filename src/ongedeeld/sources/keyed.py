"""Draws by key: a hash of the seed, the thing it befalls and the purpose; no draw depends on another."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ongedeeld.chance import GOLDEN, Keys, mixed
from ongedeeld.chance import keys_of as keys_by_name


def keys_of(seed: int, names: Iterable[str]) -> Keys:
    """A 64-bit key for each name under a seed."""
    return keys_by_name(f"{seed}:{name}" for name in names)


def draw(keys: Keys, index: NDArray[np.int64], purpose: int) -> Keys:
    """Numbers spread evenly over 64 bits, one for each key and index.

    This is splitmix64 (Steele, Lea and Flood, 2014) in counter form: its state is the key plus golden-ratio
    steps.

    Parameters
    ----------
    keys, index
        The key and the counter of each draw.
    purpose
        A small number that keeps draws for different things apart.
    """
    counter = index.astype(np.uint64) * np.uint64(64) + np.uint64(purpose + 1)
    return mixed(keys + counter * GOLDEN)
