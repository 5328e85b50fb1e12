"""Kernels are compiled wherever the package runs, also where nothing can be written."""

from __future__ import annotations

import ctypes
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numba import NumbaError

import ongedeeld
from ongedeeld.chance import mixed as hashed
from ongedeeld.compiling import borrowing

ROOT = Path(__file__).parents[1]
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
# Defines every kernel, and runs one of those that compile soon: all of them would take half a minute.
PROGRAM = """
import numpy as np
import ongedeeld
from ongedeeld import allocation, measures, simulation
from ongedeeld.compiling import mixed
from ongedeeld.simulation.kernel._letting import let

print(ongedeeld.__file__, mixed(np.uint64(7)), "kept" if let.stats.cache_path else "not kept")
"""


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder in which nothing can be written, with a copy of the package and an empty home."""
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(Path(ongedeeld.__file__).parent, folder / "ongedeeld", ignore=lambda *_: ["__pycache__"])
    (folder / "home").mkdir()
    everything = [folder, *folder.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    for path in everything:
        path.chmod(path.stat().st_mode | stat.S_IWUSR)
    shutil.rmtree(folder)


def _as_others() -> None:
    """Whoever may write everywhere runs a program as somebody who may not."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0):
        raise OSError("the right to write everywhere cannot be given up")


def test_kernels_run_where_nothing_can_be_written(read_only: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA")}
    ran = subprocess.run(
        [sys.executable, "-B", "-c", PROGRAM],
        preexec_fn=_as_others,
        capture_output=True,
        text=True,
        check=False,
        cwd=read_only,
        env={
            **kept,
            "PYTHONPATH": f"{read_only}{os.pathsep}{ROOT}",
            "HOME": str(read_only / "home"),
            "XDG_CACHE_HOME": str(read_only / "home"),
        },
    )
    assert ran.returncode == 0, ran.stderr
    package, number, cache = ran.stdout.split(maxsplit=2)
    assert Path(package).is_relative_to(read_only)
    assert int(number) == int(hashed(np.array([7], np.uint64))[0])
    assert cache.strip() == "not kept"
    assert not list(read_only.rglob("*.nb?"))


def test_a_kernel_that_borrows_may_not_make_an_array() -> None:
    @borrowing
    def makes(number: int) -> np.ndarray:
        return np.zeros(number)

    with pytest.raises(NumbaError):
        makes(3)
