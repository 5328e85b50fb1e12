"""Futures: what is assumed in each of them, and by which chance it goes.

Futures come in pairs. The two of a pair share what is assumed and differ in chance alone, so that the spread
of outcomes can be parted: what differs within pairs is chance, what more differs between pairs is
assumptions. Everything hangs on the seed and the number of the future, so every policy meets the same
futures, and a run of more futures begins with those of a run of fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np

from ongedeeld.chance import keys_of, mixed

SHARING = 2
"""How many futures share what is assumed."""

PARTS = 16
"""In how many equal parts the range of an assumption is divided, and each part again."""

DIGITS = 8


@dataclass(frozen=True, slots=True)
class Future:
    """One of the futures under a seed.

    Parameters
    ----------
    seed
        The seed of all futures.
    number
        Which it is, from 1.
    """

    seed: int
    number: int

    @property
    def pair(self) -> int:
        """Which draw of the assumptions it has, from 0; it shares this with one other future.

        >>> [Future(1, number).pair for number in (1, 2, 3, 4)]
        [0, 0, 1, 1]
        """
        return (self.number - 1) // SHARING

    @property
    def chance(self) -> int:
        """The seed of what befalls homes and people in it, from 0 to 2**64 - 1."""
        return int(keys_of([f"chance of future {self.number} of {self.seed}"])[0])

    def quantiles(self, names: Iterable[str]) -> dict[str, Fraction]:
        """Where in its range each assumption lies in this future.

        Of each assumption every 16 pairs, from the first on, lie one in each sixteenth of its range, every
        256 one in each 256th part, and so on, in an order and at a place in the part that chance tells: Latin
        hypercubes that can be prolonged (the nested scrambling of Owen, 1995, in base 16). What is drawn for
        one assumption does not hang on which others there are.

        Parameters
        ----------
        names
            Of the assumptions.

        Returns
        -------
        dict[str, Fraction]
            By name, above 0 and below 1.

        Examples
        --------
        >>> pairs = [Future(1, number) for number in range(1, 33, SHARING)]
        >>> drawn = [future.quantiles(["void.months"])["void.months"] for future in pairs]
        >>> sorted(int(quantile * 16) for quantile in drawn) == list(range(16))
        True
        """
        listed = list(names)
        keys = keys_of(f"{name} of {self.seed}" for name in listed)
        found = np.zeros(len(listed), dtype=np.uint64)
        left = self.pair
        for place in range(DIGITS):
            left, digit = divmod(left, PARTS)
            branch = mixed(mixed(keys ^ np.uint64(left * DIGITS + place)) ^ found)
            order = np.argsort(mixed(branch[:, None] ^ np.arange(PARTS, dtype=np.uint64)), axis=1)
            found = found * np.uint64(PARTS) + order[:, digit].astype(np.uint64)
        return {
            name: Fraction(2 * int(digits) + 1, 2 * PARTS**DIGITS)
            for name, digits in zip(listed, found, strict=True)
        }


def sharing(numbers: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Numbers of futures, in ascending order, put together where they share what is assumed.

    >>> list(sharing([1, 2, 4, 5]))
    [(1, 2), (4,), (5,)]
    """
    for _, group in groupby(numbers, lambda number: Future(0, number).pair):
        yield tuple(group)
