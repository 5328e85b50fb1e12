"""Several people take a signal up at the same moment: one has it, and the others are told so."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.changing import ChangedMeanwhileError
from ongedeeld.web.signals.answering.steps import Taken, take
from ongedeeld.web.signals.models import Signal
from tests.web.signals.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def test_of_many_who_take_it_up_one_has_it(signal: Signal, cast: Cast) -> None:
    begin, heard = Barrier(AT_ONCE), []

    def tried(person: Person) -> None:
        mine = Signal.objects.get(pk=signal.pk)
        taken, told = Taken("pick_up"), {"now": timezone.now(), "today": timezone.localdate()}
        begin.wait()
        try:
            take(mine, taken, version=1, actor=person, **told)  # type: ignore[arg-type]
        except ChangedMeanwhileError:
            heard.append("late")
        else:
            heard.append(str(person.key))
        finally:
            connection.close()

    people = [cast.mila, cast.sanne] * (AT_ONCE // 2)
    threads = [Thread(target=tried, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (first,) = set(heard) - {"late"}
    signal.refresh_from_db()
    assert heard.count("late") == AT_ONCE - 1
    assert (str(signal.owner), signal.version) == (first, 2)
    assert [event.step for event in signal.events.all()] == ["receive", "pick_up"]
