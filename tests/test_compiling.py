"""Kernels are compiled wherever the package runs, also where nothing can be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import numba.core.caching as caching
caching.CacheImpl._locator_classes = []
from ongedeeld.compiling import compiled

def twice(number):
    return 2 * number

print(compiled(twice)(21))
"""


def test_a_kernel_runs_where_no_cache_can_be_kept(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)},
    )
    assert ran.stdout.strip() == "42"
