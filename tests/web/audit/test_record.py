"""The record keeps what was written, whoever asks otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.actions import record, remove_older, seen
from ongedeeld.web.audit.models import Entry, Removal
from tests.web.conftest import Hire

EMPTYING = {"postgresql": "TRUNCATE", "sqlite": "DELETE FROM"}
REPLACING = {
    "postgresql": "INSERT INTO {} ON CONFLICT (id) DO UPDATE SET verb = excluded.verb",
    "sqlite": "REPLACE INTO {}",
}

pytestmark = pytest.mark.django_db


def aged(*days: int) -> None:
    """Entries of so many days ago."""
    at = Entry._meta.get_field("at")
    at.auto_now_add = False
    try:
        now = timezone.now()
        Entry.objects.bulk_create(
            Entry(at=now - timedelta(days=ago), verb="areas.overrule", kind="complex", thing="C1")
            for ago in days
        )
    finally:
        at.auto_now_add = True


def test_it_tells_who_did_what_to_what_and_the_names_of_the_fields(hire: Hire) -> None:
    person = hire(Role.AREA_MANAGER)
    entry = record(person, "areas.overrule", "complex", "C1", ["until", "colour", "colour"])
    entry.refresh_from_db()
    assert (entry.actor, entry.verb, entry.kind, entry.thing) == (
        person.key,
        "areas.overrule",
        "complex",
        "C1",
    )
    assert entry.fields == ["colour", "until"]


def test_it_tells_who_saw_what(hire: Hire) -> None:
    person = hire(Role.HOUSING_CONSULTANT)
    seen(person, "complex", "C1", ["arrears"])
    assert Entry.objects.filter(actor=person.key, verb="seen", kind="complex", thing="C1").exists()


def test_it_survives_the_removal_of_the_person(hire: Hire) -> None:
    person = hire(Role.AREA_MANAGER)
    record(person, "areas.overrule", "complex", "C1")
    key = person.key
    person.delete()
    assert Entry.objects.filter(actor=key).count() == 1


def test_it_goes_with_the_change_that_did_not_happen() -> None:
    def changed() -> None:
        with transaction.atomic():
            record(None, "areas.overrule", "complex", "C1")
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        changed()
    assert not Entry.objects.exists()


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match="cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET thing = 'C2'",
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET actor = NULL",
    ],
)
def test_an_entry_can_be_neither_changed_nor_deleted(statement: str) -> None:
    record(None, "areas.overrule", "complex", "C1")
    refused(statement)
    assert Entry.objects.get().thing == "C1"


def test_neither_can_an_old_one_outside_the_path_for_it() -> None:
    aged(4_000)
    refused("DELETE FROM audit_entry")


@pytest.mark.parametrize("table", ["audit_entry", "audit_removal"])
def test_it_cannot_be_emptied_at_once(table: str) -> None:
    aged(800, 10)
    remove_older(730, actor=None)
    refused(f"{EMPTYING[connection.vendor]} {table}")


def test_what_is_older_than_the_term_goes_and_how_much_went_is_written() -> None:
    aged(800, 750, 700, 10)
    removal = remove_older(730, actor=None)
    assert removal is not None
    assert (removal.count, removal.term_days) == (2, 730)
    assert [(timezone.now() - at).days for at in (removal.first_at, removal.last_at)] == [800, 750]
    kept = [entry for entry in Entry.objects.all() if entry.verb != "audit.remove_older"]
    assert sorted((timezone.now() - entry.at).days for entry in kept) == [10, 700]
    assert Entry.objects.filter(verb="audit.remove_older", thing=str(removal.pk)).exists()


def test_nothing_is_written_of_nothing_removed() -> None:
    aged(10)
    assert remove_older(730, actor=None) is None
    assert not Removal.objects.exists()


def test_no_term_below_a_year_is_accepted() -> None:
    with pytest.raises(InputError, match="365"):
        remove_older(30, actor=None)


def test_the_database_refuses_a_removal_that_reaches_into_the_last_year() -> None:
    aged(100)
    with pytest.raises(DatabaseError, match="last year"), transaction.atomic():
        Removal.objects.create(
            term_days=1,
            before=timezone.now() - timedelta(days=1),
            count=1,
            first_at=timezone.now() - timedelta(days=100),
            last_at=timezone.now() - timedelta(days=100),
        )


@pytest.mark.parametrize("statement", ["UPDATE audit_removal SET count = 1", "DELETE FROM audit_removal"])
def test_what_was_written_of_a_removal_stays(statement: str) -> None:
    aged(800)
    remove_older(730, actor=None)
    refused(statement)


def test_a_removal_does_not_open_the_door_to_younger_entries() -> None:
    aged(800, 10)
    remove_older(730, actor=None)
    refused("DELETE FROM audit_entry")


def test_an_entry_is_not_replaced(hire: Hire) -> None:
    entry = record(hire(Role.AREA_MANAGER), "areas.overrule", "complex", "C1")
    row = "audit_entry (id, at, verb, kind, thing, fields) VALUES (%s, '2026-01-01', 'x', 'x', 'x', '[]')"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(REPLACING[connection.vendor].format(row), [entry.pk])
    entry.refresh_from_db()
    assert entry.verb == "areas.overrule"
