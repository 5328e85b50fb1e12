"""Two people at the same theme of the same card: one is first, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.areas.actions import Overtaken, View, end_overrule, overrule
from ongedeeld.web.areas.models import Overrule
from ongedeeld.web.areas.places import Place, places_of
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.queries import current

PEOPLE = 6
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(city: City, sanne: Person, number: str) -> Place:
    opened = current(sanne)
    assert opened is not None
    return places_of(opened).complex(number)


def view(score: int, seen: frozenset[str] = frozenset()) -> View:
    until = timezone.localdate() + timedelta(days=30)
    return View("nuisance", score, f"Gezien door {score}.", until, seen)


def overruled(place: Place, asked: View, actor: Person) -> bool:
    try:
        overrule(place, asked, actor=actor, today=timezone.localdate())
    except Overtaken:
        return False
    finally:
        connection.close()
    return True


def test_of_several_first_views_one_stands(place: Place, sanne: Person) -> None:
    with ThreadPoolExecutor(PEOPLE) as pool:
        done = list(pool.map(lambda at: overruled(place, view(1 + at % 5), sanne), range(PEOPLE)))
    assert sum(done) == 1
    assert Overrule.objects.filter(ended_at__isnull=True).count() == 1
    assert Entry.objects.filter(verb="areas.overrule_card").count() == 1


def test_of_several_who_replace_a_view_one_does_and_nothing_is_lost(place: Place, sanne: Person) -> None:
    assert overruled(place, view(3), sanne)
    seen = frozenset([str(Overrule.objects.get().key)])
    with ThreadPoolExecutor(PEOPLE) as pool:
        done = list(pool.map(lambda at: overruled(place, view(1 + at % 5, seen), sanne), range(PEOPLE)))
    assert sum(done) == 1
    assert Overrule.objects.count() == 2
    assert Overrule.objects.filter(ended_at__isnull=True).count() == 1
    assert Entry.objects.filter(verb="areas.end_overrule").count() == 1


def test_a_view_ends_once(place: Place, sanne: Person) -> None:
    assert overruled(place, view(3), sanne)
    one = Overrule.objects.get()
    end_overrule(one, place, actor=sanne)
    with pytest.raises(Overtaken):
        end_overrule(one, place, actor=sanne)
