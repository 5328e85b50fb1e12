"""What a device sends again while the first time is still under way is one signal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.models import Signal, SignalEvent, Team
from ongedeeld.web.signals.reporting.receiving import Seen, report
from tests.web.signals.conftest import AROUND, COMPLEX, Cast

TIMES = 6
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seen(team: Team) -> Seen:
    """A lamp that is out."""
    return Seen(
        kind=Signal.Kind.PUBLIC_SPACE,
        contents=Contents(address="Hof", facts=("lamp_out",)),
        seen_on=timezone.localdate(),
        area_codes=AROUND,
        complex=COMPLEX,
        key=uuid4(),
    )


def reported(seen: Seen, actor: Person) -> Signal:
    try:
        return report(seen, actor=actor, now=timezone.now(), today=timezone.localdate())
    finally:
        connection.close()


def test_it_is_one_signal_with_one_beginning(seen: Seen, cast: Cast) -> None:
    with ThreadPoolExecutor(TIMES) as pool:
        made = list(pool.map(lambda _: reported(seen, cast.bas), range(TIMES)))
    assert {one.key for one in made} == {seen.key}
    assert Signal.objects.count() == 1
    assert SignalEvent.objects.filter(step="receive").count() == 1
    assert Entry.objects.filter(verb="signals.report").count() == 1


def test_what_follows_under_the_same_key_changes_nothing(seen: Seen, cast: Cast) -> None:
    first = reported(seen, cast.bas)
    later = replace(seen, contents=Contents(address="Hof", facts=("sharp_things",)), danger=True)
    again = reported(later, cast.bas)
    assert again.sealed == first.sealed
    assert not Signal.objects.get().danger


def test_the_key_of_another_opens_nothing(seen: Seen, cast: Cast) -> None:
    reported(seen, cast.bas)
    with pytest.raises(InputError, match="used already"):
        reported(seen, cast.femke)
