"""The image and the compose file ask for nothing that is not there, and a database that is not is told."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from ongedeeld.cli import app
from tests.web.site.apart import Apart, apart

ROOT = Path(__file__).parents[3]
CONTAINERFILE = (ROOT / "Containerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
OWN = [COMPOSE["services"][name] for name in ("web", "worker")]
OF_THE_IMAGE = json.loads(CONTAINERFILE.rpartition("CMD ")[2])
LEFT_OUT = {line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")}


def settings_told() -> set[str]:
    """The names in the table of settings of the page about production."""
    page = (ROOT / "docs/how-to/production.md").read_text()
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", page, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


def test_what_the_image_copies_is_there_and_not_left_out() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+)", CONTAINERFILE, re.MULTILINE)
    needed = {*copied, "pyproject.toml", "README.md", "LICENSE", "src", "assets", "tools"}
    assert [one for one in needed if not (ROOT / one).exists()] == []
    assert [one for one in needed for left in LEFT_OUT if fnmatch(one.split("/")[0], left)] == []
    assert {".env", ".git", ".venv*"} <= LEFT_OUT, "secrets and what is made here stay out of the image"


@pytest.mark.parametrize("words", [*(one["command"] for one in OWN), OF_THE_IMAGE])
def test_each_container_runs_a_command_as_ongedeeld_knows_it(words: list[str]) -> None:
    command = typer.main.get_command(app).commands[words[1]]  # type: ignore[attr-defined]
    context = command.make_context(words[1], words[2:], resilient_parsing=False)
    assert words[0] == "ongedeeld"
    assert context.params


def test_no_container_of_ours_writes_elsewhere_or_has_rights() -> None:
    for service in OWN:
        assert service["read_only"] is True
        assert [*service["tmpfs"], *service["volumes"]] == ["/tmp", "data:/data"]  # noqa: S108 - of the container
        assert (service["cap_drop"], service["security_opt"]) == (["ALL"], ["no-new-privileges"])
    assert re.findall(r"^USER (\S+)", CONTAINERFILE, re.MULTILINE) == ["10001"]
    assert set(re.findall(r"=(/\S+)", CONTAINERFILE.split("ENV", 1)[1])) >= {"/data", "/data/numba"}


def test_every_setting_is_told_and_every_setting_that_is_told_is_read() -> None:
    source = "\n".join(file.read_text() for file in (ROOT / "src/ongedeeld/web").rglob("*.py"))
    read = set(re.findall(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"", source)) | {"DATABASE_URL"}
    aside = {"DJANGO_SETTINGS_MODULE", "ONGEDEELD_DEMO", "ONGEDEELD_INSECURE"}
    assert read - aside == settings_told()
    for service in OWN:
        assert service["env_file"] == [".env"]
        assert set(service["environment"]) <= settings_told()


@pytest.fixture
def workbench(tmp_path: Path) -> Apart:
    return apart(tmp_path / "data")


@pytest.mark.one_database
def test_a_database_that_does_not_answer_is_told_without_its_password(workbench: Apart) -> None:
    workbench.environment["DATABASE_URL"] = "postgresql://ongedeeld:geheim@127.0.0.1:1/ongedeeld"
    code, told = workbench.run("serve")
    assert (code, "the database cannot be reached" in told, "geheim" in told) == (2, True, False)
