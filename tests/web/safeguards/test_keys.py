"""Keys: made once, gone never unseen, renewed while people work."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from hypothesis import given
from hypothesis.strategies import characters, text
from pytest_django import DjangoDbBlocker, Settings

from ongedeeld.errors import OngedeeldError
from ongedeeld.web.jobs.kinds import kinds
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.safeguards.keys import KeyFileError, add_key, key_file, key_ring
from ongedeeld.web.safeguards.models import FieldKey, Processed
from ongedeeld.web.safeguards.processing import bound_to, processing
from ongedeeld.web.safeguards.resealing import sealed_columns, sealed_with
from ongedeeld.web.safeguards.rotating import check_keys, drop_unused, rotate
from ongedeeld.web.safeguards.sealing import SealError, blind, seal, unseal
from ongedeeld.web.safeguards.work import look_after_keys, seal_again
from ongedeeld.web.site.field_keys import beside

NOW = timezone.now()
WRITTEN = characters(codec="utf-8")


@pytest.fixture
def file(settings: Settings, tmp_path: Path, db: None) -> Path:
    """A place for keys of this test alone."""
    settings.FIELD_KEYS = tmp_path / "keys" / "field-keys.json"
    return key_file()


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The key file of all tests."""
    with django_db_blocker.unblock():
        key_ring()


def run(kind: str) -> Run:
    """An attempt at a job."""
    job = Job.objects.create(kind=kind, once=f"{kind}-{Job.objects.count()}", state=Job.State.RUNNING)
    return Run(job, kinds()[kind])


def test_the_first_use_makes_a_file_that_only_its_owner_reads(file: Path) -> None:
    assert unseal(seal("Dorpsstraat 1", "signal:1"), "signal:1") == "Dorpsstraat 1"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_of_many_that_make_the_file_at_once_all_hold_the_same_keys(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = Barrier(8)

    def none_known(**_: object) -> QuerySet[FieldKey]:
        together.wait(10)  # all of them have found no file, and make one
        return FieldKey.objects.none()

    monkeypatch.setattr(FieldKey.objects, "filter", none_known)
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: key_ring().fingerprint("1"), range(8)))
    assert set(made) == {key_ring().fingerprint("1")}
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_got_lost_is_not_replaced_by_a_new_one(file: Path) -> None:
    check_keys(NOW)
    file.unlink()
    with pytest.raises(KeyFileError, match="is not there"):
        seal("Dorpsstraat 1", "signal:1")
    assert not file.exists()


def test_the_file_of_another_database_is_told(file: Path) -> None:
    check_keys(NOW)
    held = json.loads(file.read_text())
    file.unlink()
    FieldKey.objects.all().delete()
    key_ring()
    FieldKey.objects.create(name="1", fingerprint="0" * 64, made_at=NOW)
    with pytest.raises(KeyFileError, match="another database"):
        check_keys(NOW)
    assert held["blinding"] != json.loads(file.read_text())["blinding"]


def test_a_file_from_before_a_rotation_is_told(file: Path) -> None:
    check_keys(NOW)
    before = file.read_bytes()
    rotate(NOW, actor=None)
    file.write_bytes(before)
    with pytest.raises(KeyFileError, match=r"lacks a key .*\(2\)"):
        check_keys(NOW)


@pytest.mark.parametrize(
    "held", ["", "{", "[]", '{"keys": {}, "blinding": ""}', '{"keys": {"1": "eA=="}, "blinding": "eA=="}']
)
def test_a_file_that_is_not_whole_is_told_and_left(file: Path, held: str) -> None:
    file.parent.mkdir()
    file.write_text(held)
    with pytest.raises(KeyFileError, match="cannot be used"):
        key_ring()
    assert file.read_text() == held


def test_a_folder_that_cannot_be_written_is_told(settings: Settings, tmp_path: Path, db: None) -> None:
    (tmp_path / "taken").write_text("")
    settings.FIELD_KEYS = tmp_path / "taken" / "keys.json"
    with pytest.raises(KeyFileError, match="cannot be used"):
        key_ring()


def test_all_processes_seal_with_a_new_key_at_once_and_open_what_the_old_one_sealed(file: Path) -> None:
    before = seal("Dorpsstraat 1", "signal:1")
    found = blind("home:1")
    add_key()  # as another process does
    after = seal("Dorpsstraat 1", "signal:1")
    assert (before.split(".")[1], after.split(".")[1]) == ("1", "2")
    assert unseal(before, "signal:1") == unseal(after, "signal:1")
    assert blind("home:1") == found


def test_a_rotation_seals_everything_anew_and_drops_the_old_key_a_day_later(file: Path) -> None:
    check_keys(NOW)
    with processing("signals.report", of="signals.signal", subject="home:D-1"):
        pass
    assert rotate(NOW, actor=None) == "2"
    assert Job.objects.filter(kind="safeguards.reseal").exists()
    assert seal_again(run("safeguards.reseal")) == {"sealed": 1}
    line = Processed.objects.get()
    assert line.subject.startswith("1.2.")
    assert unseal(line.subject, bound_to(line.operation)) == blind("home:D-1")
    assert drop_unused(NOW + timedelta(hours=23)) == []
    assert drop_unused(NOW + timedelta(hours=25)) == ["1"]
    assert list(key_ring().keys) == ["2"]
    assert [one.dropped_at is None for one in FieldKey.objects.all()] == [False, True]
    check_keys(NOW)


def test_a_key_that_still_seals_something_stays(file: Path) -> None:
    check_keys(NOW)
    old = seal(blind("home:D-1"), bound_to("a" * 16))
    rotate(NOW - timedelta(days=2), actor=None)
    Processed.objects.create(
        trace="a" * 32, operation="a" * 16, status=0, name="x", activity="x", start=NOW, end=NOW, subject=old
    )  # by a process that was busy while the key was renewed
    assert drop_unused(NOW) == []
    assert look_after_keys(run("safeguards.keys"), day="2026-11-22") == {"sealed": 1, "dropped": ["1"]}
    assert not sealed_with("1")


def test_what_was_sealed_with_a_key_that_is_gone_is_told(file: Path) -> None:
    before = seal("Dorpsstraat 1", "signal:1")
    FieldKey.objects.all().delete()
    file.unlink()
    add_key()
    with pytest.raises(OngedeeldError):
        unseal(before, "signal:1")


@pytest.mark.parametrize("changed", ["", "1", "1.1", "1.1.x", "2.1.AAAA", "1.9.AAAA", "1.1.AAAA", "é"])
def test_what_is_no_sealed_text_is_told(file: Path, changed: str) -> None:
    with pytest.raises(SealError):
        unseal(changed, "signal:1")


@given(words=text(WRITTEN), bound_to=text(WRITTEN, max_size=40), other=text(WRITTEN, max_size=40))
def test_what_is_sealed_opens_as_it_was_and_only_for_what_it_was_sealed(
    made: None, words: str, bound_to: str, other: str
) -> None:
    sealed = seal(words, bound_to)
    assert unseal(sealed, bound_to) == words
    assert sealed != seal(words, bound_to)
    if other != bound_to:
        with pytest.raises(SealError):
            unseal(sealed, other)


def test_what_is_sealed_opens_nowhere_else(file: Path) -> None:
    with pytest.raises(SealError):
        unseal(seal("Dorpsstraat 1", "signal:1"), "signal:2")


def test_every_sealed_column_is_a_column_of_its_model() -> None:
    names = [column.name for column in sealed_columns()]
    assert {"signals.Signal.sealed", "signals.SignalEvent.answer", "signals.Photo.sealed"} <= set(names)
    for column in sealed_columns():
        column.model._meta.get_field(column.column)


def test_keys_that_lie_in_one_folder_with_what_they_seal_are_named(file: Path) -> None:
    lies_beside = beside(file.parents[1])
    assert lies_beside == (file if connection.vendor == "sqlite" else None)
    assert beside(file.parents[1] / "elsewhere") is None
