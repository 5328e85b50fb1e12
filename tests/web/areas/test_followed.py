"""What the start page tells of changes: in somebody's own areas, and at the places that they follow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas import start
from ongedeeld.web.areas.changes import Change, Told, told_of
from ongedeeld.web.areas.followed import FollowedPlace, followed_of
from ongedeeld.web.areas.models import Followed, Inspection, Note, ResidentsWords
from ongedeeld.web.areas.places import places_of
from ongedeeld.web.cities.queries import current
from tests.web.areas.conftest import ELSEWHERE, HERE
from tests.web.conftest import Hire, Visit


def followed(person: Person, *units: str) -> dict[str, FollowedPlace]:
    """What somebody is told of the places that they begin to follow."""
    Followed.objects.bulk_create(Followed(person=person.key, unit=unit) for unit in units)
    opened = current(person)
    assert opened
    speech = Speech("en")
    found = followed_of(person, opened, told_of(opened, "en"), speech, timezone.localdate())
    return {one.place.code: one for one in found}


def inspected(number: str) -> None:
    Inspection.objects.create(complex=number, day=timezone.localdate(), how_clean=3, how_whole=3, how_safe=3)


def test_what_was_added_to_a_complex_counts_for_its_neighbourhood_too(sanne: Person, number: str) -> None:
    inspected(number)
    inspected(number)
    Note.objects.create(area=HERE, text="Rustig.")
    told = followed(sanne, HERE, number)
    assert told[HERE].added == ("2 inspections", "one note")
    assert told[number].added == ("2 inspections",)


def test_what_is_older_than_sixty_days_or_was_taken_back_is_not_told(sanne: Person, city: City) -> None:
    Note.objects.create(area=HERE, text="Lang geleden.")
    Note.objects.update(made_at=timezone.now() - timedelta(days=62))
    Note.objects.create(area=HERE, text="", taken_back_at=timezone.now())
    assert followed(sanne, HERE)[HERE].added == ()


def test_who_is_from_outside_learns_nothing_of_what_the_association_adds(pim: Person, number: str) -> None:
    inspected(number)
    Note.objects.create(area=HERE, text="Rustig.")
    for unit in (HERE, number):
        ResidentsWords.objects.create(
            unit=unit, day=date(2026, 1, 1), asked="visit", words="Fijn.", agreed=True
        )
    told = followed(pim, HERE, number)
    assert set(told) == {HERE}
    assert told[HERE].added == ("the words of one resident",)


def test_a_complex_outside_ones_areas_is_left_out(sanne: Person, far: str) -> None:
    assert set(followed(sanne, ELSEWHERE, far)) == {ELSEWHERE}


def test_figures_that_moved_stand_with_the_neighbourhood(sanne: Person, city: City, sannes: Client) -> None:
    change = followed(sanne, HERE)[HERE].changes[0]
    assert change.before != change.now
    sannes.post("/taal/", {"language": "en"})
    page = sannes.get("/").content.decode()
    assert (
        f"{change.label}: from {change.before} ({change.before_period})" in page.partition('id="followed"')[2]
    )


def test_only_neighbourhoods_in_which_a_figure_moved_stand_below_what_changed(
    city: City, sannes: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    still = Told(())
    moved = Told((Change("inwoners", "100", "2024", "120", "2025", 2.0),))
    monkeypatch.setattr(
        start, "told_of", lambda opened, _: dict.fromkeys(places_of(opened).neighbourhoods, still)
    )
    assert "Geen cijfer veranderde zichtbaar" in sannes.get("/").content.decode()
    monkeypatch.setattr(
        start, "told_of", lambda opened, _: dict.fromkeys(places_of(opened).neighbourhoods, moved)
    )
    assert "inwoners: van 100 (2024) naar 120 (2025)" in sannes.get("/").content.decode()


def test_who_has_no_areas_is_told_how_that_changes(city: City, hire: Hire, visit: Visit) -> None:
    page = visit(hire(Role.CARETAKER, [])).get("/").content.decode()
    assert "U hebt nog geen gebieden" in page
