"""Long lists of signals are told in parts, and ask no more of the database than short ones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ongedeeld.web.signals.answering.views import PAGE
from ongedeeld.web.signals.models import Signal
from tests.web.conftest import Visit
from tests.web.signals.conftest import ELSEWHERE, Cast, Reports


@pytest.fixture
def mila(cast: Cast, visit: Visit) -> Client:
    """The browser of who answers."""
    return visit(cast.mila)


def listed(client: Client, part: str = "") -> list[str]:
    """The keys of the signals in a part of the list, in their order."""
    page = client.get(f"/signalen/{part}").content.decode()
    return [one.split("/")[0] for one in page.split('<h2><a href="/signalen/')[1:]]


def test_a_list_is_told_in_parts_danger_first_and_each_signal_once(
    cast: Cast, mila: Client, reports: Reports
) -> None:
    today = timezone.localdate()
    made = [reports(cast.bas, danger=number == PAGE) for number in range(PAGE + 2)]
    for number, signal in enumerate(made):
        Signal.objects.filter(pk=signal.pk).update(due=today + timedelta(days=number))
    first, second = listed(mila), listed(mila, "?page=2")
    assert [*first, *second] == [str(one.key) for one in (made[PAGE], *made[:PAGE], made[PAGE + 1])]
    assert len(first) == PAGE
    assert 'href="?page=2"' in mila.get("/signalen/").content.decode()
    assert 'rel="next"' not in mila.get("/signalen/?page=2").content.decode()
    assert listed(mila, "?page=x") == first


def test_a_long_list_asks_no_more_of_the_database(
    cast: Cast,
    mila: Client,
    reports: Reports,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(PAGE + 1):
        reports(cast.bas)
    mila.get("/signalen/")
    with django_assert_max_num_queries(16):
        mila.get("/signalen/")


def test_what_lies_elsewhere_is_in_no_part(cast: Cast, mila: Client, reports: Reports) -> None:
    here, there = reports(cast.bas), reports(cast.bas)
    there.places.all().delete()
    there.places.create(code=ELSEWHERE)
    assert listed(mila) == [str(here.key)]
