"""A worker of its own process, to be killed: ``python -m tests.web.jobs.worker``."""

from __future__ import annotations

import os
from datetime import timedelta

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.jobs.worker_settings"


def main() -> None:
    django.setup()
    from ongedeeld.web.jobs.worker import work

    work(interval=0.05, sweep_every=timedelta(seconds=0.2))


if __name__ == "__main__":
    main()
