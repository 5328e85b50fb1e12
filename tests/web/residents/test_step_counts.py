"""With how many residents steps are taken: of nobody in particular."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import polars as pl
import pytest
from django.utils import timezone
from pytest_django import Settings

from ongedeeld.measures.disclosure import attack
from ongedeeld.web.residents.sharing import copies, step_counts
from ongedeeld.web.residents.sharing.step_counts import ALL, Step, how_far, publish_ended, table_of
from tests.web.conftest import Visit
from tests.web.residents.device import new_vault
from tests.web.residents.sharing_cast import (
    STEP,
    SharingCast,
    step,
)

IN_QUARTER, AFTER = date(2026, 9, 10), date(2026, 10, 1)
SANNE, MILA = uuid4(), uuid4()


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: object) -> None:
    settings.DATA_FOLDER = tmp_path


def count(table: pl.DataFrame, domain: str, state: str) -> tuple[int, int]:
    """A count, and how much of it one receiver knows at most."""
    row = table.filter(pl.col("domain") == domain, pl.col("state") == state)
    return row["count"].item(), row["largest"].item()


def test_a_resident_counts_once_in_a_domain_however_many_steps_or_receivers() -> None:
    table = table_of(
        [
            Step(1, SANNE, "benefits", "to_do"),
            Step(1, MILA, "benefits", "done"),
            Step(1, SANNE, "care", "done"),
            Step(2, SANNE, "benefits", "to_do"),
        ]
    )
    assert count(table, "benefits", "doing") == (1, 1)
    assert count(table, "benefits", "to_do") == (1, 1)
    assert count(table, "benefits", ALL) == (2, 2)
    assert count(table, "care", "done") == count(table, "care", ALL) == (1, 1)
    assert count(table, "work", ALL) == (0, 0)
    assert len(table) == 6 * 5


@pytest.mark.parametrize(
    ("states", "far"),
    [
        (["doing", "done"], "doing"),
        (["done", "to_do"], "doing"),
        (["done", "dropped"], "done"),
        (["dropped", "to_do"], "to_do"),
        (["dropped"], "dropped"),
    ],
)
def test_how_far_a_resident_is_follows_from_all_their_steps(states: list[str], far: str) -> None:
    assert how_far(states) == far


def shared(people: list[UUID], domain: str, state: str, day: date, number: int) -> None:
    """So many residents share a step, each with the next of some colleagues."""
    now = timezone.make_aware(datetime.combine(day, time(12)))
    for at in range(number):
        grant = copies.Grant("person", people[at % len(people)], "help", day + timedelta(days=300))
        copy = step(domain=domain, state=state)
        copies.share(new_vault(), uuid4(), copy, grant, now=now, today=day)


def test_few_are_never_told_and_cannot_be_derived(cast: SharingCast) -> None:
    people = [cast.sanne.key, cast.mila.key, cast.dirk.key]
    shared(people, "benefits", "doing", IN_QUARTER, 24)
    shared(people, "benefits", "done", IN_QUARTER, 3)
    shared(people, "work", "doing", IN_QUARTER, 4)
    assert publish_ended(AFTER) == 1
    (quarter,) = step_counts.counted(cast.sanne, AFTER)
    assert quarter.counts["work"] == dict.fromkeys((*step_counts.STATES, ALL))
    assert quarter.counts["benefits"]["done"] is None
    (published,) = step_counts._ledger(quarter.quarter)
    bounds = attack([published])
    hidden = bounds.filter(pl.col("count").is_null()) if "count" in bounds.columns else bounds
    few = hidden.filter(pl.col("domain") == "benefits", pl.col("state") == "done")
    assert few["lower"].item() == 0
    assert few["upper"].item() >= 10


def test_what_one_receiver_knows_most_of_is_hidden(cast: SharingCast) -> None:
    shared([cast.sanne.key], "benefits", "doing", IN_QUARTER, 24)
    shared([cast.mila.key], "benefits", "doing", IN_QUARTER, 2)
    shared([cast.sanne.key, cast.mila.key, cast.dirk.key], "care", "doing", IN_QUARTER, 30)
    publish_ended(AFTER)
    (quarter,) = step_counts.counted(cast.sanne, AFTER)
    assert quarter.counts["benefits"][ALL] is None
    assert quarter.counts["care"][ALL] == 30


def test_a_quarter_is_counted_once_and_what_came_later_is_not_in_it(cast: SharingCast) -> None:
    people = [cast.sanne.key, cast.mila.key, cast.dirk.key]
    assert publish_ended(AFTER) == 0
    shared(people, "care", "doing", AFTER, 30)
    assert publish_ended(AFTER) == 0
    shared(people, "care", "doing", IN_QUARTER, 30)
    assert publish_ended(AFTER + timedelta(days=3)) == 1
    (quarter,) = step_counts.counted(cast.sanne, AFTER)
    assert quarter.counts["care"][ALL] == 30
    shared(people, "care", "doing", IN_QUARTER, 30)
    assert publish_ended(AFTER + timedelta(days=4)) == 0
    assert step_counts.counted(cast.sanne, AFTER) == [quarter]


def test_what_was_taken_back_is_in_no_count(cast: SharingCast) -> None:
    people = [cast.sanne.key, cast.mila.key, cast.dirk.key]
    shared(people, "care", "doing", IN_QUARTER, 30)
    for vault in type(new_vault()).objects.all():
        copies.withdraw_all(vault, now=timezone.now(), today=IN_QUARTER)
    assert publish_ended(AFTER) == 0


def test_the_page_tells_what_was_published_and_nothing_else(cast: SharingCast, visit: Visit) -> None:
    client = visit(cast.sanne)
    assert client.get("/gedeeld/aantallen/").status_code == 200
    people = [cast.sanne.key, cast.mila.key, cast.dirk.key]
    today = timezone.localdate()
    begin = today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1)
    shared(people, "care", "doing", begin - timedelta(days=40), 30)
    publish_ended(today)
    page = client.get("/gedeeld/aantallen/").text
    assert "30" in page
    assert STEP["what"] not in page
