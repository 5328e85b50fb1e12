"""Search the record by person, thing, verb and period."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.actions import record
from ongedeeld.web.audit.queries import PAGE_SIZE, Search, known_kinds, known_verbs, search
from tests.web.audit.test_record import aged
from tests.web.conftest import Hire

pytestmark = pytest.mark.django_db


def found(wanted: Search) -> list[tuple[str, str]]:
    return [(entry.verb, entry.thing) for entry in search(wanted)]


def test_by_person(hire: Hire) -> None:
    alice, bob = hire(Role.AREA_MANAGER, name="Alice"), hire(Role.AREA_MANAGER, name="Bob")
    record(alice, "areas.overrule", "complex", "C1")
    record(bob, "areas.overrule", "complex", "C2")
    assert found(Search(actor=alice.key)) == [("areas.overrule", "C1")]


def test_by_thing_and_by_verb_and_by_all_verbs_of_an_app() -> None:
    record(None, "areas.overrule", "complex", "C1")
    record(None, "areas.note", "neighbourhood", "C1")
    record(None, "cities.accept", "city version", "C1")
    assert found(Search(kind="complex", thing="C1")) == [("areas.overrule", "C1")]
    assert found(Search(verb="cities.accept")) == [("cities.accept", "C1")]
    assert [verb for verb, _ in found(Search(verb="areas."))] == ["areas.note", "areas.overrule"]
    assert not found(Search(verb="areas"))


def test_by_period_with_both_days_included() -> None:
    aged(0, 1, 2, 3)
    today = timezone.localdate()
    wanted = Search(from_day=today - timedelta(days=2), until_day=today - timedelta(days=1))
    assert {timezone.localdate(entry.at) for entry in search(wanted)} == {
        today - timedelta(days=1),
        today - timedelta(days=2),
    }


def test_by_page_with_the_last_first() -> None:
    for place in range(PAGE_SIZE + 1):
        record(None, "areas.note", "neighbourhood", place)
    first, last = search(Search()), search(Search(), page=2)
    assert (len(first), len(last)) == (PAGE_SIZE, 1)
    assert (first[0].thing, last[0].thing) == (str(PAGE_SIZE), "0")


def test_it_tells_what_can_be_looked_for() -> None:
    record(None, "cities.accept", "city version", "V")
    record(None, "areas.note", "neighbourhood", "N")
    record(None, "areas.note", "neighbourhood", "M")
    assert list(known_verbs()) == ["areas.note", "cities.accept"]
    assert list(known_kinds()) == ["city version", "neighbourhood"]
