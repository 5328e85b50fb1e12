"""Questions made up from the OpenAPI document: none brings a defect, every answer is as it is described."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ongedeeld.city import City
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.api import access
from ongedeeld.web.site.wsgi import application

CHECKS = (
    checks.not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)


@pytest.fixture
def described(city: City, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The API as it describes itself, without a limit to how often it may be asked."""
    monkeypatch.setattr(access, "RATE", "1000000/m/key")
    # A request closes connections that were broken, among them that of the test, which is in a transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, headers={"Host": "localhost"})
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.soak
def test_whatever_is_asked_in_whatever_role_the_answer_is_as_described(
    described: Any, secret_of: Callable[..., str], request: pytest.FixtureRequest, repeats: int
) -> None:
    long = request.config.getoption("--soak")
    # Who works here and who does not: between these two lies what differs most.
    for role in Role if long else (Role.HOUSING_CONSULTANT, Role.PARTNER):
        headers = {"Authorization": f"Bearer {secret_of(role)}", "Host": "localhost"}
        examples = settings(
            max_examples=repeats if long else 2 * repeats,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        )
        for found in described.get_all_operations():
            described_by(found.ok(), headers, examples)()


def described_by(operation: Any, headers: dict[str, str], examples: settings) -> Callable[[], None]:
    """A test that asks one operation what its description allows, and what it does not."""

    def asked(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=list(CHECKS))

    return examples(given(case=operation.as_strategy())(asked))
