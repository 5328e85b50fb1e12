"""Files that systems lay in the drop folder are taken at night, told of by mail, and accepted by a person."""

from __future__ import annotations

import pytest
from django.core import mail
from pytest_django import Settings

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.dropping import drop_folder
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.jobs.actions import ask
from ongedeeld.web.jobs.messages import take_up
from tests.web.cities.conftest import complexes, lay, read
from tests.web.conftest import Hire

State = CityVersion.State
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def post_office(settings: Settings) -> None:
    """A server that sends mail, and where the workbench is found."""
    settings.EMAIL_HOST = "post.voorbeeld.invalid"
    settings.ADDRESS = "https://ongedeeld.voorbeeld.invalid"


def night() -> CityVersion | None:
    """What the worker does at night."""
    job = ask("cities.drop", {"day": "2026-11-22"}, actor=None)
    take_up.call(key=str(job.key))
    job.refresh_from_db()
    assert job.result is not None
    version = CityVersion.objects.filter(key=job.result["version"]).first()
    return read(version) if version and version.job else version


def test_it_is_taken_and_checked_and_the_data_managers_are_told(
    city: City, manager: Person, hire: Hire
) -> None:
    hire(Role.DIRECTOR)
    path = lay("complexes.csv", complexes(city, renamed="De Nieuwe Hof"))
    version = night()
    assert version is not None
    assert (version.state, version.made_by) == (State.CHECKED, None)
    assert not path.exists()
    letter = mail.outbox[0]
    assert [one.to for one in mail.outbox] == [[manager.email]]
    assert f"https://ongedeeld.voorbeeld.invalid/gegevens/versies/{version.key}/" in letter.body
    assert "Nieuwe Hof" not in str(letter.body)
    assert "complexes" not in str(letter.body)


def test_nothing_and_files_that_are_still_being_written_are_left(city: City, manager: Person) -> None:
    assert night() is None
    lay("complexes.csv", complexes(city), seconds_ago=0)
    lay(".complexes.csv", complexes(city))
    (drop_folder() / "link.csv").symlink_to("/etc/passwd")
    assert night() is None
    assert len(list(drop_folder().iterdir())) == 3
    assert mail.outbox == []


def test_the_same_files_the_next_night_are_no_new_version(city: City, manager: Person) -> None:
    for _ in range(2):
        lay("complexes.csv", complexes(city))
        night()
    assert CityVersion.objects.filter(way="drop").count() == 1
    assert list(drop_folder().iterdir()) == []
    assert len(mail.outbox) == 1


def test_files_that_cannot_be_kept_stay_and_are_told_of_once(city: City, manager: Person) -> None:
    path = lay("complexes.xlsx", "dit is geen werkmap")
    first, second = night(), night()
    assert first is not None
    assert second is None
    assert first.state == State.REFUSED
    assert path.exists()
    assert len(mail.outbox) == 1


def test_a_version_without_errors_is_accepted_by_itself_only_where_that_is_set(
    city: City, manager: Person, settings: Settings
) -> None:
    lay("complexes.csv", complexes(city, renamed="Een"))
    first = night()
    settings.CITY_ACCEPT_DROP = True
    lay("complexes.csv", complexes(city, without=1))
    wrong = night()
    lay("complexes.csv", complexes(city, renamed="Twee"))
    good = night()
    assert first is not None
    assert wrong is not None
    assert good is not None
    assert (first.state, wrong.state) == (State.CHECKED, State.CHECKED)
    assert wrong.report["counts"]["error"] > 0
    assert good.report["counts"]["error"] == 0
    assert good.state == State.CURRENT
    assert len(mail.outbox) == 3
