"""The data room as a data manager walks through it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from django.test import Client

from ongedeeld.city import City
from ongedeeld.sources.fetching import Hosts, fetch
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.cities.actions import accept
from ongedeeld.web.cities.models import CityVersion
from tests.shared import shared
from tests.sources.open_data_host import OpenDataHost
from tests.web.cities.conftest import brought, complexes, read, sent
from tests.web.conftest import Visit

State = CityVersion.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(visit: Visit, manager: Person) -> Client:
    return visit(manager)


@pytest.fixture
def owners(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenDataHost]:
    """The owners of open data, on this machine."""
    with OpenDataHost() as host:
        hosts = Hosts(host.url, host.url, host.url, host.url)
        asking = partial(fetch, hosts=hosts, pause=lambda _: None)
        monkeypatch.setattr("ongedeeld.web.cities.dry_run.fetch_files", asking)
        yield host


def latest() -> CityVersion:
    return CityVersion.objects.latest("id")


def page(browser: Client, path: str) -> str:
    answer = browser.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_files_are_brought_in_checked_and_taken_into_use_and_one_goes_back(
    city: City, browser: Client
) -> None:
    first = latest()
    assert "Voorbeeldstad" in page(browser, "/gegevens/")
    files = [sent("complexes.csv", complexes(city, renamed="De Nieuwe Hof"))]
    answer = browser.post("/gegevens/binnenhalen/", {"uploads": files})
    version = latest()
    where = f"/gegevens/versies/{version.key}/"
    assert (answer.status_code, answer["Location"]) == (303, where)
    assert "hx-get" in page(browser, where)
    read(version)
    assert f'action="{where}overnemen/"' in page(browser, where)
    assert browser.post(f"{where}overnemen/").status_code == 303
    assert f'action="/gegevens/versies/{first.key}/terug/"' in page(browser, "/gegevens/")
    assert browser.post(f"/gegevens/versies/{first.key}/terug/").status_code == 303
    first.refresh_from_db()
    assert first.state == State.CURRENT
    assert f'action="{where}terug/"' in page(browser, where)


def test_errors_have_to_be_seen_before_a_version_with_them_is_taken_into_use(
    city: City, browser: Client, manager: Person
) -> None:
    version = brought(manager, sent("complexes.csv", complexes(city, without=1)))
    where = f"/gegevens/versies/{version.key}/overnemen/"
    answer = browser.post(where)
    assert answer.status_code == 422
    assert "despite_errors" in answer.content.decode()
    assert browser.post(where, {"despite_errors": "on"}).status_code == 303


def test_who_loses_much_is_warned_beside_the_button_and_says_so(
    city: City, browser: Client, manager: Person
) -> None:
    rows = city.table("complexes").height
    version = brought(manager, sent("complexes.csv", complexes(city, without=rows // 2)))
    where = f"/gegevens/versies/{version.key}/"
    seen = page(browser, where)
    assert "Veel van de versie die nu in gebruik is, is in deze versie weg." in seen
    assert f"zijn {rows - rows // 2} van de {rows} rijen over." in seen
    assert browser.post(f"{where}overnemen/", {"despite_errors": "on"}).status_code == 422
    ticked = {"despite_errors": "on", "despite_losses": "on"}
    assert browser.post(f"{where}overnemen/", ticked).status_code == 303


def test_a_refused_version_tells_why_and_can_be_thrown_away(
    city: City, browser: Client, manager: Person
) -> None:
    version = brought(manager, sent("complexes.csv", "complex;naam;bouwjaar\nC;N;oud\n"))
    told = page(browser, f"/gegevens/versies/{version.key}/")
    assert "complexes.csv" in told
    assert "bouwjaar" in told
    assert 'class="button" href="/gegevens/binnenhalen/"' in told
    assert "complexes.csv" in page(browser, "/toezicht/versies/")
    assert browser.post(f"/gegevens/versies/{version.key}/weggooien/").status_code == 303
    assert latest().state == State.DELETED


def test_a_municipality_is_fetched_where_there_is_no_city_yet(owners: OpenDataHost, browser: Client) -> None:
    assert "bring_in" not in page(browser, "/gegevens/")
    assert browser.post("/gegevens/ophalen/", {"fetch-region": "Utrecht"}).status_code == 422
    assert browser.post("/gegevens/ophalen/", {"fetch-region": "gm0344"}).status_code == 303
    version = read(latest())
    assert (version.state, version.region, version.base) == (State.CHECKED, "GM0344", None)
    assert {one["kind"]["en"] for one in version.report["files"]} >= {"boundaries", "Leefbaarometer"}
    assert page(browser, f"/gegevens/versies/{version.key}/")


def test_what_cannot_be_fetched_is_told_and_the_rest_goes_on(owners: OpenDataHost, browser: Client) -> None:
    owners.failing["leefbaarometer"] = 99
    owners.failing["zip"] = 99
    browser.post("/gegevens/ophalen/", {"fetch-region": "GM0344"})
    version = read(latest())
    assert version.state == State.CHECKED
    assert "fetch" in {one["source"] for one in version.report["remarks"]}


def test_own_tables_without_a_city_are_refused_with_what_to_do_first(
    browser: Client, manager: Person
) -> None:
    version = brought(manager, sent("complexes.csv", "complex;naam\nC;N\n"))
    assert version.state == State.REFUSED
    assert "fetch the open data" in version.report["error"]["en"]


def test_real_figures_are_laid_over_those_of_before_and_own_tables_stay(manager: Person) -> None:
    kwb = shared("utrecht/kwb-2023.xlsx").read_bytes()
    first = brought(manager, sent("kwb-2023.xlsx", kwb), region="GM0344")
    accept(first, actor=manager)
    own = brought(manager, sent("complexes.csv", "complex;naam;buurt\nC1;De Hof;BU03440111\n"))
    accept(own, actor=manager)
    scores = shared("utrecht/province-leefbaarometer-2020.csv").read_bytes()
    third = brought(manager, sent("leefbaarometer-2020.csv", scores))
    assert third.state == State.CHECKED, third.report
    tables = {one["table"]: one for one in third.report["compared"]["tables"]}
    assert tables["areas"] == tables["areas"] | {"before": 122, "now": 122, "new": 0, "gone": 0, "changed": 0}
    assert tables["indicators"]["gone"] == tables["indicators"]["changed"] == 0
    assert tables["indicators"]["new"] > 400
    assert tables["complexes"]["now"] == 1
    assert "livability3_score" in third.report["compared"]["indicators_new"]
    accept(third, actor=manager)
    again = brought(manager, sent("kwb-2023.xlsx", kwb))
    assert again.report["compared"]["largest"] == []
    assert all(one["gone"] == one["changed"] == 0 for one in again.report["compared"]["tables"])


def test_an_empty_file_of_a_table_can_be_had_and_comes_in_again(city: City, browser: Client) -> None:
    for name in ("complexes", "addresses"):
        answer = browser.get(f"/gegevens/sjablonen/{name}/")
        assert answer.status_code == 200
        assert name in answer["Content-Disposition"]
    assert browser.get("/gegevens/sjablonen/mensen/").status_code == 404


def test_a_button_takes_what_lies_in_the_drop_folder(city: City, browser: Client) -> None:
    answer = browser.post("/gegevens/klaargezet/")
    assert (answer.status_code, answer["Location"]) == (303, "/gegevens/")
