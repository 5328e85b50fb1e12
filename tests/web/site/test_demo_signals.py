"""The signals of the demo: invented, of every kind, with the answers that real ones get."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.cities.model_addresses import give_model_addresses
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import Opened, opened
from ongedeeld.web.signals.events import answer_in
from ongedeeld.web.signals.models import RoutingRule, Signal, Team
from ongedeeld.web.site.demo.filling import people
from ongedeeld.web.site.demo.signalling import STORIES, signals_seen


@pytest.fixture
def held(city: City) -> Opened:
    """The model city with its addresses and the guests of the demo."""
    version = CityVersion.objects.get()
    give_model_addresses(version)
    people(city, timezone.localdate())
    return opened(str(version.key), version.folder)


def test_everything_that_was_seen_has_an_owner_of_its_team_and_an_answer_on_its_way(held: Opened) -> None:
    now, today = timezone.now(), timezone.localdate()
    signals_seen(held, now, today)
    assert Signal.objects.count() == len(STORIES)
    assert Team.objects.count() == 2
    assert RoutingRule.objects.count() == 4
    for signal in Signal.objects.select_related("team"):
        assert signal.team.members.filter(person=signal.owner).exists()
        assert Person.objects.filter(key=signal.made_by or signal.key, is_demo=True).exists()
        assert signal.received_at <= now - timedelta(days=1)
    assert set(Signal.objects.values_list("kind", flat=True)) == set(Signal.Kind.values)
    assert set(Signal.objects.values_list("state", flat=True)) == set(Signal.State.values)
    answers = [answer_in(event) for one in Signal.objects.all() for event in one.events.all()]
    assert "De gevel wordt nagekeken." in answers


def test_teams_are_called_after_the_areas_that_there_are(held: Opened) -> None:
    signals_seen(held, timezone.now(), timezone.localdate())
    areas = set(held.city.table("areas")["name"])
    names = {team.name.removeprefix("Team ").removesuffix(" 2") for team in Team.objects.all()}
    assert names <= areas


def test_it_is_made_once(held: Opened) -> None:
    for _ in range(2):
        signals_seen(held, timezone.now(), timezone.localdate())
    assert Signal.objects.count() == len(STORIES)
