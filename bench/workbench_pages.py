"""Every page of staff that the table of permissions knows, with who may see it and a thing behind it."""

from __future__ import annotations

import csv
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import httpx

from bench.workbench import BARE, Took, ask, crowd_asks
from ongedeeld.city import City

if TYPE_CHECKING:  # tables are read before Django is ready
    from ongedeeld.web.accounts.models import Person

TABLE = Path(__file__).parents[1] / "tests" / "web" / "permissions.csv"
CROWDS = (
    ("area_manager", "policy_adviser"),
    ("data_manager", "privacy_officer", "manager", "director", "allocation"),
    ("partner",),
)
"""Roles held together, everywhere. Each page is asked for by the first who may see it."""
OWN = frozenset({"share", "breakthrough", "received", "received_meeting", "draft", "job"})
"""Things that each has of their own."""
FILES, TURNS = "files", (1, 2, 3)
"""The room of what is made to be kept, and who asks for it in turn: each may do so now and then."""


class Measured(NamedTuple):
    """What came of so many people asking for one page at a time, and for the bare page in between."""

    room: str
    what: str
    people: int
    took: Took
    bare: Took


@dataclass(frozen=True)
class Page:
    """A page, with its address for each person of a crowd."""

    room: str
    what: str
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Crowd:
    """People with the same roles who are signed in, and the pages they ask for."""

    cookies: tuple[str, ...]
    pages: tuple[Page, ...]

    def measured(self, address: str, rounds: dict[int, int]) -> Iterator[Measured]:
        """Let one ask, and then many at a time; what answers with a file is asked for by one person only.

        What leads elsewhere or is not there, as signing in or a background that nobody gave, is left out.
        """
        kinds = [_kind(address, page.addresses[0], self.cookies[0]) for page in self.pages]
        pages = [page for page, kind in zip(self.pages, kinds, strict=True) if kind == "page"]
        for people, times in rounds.items():
            theirs = [[BARE, *(page.addresses[number] for page in pages)] for number in range(people)]
            bare, *asked = crowd_asks(address, theirs, self.cookies[:people], times)
            for page, took in zip(pages, asked, strict=True):
                yield Measured(page.room, page.what, people, took, bare)
        for page, kind in zip(self.pages, kinds, strict=True):
            if kind == "file":
                took = [ask(address, page.addresses[turn], self.cookies[turn]) for turn in TURNS]
                yield Measured(FILES, page.what, 1, took, [])


def _kind(address: str, page: str, cookie: str) -> str:
    """What a page answers with the first time, when everything is computed that is computed once."""
    answer = httpx.get(f"{address}{page}", headers={"Cookie": f"sessionid={cookie}"}, timeout=120)
    if answer.is_server_error:
        raise RuntimeError(f"{page} answered {answer.status_code}")
    if answer.status_code != httpx.codes.OK:
        sys.stderr.write(f"{page} is left out: it answers {answer.status_code}\n")
        return "elsewhere"
    return "file" if "attachment" in answer.headers.get("Content-Disposition", "") else "page"


def filled(folder: Path, scale: float, people: int) -> list[Crowd]:
    """A workbench with a model city and one of each thing; so many people of each crowd."""
    from ongedeeld.web.site.preparing import Wanted, prepare

    prepare(Wanted(folder))
    from ongedeeld.web.areas.portraits import warm
    from ongedeeld.web.cities.models import CityVersion
    from ongedeeld.web.cities.opened import opened
    from ongedeeld.web.site.demo.filling import fill

    fill(scale)
    version = CityVersion.objects.get(state=CityVersion.State.CURRENT)
    held = opened(str(version.key), version.folder)
    warm(held)
    with TABLE.open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if _is_measured(row)]
    crowds = []
    for roles in CROWDS:
        theirs = [row for row in rows if any(row[role] in ("yes", "own") for role in roles)]
        rows = [row for row in rows if row not in theirs]
        crowds.append(_crowd(roles, people, theirs, held.city, version.key))
    return crowds


def _is_measured(row: dict[str, str]) -> bool:
    """Whether a page is read by staff, and a thing for it can be made up: a passkey cannot."""
    return row["method"] == "GET" and row["nobody"] != "yes" and "passkey" not in row["with"]


def _crowd(roles: tuple[str, ...], size: int, rows: list[dict[str, str]], city: City, version: UUID) -> Crowd:
    from django.test import Client

    people = [_person(roles, f"{roles[0]} {number}") for number in range(size)]
    words = {part.split("=")[1] for row in rows for part in row["with"].split()}
    shared = _things(people[0], city, words) | {"city_version": version}
    things = [shared, *(shared | _things(person, city, words & OWN) for person in people[1:])]
    cookies = []
    for person in people:
        client = Client(headers={"host": "localhost"})
        client.force_login(person)
        cookies.append(client.cookies["sessionid"].value)
    pages = [
        Page(_room(row, shared), row["what"], tuple(_address(row, one) for one in things)) for row in rows
    ]
    return Crowd(tuple(cookies), tuple(pages))


def _person(roles: Iterable[str], name: str) -> Person:
    """Somebody who holds these roles everywhere."""
    from ongedeeld.web.accounts.models import Person, RoleHeld

    address = f"{name.replace(' ', '.')}@voorbeeld.invalid"
    person = Person.objects.create_user(address, "wachtwoord", name=name)
    for role in roles:
        RoleHeld.objects.create(person=person, role=role, everywhere=True, from_day="2020-01-01")
    return person


def _things(person: Person, city: City, words: Collection[str]) -> dict[str, object]:
    """One of each thing that the pages are about, in the order in which they build on each other."""
    from tests.web.things import THINGS, Visit

    numbers = count()
    visit = Visit(
        city, lambda role, *_, **__: _person([role], f"colleague {next(numbers)} of {person.name}"), person
    )
    return {word: make(visit)[0] for word, make in THINGS.items() if word in words}


def _address(row: dict[str, str], things: dict[str, object]) -> str:
    from django.urls import reverse

    parts = (part.split("=") for part in row["with"].split())
    return reverse(row["page"], kwargs={argument: things[word] for argument, word in parts})


def _room(row: dict[str, str], things: dict[str, object]) -> str:
    """The room of a page: the app of which its view is."""
    from django.urls import resolve

    module = resolve(_address(row, things)).func.__module__.split(".")
    return module[2] if module[:2] == ["ongedeeld", "web"] else "accounts"
