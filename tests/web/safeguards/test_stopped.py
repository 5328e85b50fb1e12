"""What a resident stopped the use of is in no list, no page, no count and no letter."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from ongedeeld.web.safeguards.request_contents import Contents
from ongedeeld.web.safeguards.request_marks import stop
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.signals.arranging.team_figures import figures_of
from ongedeeld.web.signals.counting.tallying import came
from ongedeeld.web.signals.models import Signal, Team
from ongedeeld.web.signals.reminding import reminders
from ongedeeld.web.working_days import working_days_after
from tests.web.conftest import Visit
from tests.web.signals.conftest import HERE, NOTE, Cast


@pytest.fixture
def stopped_signal(signal: Signal) -> Signal:
    """A signal of which the use is stopped."""
    key, today = uuid4(), timezone.localdate()
    request = Request.objects.create(
        key=key,
        right="objection",
        sealed=Contents(name="Bewoner", reach="post").sealed_for(key),
        received_on=today,
        due=today,
    )
    stop(request, "signals.signal", signal.key, until=signal.remove_after, now=timezone.now())
    return signal


def test_it_stands_on_no_page_of_who_answered_it(
    stopped_signal: Signal,
    team: Team,
    cast: Cast,
    visit: Visit,
) -> None:
    for person in (cast.bas, cast.sanne, cast.mila):
        browser = visit(person)
        assert browser.get(reverse("signal", args=[stopped_signal.key])).status_code == 404
        for page in (reverse("signals"), reverse("team_work", args=[team.key])):
            shown = browser.get(page).content.decode()
            assert str(stopped_signal.key) not in shown
            assert NOTE not in shown


def test_it_is_in_no_count(
    stopped_signal: Signal,
    team: Team,
) -> None:
    today = timezone.localdate()
    quarter = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    assert came(quarter, [HERE]) == {}
    assert figures_of(team, today).waiting == 0


def test_nobody_is_reminded_of_it(stopped_signal: Signal) -> None:
    assert reminders(working_days_after(stopped_signal.due, 3)) == []


def test_before_it_is_stopped_it_stands_there_so_that_these_tests_tell_something(
    signal: Signal,
    team: Team,
    cast: Cast,
    visit: Visit,
) -> None:
    assert str(signal.key) in visit(cast.mila).get(reverse("team_work", args=[team.key])).content.decode()
    assert figures_of(team, timezone.localdate()).waiting == 1
    assert reminders(working_days_after(signal.due, 3))
