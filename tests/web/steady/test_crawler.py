"""Every page and every form, in every role, with odd input: nothing breaks, and nothing leaks."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.accounts.places import areas_known
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.models import Inspection, Note, Overrule
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.plans.models import Plan, PlanPlace
from tests.web.conftest import Hire
from tests.web.steady.crawling import Crawl
from tests.web.things import OTHER_AREA, OWN_AREA

SLOW = {"neighbourhood_document": 1}
"""What takes seconds to write, and is opened with --soak only."""


@dataclass(frozen=True)
class Secret:
    """A word of somebody else, what one must be allowed to read it, and the thing of which it is."""

    word: str
    action: str
    place: str


class Elsewhere:
    """What other people wrote and keep in another area."""

    def __init__(self, city: City, hire: Hire) -> None:
        complexes = city.table("complexes")
        self.number = str(complexes.filter(complexes["area"] == OTHER_AREA)["complex"].sort()[0])
        today = timezone.localdate()
        self.colleague = hire(Role.HOUSING_CONSULTANT, [OTHER_AREA], name="Geheime Collega")
        self.plan = Plan.objects.create(
            unit=OTHER_AREA, unit_name="Elders", kind="neighbourhood", title="Elders", goal="geheim-concept"
        )
        PlanPlace.objects.create(plan=self.plan, code=OTHER_AREA)
        self.view = Overrule.objects.create(
            unit=self.number,
            theme="nuisance",
            score=4,
            reason="geheim-oordeel",
            from_day=today,
            until=today + timedelta(days=9),
        )
        Inspection.objects.create(
            complex=self.number, day=today, how_clean=3, how_whole=3, how_safe=3, remarks="geheim-schouw"
        )
        self.note = Note.objects.create(area=OTHER_AREA, text="geheim-notitie", made_by=self.colleague.key)
        self.job = Job.objects.create(
            kind="count",
            once=str(uuid4()),
            asked_by=self.colleague.key,
            state=Job.State.FAILED,
            ended_at=timezone.now(),
            error={"nl": "geheim-werk", "en": "geheim-werk"},
        )

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What of it not everybody may read."""
        return (
            Secret("geheim-concept", "plans.see_drafts", OTHER_AREA),
            Secret("geheim-oordeel", "areas.see_own_figures", self.number),
            Secret("geheim-schouw", "areas.see_own_figures", self.number),
            Secret("geheim-notitie", "areas.see_own_figures", OTHER_AREA),
            Secret(self.colleague.email, "accounts.see_people", OTHER_AREA),
            Secret("geheim-werk", "oversight.see_job", OTHER_AREA),
        )

    @property
    def keys(self) -> list[str]:
        """The keys of it, to be tried where a key of one's own is asked."""
        things = (self.colleague, self.plan, self.view, self.note, self.job)
        return [*(str(thing.key) for thing in things), OTHER_AREA, self.number]

    @property
    def addresses(self) -> list[str]:
        """Where it can be read, by who may."""
        return [
            reverse("neighbourhood", args=[OTHER_AREA]),
            reverse("complex", args=[self.number]),
            reverse("complex_document", args=[self.number, "docx"]),
            reverse("neighbourhood_document", args=[OTHER_AREA, "docx"]),
            reverse("plan", args=[self.plan.key]),
            reverse("plan_document", args=[self.plan.key]),
            reverse("person", args=[self.colleague.key]),
            reverse("job", args=[self.job.key]),
        ]


@pytest.fixture(autouse=True)
def nothing_stays_of_what_was_uploaded() -> Iterator[None]:
    yield
    shutil.rmtree(Path(settings.DATA_FOLDER) / "incoming", ignore_errors=True)


@pytest.mark.soak
@pytest.mark.parametrize("role", list(Role))
def test_nothing_that_is_asked_or_typed_breaks_a_page_or_shows_what_is_not_ones_own(
    role: Role,
    city: City,
    hire: Hire,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(
        logging.CRITICAL, "django.request"
    )  # that much is not found and refused is what is asked
    person, elsewhere = hire(role, [OWN_AREA], name=f"visitor as {role}"), Elsewhere(city, hire)
    places = areas_known(person)
    hidden = {one.word for one in elsewhere.secrets if not may(person, one.action, places[one.place])}
    long = request.config.getoption("--soak")
    crawl = Crawl(person, frozenset(hidden), elsewhere.keys, pages=4 if long else 1, turns=30 if long else 3)
    if not long:
        crawl.opened.update(SLOW)
    crawl.walk([reverse("start"), reverse("account"), *elsewhere.addresses])
    assert crawl.wrong == set()
    assert len(crawl.opened) > 20
    assert sum(crawl.sent.values()) > 20
