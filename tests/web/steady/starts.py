"""Where a crawl begins: at every page of the table of permissions, about something of who visits."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from django.urls import reverse

from tests.web.things import THINGS, Visit

TABLE = Path(__file__).parents[1] / "permissions.csv"
INVENTED = "passkey"
"""What no device made: whoever held it could sign in with it no more."""
Pair = tuple[object, object]


def starts(visit: Visit, *, refused: bool) -> Iterator[str]:
    """The address of every page, about what is one's own; then again about what is not.

    Parameters
    ----------
    visit
        Who visits.
    refused
        Whether pages are among them that the table does not open to somebody with one role.
    """
    with TABLE.open(encoding="utf-8") as stream:
        rows = [
            row for row in csv.DictReader(stream) if row["method"] == "GET" and INVENTED not in row["with"]
        ]
    made: dict[str, Pair] = {}
    role = _role_of(visit)
    found = [_addresses(row, visit, made) for row in rows if refused or row[role] in ("yes", "own")]
    yield from (own for own, _ in found)
    yield from (other for own, other in found if other != own)


def _role_of(visit: Visit) -> str:
    """The column of who visits."""
    if visit.person is not None:
        return visit.person.roles_held.get().role
    return "resident"


def _addresses(row: dict[str, str], visit: Visit, made: dict[str, Pair]) -> tuple[str, str]:
    pairs = {}
    for part in row["with"].split():
        argument, thing = part.split("=")
        if thing not in made:
            made[thing] = THINGS[thing](visit)
        pairs[argument] = made[thing]
    own, other = (
        reverse(row["page"], kwargs={argument: pair[at] for argument, pair in pairs.items()}) for at in (0, 1)
    )
    return own, other
