"""Compiling kernels: cached in the user's folder, or not at all where nothing can be written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(function: Kernel) -> Kernel:
    """The function compiled on first use; where nothing can be cached, in every process again."""
    try:
        kernel = numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:
        kernel = numba.njit(nogil=True)(function)
    return cast(Kernel, kernel)
