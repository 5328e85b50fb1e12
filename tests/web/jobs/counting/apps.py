from __future__ import annotations

from django.apps import AppConfig


class CountingConfig(AppConfig):
    name = "tests.web.jobs.counting"
    label = "counting"
