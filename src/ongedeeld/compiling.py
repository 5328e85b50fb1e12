"""Compiling kernels: cached in the user's folder, or not at all where nothing can be written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba.core.options import DefaultOptions

_Kernel = TypeVar("_Kernel", bound=Callable[..., Any])

# Numba keeps this option to itself: where it has gone, kernels are slower and do the same.
_UNCOUNTED: dict[str, Any] = {"_nrt": False} if hasattr(DefaultOptions, "_nrt") else {}

_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_THIRTY, _TWENTY_SEVEN, _THIRTY_ONE = np.uint64(30), np.uint64(27), np.uint64(31)


def compiled(function: _Kernel) -> _Kernel:
    """The function compiled on first use; it runs without Python's lock, so that draws can run side by side.

    Numba keeps compiled code next to the package or else in the user's cache folder. On a system where
    neither can be written it refuses to cache when the function is defined; the function is then compiled
    again in every process.
    """
    return _compiled(function)


def borrowing(function: _Kernel) -> _Kernel:
    """The function compiled as by :func:`compiled`, without counting who holds an array.

    Numba counts that for every array of every table that one kernel hands to another, which takes longer than
    most of our kernels work. A function that borrows makes no arrays, and those that it is handed are held by
    who calls it; one that does make an array is refused when it is compiled.
    """
    return _compiled(function, **_UNCOUNTED)


def _compiled(function: _Kernel, **options: Any) -> _Kernel:
    try:
        kernel = numba.njit(nogil=True, cache=True, **options)(function)
    except RuntimeError:
        kernel = numba.njit(nogil=True, **options)(function)
    return cast(_Kernel, kernel)


@compiled
def mixed(bits: np.uint64) -> np.uint64:
    """The finishing hash of splitmix64 of one number, as :func:`ongedeeld.chance.mixed` does of many."""
    bits = (bits ^ (bits >> _THIRTY)) * _FIRST
    bits = (bits ^ (bits >> _TWENTY_SEVEN)) * _SECOND
    return bits ^ (bits >> _THIRTY_ONE)
