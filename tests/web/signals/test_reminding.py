"""Reminders: in time, to who is there, and without a word of what they are about."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.core import mail
from django.utils import timezone

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.jobs.kinds import kinds
from ongedeeld.web.signals.models import Signal, Team, TeamMember
from ongedeeld.web.signals.reminding import remind, reminders
from tests.web.conftest import Hire
from tests.web.posting import post_goes
from tests.web.signals.conftest import NOTE, Cast, Reports

MONDAY = date(2026, 11, 16)
FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def post(settings: LazySettings) -> None:
    """A post office that keeps every letter."""
    settings.EMAIL_HOST = "post.invalid"
    settings.ADDRESS = "https://ongedeeld.voorbeeld.nl"


@pytest.fixture
def signal(cast: Cast, reports: Reports) -> Signal:
    """What Bas saw on Monday; Mila, who leads, answers it before the end of Friday."""
    now = datetime.combine(MONDAY, datetime.min.time(), ZoneInfo("Europe/Amsterdam")) + timedelta(hours=9)
    made = reports(cast.bas, now=now)
    assert made.due == MONDAY + timedelta(days=7)
    Signal.objects.filter(pk=made.pk).update(due=FRIDAY)
    return Signal.objects.get()


def reminded(day: date) -> list[str]:
    """Who is reminded on a day, a name for each letter."""
    return sorted(Person.objects.get(key=one.person).name for one in reminders(day))


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (MONDAY, []),
        (FRIDAY - timedelta(days=2), []),
        (FRIDAY - timedelta(days=1), ["Mila"]),
        (FRIDAY, ["Mila"]),
        (FRIDAY + timedelta(days=1), []),  # a Saturday
        (FRIDAY + timedelta(days=3), ["Mila", "Mila"]),  # who answers and who leads
    ],
)
@pytest.mark.usefixtures("signal")
def test_the_owner_hears_before_the_term_ends_and_who_leads_hears_after(day: date, names: list[str]) -> None:
    assert reminded(day) == names


def test_who_stands_in_is_reminded_in_their_place(cast: Cast, signal: Signal, team: Team) -> None:
    TeamMember.objects.filter(person=cast.mila.key).update(away_from=MONDAY, stands_in=cast.sanne.key)
    assert reminded(FRIDAY) == ["Sanne"]
    assert reminded(FRIDAY + timedelta(days=3)) == ["Sanne", "Sanne"]
    Signal.objects.update(owner=cast.sanne.key)
    TeamMember.objects.filter(person=cast.mila.key).update(away_from=None)
    assert reminded(FRIDAY + timedelta(days=3)) == ["Mila", "Sanne"]


@pytest.mark.parametrize("how", ["answered", "closed", "its term of keeping is over"])
def test_nobody_is_reminded_of_what_needs_no_answer(how: str, signal: Signal) -> None:
    now = timezone.now()
    if how == "answered":
        Signal.objects.update(answered_at=now)
    elif how == "closed":
        Signal.objects.update(state="closed", closed_at=now)
    else:
        Signal.objects.update(remove_after=MONDAY)
    assert reminded(FRIDAY) == []


def test_what_was_taken_up_and_then_stood_still_is_remembered_every_week(signal: Signal) -> None:
    Signal.objects.update(answered_at=signal.received_at, state="taken_up")
    weeks = [MONDAY + timedelta(weeks=number) for number in (4, 5, 6)]
    assert [reminded(day) for day in weeks] == [[], ["Mila"], ["Mila"]]
    assert reminded(weeks[1] + timedelta(days=1)) == []
    Signal.objects.update(state="closed", closed_at=signal.received_at)
    assert reminded(weeks[1]) == []


def test_what_is_open_while_its_term_of_keeping_ends_is_told_every_week(signal: Signal) -> None:
    monday = MONDAY + timedelta(weeks=52)
    Signal.objects.update(answered_at=timezone.now(), remove_after=monday + timedelta(weeks=7))
    assert [one.text for one in reminders(monday) if "removed soon" in one.text]
    assert not [one.text for one in reminders(monday + timedelta(days=1)) if "removed soon" in one.text]
    Signal.objects.update(remove_after=monday + timedelta(weeks=9))
    assert not [one.text for one in reminders(monday) if "removed soon" in one.text]


@pytest.mark.usefixtures("post")
def test_a_letter_holds_a_link_and_nothing_else_of_the_signal(cast: Cast, signal: Signal, hire: Hire) -> None:
    assert remind(FRIDAY) == 1
    post_goes()
    letter = mail.outbox[-1]
    assert letter.to == [cast.mila.email]
    text = f"{letter.subject}\n{letter.body}"
    assert f"https://ongedeeld.voorbeeld.nl/signalen/team/{signal.team.key}/" in text
    for secret in (NOTE, str(signal.key), signal.complex, "Bas", "care", "concern"):
        assert secret not in text


@pytest.mark.usefixtures("post")
def test_many_signals_are_one_letter(cast: Cast, signal: Signal, reports: Reports) -> None:
    for _ in range(3):
        reports(cast.bas)
    Signal.objects.update(due=FRIDAY)
    assert remind(FRIDAY) == 1


def test_both_kinds_of_work_are_done_every_day() -> None:
    for name in ("signals.settle", "signals.remind"):
        assert kinds()[name].daily is not None
