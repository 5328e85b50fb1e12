"""Kernels are compiled wherever the package runs, also where nothing can be written."""

from __future__ import annotations

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
from ongedeeld.compiling import borrowing

ROOT = Path(__file__).parents[1]
AS_OTHERS = ["setpriv", "--bounding-set", "-dac_override", "--inh-caps", "-all"]
"""Whoever may write everywhere runs a program as somebody who may not, by this."""
PROGRAM = """
import ongedeeld
from ongedeeld.simulation.kernel._letting import let
from ongedeeld.simulation.running import run
from tests.simulation.hand_made import hand_made

lettings = run(hand_made(60, 1), 1, 3).lettings.height
print(ongedeeld.__file__, lettings, "kept" if let.stats.cache_path else "not kept")
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


@pytest.mark.skipif(
    os.geteuid() == 0 and not shutil.which("setpriv"), reason="this user may write everywhere"
)
def test_a_simulation_runs_where_nothing_can_be_written(read_only: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA")}
    ran = subprocess.run(
        [*(AS_OTHERS if os.geteuid() == 0 else []), sys.executable, "-B", "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=False,
        cwd=read_only,
        env={
            **kept,
            "PYTHONPATH": f"{read_only}{os.pathsep}{ROOT}",
            "HOME": str(read_only / "home"),
            "XDG_CACHE_HOME": str(read_only / "home"),
            # Quicker to compile, and the same numbers.
            "NUMBA_OPT": "0",
        },
    )
    assert ran.returncode == 0, ran.stderr
    package, lettings, cache = ran.stdout.split(maxsplit=2)
    assert Path(package).is_relative_to(read_only)
    assert int(lettings) > 0
    assert cache.strip() == "not kept"
    assert not list(read_only.rglob("*.nb?"))


def test_a_kernel_that_borrows_may_not_make_an_array() -> None:
    @borrowing
    def makes(number: int) -> np.ndarray:
        return np.zeros(number)

    with pytest.raises(NumbaError):
        makes(3)
