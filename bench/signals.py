"""Signals at the size of a large association: a day of them by fifty people, and the lists of a team.

``python -m bench --signals sqlite`` (or `postgresql`) fills a workbench of its own, lets fifty people report
through the form at once, and prints how long a report takes and how long 10,000 of them would, which is a day
of a large association. Then a team gets 100,000 open signals, and the pages that list them are measured as
:mod:`bench.workbench` does.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx

from bench.workbench import BARE, ask, crowd_asks, data_folder, everybody, served, told

A_DAY = 10_000
"""Signals that come on a busy day."""
WAITING = 0.6
"""The share of open signals that wait for a first answer."""
SCALE = 0.3
BATCH = 5_000
HEAD = (
    "| page | people | median ms | 95th percentile ms | beside the bare page | kB over the wire |\n"
    "|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Size:
    """How many people report how often, how many signals are open, and how often lists are read.

    `lists` is how often everybody asks for each, by how many people at a time.
    """

    people: int
    reports: int
    open: int
    lists: dict[int, int]


FULL = Size(50, 20, 100_000, {1: 15, 50: 2})
SMALL = Size(5, 2, 5_000, {1: 3, 5: 1})


def measure(engine: str, *, small: bool = False) -> None:
    """Fill, serve, report, fill further, ask for the lists, and print tables in Markdown."""
    size = SMALL if small else FULL
    with data_folder(engine) as folder:
        cookies, complexes, pages = _filled(folder, size.people)
        with served() as address:
            _tell_reports(engine, size, _all_report(address, cookies, complexes, size.reports))
            _many_signals(size.open)
            for page in pages * 2:
                ask(address, page, cookies[0])
            sys.stdout.write(f"\n{engine}, a team with {size.open:,} open signals\n\n{HEAD}\n")
            for crowd, rounds in size.lists.items():
                asked = crowd_asks(address, [pages] * crowd, cookies[:crowd], rounds)
                for page, took in zip(pages, asked, strict=True):
                    sys.stdout.write(f"| {page} | {crowd} | {' | '.join(told(took, asked[0]))} |\n")
                sys.stdout.flush()


def _filled(folder: Path, people: int) -> tuple[list[str], list[str], list[str]]:
    """People of one team who are signed in, complexes to report at, and the pages they ask for."""
    from ongedeeld.web.site.preparing import Wanted, prepare

    prepare(Wanted(folder))
    from django.test import Client

    from ongedeeld.web.accounts.models import Person, RoleArea, RoleHeld
    from ongedeeld.web.cities.models import CityVersion
    from ongedeeld.web.cities.opened import opened
    from ongedeeld.web.signals.models import Team, TeamMember
    from ongedeeld.web.site.demo.filling import fill

    fill(SCALE)
    version = CityVersion.objects.get(state=CityVersion.State.CURRENT)
    city = opened(str(version.key), version.folder).city
    region = city.table("areas").filter(level="municipality")["code"][0]
    team = Team.objects.create(name="Bench", areas=[region])
    cookies = []
    for number in range(people):
        person = Person.objects.create_user(f"bench{number}@voorbeeld.invalid", None, name=f"Bench {number}")
        held = RoleHeld.objects.create(person=person, role="housing_consultant", from_day="2020-01-01")
        RoleArea.objects.create(role_held=held, code=region)
        TeamMember.objects.create(team=team, person=person.key, leads=number == 0)
        client = Client(headers={"host": "localhost"})
        client.force_login(person)
        cookies.append(client.cookies["sessionid"].value)
    work = f"/signalen/team/{team.key}/"
    pages = [BARE, work, f"{work}?welke=lopen", f"{work}?van=mij", "/signalen/"]
    return cookies, city.table("complexes")["complex"].to_list(), pages


def _all_report(
    address: str, cookies: list[str], complexes: list[str], reports: int
) -> tuple[list[float], float]:
    """The seconds of every report, and of all of them together, when everybody reports at once."""
    took: list[float] = []
    lock = threading.Lock()

    def report(number: int, cookie: str) -> None:
        with httpx.Client(base_url=address, cookies={"sessionid": cookie}, timeout=120) as client:
            token = client.get("/signalen/nieuw/stand/").json()["token"]
            for turn in range(reports):
                told = {
                    "key": str(uuid4()),
                    "danger": "no",
                    "kind": "concern",
                    "complex": complexes[(number * reports + turn) % len(complexes)],
                    "facts": ["post_piles_up"],
                    "told": "yes",
                    "seen_on": f"{datetime.now():%Y-%m-%d}",
                    "do": "report",
                    "csrfmiddlewaretoken": token,
                }
                start = time.perf_counter()
                answer = client.post("/signalen/nieuw/", data=told, headers={"Referer": address})
                if answer.status_code != 303:
                    raise RuntimeError(f"a report was answered with {answer.status_code}")
                with lock:
                    took.append(time.perf_counter() - start)

    begin = time.perf_counter()
    everybody(report, cookies)
    return took, time.perf_counter() - begin


def _tell_reports(engine: str, size: Size, measured: tuple[list[float], float]) -> None:
    took, whole = measured
    late = sorted(took)[int(len(took) * 0.95)]
    minutes = whole / len(took) * A_DAY / 60
    sys.stdout.write(
        f"\n{engine}: {len(took):,} signals by {size.people} people at once in {whole:.0f} s; each took "
        f"{statistics.median(took) * 1000:.0f} ms (95th percentile {late * 1000:.0f} ms). "
        f"A day of {A_DAY:,} would take {minutes:.0f} minutes.\n"
    )
    sys.stdout.flush()


def _many_signals(count: int) -> None:
    """Give the team as many open signals as the list is measured with."""
    from django.utils import timezone

    from ongedeeld.web.signals.contents import Contents
    from ongedeeld.web.signals.models import Signal, SignalPlace, Team

    team, now, today = Team.objects.get(name="Bench"), timezone.now(), timezone.localdate()
    contents = Contents(address="Kerkstraat 1", note="De gordijnen zijn al dagen dicht.")
    owners = list(team.members.values_list("person", flat=True))
    for first in range(0, count, BATCH):
        came = [(uuid4(), now - timedelta(minutes=number)) for number in range(first, first + BATCH)]
        made = Signal.objects.bulk_create(
            Signal(
                key=key,
                kind=Signal.Kind.CONCERN,
                seen_on=at.date(),
                received_at=at,
                team=team,
                owner=owners[number % len(owners)],
                due=today + timedelta(days=number % 30 - 10),
                answered_at=None if number % 10 < 10 * WAITING else at + timedelta(days=1),
                contact_at=None if number % 10 < 10 * WAITING else at + timedelta(days=number % 9),
                remove_after=today + timedelta(days=700),
                sealed=contents.sealed_for(key),
            )
            for number, (key, at) in enumerate(came)
        )
        SignalPlace.objects.bulk_create(
            SignalPlace(signal=one, code=code) for one in made for code in (*team.areas, "WK")
        )
