"""HSDS 3 as tables: a file of comma separated values for each kind of thing, and `datapackage.json`."""

from __future__ import annotations

import csv
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.web.partners.hsds import Object

FIELDS: Mapping[str, tuple[str, ...]] = {
    "organizations": ("id", "name", "description", "email", "website"),
    "services": (
        "id",
        "organization_id",
        "name",
        "description",
        "email",
        "status",
        "eligibility_description",
        "wait_time",
        "assured_date",
    ),
    "phones": ("id", "organization_id", "service_id", "number", "type"),
    "service_areas": ("id", "service_id", "name", "extent", "extent_type"),
    "service_at_location": ("id", "service_id", "location_id"),
    "locations": ("id", "location_type"),
    "addresses": (
        "id",
        "location_id",
        "address_1",
        "city",
        "state_province",
        "postal_code",
        "country",
        "address_type",
    ),
    "attributes": ("id", "link_id", "link_entity", "taxonomy_term_id"),
    "taxonomy_terms": ("id", "code", "name", "description", "taxonomy", "language"),
}
"""Each table with its columns, in their order."""
OTHER_NAMES = {"services_at_location": "service_at_location"}
"""What earlier versions of HSDS called a table."""
MOST_BYTES, MOST_ROWS = 20_000_000, 100_000
_BROKEN = (
    zipfile.BadZipFile,
    RuntimeError,  # closed with a password, or packed in a way that is not known here
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    UnicodeDecodeError,
    csv.Error,
)
"""What reading an archive can fail with that is none, or is damaged."""
_FIRST = (1980, 1, 1, 0, 0, 0)
"""The moment of every file, so that the same register makes the same archive."""
Rows = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Table:
    """A table that was read, with the name of its file."""

    file: str
    rows: list[dict[str, str]]


def to_zip(document: Object) -> bytes:
    """The register as an archive of tables."""
    rows: Rows = {name: [] for name in FIELDS}
    for organisation in document["contents"]:
        _lay_down(organisation, rows)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("datapackage.json", _package()), *_files(rows)):
            archive.writestr(zipfile.ZipInfo(name, _FIRST), text)
    return target.getvalue()


def from_zip(name: str, content: bytes) -> dict[str, Table]:
    """The tables of an archive by their names; others are left aside.

    Raises
    ------
    InputError
        When it is no archive, holds too much, or has no organisations.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_BYTES:
                raise InputError(
                    N_("the archive holds more than {most} MB"),
                    place=Place(name),
                    most=MOST_BYTES // 1_000_000,
                )
            found = dict(_tables(archive))
    except _BROKEN as error:
        raise InputError(
            N_("this is no archive of tables"),
            place=Place(name),
            expected=N_("a zip file with organizations.csv and services.csv in UTF-8, as HSDS 3 describes"),
        ) from error
    if "organizations" not in found:
        raise InputError(
            N_("there is no organizations.csv in the archive"),
            place=Place(name),
            expected=N_("a zip file with organizations.csv and services.csv in UTF-8, as HSDS 3 describes"),
        )
    return found


def _tables(archive: zipfile.ZipFile) -> Iterator[tuple[str, Table]]:
    for path in archive.namelist():
        file = path.rsplit("/", 1)[-1]
        table = OTHER_NAMES.get(file.removesuffix(".csv"), file.removesuffix(".csv"))
        if file.endswith(".csv") and table in FIELDS:
            with archive.open(path) as stream:
                text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
                rows = [_row(one) for one in islice(csv.DictReader(text), MOST_ROWS + 1)]
                if len(rows) > MOST_ROWS:
                    raise InputError(
                        N_("this table holds more than {most} rows"), place=Place(file), most=MOST_ROWS
                    )
                yield table, Table(file, rows)


def _row(read: Mapping[str | None, object]) -> dict[str, str]:
    """A row; cells beyond the header, and rows that are too short, tell nothing."""
    return {
        name: value for name, value in read.items() if name is not None and isinstance(value, str) and value
    }


def _lay_down(organisation: Object, rows: Rows) -> None:
    """An organisation, as rows of the tables."""
    rows["organizations"].append(organisation)
    _hanging(organisation, "organization", rows)
    for service in organisation.get("services", ()):
        rows["services"].append({**service, "organization_id": organisation["id"]})
        _hanging(service, "service", rows)
        rows["service_areas"] += [
            {**area, "service_id": service["id"]} for area in service.get("service_areas", ())
        ]
        for at in service.get("service_at_locations", ()):
            location = at["location"]
            rows["service_at_location"].append(
                {"id": at["id"], "service_id": service["id"], "location_id": location["id"]}
            )
            rows["locations"].append(location)
            rows["addresses"] += [{**one, "location_id": location["id"]} for one in location["addresses"]]


def _hanging(thing: Object, entity: str, rows: Rows) -> None:
    """Telephones and attributes of an organisation or service."""
    rows["phones"] += [{**phone, f"{entity}_id": thing["id"]} for phone in thing.get("phones", ())]
    for attribute in thing["attributes"]:
        term = attribute["taxonomy_term"]
        rows["attributes"].append(
            {
                "id": attribute["id"],
                "link_id": thing["id"],
                "link_entity": entity,
                "taxonomy_term_id": term["id"],
            }
        )
        if term not in rows["taxonomy_terms"]:
            rows["taxonomy_terms"].append(term)


def _files(rows: Rows) -> Iterable[tuple[str, str]]:
    for table, fields in FIELDS.items():
        target = io.StringIO()
        writer = csv.DictWriter(target, fields, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows[table])
        yield f"{table}.csv", target.getvalue()


def _package() -> str:
    """What the tables are, as the Data Package of Frictionless describes it."""
    resources = [
        {
            "name": table,
            "path": f"{table}.csv",
            "profile": "tabular-data-resource",
            "schema": {"fields": [{"name": name, "type": "string"} for name in fields]},
        }
        for table, fields in FIELDS.items()
    ]
    return json.dumps({"name": "hsds", "profile": "tabular-data-package", "resources": resources}, indent=2)
