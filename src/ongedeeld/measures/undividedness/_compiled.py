"""Compiling kernels: cached in the user's folder, or not at all where nothing can be written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(function: Kernel) -> Kernel:
    """The function compiled on first use; it runs without Python's lock, so that draws can run side by side.

    Numba keeps compiled code next to the package or else in the user's cache folder. On a system where
    neither can be written it refuses to cache when the function is defined; the function is then compiled
    again in every process.
    """
    try:
        kernel = numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:
        kernel = numba.njit(nogil=True)(function)
    return cast(Kernel, kernel)
