from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from django.test import Client

from ongedeeld.city import City
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.api.problems import PROBLEM
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.plans.models import Plan, PlanPlace, Sign, Step
from tests.web.api.conftest import ELSEWHERE, HERE, Connect
from tests.web.conftest import Hire, Visit


def told(client: Client, address: str, **query: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{address}", query)
    assert answer.status_code == 200, answer.content
    content: dict[str, Any] = answer.json()
    return content


def numbers(city: City, code: str) -> set[str]:
    complexes = city.table("complexes")
    return set(complexes.filter(pl.col("area") == code)["complex"])


@pytest.fixture
def partner(connect: Connect) -> Client:
    """The system of an organisation outside."""
    return connect(Role.PARTNER, [HERE])


@pytest.fixture
def team(connect: Connect) -> Client:
    """A system of the team of one neighbourhood."""
    return connect(Role.HOUSING_CONSULTANT, [HERE])


def test_areas_are_listed_by_level_and_by_what_is_around_them(city: City, partner: Client) -> None:
    districts = [one["code"] for one in told(partner, "gebieden", niveau="wijk")["resultaten"]]
    assert districts == ["WK999901", "WK999902", "WK999903"]
    within = told(partner, "gebieden", ligtIn=districts[0])["resultaten"]
    assert {one["ligtIn"] for one in within} == {districts[0]}
    assert told(partner, f"gebieden/{HERE}")["naam"] == "Marktbuurt"


def test_lists_are_read_page_by_page(city: City, partner: Client) -> None:
    codes: list[str] = []
    following = "http://localhost/api/v1/gebieden?aantalPerPagina=3"
    while following:
        page = partner.get(following.removeprefix("http://localhost")).json()
        codes += [one["code"] for one in page["resultaten"]]
        following = page["volgende"]
    assert codes == sorted(city.table("areas")["code"])
    assert page["totaal"] == len(codes)


def test_the_values_of_an_indicator_are_those_of_the_city(city: City, partner: Client) -> None:
    answer = told(partner, "indicatoren/residents/waarden", niveau="wijk", periode="2018-01-01")
    rows = city.table("indicators").filter(
        (pl.col("indicator") == "residents") & (pl.col("period").dt.year() == 2018)
    )
    known = dict(rows.select("area", "value").iter_rows())
    assert {one["code"]: one["waarde"] for one in answer["resultaten"]} == {
        code: known[code] for code in known if code.startswith("WK")
    }
    assert (answer["periode"], answer["verzonnen"]) == ("2018-01-01", True)


def test_every_indicator_and_measure_of_the_list_can_be_read(city: City, team: Client) -> None:
    for list_of in ("maten", "indicatoren"):
        for one in told(team, list_of, aantalPerPagina="20")["resultaten"]:
            answer = told(team, f"{list_of}/{one['naam']}/waarden", niveau=one["niveaus"][-1])
            assert answer["eenheid"] == one["eenheid"]
            assert all(
                (row["waarde"] is not None) == (row["toestand"] == "bekend") for row in answer["resultaten"]
            )


def test_own_measures_and_cards_are_those_in_reach(city: City, team: Client) -> None:
    assert {one["nummer"] for one in told(team, "complexkaarten")["resultaten"]} == numbers(city, HERE)
    rows = told(team, "maten/card_load/waarden", niveau="complex")["resultaten"]
    assert {one["code"] for one in rows} == numbers(city, HERE)
    inside, outside = min(numbers(city, HERE)), min(numbers(city, ELSEWHERE))
    assert told(team, f"complexkaarten/{inside}")["buurt"] == HERE
    assert team.get(f"/api/v1/complexkaarten/{outside}").status_code == 403


def test_an_organisation_outside_reads_nothing_of_the_association_itself(city: City, partner: Client) -> None:
    assert partner.get("/api/v1/complexkaarten").status_code == 403
    names = {one["naam"] for one in told(partner, "maten")["resultaten"]}
    assert names
    assert all(name.startswith("mix_") for name in names)
    assert partner.get("/api/v1/maten/card_load/waarden").status_code == 404


def test_scores_leave_with_one_decimal(city: City, team: Client) -> None:
    for card in told(team, "complexkaarten")["resultaten"]:
        for theme in card["themas"]:
            assert theme["score"] is None or theme["score"] == round(theme["score"], 1)


@pytest.fixture
def plan(db: None) -> Plan:
    """An adopted plan here with one published sign and one of the association's own."""
    plan = Plan.objects.create(
        unit=HERE, unit_name="Marktbuurt", kind="neighbourhood", title="Rust", goal="Rust"
    )
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.AGREED)
    PlanPlace.objects.create(plan=plan, code=HERE)
    Step.objects.create(plan=plan, what="Praten", owner="Jan Jansen", due="2026-01-01")
    for figure in ("residents", "nuisance_reports"):
        Sign.objects.create(
            plan=plan, figure=figure, began_at=1, began_on="2025-01-01", expected=2, by_day="2027-01-01"
        )
    return plan


def test_a_plan_is_read_with_its_steps_without_who_does_them(city: City, team: Client, plan: Plan) -> None:
    assert [one["titel"] for one in told(team, "plannen")["resultaten"]] == ["Rust"]
    answer = team.get(f"/api/v1/plannen/{plan.key}")
    assert [one["wat"] for one in answer.json()["stappenlijst"]] == ["Praten"]
    assert "Jansen" not in answer.content.decode()


def test_what_is_nested_obeys_rights_too(city: City, partner: Client, team: Client, plan: Plan) -> None:
    signs = [one["indicator"] for one in told(partner, f"plannen/{plan.key}")["tekens"]]
    assert signs == ["residents"]
    assert len(told(team, f"plannen/{plan.key}")["tekens"]) == 2


def test_a_plan_elsewhere_is_not_there_for_an_organisation_outside(
    city: City, connect: Connect, plan: Plan
) -> None:
    outside = connect(Role.PARTNER, [ELSEWHERE])
    assert told(outside, "plannen")["totaal"] == 0
    assert outside.get(f"/api/v1/plannen/{plan.key}").status_code == 404


def test_every_reading_is_in_the_record(city: City, team: Client) -> None:
    told(team, "complexkaarten")
    entry = Entry.objects.get(kind="api")
    assert (entry.verb, entry.thing) == ("seen", "complexkaarten")
    assert entry.actor


def test_somebody_who_is_signed_in_reads_the_same(city: City, hire: Hire, visit: Visit) -> None:
    assert told(visit(hire(Role.PARTNER, [HERE])), f"gebieden/{HERE}")["code"] == HERE


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("gebieden?niveau=straat", 400),
        ("gebieden?pagina=0", 400),
        ("gebieden?onbekend=1", 400),
        ("indicatoren/residents/waarden?niveau=complex", 400),
        ("indicatoren/residents/waarden?periode=1900-01-01", 400),
        ("indicatoren/residents/waarden?periode=morgen", 400),
        ("indicatoren/bestaat_niet/waarden", 404),
        ("gebieden/BU00000000", 404),
        ("complexkaarten/geen", 404),
        ("gebieden/", 404),
        ("straten", 404),
        ("plannen/geen-sleutel", 404),
    ],
)
def test_what_goes_wrong_is_told_as_a_problem(city: City, team: Client, address: str, status: int) -> None:
    answer = team.get(f"/api/v1/{address}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM)
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert answer.headers["API-Version"] == "1.0.0"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_changed_by_way_of_the_api(city: City, team: Client, method: str) -> None:
    answer = getattr(team, method)("/api/v1/gebieden")
    assert (answer.status_code, answer.headers["Content-Type"]) == (405, PROBLEM)


def test_without_a_token_the_answer_tells_how_to_come_in(city: City, visit: Visit) -> None:
    answer = visit(None).get("/api/v1/gebieden")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_defect_is_a_problem_without_its_inside(
    city: City, team: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ongedeeld.web.api.answering.areas", lambda *_: 1 / 0)
    team.raise_request_exception = False
    answer = team.get("/api/v1/gebieden")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, PROBLEM)
    assert "division" not in answer.content.decode()


def test_before_there_is_a_city_there_is_nothing_to_read(db: None, hire: Hire, visit: Visit) -> None:
    answer = visit(hire(Role.PARTNER)).get("/api/v1/gebieden")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)
