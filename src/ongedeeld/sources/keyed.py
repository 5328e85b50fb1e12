"""Draws by key: a hash of the seed, the thing it befalls and the purpose; no draw depends on another."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def keys_of(seed: int, names: Iterable[str]) -> Keys:
    """A 64-bit key for each name under a seed."""
    digests = (blake2b(f"{seed}:{name}".encode(), digest_size=8).digest() for name in names)
    return np.array([int.from_bytes(digest, "little") for digest in digests], dtype=np.uint64)


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


def mixed(bits: Keys) -> Keys:
    """The finishing hash of splitmix64."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))
