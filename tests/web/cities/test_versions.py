"""A version comes in, is checked beside the one in use, accepted, returned from, and removed in the end."""

from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities import actions, queries
from ongedeeld.web.cities.actions import ChangedMeanwhileError
from ongedeeld.web.cities.arriving import incoming
from ongedeeld.web.cities.clearing import clear
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import folder_of
from ongedeeld.web.jobs.models import Job
from tests.web.cities.conftest import brought, complexes, packed, read, saved, sent
from tests.web.conftest import Hire, Visit

State = CityVersion.State
pytestmark = pytest.mark.django_db


def current() -> CityVersion:
    return CityVersion.objects.get(state=State.CURRENT)


def test_an_own_table_is_laid_over_the_version_in_use_and_read_by_nobody_before_it_is_accepted(
    city: City, manager: Person
) -> None:
    before = current()
    version = brought(manager, sent("complexen.csv", complexes(city, without=1, renamed="De Nieuwe Hof")))
    assert (version.state, version.report.get("error")) == (State.CHECKED, None)
    assert current() == before
    told = {one["table"]: one for one in version.report["compared"]["tables"]}
    count = len(city.table("complexes"))
    assert told["complexes"] == {
        "table": "complexes",
        "before": count,
        "now": count - 1,
        "new": 0,
        "gone": 1,
        "changed": told["complexes"]["changed"],
    }
    assert told["complexes"]["changed"] >= 1
    assert told["dwellings"]["changed"] == 0
    actions.accept(version, actor=manager, despite_errors=True)
    opened = queries.current(manager)
    assert opened is not None
    assert opened.version == str(version.key)
    assert opened.city.table("complexes")["name"][0] == "De Nieuwe Hof"
    assert opened.city.table("dwellings").equals(city.table("dwellings"))
    assert opened.city.manifest.invented


def test_a_home_that_names_a_complex_that_is_gone_is_told_as_an_error_with_its_file(
    city: City, manager: Person
) -> None:
    version = brought(manager, sent("complexes.csv", complexes(city, without=1)))
    errors = [one for one in version.report["findings"] if one["severity"] == "error"]
    assert [one["check"] for one in errors]
    assert errors[0]["next"]["nl"]
    with pytest.raises(InputError, match="has errors"):
        actions.accept(version, actor=manager)


def test_a_cell_that_cannot_be_read_is_told_with_row_and_column_and_what_to_do(
    city: City, manager: Person
) -> None:
    broken = complexes(city).replace("\n", "\n", 1).splitlines()
    broken[2] = broken[2].rpartition(";")[0] + ";negentien"
    version = brought(manager, sent("complexes.csv", "\n".join(broken) + "\n"))
    assert version.state == State.REFUSED
    english = version.report["error"]["en"]
    assert "complexes.csv, row 3, column bouwjaar, value 'negentien'" in english
    assert "Next:" in english
    assert not folder_of(version.folder).exists()


def test_a_saved_city_comes_in_as_a_zip_and_what_else_is_in_it_does_not(city: City, manager: Person) -> None:
    version = brought(manager, sent("stad.zip", saved(city)))
    assert (version.state, version.name) == (State.CHECKED, city.manifest.name)
    assert all(
        one["changed"] == one["new"] == one["gone"] == 0 for one in version.report["compared"]["tables"]
    )
    assert version.report["compared"]["largest"] == []


def test_a_zip_whose_files_were_altered_is_refused(city: City, manager: Person) -> None:
    assert city.path is not None
    files = {file.name: file.read_bytes() for file in city.path.iterdir()}
    entrances = next(name for name in files if name.startswith("entrances-"))
    places = next(name for name in files if name.startswith("places-"))
    version = brought(manager, sent("stad.zip", packed(files | {entrances: files[places]})))
    assert version.state == State.REFUSED
    assert "not as they were written" in version.report["error"]["en"]


def test_one_goes_back_in_one_step_and_the_record_tells_it(city: City, manager: Person) -> None:
    first = current()
    second = brought(manager, sent("stad.zip", saved(city)))
    actions.accept(second, actor=manager)
    first.refresh_from_db()
    assert (first.state, first.ended_at is not None) == (State.RETIRED, True)
    actions.roll_back(first, actor=manager)
    assert current() == first
    verbs = Entry.objects.filter(kind="city version", actor=manager.key).values_list("verb", flat=True)
    assert list(verbs) == ["cities.roll_back", "cities.accept", "cities.bring_in"]
    assert Job.objects.filter(kind="areas.warm").count() == 2


def test_a_version_that_was_checked_beside_another_is_not_accepted(city: City, manager: Person) -> None:
    one, other = (brought(manager, sent("stad.zip", saved(city))) for _ in range(2))
    actions.accept(one, actor=manager)
    with pytest.raises(ChangedMeanwhileError, match="taken into use since"):
        actions.accept(other, actor=manager)
    actions.check_again(other, actor=manager)
    actions.accept(read(other), actor=manager)
    assert current() == other


def test_it_is_accepted_once(city: City, manager: Person) -> None:
    version = brought(manager, sent("stad.zip", saved(city)))
    again = CityVersion.objects.get(pk=version.pk)
    actions.accept(version, actor=manager)
    with pytest.raises(ChangedMeanwhileError):
        actions.accept(again, actor=manager)


def test_only_a_data_manager_renews(city: City, hire: Hire) -> None:
    with pytest.raises(Refused):
        actions.bring_in([sent("complexes.csv", "x")], actor=hire(Role.DIRECTOR))
    assert not incoming().exists()


def test_what_is_thrown_away_leaves_no_folder(city: City, manager: Person) -> None:
    version = brought(manager, sent("stad.zip", saved(city)))
    actions.discard(version, actor=manager)
    assert not folder_of(version.folder).exists()
    assert not incoming(version.folder).exists()
    with pytest.raises(ChangedMeanwhileError):
        actions.accept(version, actor=manager)


def test_a_retired_version_goes_after_its_term_and_the_one_in_use_never(city: City, manager: Person) -> None:
    first, version = current(), brought(manager, sent("stad.zip", saved(city)))
    actions.accept(version, actor=manager)
    actions.roll_back(first, actor=manager)
    soon, later = timezone.now() + timedelta(days=89), timezone.now() + timedelta(days=400)
    assert clear(soon) == 0
    assert clear(later) == 1
    version.refresh_from_db()
    assert version.state == State.DELETED
    assert not folder_of(version.folder).exists()
    assert current() == first
    assert folder_of(first.folder).exists()


def test_a_folder_that_a_killed_worker_left_goes_the_next_time(
    city: City, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = brought(manager, sent("stad.zip", saved(city)))
    later = timezone.now() + timedelta(days=400)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", _killed)
        with pytest.raises(KeyboardInterrupt):
            clear(later)
    version.refresh_from_db()
    assert version.state == State.DELETED
    assert folder_of(version.folder).exists()
    clear(later)
    assert not folder_of(version.folder).exists()


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_check_that_was_stopped_can_be_asked_again(city: City, manager: Person) -> None:
    version = actions.bring_in([sent("stad.zip", saved(city))], actor=manager)
    actions.stop_check(version, actor=manager)
    assert read(version).state == State.WAITING
    actions.check_again(version, actor=manager)
    assert read(version).state == State.CHECKED


def test_a_full_disk_is_told_and_leaves_nothing_half(
    city: City, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = CityVersion.objects.count()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        with pytest.raises(InputError, match="No space left"):
            actions.bring_in([sent("complexes.csv", "x;y")], actor=manager)
    assert list(incoming().glob("*")) == []
    assert CityVersion.objects.count() == before
    version = actions.bring_in([sent("stad.zip", saved(city))], actor=manager)
    with monkeypatch.context() as patch:
        patch.setattr("polars.DataFrame.write_parquet", full)
        read(version)
    assert version.state == State.REFUSED
    assert "No space left" in version.report["error"]["en"]
    assert not folder_of(version.folder).exists()


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_read_while_another_version_is_accepted_never_mixes_the_two(
    city: City, hire: Hire, visit: Visit
) -> None:
    manager = hire(Role.DATA_MANAGER)
    other = brought(manager, sent("complexes.csv", complexes(city, renamed="De Nieuwe Hof")))
    first = current()
    names = {str(first.key): city.table("complexes")["name"][0], str(other.key): "De Nieuwe Hof"}
    seen: set[str] = set()
    wrong: list[str] = []
    stop = threading.Event()

    def read_on() -> None:
        while not stop.is_set():
            opened = queries.current(Person.objects.get(pk=manager.pk))
            assert opened is not None
            told = opened.city.table("complexes")["name"][0]
            seen.add(opened.version)
            if names[opened.version] != told:
                wrong.append(told)
        connection.close()

    readers = [threading.Thread(target=read_on) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        actions.accept(other, actor=manager, despite_errors=True)
        for _ in range(5):
            actions.roll_back(CityVersion.objects.get(pk=first.pk), actor=manager)
            actions.roll_back(CityVersion.objects.get(pk=other.pk), actor=manager)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert wrong == []
    assert seen <= set(names)
    assert len(seen) >= 1


@pytest.mark.django_db(transaction=True)
def test_of_two_versions_that_are_accepted_at_the_same_moment_one_is(city: City, hire: Hire) -> None:
    manager = hire(Role.DATA_MANAGER)
    versions = [brought(manager, sent("stad.zip", saved(city))) for _ in range(2)]
    told: list[str] = []

    def accept(version: CityVersion) -> None:
        try:
            actions.accept(version, actor=manager)
        except ChangedMeanwhileError:
            told.append("somebody was first")
        connection.close()

    both = [threading.Thread(target=accept, args=[version]) for version in versions]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert told == ["somebody was first"]
    assert current() in versions


def test_a_version_whose_files_are_gone_is_not_taken_for_one_without_changes(
    city: City, manager: Person
) -> None:
    version = actions.bring_in([sent("stad.zip", saved(city))], actor=manager)
    shutil.rmtree(incoming(version.folder))
    assert read(version).state == State.REFUSED


def test_a_city_without_neighbourhoods_of_which_no_page_could_be_made_is_not_taken_in(
    city: City, manager: Person
) -> None:
    whole = city.table("areas").filter(level="municipality")
    alone = City.of({"areas": whole}, city.manifest).save(folder_of("alone"))
    version = brought(manager, sent("stad.zip", saved(alone)), anew=True)
    assert version.state != State.CHECKED, version.report
    assert "buurten" in str(version.report["error"])
