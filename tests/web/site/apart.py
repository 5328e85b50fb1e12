"""A workbench of its own: a data folder and a database in which commands run as their users run them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from django.db import connection

LEFT_OUT = (
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "ONGEDEELD_INSECURE",
    "SECRET_KEY",
    "CI",
)


@dataclass
class Apart:
    """A data folder, and on PostgreSQL a database, that nothing else uses."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)

    def command(self, *words: object) -> list[str]:
        return [str(Path(sys.executable).with_name("ongedeeld")), "--lang", "en", *map(str, words)]

    @property
    def env(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        return own | {"ONGEDEELD_DATA": str(self.data)} | self.environment

    def run(self, *words: object, **environment: str) -> tuple[int, str]:
        """Run a command to its end: its exit code and all that it printed."""
        done = subprocess.run(
            self.command(*words),
            env=self.env | environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=300,
        )
        return done.returncode, done.stdout + done.stderr

    def begin(self, *words: object, **environment: str) -> subprocess.Popen[str]:
        """Begin a command that goes on."""
        return subprocess.Popen(
            self.command(*words), env=self.env | environment, stdout=subprocess.PIPE, text=True
        )

    def python(self, program: str) -> str:
        """What a program prints that looks into this workbench."""
        opened = f"import django; django.setup()\n{program}"
        env = self.env | {"DJANGO_SETTINGS_MODULE": "ongedeeld.web.site.settings", "SECRET_KEY": "x"}
        return subprocess.run(
            [sys.executable, "-c", opened], env=env, check=True, capture_output=True, text=True
        ).stdout.strip()


def apart(folder: Path) -> Apart:
    """An empty one; on PostgreSQL with an empty database on the server of the tests."""
    if connection.vendor == "sqlite":
        return Apart(folder)
    import psycopg

    name = f"apart_{uuid4().hex}"
    whole, _, query = os.environ["DATABASE_URL"].partition("?")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return Apart(folder, {"DATABASE_URL": f"{whole.rpartition('/')[0]}/{name}?{query}"})
