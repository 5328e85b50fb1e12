"""The technical rules of the NLGov REST API Design Rules 2.1, held against the OpenAPI document.

Each test names the rule by its identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from ongedeeld.city import City
from ongedeeld.web.accounts.roles import Role
from tests.web.api.conftest import Connect

CAMEL = re.compile(r"[a-z]+([A-Z0-9][a-z0-9]*)*")
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SEMVER = re.compile(r"\d+\.\d+\.\d+")


@pytest.fixture
def document(db: None) -> dict[str, Any]:
    """The OpenAPI document as everybody may read it."""
    content: dict[str, Any] = Client(headers={"host": "localhost"}).get("/api/v1/openapi.json").json()
    return content


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def schemas(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from document["components"]["schemas"].items()


def test_core_no_trailing_slash(document: dict[str, Any]) -> None:
    assert [path for path in document["paths"] if path.endswith("/")] == []


def test_core_path_segments_kebab_case(document: dict[str, Any]) -> None:
    for path in document["paths"]:
        for segment in path.strip("/").split("/"):
            assert segment.startswith("{") or KEBAB.fullmatch(segment), path


def test_core_query_keys_camel_case(document: dict[str, Any]) -> None:
    for _, _, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            assert CAMEL.fullmatch(parameter["name"]), parameter


def test_names_of_what_is_answered_are_camel_case(document: dict[str, Any]) -> None:
    for _, schema in schemas(document):
        for name in schema.get("properties", {}):
            assert CAMEL.fullmatch(name), name


def test_core_date_time_format_and_omit_time_portion(document: dict[str, Any]) -> None:
    dated = re.compile(r"(Op|datum|periode|voor)$")
    for owner, schema in schemas(document):
        for name, told in schema.get("properties", {}).items():
            forms = [told, *told.get("anyOf", ())]
            if dated.search(name):
                assert any(form.get("format") in ("date", "date-time") for form in forms), (owner, name)
            # What is known of a day has no time.
            assert not any(form.get("format") == "date-time" for form in forms), (owner, name)


def test_core_http_methods_and_safety(document: dict[str, Any]) -> None:
    assert {method for _, method, _ in operations(document)} == {"get"}
    assert all("requestBody" not in operation for _, _, operation in operations(document))


def test_core_error_handling_problem_details(document: dict[str, Any]) -> None:
    for path, _, operation in operations(document):
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"], path
    problem = document["components"]["schemas"]["Problem"]
    assert {"status", "title", "detail"} <= set(problem["required"])


def test_core_error_handling_invalid_input_and_all_errors(document: dict[str, Any]) -> None:
    for path, _, operation in operations(document):
        assert {"200", "400", "401", "403", "404", "429", "500"} <= set(map(str, operation["responses"])), (
            path
        )


def test_core_doc_openapi_and_contact(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.")
    assert all(document["info"]["contact"].get(part) for part in ("name", "url", "email"))
    assert document["info"]["description"]
    for path, _, operation in operations(document):
        assert operation["summary"], path
        assert operation["operationId"], path


def test_core_publish_openapi_with_cors_open_to_everybody(db: None) -> None:
    answer = Client(headers={"host": "localhost", "origin": "https://elders.invalid"}).get(
        "/api/v1/openapi.json"
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Type"] == "application/json"


def test_core_uri_version_and_semver(document: dict[str, Any]) -> None:
    version = document["info"]["version"]
    assert SEMVER.fullmatch(version)
    assert [server["url"].rsplit("/", 1)[1] for server in document["servers"]] == [
        f"v{version.split('.')[0]}"
    ]


def test_core_version_header(document: dict[str, Any], city: City, connect: Connect) -> None:
    for path, _, operation in operations(document):
        assert all("API-Version" in answer["headers"] for answer in operation["responses"].values()), path
    answer = connect(Role.PARTNER).get("/api/v1/gebieden")
    assert answer.headers["API-Version"] == document["info"]["version"]


def test_core_transport_security_headers(city: City, connect: Connect) -> None:
    headers = connect(Role.PARTNER).get("/api/v1/gebieden").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "private, no-store"
    assert "default-src" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


def test_core_transport_no_sensitive_uris(document: dict[str, Any]) -> None:
    words = " ".join(document["paths"]).lower()
    assert not any(word in words for word in ("bsn", "token", "bewoner", "huurder", "adres"))
    for _, _, operation in operations(document):
        assert operation["security"] == [{"Token": []}]


def test_core_naming_collections_plural(document: dict[str, Any]) -> None:
    for path in document["paths"]:
        first = path.strip("/").split("/")[0]
        assert first.endswith(("en", "s")), path
