"""The files that a municipality receives: what is in them, and what is not."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from ongedeeld.web.cities.models import Address, CityVersion
from tests.shared import SHARED
from tests.web.conftest import Visit
from tests.web.preventing.conftest import (
    ALL,
    CENTS,
    EMAIL,
    NAME,
    PHONE,
    TODAY,
    Owes,
    days_ago,
    delivery_of,
    file_of,
    send,
)
from tests.web.signals.conftest import COMPLEX, Cast


def _vera(name: str, schema: str) -> tuple[dict[str, Any], dict[str, Any]]:
    file = Path(SHARED).parent / "vera" / "openapi" / name
    if not file.exists():
        pytest.skip("the specifications of VERA are not there")
    schemas = yaml.safe_load(file.read_text(encoding="utf-8"))["components"]["schemas"]
    return schemas, schemas[schema]


def _attributes(schemas: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Every attribute of a schema, also those of what it is made of."""
    found = dict(schema.get("properties", {}))
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        inner = schemas[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        found |= _attributes(schemas, inner)
    return found


def _fits(schemas: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """Every attribute of the value is one of VERA, of the same type, however deep."""
    if isinstance(value, list):
        for one in value:
            _fits(schemas, schema["items"], one)
        return
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if isinstance(value, dict):
        known = _attributes(schemas, schema)
        assert set(value) <= set(known)
        for name, one in value.items():
            _fits(schemas, known[name], one)
    else:
        assert schema["type"] == {str: "string", float: "number", int: "number"}[type(value)]


def test_who_pays_before_it_was_sent_is_out_of_the_delivery_and_of_its_file(
    cast: Cast, owes: Owes, visit: Visit
) -> None:
    one = owes(*ALL)
    sanne = visit(cast.sanne)
    delivery = delivery_of(sanne)
    assert NAME in file_of(sanne, delivery)
    sanne.post(f"/huurachterstand/{one.key}/beeindigen/", {"end-ending": "paid"})
    assert NAME not in file_of(sanne, delivery)
    one.refresh_from_db()
    assert not one.owes_stop
    told = {"sent-day": TODAY(), "sent-way": "exchange"}
    assert sanne.post(f"/huurachterstand/leveringen/{delivery.key}/verzonden/", told).status_code == 422


def test_a_file_that_is_no_longer_what_is_in_the_delivery_cannot_be_the_one_that_was_sent(
    cast: Cast, owes: Owes, addresses: CityVersion, visit: Visit
) -> None:
    homes = Address.objects.filter(complex=COMPLEX).order_by("id")
    one, other = owes(*ALL, home=homes[0]), owes(*ALL, home=homes[1])
    sanne = visit(cast.sanne)
    delivery = delivery_of(sanne)
    page = f"/huurachterstand/leveringen/{delivery.key}/"
    told = {"sent-day": TODAY(), "sent-way": "exchange"}
    assert sanne.post(f"{page}verzonden/", told).status_code == 422
    file_of(sanne, delivery)
    sanne.post(f"/huurachterstand/{one.key}/beeindigen/", {"end-ending": "paid"})
    assert "since the file was saved" in sanne.get(page).content.decode()
    assert sanne.post(f"{page}verzonden/", told).status_code == 422
    send(sanne, delivery)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.sent_on, other.sent_on) == (None, TODAY())


def test_the_csv_holds_contact_details_and_arrears_and_nothing_else(
    cast: Cast, owes: Owes, address: Address, visit: Visit
) -> None:
    one = owes(*ALL)
    sanne = visit(cast.sanne)
    delivery = delivery_of(sanne)
    (row,) = csv.DictReader(io.StringIO(file_of(sanne, delivery)), delimiter=";")
    assert row == {
        "kenmerk": str(one.key),
        "naam": NAME,
        "straat": address.street,
        "huisnummer": str(address.number),
        "toevoeging": address.addition,
        "postcode": address.postcode,
        "plaats": address.municipality,
        "telefoon": PHONE,
        "e-mail": EMAIL,
        "achterstand_euro": "1234,05",
        "achterstand_maanden": "3",
        "peildatum": days_ago(2).isoformat(),
    }


def test_after_sending_no_file_is_made_and_no_copy_is_kept(cast: Cast, owes: Owes, visit: Visit) -> None:
    owes(*ALL)
    sanne = visit(cast.sanne)
    delivery = delivery_of(sanne)
    send(sanne, delivery)
    for form in ("csv", "vera"):
        assert not file_of(sanne, delivery, form)


def test_the_vera_file_has_no_attribute_that_vera_does_not_have(cast: Cast, owes: Owes, visit: Visit) -> None:
    one = owes(*ALL)
    sanne = visit(cast.sanne)
    delivery = delivery_of(sanne)
    content = json.loads(file_of(sanne, delivery, "vera"))
    (message,) = content["berichten"]
    assert message["debiteur"]["saldo"] == CENTS / 100
    assert message["relatie"]["aanschrijfnaam"] == NAME
    assert message["relatie"]["id"] == message["debiteur"]["id"] == str(one.key)
    schemas, schema = _vera("Informatiedomeinen/Financien.yaml", "Debiteurbericht")
    _fits(schemas, schema, message["debiteur"])
    schemas, _ = _vera("Ketenprocessen/BRG.yaml", "Relaties-Relatiebericht")
    known = schemas["Relaties-NatuurlijkPersoon"]
    town = message["relatie"]["adressen"][0]["adres"].pop("woonplaats")
    assert set(town) <= set(schemas["Relaties-Woonplaats"]["properties"])
    _fits(schemas | {"Relaties-Adres": schemas["Relaties-Adres-basis"]}, known, message["relatie"])
