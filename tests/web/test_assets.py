from __future__ import annotations

import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from tools import assets

ROOT = assets.ROOT
BUILT = "ongedeeld/web/site/static/built"
NAMES = (
    "site.css",
    "site.js",
    "map.css",
    "map.js",
    "map-worker.js",
    "signals.css",
    "signals.js",
    "signals-worker.js",
    "licences.txt",
    "sources.sha256",
)
CARRIED = {f"{BUILT}/{name}" for name in NAMES}


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    """The assets as the editable install leaves them."""
    assets.build()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source distribution of this tree."""
    return Path(next(SdistBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("sdist")))))


def _copy(folder: Path) -> Path:
    """The sources of the assets and what was built of them, to change."""
    for name in ("assets", "src/ongedeeld/reporting/assets", f"src/{BUILT}"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("node_modules"))
    return folder


def test_a_wheel_is_made_of_the_source_distribution_without_node(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    source = next(tmp_path.iterdir())
    monkeypatch.setenv("PATH", "")
    wheel = next(WheelBuilder(str(source)).build(directory=str(tmp_path), versions=["standard"]))
    names = set(zipfile.ZipFile(wheel).namelist())
    assert names >= CARRIED
    assert any(name.startswith(f"{BUILT}/atkinson-") and name.endswith(".woff2") for name in names)


def test_the_source_distribution_holds_the_sources_and_no_package_of_others(archive: Path) -> None:
    with tarfile.open(archive) as packed:
        names = {name.split("/", 1)[1] for name in packed.getnames()}
    assert names >= {"assets/package-lock.json", "assets/.npmrc", "assets/src/map.ts", "assets/css/site.css"}
    assert not [name for name in names if "node_modules" in name]


def test_nothing_is_built_twice_from_the_same_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(command: list[str], folder: Path) -> None:
        raise AssertionError(f"{command} was run in {folder}")

    monkeypatch.setattr(assets, "node", refuse)
    assert assets.build() is False


@pytest.mark.parametrize(
    "changed", ["assets/css/site.css", "assets/package-lock.json", "src/ongedeeld/reporting/assets/style.css"]
)
def test_it_notices_a_source_that_changed(changed: str, tmp_path: Path) -> None:
    root = _copy(tmp_path)
    assert assets.is_built(root)
    with (root / changed).open("a", encoding="utf-8") as stream:
        stream.write("\n")
    assert not assets.is_built(root)


def test_it_asks_pip_for_node_only_where_there_is_something_to_build_and_none_to_build_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _copy(tmp_path)
    hook = assets.Assets(str(root), {}, None, None, "", "wheel")  # type: ignore[arg-type]
    monkeypatch.setenv("PATH", "")
    assert hook.dependencies() == []
    shutil.rmtree(root / "src" / BUILT)
    assert hook.dependencies() == [assets.NODE_FROM_PIP]


def test_what_was_built_is_kept_where_a_build_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = _copy(tmp_path)
    (root / "assets" / "css" / "site.css").write_text("changed", encoding="utf-8")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(assets, "find_spec", lambda _name: None)
    with pytest.raises(SystemExit, match=r"Node 20\.19 or newer is needed"):
        assets.build(root)
    assert (root / "src" / BUILT / "site.css").exists()


def test_the_lock_file_names_no_registry() -> None:
    lock = (ROOT / "assets" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


def test_nothing_that_is_sent_asks_for_another_host() -> None:
    sheets = [file.read_text(encoding="utf-8") for file in (ROOT / "src" / BUILT).glob("*.css")]
    assert sheets
    for sheet in sheets:
        assert "http" not in sheet
        assert "data:" not in sheet


def test_the_typescript_holds_its_types_and_its_own_tests() -> None:
    folder = ROOT / "assets"
    assets.node(["node", "node_modules/typescript/bin/tsc", "--noEmit"], folder)
    assets.node(["node", "node_modules/vitest/vitest.mjs", "run", "--silent"], folder)
