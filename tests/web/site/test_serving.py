"""`serve`, `demo`, `backup` and `restore`, as their users run them."""

from __future__ import annotations

import re
import shutil
import signal
import stat
import subprocess
import tarfile
from pathlib import Path

import httpx
import pytest

from tests.web.site.apart import Apart, apart

pytestmark = pytest.mark.one_database

PATIENCE = 60
EVERYWHERE = "0.0.0.0"  # noqa: S104 - to see it refused


@pytest.fixture
def workbench(tmp_path: Path) -> Apart:
    return apart(tmp_path / "data")


def first_address(served: subprocess.Popen[str]) -> str:
    """The address that a command prints."""
    assert served.stdout is not None
    told = served.stdout.readline()
    found = re.search(r"http://\S+", told)
    assert found, told
    return found[0]


def test_serve_makes_all_it_needs_answers_and_ends_both_on_ctrl_c(workbench: Apart) -> None:
    served = workbench.begin("serve", "--port", 0)
    try:
        address = first_address(served)
        with httpx.Client(
            trust_env=False, base_url=address, follow_redirects=True, timeout=PATIENCE
        ) as browser:
            assert "csrfmiddlewaretoken" in browser.get("/").text
            assert browser.get("/demo/").status_code == 404
            assert browser.get("/", headers={"Host": "elsewhere.example"}).status_code == 400
        children = Path(f"/proc/{served.pid}/task/{served.pid}/children").read_text().split()
        assert len(children) == 2
        served.send_signal(signal.SIGINT)
        assert served.wait(PATIENCE) == 0
        assert not [child for child in children if Path(f"/proc/{child}").exists()]
    finally:
        served.terminate()
        served.communicate()
    assert stat.S_IMODE((workbench.data / "secret-key").stat().st_mode) == 0o600


def test_nothing_runs_on_when_serve_is_killed(workbench: Apart) -> None:
    served = workbench.begin("serve", "--port", 0)
    try:
        address = first_address(served)
    finally:
        served.kill()
        served.wait()
    served.communicate(timeout=PATIENCE)  # it ends when the last one that can print is gone
    with httpx.Client(trust_env=False) as browser, pytest.raises(httpx.ConnectError):
        browser.get(address)


def test_demo_opens_for_everybody_of_its_cast_and_their_city_comes_back_from_a_backup(
    workbench: Apart, tmp_path: Path
) -> None:
    code, told = workbench.run("demo", "--out", workbench.data, "--scale", 0.1, "--port", 0, "--once")
    assert code == 0, told
    held = (
        "from ongedeeld.web.accounts.models import Person; from ongedeeld.web.audit.models import Entry\n"
        "from ongedeeld.web.cities.models import CityVersion; from ongedeeld.city import City\n"
        "from ongedeeld.web.cities.opened import folder_of\n"
        "version = CityVersion.objects.get(state='current')\n"
        "print(sorted(Person.objects.values_list('email', 'key')))\n"
        "entries = Entry.objects.exclude(verb='site.restore').order_by('id')\n"
        "print(list(entries.values_list('id', 'at', 'verb')))\n"
        "print(City.open(folder_of(version.folder)).check())\n"
    )
    before = workbench.python(held)
    file = tmp_path / "kept.tar"
    assert workbench.run("backup", file)[0] == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert workbench.run("restore", file)[0] == 2

    other = apart(tmp_path / "other")
    code, told = other.run("restore", file)
    assert code == 0, told
    emptying = (
        "from django.db import DatabaseError\n"
        "try: Entry.objects.all().delete()\n"
        "except DatabaseError: print('refused')"
    )
    assert other.python(held + emptying) == f"{before}\nrefused"
    keys = "field-keys.json"
    with tarfile.open(file) as kept:
        assert not [name for name in kept.getnames() if name.endswith(keys)]
    code, told = other.run("manager", "tom@voorbeeld.nl")
    assert (code, f"{keys} is not there" in told.replace("\n", "")) == (2, True), told
    shutil.copy(workbench.data / keys, other.data / keys)
    assert other.run("keys")[0] == 0
    code, told = other.run("keys", "rotate")
    assert (code, "Key 2 seals" in told) == (0, True), told
    code, told = other.run("manager", "tom@voorbeeld.nl")
    assert code == 0, told


def test_what_is_no_backup_is_refused_and_nothing_is_written(workbench: Apart, tmp_path: Path) -> None:
    file = tmp_path / "kept.tar"
    file.write_bytes(b"no tar at all")
    code, told = workbench.run("restore", file)
    assert (code, "no whole backup" in told) == (2, True)
    assert not list(workbench.data.glob("*"))


def test_a_workbench_that_is_reached_from_elsewhere_must_know_its_name(workbench: Apart) -> None:
    code, told = workbench.run("serve", "--host", EVERYWHERE)
    assert (code, "ALLOWED_HOSTS" in told) == (2, True)
    assert not workbench.data.exists()


@pytest.mark.parametrize(
    ("words", "environment"),
    [(("--host", EVERYWHERE), {}), ((), {"ALLOWED_HOSTS": "workbench.example.nl"})],
)
def test_a_demo_is_served_on_this_machine_only(
    workbench: Apart, words: tuple[str, ...], environment: dict[str, str]
) -> None:
    code, told = workbench.run("serve", "--demo", *words, **environment)
    assert (code, "this machine only" in told) == (2, True)


def test_a_folder_that_cannot_be_made_is_told(workbench: Apart) -> None:
    workbench.data.write_text("a file stands where the folder should come")
    code, told = workbench.run("serve")
    assert (code, "cannot be written to" in told) == (2, True)


def test_without_the_workbench_it_tells_what_to_install(
    workbench: Apart, run: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ongedeeld.cli import workbench as commands

    monkeypatch.setattr(commands, "find_spec", lambda _name: None)
    code, told = run("--lang", "en", "serve")  # type: ignore[operator]
    assert (code, "pip install 'ongedeeld[web]'" in told) == (2, True)


def test_settings_write_nothing(workbench: Apart) -> None:
    workbench.data.mkdir()
    workbench.python("from django.conf import settings; settings.SECRET_KEY")
    assert not list(workbench.data.iterdir())
