"""What the tests of the data room share: files that arrive, and the worker that reads them."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.actions import bring_in
from ongedeeld.web.cities.dropping import drop_folder
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.jobs.messages import take_up
from tests.web.conftest import Hire


@pytest.fixture
def manager(hire: Hire) -> Person:
    """The data manager."""
    return hire(Role.DATA_MANAGER)


@pytest.fixture(autouse=True)
def no_leftovers() -> Iterator[None]:
    """What was brought in goes after each test; the model city stays."""
    yield
    for name in ("incoming", "drop", "fetched"):
        shutil.rmtree(Path(settings.DATA_FOLDER) / name, ignore_errors=True)
    for folder in (Path(settings.DATA_FOLDER) / "cities").glob("*"):
        if folder.name != "model":
            shutil.rmtree(folder)


def sent(name: str, content: str | bytes) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def packed(files: dict[str, bytes]) -> bytes:
    """A zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def saved(city: City) -> bytes:
    """A City as a zip of its folder."""
    assert city.path is not None
    return packed({f"stad/{file.name}": file.read_bytes() for file in city.path.iterdir()})


def complexes(city: City, without: int = 0, renamed: str = "") -> str:
    """The complexes of a City as a csv of one's own; without the last ones, the first under another name."""
    rows = city.table("complexes").select("complex", "name", "area", "build_year").rows()
    rows = rows[: len(rows) - without]
    if renamed:
        rows[0] = (rows[0][0], renamed, *rows[0][2:])
    lines = ["complex;naam;buurt;bouwjaar", *(";".join(str(cell or "") for cell in row) for row in rows)]
    return "\n".join(lines) + "\n"


def read(version: CityVersion) -> CityVersion:
    """The version after the worker did its job."""
    take_up.call(key=str(version.job))
    version.refresh_from_db()
    return version


def brought(manager: Person, *files: SimpleUploadedFile, **options: object) -> CityVersion:
    """A version that was brought in and read."""
    return read(bring_in(files, actor=manager, **options))  # type: ignore[arg-type]


def lay(name: str, content: str, seconds_ago: int = 3600) -> Path:
    """A file in the drop folder."""
    drop_folder().mkdir(parents=True, exist_ok=True)
    path = drop_folder() / name
    path.write_text(content, encoding="utf-8")
    then = path.stat().st_mtime - seconds_ago
    os.utime(path, (then, then))
    return path
