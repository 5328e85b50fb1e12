"""The history of a signal stays as it was written, whoever asks the database otherwise."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from ongedeeld.web.signals.events import Told, happened, told_in
from ongedeeld.web.signals.models import Photo, Signal, SignalEvent, SignalPlace
from tests.web.signals.conftest import Cast

EVENT = "signals_signalevent"


@pytest.fixture
def event(signal: Signal, cast: Cast) -> SignalEvent:
    """Something with words that happened to it."""
    told = Told("Wij bellen morgen.")
    return happened(signal, "note", "new", actor=cast.mila.key, now=signal.received_at, told=told)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("step", "close"),
        ("actor", None),
        ("after", "closed"),
        ("at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("ground", "agreed"),
    ],
)
def test_what_happened_cannot_be_changed(event: SignalEvent, column: str, value: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        SignalEvent.objects.filter(pk=event.pk).update(**{column: value})


@pytest.mark.parametrize("sealed", ["", "1.1.iets-anders"])
def test_its_words_cannot_be_written_anew(event: SignalEvent, sealed: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        SignalEvent.objects.filter(pk=event.pk).update(sealed=sealed)


def test_words_cannot_be_added_where_none_were(signal: Signal) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        signal.events.update(answer="1.2.iets")


def test_its_words_can_be_sealed_with_another_key(event: SignalEvent) -> None:
    SignalEvent.objects.filter(pk=event.pk).update(sealed="1.2.anders-verzegeld")
    event.refresh_from_db()
    assert event.sealed == "1.2.anders-verzegeld"


def test_an_event_cannot_be_deleted_by_itself(event: SignalEvent) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        SignalEvent.objects.all()._raw_delete("default")


def test_it_cannot_be_emptied_at_once(event: SignalEvent) -> None:
    emptying = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{emptying} {EVENT}")


def test_it_cannot_be_replaced(event: SignalEvent) -> None:
    copy = f"{EVENT} SELECT * FROM {EVENT}"  # noqa: S608 - a name of this file
    replacing = {
        "postgresql": f"INSERT INTO {copy} ON CONFLICT (id) DO UPDATE SET step = excluded.step",
        "sqlite": f"REPLACE INTO {copy}",
    }[connection.vendor]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(replacing)
    assert told_in(SignalEvent.objects.get(pk=event.pk)).words == "Wij bellen morgen."


def test_a_whole_signal_can_be_removed_with_all_that_belongs_to_it(event: SignalEvent) -> None:
    Signal.objects.all().delete()
    for kind in (Signal, SignalEvent, SignalPlace, Photo):
        assert not kind._default_manager.exists()


def test_one_signal_can_be_removed_by_itself(signal: Signal) -> None:
    signal.delete()
    assert not SignalEvent.objects.exists()


def test_all_signals_are_not_removed_by_a_slip_of_the_pen() -> None:
    assert not hasattr(Signal.objects, "delete")
