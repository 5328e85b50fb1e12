"""The pages of teams and rules, and the page of a team at work."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.jobs.kinds import kinds
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.signals.arranging.arranged import team_for_person
from ongedeeld.web.signals.arranging.team_figures import figures_of
from ongedeeld.web.signals.arranging.work_lists import PAGE, Which, lines_of, workload
from ongedeeld.web.signals.arranging.work_views import MOST_AT_ONCE
from ongedeeld.web.signals.models import RoutingRule, Signal, SignalPlace, Team, TeamMember
from tests.web.conftest import Hire, Visit
from tests.web.signals.conftest import AROUND, ELSEWHERE, HERE, NOTE, Cast, in_days

TODAY = timezone.localdate()


@pytest.fixture
def english(cast: Cast) -> None:
    """Everybody reads English."""
    Person.objects.update(language="en")


def many(team: Team, owner: Person, count: int, **told: object) -> list[Signal]:
    """Signals of a team that lie in `HERE`, with a term that ends later for each next one."""
    now = timezone.now()
    values: dict[str, object] = {"kind": "concern", "seen_on": TODAY, "remove_after": in_days(700)} | told
    made = Signal.objects.bulk_create(
        Signal(team=team, owner=owner.key, received_at=now, due=in_days(number // 7 - 2), **values)
        for number in range(count)
    )
    SignalPlace.objects.bulk_create(SignalPlace(signal=one, code=code) for one in made for code in AROUND)
    return made


def test_an_area_manager_makes_a_team_takes_people_in_and_tells_who_is_away(cast: Cast, visit: Visit) -> None:
    mila = visit(cast.mila)
    made = mila.post("/signalen/teams/nieuw/", {"name": "Team Markt", "areas": [HERE]})
    assert made.status_code == 303
    page = f"/signalen/teams/{Team.objects.get().key}/"
    for version, person in enumerate((cast.mila, cast.sanne), start=1):
        joined = mila.post(f"{page}leden/", {"member-person": person.key, "member-version": version})
        assert joined.status_code == 303
    shown = mila.get(page).content.decode()
    assert "Mila" in shown
    assert "Sanne" in shown
    assert "Noor" not in shown
    away = {"away-away_from": TODAY, "away-stands_in": cast.mila.key, "away-version": 3}
    assert mila.post(f"{page}leden/{cast.sanne.key}/afwezig/", away).status_code == 303
    assert TeamMember.objects.get(person=cast.sanne.key).is_away(TODAY)
    wrong = mila.post(f"{page}leden/{cast.sanne.key}/afwezig/", away | {"away-away_until": "2020-01-01"})
    assert wrong.status_code == 422
    assert "2020-01-01" in wrong.content.decode(), "what was typed stands there still"
    assert mila.post(f"{page}leden/{cast.sanne.key}/leidt/", {"version": 4}).status_code == 303
    assert mila.post(f"{page}leden/{cast.mila.key}/weg/", {"version": 5}).status_code == 303
    changed = {"team-name": "Markt", "team-areas": [HERE], "team-version": 6}
    assert mila.post(f"{page}wijzigen/", changed).status_code == 303
    assert mila.post(f"{page}wijzigen/", changed).status_code == 422, "somebody else was first"
    assert mila.post(f"{page}sluiten/", {"version": 7}).status_code == 303
    team = Team.objects.get()
    assert (team.name, team.is_active) == ("Markt", False)
    assert [row.leads for row in team.members.all()] == [True]
    assert mila.post(f"{page}openen/", {"version": 8}).status_code == 303


@pytest.mark.usefixtures("english")
def test_rules_are_made_moved_tried_and_ended(cast: Cast, team: Team, hire: Hire, visit: Visit) -> None:
    manager = hire(Role.MANAGER)
    Person.objects.filter(pk=manager.pk).update(language="en")
    browser = visit(manager)
    told = {"team": team.key, "working_days": 2, "from_day": "2026-01-01"}
    for name, kind in (("All", ""), ("Noise", "nuisance")):
        made = browser.post("/signalen/regels/nieuw/", {"name": name, "kind": kind, **told})
        assert made.status_code == 303, made.content.decode()
    tried = browser.get(f"/signalen/regels/?kind=nuisance&area={HERE}").content.decode()
    assert "The rule “All” decides" in tried
    assert "would hold, but “All” comes before it" in tried
    second = RoutingRule.objects.get(name="Noise")
    page = f"/signalen/regels/{second.key}/"
    assert browser.post(f"{page}verplaatsen/", {"to": "up", "version": 1}).status_code == 303
    tried = browser.get(f"/signalen/regels/?kind=nuisance&area={HERE}").content.decode()
    assert "The rule “Noise” decides" in tried
    changed = {"name": "Noise", "kind": "nuisance", "version": 2, **told, "working_days": 99}
    assert browser.post(page, changed).status_code == 422
    assert browser.post(page, changed | {"working_days": 4}).status_code == 303
    file = browser.get("/signalen/regels/bestand/")
    assert b'name = "Noise"' in file.content
    assert browser.post(f"{page}eindigen/", {"version": 3}).status_code == 303
    sent = browser.post("/signalen/regels/inlezen/", {"file": _as_file(file.content)})
    assert sent.status_code == 303
    assert RoutingRule.objects.get(name="Noise").until_day is None, "the file is of before it ended"
    refused = browser.post("/signalen/regels/inlezen/", {"file": _as_file(b"[[")})
    assert refused.status_code == 422


def _as_file(content: bytes) -> object:
    from io import BytesIO

    file = BytesIO(content)
    file.name = "regels.toml"
    return file


def test_the_list_of_a_team_tells_nothing_of_what_was_seen(
    cast: Cast, signal: Signal, team: Team, visit: Visit
) -> None:
    page = visit(cast.sanne).get(f"/signalen/team/{team.key}/").content.decode()
    assert str(signal.key) in page
    assert NOTE not in page
    assert signal.sealed not in page


def test_the_list_goes_on_from_where_it_stopped_until_every_signal_was_shown_once(
    cast: Cast, team: Team, visit: Visit
) -> None:
    made = many(team, cast.mila, 2 * PAGE + 7)
    browser, shown, after = visit(cast.mila), [], ""
    for _ in range(3):
        page = browser.get(f"/signalen/team/{team.key}/?{after}").content.decode()
        shown += re.findall(r'name="signals" value="([0-9a-f-]+)"', page)
        following = re.search(r'rel="next" href="[^"]*na=([0-9a-f-]+)"', page)
        after = f"na={following[1]}" if following else "end"
    assert after == "end"
    assert shown == [str(one.key) for one in sorted(made, key=lambda one: (one.due, one.pk))]


def test_a_list_of_many_asks_no_more_of_the_database_than_one_of_few(
    cast: Cast, team: Team, visit: Visit
) -> None:
    def asked(browser: Client) -> int:
        browser.get(f"/signalen/team/{team.key}/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(f"/signalen/team/{team.key}/")
        return len(queries)

    many(team, cast.mila, 2)
    few = asked(visit(cast.mila))
    many(team, cast.sanne, PAGE)
    assert asked(visit(cast.mila)) <= few


def test_a_list_shows_what_lies_within_reach_and_mine_alone(cast: Cast, team: Team, hire: Hire) -> None:
    Team.objects.filter(pk=team.pk).update(areas=[HERE, ELSEWHERE])
    here = many(team, cast.sanne, 3)
    there = many(team, cast.noor, 2)
    SignalPlace.objects.filter(signal__in=there).delete()
    SignalPlace.objects.bulk_create(SignalPlace(signal=one, code=ELSEWHERE) for one in there)

    def listed(person: Person, **told: bool) -> set[object]:
        found = lines_of(person, Team.objects.get(), Which.WAITING, TODAY, **told)  # type: ignore[arg-type]
        return {one.signal.pk for one in found.lines}

    assert listed(cast.sanne) == {one.pk for one in here}
    assert listed(cast.noor) == {one.pk for one in there}
    assert listed(cast.mila, mine=True) == set()
    assert len(listed(hire(Role.AREA_MANAGER))) == 5


def test_the_figures_are_those_of_the_team_by_hand(cast: Cast, team: Team) -> None:
    now = timezone.now()
    came = now - timedelta(days=20)
    for days, due, answered in ((1, 5, True), (4, 5, True), (9, 5, True), (0, 5, False), (0, 30, False)):
        Signal.objects.create(
            kind="concern",
            team=team,
            owner=cast.mila.key,
            seen_on=TODAY,
            received_at=came,
            due=timezone.localdate(came) + timedelta(days=due),
            answered_at=came + timedelta(days=days) if answered else None,
            contact_at=came + timedelta(days=days) if answered else None,
            remove_after=in_days(700),
        )
    figures = figures_of(team, TODAY)
    assert (figures.waiting, figures.late, figures.begun) == (2, 1, 3)
    assert (figures.in_time, figures.received) == (2, 4), "one whose term still runs counts later"
    assert figures.days_to_contact == 4
    assert figures.contacts == 3


def test_who_has_how_much_is_for_who_leads_or_arranges(
    cast: Cast, team: Team, hire: Hire, visit: Visit
) -> None:
    many(team, cast.sanne, 4)
    TeamMember.objects.filter(person=cast.mila.key).update(leads=False)
    omar = hire(Role.HOUSING_CONSULTANT, [HERE], "Omar")
    TeamMember.objects.create(team=team, person=omar.key, leads=True)
    loads = workload(omar, team_for_person(omar, team.key), TODAY)
    assert loads is not None
    assert [(one.name, one.waiting, one.begun) for one in loads] == [
        ("Mila", 0, 0),
        ("Omar", 0, 0),
        ("Sanne", 4, 0),
    ]
    assert workload(cast.mila, team_for_person(cast.mila, team.key), TODAY) is not None, "she arranges"
    assert workload(cast.sanne, team_for_person(cast.sanne, team.key), TODAY) is None
    assert b'id="loads"' not in visit(cast.sanne).get(f"/signalen/team/{team.key}/").content


def test_work_is_handed_over_from_the_page(cast: Cast, team: Team, visit: Visit) -> None:
    made = many(team, cast.mila, 4)
    page = f"/signalen/team/{team.key}/overdragen/"
    mila = visit(cast.mila)
    assert mila.post(page, {"to": cast.sanne.key}).status_code == 422
    ticked = {"to": cast.sanne.key, "signals": [made[0].key]}
    assert mila.post(page, ticked).status_code == 303
    assert Signal.objects.filter(owner=cast.sanne.key).count() == 1
    everything = {"to": cast.sanne.key, "everything_of": cast.mila.key}
    assert mila.post(page, everything).status_code == 303
    assert Signal.objects.filter(owner=cast.sanne.key).count() == 4
    other = Team.objects.create(name="Zorg", areas=team.areas)
    TeamMember.objects.create(team=other, person=cast.mila.key, leads=True)
    assert "Zorg" in mila.get(f"/signalen/team/{team.key}/").content.decode()
    assert mila.post(page, {"to": other.key, "signals": [made[0].key]}).status_code == 303
    assert Signal.objects.filter(team=other, owner=cast.mila.key).count() == 1


def test_more_than_a_page_waits_for_is_handed_over_by_a_worker(cast: Cast, team: Team, visit: Visit) -> None:
    many(team, cast.mila, MOST_AT_ONCE + 1)
    everything = {"to": cast.sanne.key, "everything_of": cast.mila.key}
    page = f"/signalen/team/{team.key}/overdragen/"
    assert visit(cast.mila).post(page, everything).status_code == 303
    job = Job.objects.get(kind="signals.hand_over")
    Signal.objects.filter(pk__gt=Signal.objects.order_by("pk")[4].pk).update(closed_at=timezone.now())
    result = kinds()[job.kind].work(Run(job, kinds()[job.kind]), **job.arguments)
    assert result == {"done": 5, "left": 0}
    assert Signal.objects.filter(owner=cast.sanne.key).count() == 5


def test_a_member_tells_when_they_are_away_and_somebody_else_cannot(
    cast: Cast, team: Team, hire: Hire, visit: Visit
) -> None:
    page = f"/signalen/team/{team.key}/afwezig/"
    told = {"away-away_from": TODAY, "away-stands_in": cast.mila.key, "away-version": 1}
    assert visit(cast.sanne).post(page, told).status_code == 303
    assert TeamMember.objects.get(person=cast.sanne.key).stands_in == cast.mila.key
    assert visit(hire(Role.HOUSING_CONSULTANT, [HERE])).post(page, told).status_code == 404


@pytest.mark.parametrize("page", ["teams/", "regels/", "teams/nieuw/", "regels/nieuw/"])
def test_pages_open_before_anything_is_arranged(page: str, cast: Cast, visit: Visit) -> None:
    assert visit(cast.mila).get(f"/signalen/{page}").status_code == 200
    assert visit(cast.bas).get(f"/signalen/{page}").status_code == 403
