"""The organisations of a file of HSDS 3, whatever its form, as things that know where each field stands."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.web.partners.hsds_tables import Table
from ongedeeld.web.written import writable


@dataclass(frozen=True)
class Thing:
    """A thing of a file: its fields, and where each stands."""

    fields: Mapping[str, Any]
    where: Callable[[str], Place]

    def text(self, name: str) -> str:
        """A field as text; empty where it is not told."""
        value = self.fields.get(name)
        return writable(str(value)).strip() if isinstance(value, str | int | float) else ""

    def many(self, name: str) -> Iterator[Thing]:
        """The things in a field that holds several."""
        value = self.fields.get(name)
        for at, one in enumerate(value if isinstance(value, list) else ()):
            if isinstance(one, Thing):
                yield one
            elif isinstance(one, dict):
                yield Thing(one, _below(self.where, f"{name}[{at}]."))

    def one(self, name: str) -> Thing | None:
        """The thing in a field that holds one."""
        value = self.fields.get(name)
        if isinstance(value, Thing):
            return value
        return Thing(value, _below(self.where, f"{name}.")) if isinstance(value, dict) else None


def of_json(name: str, content: bytes) -> Iterator[Thing]:
    """The organisations of a page of the API, a list, or one of them; services are laid with theirs."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError(
            N_("this is no JSON and no archive"),
            place=Place(name),
            expected=N_("a file as HSDS 3 describes: .json, or .zip with tables"),
        ) from error
    listed = told.get("contents", [told]) if isinstance(told, dict) else told
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise InputError(
            N_("this is no list of organisations"),
            place=Place(name),
            expected=N_("a list of organisations with their services, as HSDS 3 describes"),
        )
    above = "contents" if isinstance(told, dict) and "contents" in told else ""
    things = [
        Thing(one, _below(lambda column: Place(name, column=column), f"{above}[{at}]."))
        for at, one in enumerate(listed)
    ]
    return iter(_with_services(things))


def _with_services(things: Sequence[Thing]) -> list[Thing]:
    """Organisations as they are; services below the organisation that each of them carries."""
    services = [thing for thing in things if isinstance(thing.fields.get("organization"), dict)]
    if not services:
        return list(things)
    by_id: dict[str, tuple[Thing, list[Thing]]] = {}
    for service in services:
        of = service.one("organization")
        if of is not None:
            by_id.setdefault(of.text("id"), (of, []))[1].append(service)
    return [Thing({**of.fields, "services": mine}, of.where) for of, mine in by_id.values()]


def of_tables(tables: Mapping[str, Table]) -> Iterator[Thing]:
    """The organisations of an archive, with all that hangs on them."""
    below = {
        "phones": _grouped(tables, "phones", "service_id", "organization_id"),
        "areas": _grouped(tables, "service_areas", "service_id"),
        "services": _grouped(tables, "services", "organization_id"),
        "addresses": _grouped(tables, "addresses", "location_id"),
        "at": _grouped(tables, "service_at_location", "service_id"),
        "attributes": _grouped(tables, "attributes", "link_id"),
    }
    terms = {thing.text("id"): thing for thing in _rows(tables, "taxonomy_terms")}

    def whole(thing: Thing, more: Mapping[str, Any]) -> Thing:
        name = thing.text("id")
        attributes = [
            Thing({**one.fields, "taxonomy_term": terms.get(one.text("taxonomy_term_id"))}, one.where)
            for one in below["attributes"][name]
        ]
        return Thing(
            {**thing.fields, "phones": below["phones"][name], "attributes": attributes, **more}, thing.where
        )

    def located(at: Thing) -> Thing:
        addresses = below["addresses"][at.text("location_id")]
        return Thing({**at.fields, "location": Thing({"addresses": addresses}, at.where)}, at.where)

    for organisation in _rows(tables, "organizations"):
        services = [
            whole(
                service,
                {
                    "service_areas": below["areas"][service.text("id")],
                    "service_at_locations": [located(at) for at in below["at"][service.text("id")]],
                },
            )
            for service in below["services"][organisation.text("id")]
        ]
        yield whole(organisation, {"services": services})


def _rows(tables: Mapping[str, Table], name: str) -> Iterator[Thing]:
    table = tables.get(name)
    for number, row in enumerate(table.rows if table else (), 2):
        yield Thing(row, _cell(table.file if table else name, number))


def _cell(file: str, number: int) -> Callable[[str], Place]:
    return lambda column: Place(file, row=number, column=column)


def _grouped(tables: Mapping[str, Table], name: str, *columns: str) -> Mapping[str, list[Thing]]:
    found: dict[str, list[Thing]] = defaultdict(list)
    for thing in _rows(tables, name):
        of = next((thing.text(column) for column in columns if thing.text(column)), "")
        found[of].append(thing)
    return found


def _below(where: Callable[[str], Place], prefix: str) -> Callable[[str], Place]:
    return lambda column: where(f"{prefix}{column}")
