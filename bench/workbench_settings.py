"""The settings of the workbench, with a bare page among its addresses."""

from ongedeeld.web.site.settings import *  # noqa: F403 - the same workbench

ROOT_URLCONF = "bench.workbench_urls"
