"""A request has a term of a month: it is made longer once, people are reminded of it, and all of it goes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ongedeeld.web.safeguards.request_marks import is_stopped
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.safeguards.request_reminding import remind
from ongedeeld.web.safeguards.request_terms import due_after, months_after
from ongedeeld.web.safeguards.safeguarding import remove_requests
from ongedeeld.web.signals.models import Signal
from tests.web.posting import post_goes
from tests.web.safeguards.conftest import LIST, NAME, SIGNAL, Asks, decide, decide_on_city, post
from tests.web.signals.conftest import Cast


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 1, 15), date(2026, 2, 15)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_the_term_is_a_month_by_the_calendar(received: date, due: date) -> None:
    assert due_after(received) == due
    assert due_after(received, longer=True) == months_after(received, 3)


def test_a_stop_for_a_time_ends_after_who_asked_was_told(
    officer: Client,
    asks: Asks,
    signal: Signal,
) -> None:
    request = asks("restriction")
    again = f"{LIST}{request.key}/gevonden/{signal.key}/hervatten/"
    officer.post(again)
    assert is_stopped(SIGNAL, signal.key)
    decide(officer, request, signal.key, "stop")
    decide_on_city(officer, request, "go_on")
    post(officer, request, "beantwoorden", "close", outcome="granted", answer="Wij wachten.")
    officer.post(again)
    assert not is_stopped(SIGNAL, signal.key)
    assert request.steps.filter(step="resume").exists()


def test_the_term_is_made_longer_once_and_within_the_month(officer: Client, asks: Asks) -> None:
    request = asks("access")
    post(officer, request, "verlengen", "extend", reason="Er zijn veel verzoeken.")
    assert request.due == due_after(request.received_on, longer=True)
    post(officer, request, "verlengen", "extend", 422, reason="Nog eens.")
    late = asks("access", received_on=timezone.localdate() - timedelta(days=40))
    post(officer, late, "verlengen", "extend", 422, reason="Te laat.")
    assert late.is_late(timezone.localdate())


def test_requests_go_after_their_term(officer: Client, asks: Asks) -> None:
    request = asks("access")
    post(officer, request, "beantwoorden", "close", outcome="withdrawn", answer="U trok het in.")
    assert request.remove_after is not None
    assert remove_requests(request.remove_after, 10) == 0
    assert remove_requests(request.remove_after + timedelta(days=1), 10) == 1
    assert not Request.objects.exists()


def test_a_privacy_officer_is_reminded_before_and_after_the_end_of_the_term_without_a_word_of_it(
    asks: Asks,
    cast: Cast,
    settings: Settings,
) -> None:
    settings.EMAIL_HOST = "post.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    due = asks("access").due
    assert remind(due - timedelta(days=8)) == 0
    assert remind(due - timedelta(days=7)) == 1
    assert remind(due + timedelta(days=1)) == 1
    post_goes()
    soon, late = mail.outbox
    assert soon.to == late.to == [cast.olga.email]
    assert soon.body != late.body
    for letter in (soon, late):
        assert LIST in letter.body
        assert NAME not in f"{letter.subject} {letter.body}"


def test_nobody_is_reminded_of_what_was_answered(officer: Client, asks: Asks, settings: Settings) -> None:
    settings.EMAIL_HOST = "post.example"
    request = asks("access")
    post(officer, request, "beantwoorden", "close", outcome="withdrawn", answer="U trok het in.")
    assert remind(request.due + timedelta(days=1)) == 0
