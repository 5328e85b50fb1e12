"""What the limits lean on in allauth, which promises nothing about it, and how they count."""

from __future__ import annotations

from importlib import import_module
from inspect import signature

import pytest
from django.test import RequestFactory

CHANGED = "allauth counts otherwise since its update: look at accounts/limits.py, which leans on it"


def test_allauth_still_counts_as_the_limits_ask_it_to() -> None:
    try:
        counting = import_module("allauth.core.internal.ratelimit")
        asked = signature(counting.consume).parameters
        answer = signature(counting.respond_429).parameters
    except (ImportError, AttributeError) as error:
        pytest.fail(f"{CHANGED} ({error})")
    assert {"request", "app", "action", "key", "config", "limit_get"} <= set(asked), CHANGED
    assert list(answer) == ["request"], CHANGED


@pytest.mark.django_db
def test_each_name_and_each_who_has_a_count_of_its_own(rf: RequestFactory) -> None:
    from ongedeeld.web.accounts.limits import within

    request = rf.get("/")
    asked = [("maps", "a"), ("maps", "a"), ("maps", "a"), ("maps", "b"), ("files", "a")]
    assert [within(request, name, "2/m/key", who) for name, who in asked] == [True, True, False, True, True]
