"""Nothing is stored without a purpose, and what is past its term goes."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.models import Inspection, Note, ResidentsWords
from ongedeeld.web.jobs.kinds import kinds
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.jobs.work import JOBS_KEPT
from ongedeeld.web.safeguards import ledger, removing, work
from ongedeeld.web.safeguards.models import Processed, Removed
from ongedeeld.web.safeguards.purpose_table import NOTHING_OF_PEOPLE
from ongedeeld.web.safeguards.purposes import kept_since, purposes, removed_after
from ongedeeld.web.safeguards.removing import removers
from tests.web.conftest import Hire, Visit

BY_OTHERS = {"audit.entry", "cities.version", "jobs.job"}
"""Removed by the daily work of their own app."""
TODAY = date(2026, 11, 22)


def remove(today: date = TODAY) -> dict[str, int]:
    """What the daily work removes."""
    job = Job.objects.create(
        kind="safeguards.remove", once=f"{today}-{Job.objects.count()}", state=Job.State.RUNNING
    )
    run = Run(job, kinds()["safeguards.remove"])
    return {
        name: count for name, count in (work.remove_past_term(run, day=str(today)) or {}).items() if count
    }


def test_every_model_of_every_app_has_a_purpose_or_holds_nothing_of_people() -> None:
    models = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    kept = [label for one in purposes().values() for label in one.holds]
    nothing = [label for labels in NOTHING_OF_PEOPLE.values() for label in labels]
    assert len({*kept, *nothing}) == len(kept) + len(nothing), "a model has one place in the table"
    assert sorted(models - {*kept, *nothing}) == [], "put these into safeguards/purpose_table.py"
    assert sorted({*kept, *nothing} - models) == []


def test_every_purpose_tells_what_why_on_which_ground_and_how_long_and_is_removed() -> None:
    for one in purposes().values():
        assert one.text
        assert one.purpose
        assert re.search(r"GDPR \d", one.ground), one.name
        assert one.days > 0
        assert one.holds, f"{one.name} holds nothing"
    assert set(removers()) | BY_OTHERS == set(purposes())


def test_the_terms_of_the_table_are_those_of_the_work_that_removes(settings: Settings) -> None:
    assert purposes()["jobs.job"].days == JOBS_KEPT.days
    assert purposes()["audit.entry"].days == settings.AUDIT_DAYS
    assert purposes()["cities.version"].days == settings.CITY_DAYS


def test_a_copy_goes_no_later_than_what_it_was_made_of() -> None:
    assert removed_after("signals.signal", TODAY) == TODAY + timedelta(days=730)
    assert removed_after("preventing.eviction", TODAY, date(2027, 1, 1)) == date(2027, 1, 1)
    assert removed_after("signals.visit_note", TODAY, date(2099, 1, 1)) == TODAY + timedelta(days=365)


@pytest.fixture
def other_terms(settings: Settings) -> object:
    yield settings
    purposes.cache_clear()


def test_terms_can_be_set_and_a_wrong_one_is_told(other_terms: Settings) -> None:
    other_terms.TERM_DAYS = {"areas.note": "100"}
    purposes.cache_clear()
    assert kept_since("areas.note", TODAY) == TODAY - timedelta(days=100)
    for wrong in ({"areas.nota": "100"}, {"areas.note": "0"}, {"areas.note": "soon"}):
        other_terms.TERM_DAYS = wrong
        purposes.cache_clear()
        with pytest.raises(InputError, match=next(iter(wrong))):
            purposes()


def test_what_is_past_its_term_goes_and_the_ledger_tells_how_many(db: None) -> None:
    since = kept_since("areas.note", TODAY)
    for day in (since - timedelta(days=1), since):
        made_at = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
        Note.objects.filter(pk=Note.objects.create(area="BU1", text="x").pk).update(made_at=made_at)
        ResidentsWords.objects.create(unit="BU1", day=day, asked="walk", words="x", agreed=True)
    Inspection.objects.create(complex="1", day=TODAY, how_clean=3, how_whole=3, how_safe=3)
    assert remove() == {"areas.note": 1, "areas.words": 1}
    assert Note.objects.count() == ResidentsWords.objects.count() == Inspection.objects.count() == 1
    assert set(Removed.objects.values_list("kind", "count", "ground", "day")) == {
        ("areas.note", 1, "term", TODAY),
        ("areas.words", 1, "term", TODAY),
    }
    assert remove(TODAY + timedelta(days=1)) == {"areas.note": 1, "areas.words": 1}


def test_much_goes_in_parts_and_nothing_is_left(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "MOST", 3)
    ResidentsWords.objects.bulk_create(
        ResidentsWords(unit="BU1", day=date(2001, 1, 1), asked="walk", words="x", agreed=True)
        for _ in range(7)
    )
    assert remove() == {"areas.words": 7}
    assert list(Removed.objects.order_by("id").values_list("count", flat=True)) == [3, 3, 1]


def test_a_defect_in_one_app_keeps_nothing_of_another(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_today: date, _most: int) -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(removing._REMOVERS, "areas.note", fails)
    ResidentsWords.objects.create(unit="BU1", day=date(2001, 1, 1), asked="walk", words="x", agreed=True)
    with pytest.raises(ExceptionGroup, match="not everything"):
        remove()
    assert not ResidentsWords.objects.exists()


def test_people_go_a_year_after_their_last_role_and_their_key_stays(hire: Hire) -> None:
    gone, back, there = (hire(Role.CARETAKER, name=name) for name in ("Gone", "Back", "There"))
    manager, demo = hire(Role.MANAGER, name="Sem"), hire(Role.CARETAKER, name="Demo")
    Person.objects.filter(pk=demo.pk).update(is_demo=True)
    RoleHeld.objects.filter(person__in=(gone, back, demo)).update(until_day=TODAY - timedelta(days=366))
    RoleHeld.objects.filter(person=there).update(until_day=TODAY - timedelta(days=365))
    RoleHeld.objects.create(person=back, role=Role.FITTER, from_day=TODAY)
    assert remove() == {"accounts.person": 1}
    assert set(Person.objects.all()) == {back, there, manager, demo}


def test_people_whose_access_was_closed_go_a_year_after_they_last_signed_in(hire: Hire) -> None:
    long_ago, lately, never = (hire(Role.CARETAKER, name=name) for name in ("Ooit", "Pas", "Nooit"))
    moment = timezone.make_aware(datetime(2025, 11, 1, 12))
    Person.objects.filter(pk__in=(long_ago.pk, lately.pk)).update(is_active=False, last_login=moment)
    Person.objects.filter(pk=lately.pk).update(last_login=moment + timedelta(days=60))
    Person.objects.filter(pk=never.pk).update(is_active=False, joined=moment)
    assert remove() == {"accounts.person": 2}
    assert list(Person.objects.all()) == [lately]


def test_from_where_somebody_was_signed_in_goes_with_the_session(hire: Hire, visit: Visit) -> None:
    person = hire(Role.CARETAKER)
    client = visit(person)
    for key in (str(client.session.session_key), "gone"):
        UserSession.objects.create(user=person, session_key=key, ip="127.0.0.1", user_agent="x")
    assert remove(timezone.localdate()) == {"accounts.session": 1}
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [client.session.session_key]


def test_the_database_refuses_to_change_the_ledger(db: None) -> None:
    ledger.write("areas.note", 2, ledger.Ground.REQUEST, TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Removed.objects.update(count=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Removed.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO safeguards_removed SELECT * FROM safeguards_removed")


def test_nothing_is_written_of_nothing(db: None) -> None:
    ledger.write("areas.note", 0, ledger.Ground.TERM, TODAY)
    assert not Removed.objects.exists()


def test_lines_of_the_log_go_after_their_term(db: None) -> None:
    old = timezone.now() - timedelta(days=6 * 365)
    Processed.objects.create(
        trace="a" * 32, operation="a" * 16, status=0, name="x", activity="areas.note", start=old, end=old
    )
    assert remove(timezone.localdate()) == {"safeguards.processing": 1}
