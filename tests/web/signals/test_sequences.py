"""Whatever people do in whatever order: a signal has one owner, ends in an answer, and goes at its term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ongedeeld.errors import OngedeeldError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.signals import queries
from ongedeeld.web.signals.answering import Taken, take
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.models import Signal, SignalEvent
from ongedeeld.web.signals.transitions import OUTCOMES, STEPS
from tests.web.signals.conftest import NOTE, Cast, Reports, in_days

PEOPLE = ("bas", "femke", "sanne", "mila", "noor", "olga")
WORDS = "Wij spraken af dat er iemand belt."


@dataclass(frozen=True)
class Happening:
    """Somebody tries a step, with all that belongs to it or without, some days later."""

    by: str
    step: str
    ground: str
    to: str
    days: int
    is_complete: bool
    saw_an_older_version: bool

    def taken(self, cast: Cast, today: date) -> Taken:
        """What they fill in."""
        if not self.is_complete:
            return Taken(self.step)
        return Taken(
            self.step,
            words=WORDS,
            answer="Dank u wel.",
            partner="wijkteam",
            ground=self.ground,
            outcome="solved",
            to=getattr(cast, self.to).key if self.step == "hand_over" else None,
            told_by=today + timedelta(days=5),
        )


mostly = st.integers(0, 3).map(bool)
happenings = st.lists(
    st.builds(
        Happening,
        by=st.sampled_from(PEOPLE),
        step=st.sampled_from(sorted(STEPS)),
        ground=st.sampled_from(SignalEvent.Ground.values),
        to=st.sampled_from(("sanne", "mila", "noor")),
        days=st.integers(0, 40),
        is_complete=mostly,
        saw_an_older_version=mostly.map(lambda yes: not yes),
    ),
    max_size=8,
)


def check(signal: Signal, cast: Cast) -> None:
    """What holds after everything that happened or was refused."""
    signal.refresh_from_db()
    events = list(signal.events.order_by("id"))
    assert signal.owner in {cast.mila.key, cast.sanne.key}
    assert (signal.closed_at is not None) == (signal.state == "closed") == bool(signal.outcome)
    assert signal.version == len(events)
    assert [one.before for one in events] == ["", *(one.after for one in events[:-1])]
    assert events[-1].after == signal.state
    if not signal.is_open:
        assert signal.answered_at is not None
        assert not signal.is_still_to_be_told
        closed = queries.heard_of(signal)
        assert any(one.heard == OUTCOMES[Signal.Outcome(signal.outcome)] for one in closed)


def finish(signal: Signal, cast: Cast, now: datetime, today: date) -> None:
    """Close it, as can be done from wherever it stands."""
    for step, asked in (("tell_resident", signal.is_still_to_be_told), ("close", signal.is_open)):
        if asked:
            done = Taken(step, words=WORDS, outcome="solved" if step == "close" else "")
            take(signal, done, version=signal.version, actor=cast.mila, now=now, today=today)


def tried(one: Happening, signal: Signal, cast: Cast, now: datetime, today: date) -> None:
    """Try a step: it is taken wholly, or leaves everything as it was."""
    before = (signal.version, signal.events.count())
    version = signal.version - one.saw_an_older_version
    taken, actor = one.taken(cast, today), getattr(cast, one.by)
    try:
        take(signal, taken, version=version, actor=actor, now=now, today=today)
    except (OngedeeldError, Refused):
        signal.refresh_from_db()
        assert (signal.version, signal.events.count()) == before
    else:
        assert not one.saw_an_older_version


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=happenings, told=st.booleans(), of_a_home=st.booleans())
def test_any_sequence_leaves_one_owner_and_ends_in_an_answer(
    happenings: list[Happening], told: bool, of_a_home: bool, cast: Cast, reports: Reports
) -> None:
    with transaction.atomic():
        now, today = timezone.now(), timezone.localdate()
        more: dict[str, object] = {} if of_a_home else {"home": ""}
        if not told:
            contents = Contents(address="Kerkstraat 1", note=NOTE, not_told="Eerst overleg.")
            more |= {"told_by": in_days(3), "contents": contents}
        signal = reports(cast.bas, **more)
        check(signal, cast)
        for one in happenings:
            now, today = now + timedelta(days=one.days), today + timedelta(days=one.days)
            tried(one, signal, cast, now, today)
            check(signal, cast)
        finish(signal, cast, now, today)
        check(signal, cast)
        assert signal.state == "closed"
        transaction.set_rollback(True)


def test_nothing_of_it_can_be_read_or_done_after_its_term(signal: Signal, cast: Cast) -> None:
    after = signal.remove_after + timedelta(days=1)
    assert queries.signal_for(cast.mila, signal.key, signal.remove_after) == signal
    for person in (cast.mila, cast.bas):
        with pytest.raises(Http404):
            queries.signal_for(person, signal.key, after)
    assert not queries.to_answer(cast.mila, after)
    assert not queries.reported_by(cast.bas, after)
    with pytest.raises(OngedeeldError, match="kept as long"):
        take(signal, Taken("pick_up"), version=1, actor=cast.mila, now=timezone.now(), today=after)
