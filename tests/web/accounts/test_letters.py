"""Letters go by a job: no page waits for a mail server, and one that could not be sent is seen."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from pytest_django.fixtures import Settings

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import WRITE, write_to
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.accounts.work import ATTEMPTS
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.jobs.actions import forget
from ongedeeld.web.jobs.models import Job
from tests.web.conftest import Hire, Visit
from tests.web.posting import post_goes

WHERE = "/signalen/"


@pytest.fixture
def mila(hire: Hire, settings: Settings) -> Person:
    """Somebody who gets letters, at an association with a mail server."""
    settings.EMAIL_HOST, settings.ADDRESS = "post.example", "https://ongedeeld.voorbeeld.invalid"
    cache.clear()
    return hire(Role.AREA_MANAGER, name="Mila")


def writes(person: Person) -> bool:
    """Ask for a letter."""
    return write_to(person.key, N_("Ongedeeld: something waits for you"), "Er is iets.", WHERE)


def dead(*_: object) -> None:
    """A mail server that is not there."""
    raise TimeoutError


def test_a_letter_waits_for_a_worker_and_goes_once(mila: Person) -> None:
    assert writes(mila)
    assert mail.outbox == []
    for _ in range(2):
        post_goes()
    (letter,) = mail.outbox
    assert letter.to == [mila.email]
    assert f"https://ongedeeld.voorbeeld.invalid{WHERE}" in letter.body


def test_what_is_undone_sends_no_letter(mila: Person) -> None:
    with transaction.atomic():
        writes(mila)
        transaction.set_rollback(True)
    post_goes()
    assert mail.outbox == []


def test_who_left_meanwhile_gets_no_letter(mila: Person) -> None:
    writes(mila)
    Person.objects.update(is_active=False)
    post_goes()
    assert mail.outbox == []
    assert not writes(mila)


def test_a_dead_mail_server_is_tried_later_and_then_told_to_a_manager(
    mila: Person, hire: Hire, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ongedeeld.web.accounts.letters.send_mail", dead)
    writes(mila)
    post_goes()
    job = Job.objects.get()
    assert job.state == Job.State.WAITING
    Job.objects.update(attempts=ATTEMPTS - 1)
    cache.clear()
    post_goes()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    manager = visit(hire(Role.MANAGER))
    assert reverse("job", args=[job.key]) in manager.get(reverse("jobs")).content.decode()
    told = manager.get(reverse("job", args=[job.key])).content.decode()
    assert "TimeoutError" in told
    assert mila.name not in told
    assert mila.email not in told


def test_a_silent_server_is_asked_once_a_minute_and_a_wrong_address_stops_nobody(
    mila: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def refuses(*_: object) -> None:
        asked.append("refused")
        raise SMTPRecipientsRefused({})

    def says_nothing(*_: object) -> None:
        asked.append("silent")
        raise TimeoutError

    monkeypatch.setattr("ongedeeld.web.accounts.letters.send_mail", refuses)
    for _ in range(2):
        writes(mila)
    post_goes()
    assert asked == ["refused"] * 2
    monkeypatch.setattr("ongedeeld.web.accounts.letters.send_mail", says_nothing)
    post_goes()
    assert asked == ["refused", "refused", "silent"]


def test_letters_that_went_are_neither_listed_nor_recorded_and_soon_forgotten(
    mila: Person, hire: Hire, visit: Visit
) -> None:
    writes(mila)
    post_goes()
    job = Job.objects.get(kind=WRITE)
    assert job.state == Job.State.DONE
    assert not Entry.objects.filter(verb="jobs.ask").exists()
    page = visit(hire(Role.MANAGER)).get(reverse("jobs")).content.decode()
    assert reverse("job", args=[job.key]) not in page
    assert forget(timedelta(days=90)) == 0
    Job.objects.update(ended_at=job.ended_at - timedelta(days=2) if job.ended_at else None)
    assert forget(timedelta(days=90)) == 1
