"""The page that explains the API to people tells of all that its description for programs holds."""

from __future__ import annotations

from typing import get_args

import pytest
from django.test import Client

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.api.explaining import ANSWERS, PROBLEMS, STATES
from ongedeeld.web.api.forms_of_answers import Toestand
from tests.web.conftest import Hire, Visit


@pytest.fixture
def partner(hire: Hire, visit: Visit) -> Client:
    return visit(hire(Role.PARTNER))


def test_it_tells_of_every_address_and_of_each_of_its_parameters(partner: Client) -> None:
    described = partner.get("/api/v1/openapi.json").json()["paths"]
    paging = {"pagina", "aantalPerPagina"}
    asked = {
        path: {one["name"] for one in operations["get"].get("parameters", ()) if one["in"] == "query"}
        - paging
        for path, operations in described.items()
    }
    assert {path: set(names.split(", ")) - {""} for path, _, names in ANSWERS} == asked
    page = partner.get("/koppelingen/uitleg/").content.decode()
    assert all(f"<code>{path}</code>" in page for path in asked)


def test_it_tells_of_every_state_of_a_value_and_of_every_error(partner: Client) -> None:
    document = partner.get("/api/v1/openapi.json").json()
    assert tuple(state for state, _ in STATES) == get_args(Toestand)
    answers = {status for one in document["paths"].values() for status in one["get"]["responses"]}
    assert {str(status) for status, _ in PROBLEMS} == answers - {"200"}


def test_who_gives_tokens_finds_it_there(hire: Hire, visit: Visit) -> None:
    page = visit(hire(Role.MANAGER)).get("/koppelingen/").content.decode()
    assert 'href="/koppelingen/uitleg/"' in page
