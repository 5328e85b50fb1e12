"""How many signals came: the team of a place sees all of it, others what was published."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from unittest.mock import create_autospec

import pytest
from django.urls import reverse
from django.utils import timezone

from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import Opened, opened
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.plans.models import Plan, PlanPlace
from ongedeeld.web.preventing.models import Tally
from ongedeeld.web.signals.counting.areas import Counts, counted_areas, neighbourhoods_of
from ongedeeld.web.signals.counting.publishing import publish, to_publish
from ongedeeld.web.signals.counting.quarters import after, quarter_of
from ongedeeld.web.signals.counting.tallying import came
from ongedeeld.web.signals.counting.work import count_signals
from ongedeeld.web.signals.models import (
    KnownReach,
    PublishedCount,
    RoutingRule,
    Signal,
    SignalCount,
    Team,
)
from tests.web.conftest import Hire, Visit
from tests.web.signals.conftest import ELSEWHERE, HERE, Cast
from tests.web.signals.many import lay

LAST = after(quarter_of(timezone.localdate()), -1)
"""The quarter that is over last."""
CAME: Counts = {
    (HERE, "C001", "nuisance"): 31,
    (HERE, "C002", "concern"): 4,
    ("BU99990102", "C004", "nuisance"): 44,
    ("BU99990103", "C007", "nuisance"): 26,
    ("BU99990103", "C008", "concern"): 38,
    ("BU99990301", "C013", "nuisance"): 52,
    (ELSEWHERE, "C017", "nuisance"): 3,
    (ELSEWHERE, "C018", "public_space"): 5,
}


@pytest.fixture
def reads(city: object) -> Opened:
    """The version that is read."""
    version = CityVersion.objects.get()
    return opened(str(version.key), version.folder)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger of each test's own."""
    monkeypatch.setattr("ongedeeld.web.signals.counting.publishing.folder", lambda: tmp_path / "published")


@pytest.fixture
def past(reads: Opened, team: Team, cast: Cast) -> Counts:
    """A quarter that was counted and published."""
    lay(reads, team, LAST, CAME)
    publish(LAST, counted_areas(reads), frozenset(neighbourhoods_of(reads)), timezone.localdate())
    return CAME


def test_the_team_sees_every_count_of_its_own_areas(past: Counts, cast: Cast, visit: Visit) -> None:
    page = visit(cast.mila).get(reverse("signal_counts")).content.decode()
    assert "35 signalen" in page or "35 signals" in page
    assert "31 (89%)" in page


def test_others_see_rounded_counts_and_no_small_ones(past: Counts, cast: Cast, visit: Visit) -> None:
    page = visit(cast.olga).get(reverse("signal_counts"), {"plek": ELSEWHERE}).content.decode()
    assert "31 (89%)" not in page
    shown = dict(PublishedCount.objects.filter(area=ELSEWHERE).values_list("kind", "shown"))
    assert shown["nuisance"] is None
    assert shown["public_space"] is None


def test_what_is_removed_later_changes_no_count(past: Counts, cast: Cast, visit: Visit) -> None:
    Signal.objects.filter(complex="C002").delete()
    assert "31 (89%)" in visit(cast.mila).get(reverse("signal_counts")).content.decode()
    assert SignalCount.objects.get(quarter=LAST, complex="C002").count == 4


def test_the_file_is_the_same_whoever_asks(past: Counts, cast: Cast, visit: Visit, hire: Hire) -> None:
    partner = hire(Role.PARTNER, [HERE])
    files = [visit(one).get(reverse("signal_counts_file")).content for one in (cast.mila, cast.olga, partner)]
    assert files[0] == files[1] == files[2]
    rows = list(csv.reader(StringIO(files[0].decode("utf-8-sig")), delimiter=";"))
    numbers = {int(row[4]) for row in rows[1:] if row[4]}
    assert numbers
    assert all(number >= 10 and number % 5 == 0 for number in numbers)


def test_the_page_of_a_complex_is_for_its_team_alone(past: Counts, cast: Cast, visit: Visit) -> None:
    page = reverse("complex", args=["C001"])
    assert ">31 (100%)<" in visit(cast.bas).get(page).content.decode()
    shown = visit(cast.olga).get(page).content.decode()
    assert ">31 (100%)<" not in shown
    assert "signal-counts" in shown


def test_the_page_of_a_neighbourhood_names_complexes_for_its_team_alone(
    past: Counts, cast: Cast, visit: Visit
) -> None:
    page = reverse("neighbourhood", args=[HERE])
    assert ">31 (89%)<" in visit(cast.bas).get(page).content.decode()
    assert ">31 (89%)<" not in visit(cast.noor).get(page).content.decode()


def test_a_plan_shows_the_counts_of_its_place(
    past: Counts, reads: Opened, cast: Cast, visit: Visit, hire: Hire
) -> None:
    plan = Plan.objects.create(
        unit=HERE, unit_name="Hier", kind="neighbourhood", title="Rust", goal="Rust", state="agreed"
    )
    PlanPlace.objects.bulk_create(PlanPlace(plan=plan, code=code) for code in neighbourhoods_of(reads)[HERE])
    page = reverse("plan", args=[plan.key])
    assert ">31 (89%)<" in visit(cast.mila).get(page).content.decode()
    shown = visit(hire(Role.PARTNER, [HERE])).get(page).content.decode()
    assert ">31 (89%)<" not in shown
    assert "signal-counts" in shown


def test_a_quarter_is_published_once(past: Counts, reads: Opened) -> None:
    assert LAST not in to_publish(timezone.localdate())
    before = list(PublishedCount.objects.values_list("area", "kind", "shown"))
    for model in (PublishedCount, SignalCount, KnownReach):
        model.objects.all().delete()
    Signal.objects.filter(complex="C013").delete()
    # The database lost it, the ledger did not: what went out is not reckoned anew.
    publish(LAST, counted_areas(reads), frozenset(neighbourhoods_of(reads)), timezone.localdate())
    assert list(PublishedCount.objects.values_list("area", "kind", "shown")) == before


def test_the_daily_work_publishes_every_quarter_that_is_over(reads: Opened, team: Team, cast: Cast) -> None:
    for back in (-3, -1, 0):
        lay(reads, team, after(LAST, back + 1), {(HERE, "C001", "nuisance"): 12})
    count_signals(create_autospec(Run), day=timezone.localdate().isoformat())
    # Also that in which nothing came: a quarter without rows would tell so.
    quarters = set(PublishedCount.objects.values_list("quarter", flat=True))
    assert quarters == {after(LAST, -2), after(LAST, -1), LAST}


def test_a_drop_is_not_taken_for_peace(reads: Opened, team: Team, cast: Cast, visit: Visit) -> None:
    lay(reads, team, after(LAST, -1), {(HERE, "C001", "nuisance"): 40})
    lay(reads, team, LAST, {(HERE, "C001", "nuisance"): 10})
    page = visit(cast.mila).get(reverse("signal_counts"))
    assert "Minder signalen is niet hetzelfde als minder problemen" in page.content.decode()
    RoutingRule.objects.create(place=1, name="Nieuw", team=team, from_day=LAST)
    page = visit(cast.mila).get(reverse("signal_counts"))
    assert (
        "veranderde het registreren (een regel over wie antwoordt, begon of eindigde)"
        in page.content.decode()
    )


def test_who_does_not_work_there_reads_from_when_counts_are_told(
    reads: Opened, team: Team, hire: Hire, visit: Visit
) -> None:
    lay(reads, team, quarter_of(timezone.localdate()), CAME)
    pim = hire(Role.PARTNER, [HERE])
    Person.objects.filter(pk=pim.pk).update(language="en")
    page = visit(pim).get("/signalen/aantallen/").content.decode()
    assert "Nothing is told of here yet" in page
    assert Speech("en").day(after(quarter_of(timezone.localdate()))) in page
    assert 'aria-label="Place"' not in page


def test_what_a_resident_stopped_is_not_counted(
    signal: Signal, reads: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = neighbourhoods_of(reads)
    now = quarter_of(timezone.localdate())
    assert came(now, around) == {(HERE, "C001", "concern"): 1}
    stopped = Signal.objects.filter(key=signal.key).values_list("key", flat=True)
    monkeypatch.setattr("ongedeeld.web.signals.counting.tallying.stopped", lambda kind: stopped)
    assert came(now, around) == {}


def test_evictions_of_a_complex_are_for_who_keeps_the_cases_there(
    reads: Opened, cast: Cast, visit: Visit
) -> None:
    Tally.objects.create(complex="C001", period=LAST, outcome="prevented", count=2)
    page = reverse("complex", args=["C001"])
    assert 'id="evictions"' in visit(cast.sanne).get(page).content.decode()
    for other in (cast.bas, cast.olga):
        assert 'id="evictions"' not in visit(other).get(page).content.decode()
