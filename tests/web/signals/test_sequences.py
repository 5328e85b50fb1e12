"""Whatever people do in whatever order: a signal has one owner, ends in an answer, and goes at its term."""

from __future__ import annotations

from contextlib import suppress
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
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.signals import queries
from ongedeeld.web.signals.answering.steps import Taken, take
from ongedeeld.web.signals.answering.transitions import OUTCOMES, STEPS
from ongedeeld.web.signals.arranging.arranged import team_for_person
from ongedeeld.web.signals.arranging.settling import settle
from ongedeeld.web.signals.arranging.team_actions import (
    Absence,
    add_member,
    close_team,
    remove_member,
    set_absence,
)
from ongedeeld.web.signals.arranging.teams import away_on, may_answer, people_here
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.models import Signal, SignalEvent, Team, TeamMember
from tests.web.conftest import Hire
from tests.web.signals.conftest import HERE, NOTE, Cast, Reports, in_days

PEOPLE = ("bas", "femke", "sanne", "mila", "noor", "olga")
TEAMS = ("team", "other")
WORDS = "Wij spraken af dat er iemand belt."


@dataclass(frozen=True)
class Workplace:
    """The cast with Omar, who leads another team of the same areas."""

    cast: Cast
    omar: Person
    teams: dict[str, Team]

    def person(self, name: str) -> Person:
        """Somebody by name."""
        found = self.omar if name == "omar" else getattr(self.cast, name)
        assert isinstance(found, Person)
        return found

    def team(self, name: str) -> Team:
        """A team as it is now."""
        return Team.objects.get(pk=self.teams[name].pk)


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

    def taken(self, there: Workplace, today: date) -> Taken:
        """What they fill in."""
        if not self.is_complete:
            return Taken(self.step)
        to = there.teams[self.to].key if self.to in there.teams else there.person(self.to).key
        return Taken(
            self.step,
            words=WORDS,
            answer="Dank u wel.",
            partner="wijkteam",
            ground=self.ground,
            outcome="solved",
            to=to if self.step == "hand_over" else None,
            told_by=today + timedelta(days=5),
        )


@dataclass(frozen=True)
class Arranging:
    """Mila arranges: somebody is away, back, in a team or out of it; a team closes; somebody leaves us."""

    what: str
    who: str
    team: str
    stands_in: str
    weeks: int | None
    days: int

    def happen(self, there: Workplace, today: date) -> None:
        """Do it; it is refused where work would be left with nobody."""
        mila, team, person = there.cast.mila, there.team(self.team), there.person(self.who)
        member = TeamMember.objects.filter(team=team, person=person.key).first()
        version = team.version
        if self.what == "joins":
            seen = team_for_person(mila, team.key)
            add_member(seen, person.key, version=version, today=today, actor=mila)
        elif self.what == "closes":
            close_team(team, version=version, actor=mila)
        elif self.what == "leaves the association":
            Person.objects.filter(pk=person.pk).exclude(pk=mila.pk).update(is_active=False)
        elif member is not None and self.what == "leaves the team":
            remove_member(member, version=version, actor=mila)
        elif member is not None:
            until = today + timedelta(weeks=self.weeks) if self.weeks is not None else None
            away = Absence(today, until, there.person(self.stands_in).key)
            absence = away if self.what == "is away" else Absence()
            set_absence(member, absence, version=version, today=today, actor=mila)


mostly = st.integers(0, 3).map(bool)
steps = st.builds(
    Happening,
    by=st.sampled_from(PEOPLE),
    step=st.sampled_from(sorted(STEPS)),
    ground=st.sampled_from(SignalEvent.Ground.values),
    to=st.sampled_from(("sanne", "mila", "noor", "omar", *TEAMS)),
    days=st.integers(0, 40),
    is_complete=mostly,
    saw_an_older_version=mostly.map(lambda yes: not yes),
)
arranging = st.builds(
    Arranging,
    what=st.sampled_from(
        ("is away", "is away", "is back", "leaves the team", "joins", "closes", "leaves the association")
    ),
    who=st.sampled_from(("mila", "sanne", "omar")),
    team=st.sampled_from(TEAMS),
    stands_in=st.sampled_from(("mila", "sanne", "omar")),
    weeks=st.none() | st.integers(0, 4),
    days=st.integers(0, 10),
)
happenings = st.lists(steps | arranging, max_size=10)


def check_owner(signal: Signal, today: date) -> None:
    """That one person has it who may answer it, and who is there unless nobody is or nothing is missed."""
    able = {one.key for one in people_here() if may_answer(one, signal.area_codes, today)}
    assert signal.owner in able
    row = TeamMember.objects.filter(team=signal.team, person=signal.owner).first()
    if row is None or not row.is_away(today):
        return
    misses_nothing = row.away_until and (signal.answered_at or signal.due > row.away_until)
    assert misses_nothing or able <= away_on(today)


def check(signal: Signal, today: date) -> None:
    """What holds after everything that happened or was refused, once the work of that day is done."""
    settle(timezone.now(), today)
    signal.refresh_from_db()
    events = list(signal.events.order_by("id"))
    if signal.is_open:
        check_owner(signal, today)
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


def tried(one: Happening, signal: Signal, there: Workplace, now: datetime, today: date) -> None:
    """Try a step: it is taken wholly, or leaves everything as it was."""
    before = (signal.version, signal.events.count())
    version = signal.version - one.saw_an_older_version
    taken, actor = one.taken(there, today), there.person(one.by)
    try:
        take(signal, taken, version=version, actor=actor, now=now, today=today)
    except (OngedeeldError, Refused):
        signal.refresh_from_db()
        assert (signal.version, signal.events.count()) == before
    else:
        assert not one.saw_an_older_version


def happened(
    one: Happening | Arranging, signal: Signal, there: Workplace, now: datetime, today: date
) -> None:
    """Let it happen, or be refused."""
    if isinstance(one, Happening):
        tried(one, signal, there, now, today)
    else:
        with suppress(OngedeeldError, Refused), transaction.atomic():
            one.happen(there, today)


@pytest.fixture
def there(cast: Cast, team: Team, hire: Hire) -> Workplace:
    """Two teams that work in the same areas."""
    omar = hire(Role.HOUSING_CONSULTANT, [HERE], "Omar")
    other = Team.objects.create(name="Zorg", areas=[HERE])
    TeamMember.objects.create(team=other, person=omar.key, leads=True)
    return Workplace(cast, omar, {"team": team, "other": other})


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=happenings, told=st.booleans(), of_a_home=st.booleans())
def test_any_sequence_leaves_one_owner_and_ends_in_an_answer(
    happenings: list[Happening | Arranging],
    told: bool,
    of_a_home: bool,
    there: Workplace,
    reports: Reports,
) -> None:
    with transaction.atomic():
        now, today = timezone.now(), timezone.localdate()
        more: dict[str, object] = {} if of_a_home else {"home": ""}
        if not told:
            contents = Contents(address="Kerkstraat 1", note=NOTE, not_told="Eerst overleg.")
            more |= {"told_by": in_days(3), "contents": contents}
        signal = reports(there.cast.bas, **more)
        check(signal, today)
        for one in happenings:
            now, today = now + timedelta(days=one.days), today + timedelta(days=one.days)
            happened(one, signal, there, now, today)
            check(signal, today)
        finish(signal, there.cast, now, today)
        check(signal, today)
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
