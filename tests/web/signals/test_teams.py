"""Who answers: there is always somebody, whoever is away, gone or not arranged yet."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.changing import ChangedMeanwhileError
from ongedeeld.web.signals.arranging.arranged import TeamSeen, candidates, team_for_person
from ongedeeld.web.signals.arranging.handing import hand_over, hand_over_all
from ongedeeld.web.signals.arranging.settling import settle
from ongedeeld.web.signals.arranging.team_actions import (
    Absence,
    add_member,
    change_team,
    close_team,
    let_lead,
    make_team,
    open_team,
    remove_member,
    set_absence,
)
from ongedeeld.web.signals.arranging.teams import answers_for, team_for, there_for
from ongedeeld.web.signals.models import Signal, Team, TeamMember
from tests.web.conftest import Hire
from tests.web.signals.conftest import AROUND, ELSEWHERE, HERE, Cast, Reports, in_days

TODAY = timezone.localdate()


def answering(team: Team, cast: Cast, wanted: Person | None = None) -> str:
    """The name of who answers a signal that comes today from the home of the resident."""
    key = answers_for(team, wanted.key if wanted else None, AROUND, TODAY, otherwise=cast.bas.key)
    return Person.objects.get(key=key).name


def away(team: Team, person: Person, stands_in: Person | None = None, until: date | None = None) -> None:
    TeamMember.objects.filter(team=team, person=person.key).update(
        away_from=TODAY, away_until=until, stands_in=stands_in.key if stands_in else None
    )


def reload(team: Team) -> Team:
    return Team.objects.get(pk=team.pk)


def seen_by(person: Person, team: Team) -> TeamSeen:
    return team_for_person(person, team.key)


def test_who_leads_answers_unless_a_rule_wants_somebody_else(cast: Cast, team: Team) -> None:
    assert answering(team, cast) == "Mila"
    assert answering(team, cast, cast.sanne) == "Sanne"


def test_who_stands_in_answers_while_somebody_is_away(cast: Cast, team: Team) -> None:
    away(team, cast.mila, cast.sanne)
    assert answering(team, cast) == "Sanne"
    assert there_for(team, cast.mila.key, TODAY) == cast.sanne.key
    assert there_for(team, cast.noor.key, TODAY) == cast.noor.key


def test_two_who_stand_in_for_each_other_and_are_both_away_leave_it_to_others(
    cast: Cast, team: Team, hire: Hire
) -> None:
    away(team, cast.mila, cast.sanne)
    away(team, cast.sanne, cast.mila)
    assert answering(team, cast) == "Mila"
    hire(Role.HOUSING_CONSULTANT, None, "Omar")
    assert answering(team, cast) == "Omar"


@pytest.mark.parametrize("how", ["closed", "role ended", "works elsewhere", "invited only"])
def test_who_may_no_longer_answer_does_not(how: str, cast: Cast, team: Team) -> None:
    if how == "closed":
        Person.objects.filter(pk=cast.mila.pk).update(is_active=False)
    elif how == "invited only":
        Person.objects.filter(pk=cast.mila.pk).update(invited_at=timezone.now())
    elif how == "role ended":
        RoleHeld.objects.filter(person=cast.mila).update(until_day=in_days(-1))
    else:
        cast.mila.roles_held.get().areas.update(code=ELSEWHERE)
    assert answering(team, cast) == "Sanne"


def test_whoever_is_away_or_gone_the_owner_is_somebody_who_is_there_if_anybody_is(
    cast: Cast, team: Team, reports: Reports
) -> None:
    signal = reports(cast.bas)
    ways = ("here", "away", "gone")
    for first, second, stands_in in product(ways, ways, (True, False)):
        Person.objects.filter(pk__in=(cast.mila.pk, cast.sanne.pk)).update(is_active=True)
        team.members.update(away_from=None, stands_in=None)
        for person, way, other in ((cast.mila, first, cast.sanne), (cast.sanne, second, cast.mila)):
            if way == "away":
                away(team, person, other if stands_in else None)
            elif way == "gone":
                Person.objects.filter(pk=person.pk).update(is_active=False)
        settle(timezone.now(), TODAY)
        signal.refresh_from_db()
        there = [one.key for one, way in ((cast.mila, first), (cast.sanne, second)) if way == "here"]
        left = [one.key for one, way in ((cast.mila, first), (cast.sanne, second)) if way != "gone"]
        assert signal.owner in (there or left or [signal.owner]), (first, second, stands_in)
        assert signal.team == team
        assert settle(timezone.now(), TODAY) == 0, "once is enough"


def test_no_signal_is_refused_for_want_of_a_team(cast: Cast, team: Team, reports: Reports) -> None:
    team.delete()
    signal = reports(cast.bas)
    assert signal.team.catches_all
    assert signal.owner == cast.mila.key, "who can make a team there is asked first"
    assert team_for(AROUND) == signal.team


def test_where_nobody_at_all_may_answer_the_manager_has_it_and_else_who_reported(
    cast: Cast, team: Team, reports: Reports, hire: Hire
) -> None:
    team.delete()
    RoleHeld.objects.filter(person__in=(cast.mila, cast.sanne)).delete()
    assert reports(cast.bas).owner == cast.bas.key
    manager = hire(Role.MANAGER)
    assert reports(cast.bas).owner == manager.key


def test_the_team_of_the_fewest_areas_answers_and_one_without_people_does_not(cast: Cast, team: Team) -> None:
    district = Team.objects.create(name="Wijk", areas=["WK999901", ELSEWHERE])
    everywhere = Team.objects.create(name="Stad")
    for other in (district, everywhere):
        TeamMember.objects.create(team=other, person=cast.mila.key, leads=True)
    Team.objects.create(name="Leeg", areas=["C001"])
    assert team_for(AROUND) == team
    team.delete()
    assert team_for(AROUND) == district
    district.delete()
    assert team_for(AROUND) == everywhere


def test_a_new_team_takes_over_what_waited_for_one(cast: Cast, team: Team, reports: Reports) -> None:
    team.delete()
    signal = reports(cast.bas)
    made = make_team("Nieuw", [HERE], actor=cast.mila)
    add_member(seen_by(cast.mila, made), cast.sanne.key, version=1, today=TODAY, actor=cast.mila)
    assert settle(timezone.now(), TODAY) == 1
    signal.refresh_from_db()
    assert (signal.team, signal.owner) == (made, cast.sanne.key)
    assert signal.events.last().step == "hand_over"  # type: ignore[union-attr]
    assert settle(timezone.now(), TODAY) == 0


@pytest.mark.parametrize("how", ["closed", "role ended", "left the team", "works elsewhere"])
def test_open_signals_of_who_went_go_to_others_and_closed_ones_stay(
    how: str, cast: Cast, team: Team, reports: Reports
) -> None:
    signal, done = reports(cast.bas), reports(cast.bas)
    Signal.objects.filter(pk=done.pk).update(state="closed", closed_at=timezone.now())
    if how == "closed":
        Person.objects.filter(pk=cast.mila.pk).update(is_active=False)
    elif how == "role ended":
        RoleHeld.objects.filter(person=cast.mila).update(until_day=in_days(-1))
    elif how == "left the team":
        team.members.filter(person=cast.mila.key).delete()
    else:
        cast.mila.roles_held.get().areas.update(code=ELSEWHERE)
    assert settle(timezone.now(), TODAY) == 1
    assert {one.key: one.owner for one in Signal.objects.all()} == {
        signal.key: cast.sanne.key,
        done.key: cast.mila.key,
    }


def test_what_is_due_before_somebody_is_back_goes_to_who_stands_in(
    cast: Cast, team: Team, reports: Reports
) -> None:
    soon, later, begun = (reports(cast.bas) for _ in range(3))
    Signal.objects.filter(pk=soon.pk).update(due=in_days(3))
    Signal.objects.filter(pk=later.pk).update(due=in_days(9))
    Signal.objects.filter(pk=begun.pk).update(due=in_days(3), answered_at=timezone.now())
    away(team, cast.mila, cast.sanne, until=in_days(5))
    settle(timezone.now(), TODAY)
    owners = {one.key: one.owner for one in Signal.objects.all()}
    assert owners == {soon.key: cast.sanne.key, later.key: cast.mila.key, begun.key: cast.mila.key}
    away(team, cast.mila, cast.sanne, until=None)
    settle(timezone.now(), TODAY)
    assert set(Signal.objects.values_list("owner", flat=True)) == {cast.sanne.key}


def test_a_signal_is_handed_over_within_its_team_by_who_may_answer_it(
    cast: Cast, team: Team, signal: Signal
) -> None:
    now = timezone.now()
    with pytest.raises(Refused):
        hand_over(signal, cast.sanne.key, actor=cast.bas, now=now, today=TODAY)
    with pytest.raises(InputError):
        hand_over(signal, cast.noor.key, actor=cast.mila, now=now, today=TODAY)
    stale = Signal.objects.get(pk=signal.pk)
    hand_over(signal, cast.sanne.key, actor=cast.mila, now=now, today=TODAY)
    assert signal.owner == cast.sanne.key
    with pytest.raises(ChangedMeanwhileError):
        hand_over(stale, cast.sanne.key, actor=cast.sanne, now=now, today=TODAY)
    stale.refresh_from_db()
    Signal.objects.filter(pk=signal.pk).update(state="closed", closed_at=now)
    assert hand_over_all([Signal.objects.get()], cast.mila.key, actor=cast.sanne, now=now, today=TODAY) == (
        0,
        1,
    )


def test_a_signal_is_handed_over_to_another_team_that_works_there(
    cast: Cast, team: Team, signal: Signal, hire: Hire
) -> None:
    omar, now = hire(Role.HOUSING_CONSULTANT, [HERE], "Omar"), timezone.now()
    other, far = (
        Team.objects.create(name=name, areas=[area]) for name, area in (("Zorg", HERE), ("Ver", ELSEWHERE))
    )
    TeamMember.objects.create(team=far, person=cast.noor.key, leads=True)
    for unfit in (far, other):
        with pytest.raises(InputError, match="not in the team"):
            hand_over(signal, unfit.key, actor=cast.mila, now=now, today=TODAY)
    TeamMember.objects.create(team=other, person=omar.key, leads=True)
    assert hand_over_all([signal], other.key, actor=cast.mila, now=now, today=TODAY) == (1, 0)
    signal.refresh_from_db()
    assert (signal.team, signal.owner) == (other, omar.key)
    assert settle(now, TODAY) == 0
    close_team(reload(team), version=reload(team).version, actor=cast.mila)


def test_teams_are_arranged_where_one_works_and_nowhere_else(cast: Cast, team: Team, hire: Hire) -> None:
    with pytest.raises(Refused):
        make_team("Daar", [ELSEWHERE], actor=cast.mila)
    with pytest.raises(Refused):
        make_team("Overal", [], actor=cast.mila)
    with pytest.raises(Refused):
        change_team(team, "Breder", [HERE, ELSEWHERE], version=1, actor=cast.mila)
    with pytest.raises(Refused):
        make_team("Hier", [HERE], actor=cast.sanne)
    make_team("Overal", [], actor=hire(Role.MANAGER))


@pytest.mark.parametrize(("name", "areas"), [("team binnenstad", [HERE]), ("Ergens", ["BU00000000"])])
def test_it_refuses_a_name_that_is_taken_and_an_area_that_is_not_there(
    name: str, areas: list[str], team: Team, hire: Hire
) -> None:
    with pytest.raises(InputError):
        make_team(name, areas, actor=hire(Role.MANAGER))


def test_only_who_may_answer_there_joins_a_team_and_two_writers_notice_each_other(
    cast: Cast, team: Team
) -> None:
    make = make_team("Tweede", [HERE], actor=cast.mila)
    assert [one.name for one in candidates(seen_by(cast.mila, make), TODAY)] == ["Mila", "Sanne"]
    with pytest.raises(InputError):
        add_member(seen_by(cast.mila, make), cast.bas.key, version=1, today=TODAY, actor=cast.mila)
    add_member(seen_by(cast.mila, make), cast.sanne.key, version=1, today=TODAY, actor=cast.mila)
    with pytest.raises(ChangedMeanwhileError):
        add_member(seen_by(cast.mila, make), cast.mila.key, version=1, today=TODAY, actor=cast.mila)
    assert [row.leads for row in make.members.all()] == [True], "the first one leads"


def test_somebody_leads_a_team_for_as_long_as_there_is_anybody(cast: Cast, team: Team) -> None:
    sanne = team.members.get(leads=False)
    let_lead(sanne, version=1, actor=cast.mila)
    assert [row.person for row in team.members.filter(leads=True)] == [cast.sanne.key]
    sanne.refresh_from_db()
    remove_member(sanne, version=2, actor=cast.mila)
    assert [row.person for row in team.members.filter(leads=True)] == [cast.mila.key]


def test_the_last_one_does_not_leave_open_signals_behind(cast: Cast, team: Team, signal: Signal) -> None:
    team.members.get(person=cast.sanne.key).delete()
    with pytest.raises(InputError):
        remove_member(team.members.get(), version=1, actor=cast.mila)
    with pytest.raises(InputError):
        close_team(reload(team), version=1, actor=cast.mila)
    Signal.objects.update(state="closed", closed_at=timezone.now())
    close_team(reload(team), version=1, actor=cast.mila)
    assert team_for(AROUND).catches_all
    open_team(reload(team), version=2, actor=cast.mila)
    assert team_for(AROUND) == team


def test_somebody_tells_of_their_own_absence_and_not_of_that_of_others(cast: Cast, team: Team) -> None:
    mila, sanne = team.members.order_by("-leads")
    absence = Absence(TODAY, TODAY + timedelta(days=7), cast.mila.key)
    set_absence(sanne, absence, version=1, today=TODAY, actor=cast.sanne)
    assert sanne.is_away(TODAY + timedelta(days=7))
    assert not sanne.is_away(TODAY + timedelta(days=8))
    with pytest.raises(Refused):
        set_absence(mila, Absence(TODAY), version=2, today=TODAY, actor=cast.sanne)
    for wrong in (
        Absence(None, in_days(3)),
        Absence(in_days(3), in_days(2)),
        Absence(in_days(-9), in_days(-1)),
        Absence(TODAY, None, cast.noor.key),
        Absence(TODAY, None, cast.mila.key),
    ):
        with pytest.raises(InputError):
            set_absence(reload(team).members.get(leads=True), wrong, version=2, today=TODAY, actor=cast.mila)
