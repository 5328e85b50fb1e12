"""The settings of the workbench, with the work of the tests."""

from ongedeeld.web.site.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.web.jobs.counting"]  # noqa: F405
