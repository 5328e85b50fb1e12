"""Whoever looks at every page, file and API answer cannot tell how small a small group of others is."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ongedeeld.web.accounts.models import Person, RoleArea, RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import Opened, opened
from ongedeeld.web.plans.models import Plan, PlanPlace
from ongedeeld.web.preventing.models import Tally
from ongedeeld.web.signals.counting.areas import ALL, Counts, counted_areas, neighbourhoods_of
from ongedeeld.web.signals.counting.publishing import ledger_of, publish, reckon_with_new
from ongedeeld.web.signals.counting.quarters import after, quarter_of
from ongedeeld.web.signals.counting.tallying import KINDS
from ongedeeld.web.signals.models import KnownReach, PublishedCount, Signal, SignalCount, Team
from tests.web.conftest import Hire, Visit
from tests.web.signals.attacking import bounds_for, small_groups, told
from tests.web.signals.conftest import ELSEWHERE, HERE, Cast
from tests.web.signals.many import lay

pytestmark = pytest.mark.one_database

NOW = quarter_of(timezone.localdate())
LAST, BEFORE = after(NOW, -1), after(NOW, -2)
NEXT_DOOR, BESIDE, FAR = "BU99990102", "BU99990103", "BU99990301"
CAME: Counts = {
    (HERE, "C001", "nuisance"): 31,
    (HERE, "C002", "concern"): 4,
    (NEXT_DOOR, "C004", "nuisance"): 44,
    (NEXT_DOOR, "C005", "concern"): 25,
    (BESIDE, "C007", "nuisance"): 26,
    (BESIDE, "C008", "concern"): 38,
    (FAR, "C013", "nuisance"): 52,
    (FAR, "C014", "home"): 4,
    (ELSEWHERE, "C017", "nuisance"): 3,
    (ELSEWHERE, "C018", "public_space"): 5,
}
OTHERWISE: Counts = {**CAME, (ELSEWHERE, "C017", "nuisance"): 7, (FAR, "C013", "nuisance"): 48}
"""The same for whoever knows neither of both: every sum is the same, and what differs is hidden."""


@pytest.fixture
def reads(cast: Cast) -> Opened:
    """The version that is read."""
    version = CityVersion.objects.get()
    return opened(str(version.key), version.folder)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of each test's own."""
    monkeypatch.setattr("ongedeeld.web.signals.counting.publishing.folder", lambda: tmp_path / "published")
    return tmp_path / "published"


World = Callable[..., None]


@pytest.fixture
def world(reads: Opened, team: Team, own_folder: Path) -> World:
    """What came in each quarter; those that are over are published. What stood there before is gone."""

    def made(came: Mapping[date, Counts], evictions: int = 1) -> None:
        for model in (Signal, SignalCount, PublishedCount, KnownReach):
            model.objects.all().delete()
        shutil.rmtree(own_folder, ignore_errors=True)
        Tally.objects.all().delete()
        Tally.objects.create(complex="C017", period=LAST, outcome="evicted", count=evictions)
        for quarter, counts in came.items():
            lay(reads, team, quarter, counts)
            if quarter != NOW:
                _publish(reads, quarter)

    return made


def _publish(reads: Opened, quarter: date) -> None:
    publish(quarter, counted_areas(reads), frozenset(neighbourhoods_of(reads)), timezone.localdate())


@pytest.fixture
def two_roles(hire: Hire) -> Person:
    """A caretaker of one neighbourhood who advises on policy for all of them as well."""
    person = hire(Role.CARETAKER, [HERE], "Twee")
    RoleHeld.objects.create(
        person=person, role=Role.POLICY_ADVISER, everywhere=True, from_day=timezone.localdate()
    )
    other = RoleHeld.objects.create(
        person=person, role=Role.HOUSING_CONSULTANT, from_day=timezone.localdate()
    )
    RoleArea.objects.create(role_held=other, code=NEXT_DOOR)
    return person


@pytest.fixture
def plans(reads: Opened) -> list[Plan]:
    """A plan for every place, which partners see as well."""
    made = []
    for code in (HERE, ELSEWHERE, "WK999903", "C017"):
        plan = Plan.objects.create(
            unit=code, unit_name=code, kind="neighbourhood", title="Rust", goal="Rust", state="agreed"
        )
        line = neighbourhoods_of(reads).get(code, frozenset({code}))
        PlanPlace.objects.bulk_create(PlanPlace(plan=plan, code=one) for one in sorted(line))
        made.append(plan)
    return made


TABLE = Path(__file__).parents[1] / "permissions.csv"
OF_THE_VISIT = {"audit", "jobs", "oversight", "processed", "export_processed"}
"""Pages that tell of earlier visits."""


def _pages() -> Iterator[str]:
    """Every page of the workbench that is about no single thing."""
    with TABLE.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["method"] == "GET" and not row["with"] and row["page"] not in OF_THE_VISIT:
                yield reverse(row["page"])


def _addresses(plans: list[Plan]) -> Iterator[str]:
    """Every page, file and answer on which something of places or signals stands."""
    yield from _pages()
    yield from (reverse("team_work", args=[team.key]) for team in Team.objects.all())
    for plek in (ALL, "WK999903", HERE, FAR, ELSEWHERE, "C017", "eigen"):
        yield f"{reverse('signal_counts')}?plek={plek}"
    for code in (FAR, ELSEWHERE):
        yield reverse("neighbourhood", args=[code])
    for number in ("C004", "C013", "C017"):
        yield reverse("complex", args=[number])
    for plan in plans:
        yield reverse("plan", args=[plan.key])
    for kind in ("nuisance", ALL):
        for level in ("buurt", "wijk", "complex"):
            query = {"figuur": f"signals_{kind}", "niveau": level, "periode": LAST.isoformat()}
            yield f"{reverse('map')}?{urlencode(query)}"
            asked = urlencode({**query, "vergelijk": BEFORE.isoformat()})
            yield f"{reverse('map_export', args=['csv'])}?{asked}"
            yield f"/api/v1/indicatoren/signals_{kind}/waarden?niveau={level}&periode={LAST.isoformat()}"
    yield "/api/v1/signaalaantallen?aantalPerPagina=200"


_PASSING = re.compile(
    rb'"[A-Za-z0-9]{64}"'  # the token of a form
    rb"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # a key
)


def _all_seen_by(client: Client, plans: list[Plan]) -> dict[str, bytes]:
    """Everything that somebody is shown, without what differs at every visit."""
    found = {}
    for address in _addresses(plans):
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code < 429, address  # neither asked too often nor broken: that would hide a leak
        found[address] = b"%d " % answer.status_code + _PASSING.sub(b"", body)
    return found


@pytest.fixture
def readers(cast: Cast, two_roles: Person, hire: Hire, request: pytest.FixtureRequest) -> list[Person]:
    """Who knows of neither neighbourhood in which the worlds differ; with --soak everybody."""
    found = [cast.mila, two_roles, hire(Role.PARTNER)]
    if request.config.getoption("--soak"):
        found += [cast.bas, cast.femke, cast.sanne, cast.olga]
        found += [hire(role) for role in (Role.DIRECTOR, Role.TENANTS, Role.DATA_MANAGER, Role.MANAGER)]
    return found


def test_no_page_file_or_answer_tells_a_small_group_of_others(
    world: World, readers: list[Person], visit: Visit, plans: list[Plan], settings: object
) -> None:
    settings.SECOND_FACTOR_ROLES = ()  # type: ignore[attr-defined]
    clients = {person.name: visit(person) for person in readers}
    world({BEFORE: CAME, LAST: CAME, NOW: CAME})
    first = {name: _all_seen_by(client, plans) for name, client in clients.items()}
    assert PublishedCount.objects.get(quarter=LAST, area=ALL, kind=ALL).shown == 230
    world({BEFORE: OTHERWISE, LAST: OTHERWISE, NOW: OTHERWISE}, evictions=2)
    for name, client in clients.items():
        second = _all_seen_by(client, plans)
        differing = [address for address, body in second.items() if body != first[name][address]]
        assert not differing, (name, differing)


def test_who_sees_their_own_part_in_full_derives_no_small_group_of_others(
    world: World, readers: list[Person], cast: Cast, reads: Opened
) -> None:
    world({LAST: CAME})
    publication = next(iter(ledger_of(LAST)))
    areas = counted_areas(reads)
    known = KnownReach.objects.filter(quarter=LAST)
    assert {frozenset(one.codes) for one in known} >= {
        frozenset({HERE}), frozenset({ELSEWHERE}), frozenset({HERE, NEXT_DOOR})
    }  # fmt: skip
    for one in known:
        reach = frozenset(one.codes)
        bounds = bounds_for(publication, areas, CAME, KINDS, reach)
        assert not told(bounds, small_groups(areas, CAME, KINDS, reach))


def test_the_api_tells_what_was_published_and_no_more(world: World, cast: Cast, visit: Visit) -> None:
    world({LAST: CAME})
    answer = visit(cast.mila).get("/api/v1/signaalaantallen?aantalPerPagina=200")
    rows = json.loads(answer.content)["resultaten"]
    assert {(one["gebied"], one["soort"]): one["aantal"] for one in rows} == {
        (one.area, one.kind): one.shown for one in PublishedCount.objects.all()
    }
    assert all(one["aantal"] is None or one["aantal"] >= 10 for one in rows)
    assert {one["toestand"] for one in rows} == {"afgerond", "niet-verteld"}


def test_what_was_published_stays_as_it_was_when_signals_go(
    world: World, cast: Cast, visit: Visit, plans: list[Plan]
) -> None:
    world({LAST: CAME})
    before = _all_seen_by(visit(cast.olga), plans)
    Signal.objects.filter(complex="C013")[0].delete()
    assert _all_seen_by(visit(cast.olga), plans) == before


def test_who_comes_to_know_more_sees_a_quarter_in_full_only_where_that_tells_nothing_of_others(
    world: World, cast: Cast, reads: Opened, hire: Hire, visit: Visit
) -> None:
    world({LAST: CAME})
    # All but one neighbourhood: with the total of the city, the 8 of the last one would be known.
    newcomer = hire(Role.AREA_MANAGER, [HERE, NEXT_DOOR, BESIDE, FAR, "BU99990201"], "Nieuw")
    page = f"{reverse('signal_counts')}?plek={HERE}"
    assert "31 (89%)" not in visit(newcomer).get(page).content.decode()
    reckon_with_new(LAST, counted_areas(reads), timezone.localdate())
    found = KnownReach.objects.get(quarter=LAST, codes=sorted([HERE, NEXT_DOOR, BESIDE, FAR, "BU99990201"]))
    shown = visit(newcomer).get(page).content.decode()
    assert ("31 (89%)" in shown) is found.is_safe
