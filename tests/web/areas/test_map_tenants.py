"""Counts of tenants leave the team through a ledger: map, files and API tell what stands there, no more."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.test import Client

from ongedeeld.city import City
from ongedeeld.measures.disclosure import Ledger, protect
from ongedeeld.measures.disclosure.stock import tenants_to_publish
from ongedeeld.measures.undividedness.group_sets import group_set
from ongedeeld.measures.undividedness.groups import counts_by_group
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.map_tenants import ledger_file
from tests.web.conftest import Hire, Visit

FIGURE = "tenants_household_size.five_or_more"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger of each test's own."""
    monkeypatch.setattr("ongedeeld.web.areas.map_tenants.ledger_file", lambda: tmp_path / "tenants.json")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "tenants.json"


@pytest.fixture
def shown(city: City, ledger: Path) -> dict[str, int | None]:
    """What was published of large households, by neighbourhood, as `ongedeeld undivided --publish` does."""
    groups, _ = group_set("household_size")
    found = tenants_to_publish(city, counts_by_group(city, groups, "neighbourhood"))
    result = protect(found.table, nested=found.nested, relations=found.relations, ledger=Ledger.open(ledger))
    result.publish("household_size by neighbourhood")
    table = result.publication.table.filter(
        (pl.col("group") == "household_size:five_or_more") & pl.col("area").str.starts_with("neighbourhood:")
    )
    return {area.partition(":")[2]: count for area, count in table.select("area", "count").iter_rows()}


@pytest.fixture
def outsider(hire: Hire, visit: Visit) -> Client:
    return visit(hire(Role.PARTNER))


def test_the_map_shows_what_was_published_and_nothing_of_what_was_hidden(
    shown: dict[str, int | None], outsider: Client
) -> None:
    assert None in shown.values()
    assert any(shown.values())
    page = outsider.get("/kaart/", {"figuur": FIGURE, "niveau": "buurt"}).content.decode()
    block = re.search(r'id="map-values">(.*?)</script>', page, re.DOTALL)
    assert block
    places = {one["code"]: one for one in json.loads(block[1])["places"]}
    for code, count in shown.items():
        told = places[code]["figure"]
        assert told == (f"{count}" if count is not None else "niet verteld")
    assert "5 of meer personen" in page


def test_a_file_and_the_api_tell_the_same(shown: dict[str, int | None], outsider: Client) -> None:
    text = outsider.get("/kaart/kaart.csv", {"figuur": FIGURE, "niveau": "buurt"}).content.decode("utf-8-sig")
    header, *rows = csv.reader(StringIO(text), delimiter=";")
    numbers = {row[0]: row[4] for row in rows}
    assert {code: numbers[code] for code in shown} == {
        code: "" if count is None else str(count) for code, count in shown.items()
    }
    assert "hoe er geteld is" in header
    answer: dict[str, Any] = outsider.get(
        f"/api/v1/indicatoren/{FIGURE}/waarden", {"niveau": "buurt", "aantalPerPagina": "200"}
    ).json()
    told = {one["code"]: (one["waarde"], one["toestand"]) for one in answer["resultaten"]}
    for code, count in shown.items():
        assert told[code] == (count, "niet-verteld" if count is None else "bekend")


def test_before_anything_was_published_there_is_nothing_to_choose(city: City, outsider: Client) -> None:
    assert 'value="tenants_' not in outsider.get("/kaart/").content.decode()


def test_a_ledger_that_is_not_whole_shows_nothing_and_breaks_no_page(
    shown: dict[str, int | None], ledger: Path, outsider: Client
) -> None:
    ledger.write_text(ledger.read_text().replace("five_or_more", "two_people", 1))
    page = outsider.get("/kaart/", {"figuur": FIGURE})
    assert page.status_code == 200
    assert 'value="tenants_' not in page.content.decode()


def test_the_ledger_lies_with_what_a_backup_holds() -> None:
    assert ledger_file().parts[-2:] == ("published", "tenants.json")
