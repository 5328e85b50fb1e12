"""The worker as a process: ``python -m ongedeeld.web.site.working PARENT``; `ongedeeld serve` starts it."""

from __future__ import annotations

import os
import sys

import django

from ongedeeld.web.site.guarded import ask_to_end, when_alone


def main() -> None:
    """Do jobs until the process is asked to end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ongedeeld.web.site.settings")
    django.setup()
    from ongedeeld.web.jobs.worker import work

    work()


if __name__ == "__main__":
    when_alone(int(sys.argv[1]), ask_to_end)
    main()
