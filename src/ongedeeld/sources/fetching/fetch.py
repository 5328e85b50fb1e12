"""Fetch what a City of one municipality is built from: from its owners, into a folder, ready for `build`."""

from __future__ import annotations

import re
import shlex
import time
import tomllib
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

import platformdirs

from ongedeeld.errors import N_, FetchError, InputError, Place, Translate
from ongedeeld.sources.build import Inputs
from ongedeeld.sources.fetching.basket import Basket, FetchedFile
from ongedeeld.sources.fetching.cache import Cache
from ongedeeld.sources.fetching.client import LATER, AbsentThereError, Client, Progress
from ongedeeld.sources.fetching.shapes import fetch_shapes
from ongedeeld.sources.fetching.tables import Table, fetch_table

KINDS = ("kwb", "livability", "proximity", "boundaries", "crime")


@dataclass(frozen=True)
class Hosts:
    """Where the owners keep their data: CBS, what CBS publishes for others, PDOK, and the Leefbaarometer."""

    statline: str = "https://opendata.cbs.nl"
    third_parties: str = "https://dataderden.cbs.nl"
    boundaries: str = "https://api.pdok.nl"
    livability: str = "https://www.leefbaarometer.nl"


OWNERS = Hosts()


@dataclass(frozen=True)
class Fetched:
    """What was fetched.

    `inputs` is ready for :func:`ongedeeld.sources.build`; `files` tells of each file whence it came and its
    checksum, as `fetched.json` in the folder does.
    """

    region: str
    folder: Path
    inputs: Inputs
    files: tuple[FetchedFile, ...]

    def command(self, out: str = "city") -> str:
        """The command that builds a City from these files."""
        options = [(f"--{kind}", str(path)) for kind in KINDS for path in getattr(self.inputs, kind)]
        return shlex.join(["ongedeeld", "build", self.region, *chain(*options), "--out", out])


class IncompleteError(FetchError):
    """Some of it could not be fetched.

    `fetched` is what could be, and is in the folder; `failures` tells what went wrong with the rest.
    """

    def __init__(self, fetched: Fetched, failures: Sequence[FetchError]) -> None:
        problem = N_("not everything could be fetched; in the folder are: {files}")
        remedy = N_("run it again later (what is in the folder is kept), or go on with that: {command}")
        if not fetched.files:
            problem = N_("nothing was fetched")
            remedy = N_("check the connection to the internet and run it again")
        super().__init__(
            problem,
            place=Place(fetched.folder),
            remedy=remedy,
            files=", ".join(file.name for file in fetched.files),
            command=fetched.command(),
        )
        self.fetched = fetched
        self.failures = tuple(failures)

    def say(self, translate: Translate = str) -> str:
        """The whole message, with a line for each failure, through `translate`."""
        first, *rest = super().say(translate).split("\n")
        said = (f"- {failure.say(translate).splitlines()[0]}" for failure in self.failures)
        return "\n".join([first, *dict.fromkeys(said), *rest])


class _NoFiguresError(FetchError):
    """A table has no figures of this municipality, or not yet."""


def fetch(
    region: str,
    folder: str | Path,
    *,
    today: date,
    years: Sequence[int] | None = None,
    hosts: Hosts = OWNERS,
    progress: Progress | None = None,
    store: Path | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Fetch the open data of a municipality from its owners.

    That is: the neighbourhood figures of CBS (KWB), the newest proximity figures, registered crime per year,
    the boundaries, and the Leefbaarometer. What did not change since an earlier call is not downloaded again,
    and a download that broke off goes on where it was.

    Parameters
    ----------
    region
        The code of a municipality, such as `GM0344`.
    folder
        Where the files go, with `fetched.json`: a list of them with their checksums.
    today
        The day that this list names.
    years
        The years of the neighbourhood figures; by default the newest three that have figures.
    hosts
        Where to ask.
    progress
        Told the name of what is being downloaded, the bytes so far, and the bytes in all where that is known.
    store
        Where downloads are kept for a next time; by default the cache folder of the user.
    pause
        Waits a number of seconds between tries.

    Raises
    ------
    InputError
        When the region is not a municipality, or a year is not known.
    FetchError
        When something could not be fetched. It says what and why; all that could be fetched is in the folder.
    """
    _refuse_bad_request(region, years)
    store = store or Path(platformdirs.user_cache_dir("ongedeeld", appauthor=False))
    try:
        basket = Basket(Path(folder), region, today)
        with Client(Cache(store), progress, pause) as client:
            failures = _Errand(region, hosts, client, basket).run(years)
    except OSError as error:
        raise FetchError(
            N_("the files cannot be written ({detail})"),
            place=Place(error.filename or folder),
            remedy=N_("check the space on the disk and who may write there, or give another folder"),
            detail=error.strerror or str(error),
        ) from error
    inputs = Inputs(
        kwb=basket.paths("kwb"),
        livability=basket.paths("livability"),
        proximity=basket.paths("proximity"),
        boundaries=basket.paths("boundaries"),
        crime=basket.paths("crime"),
    )
    fetched = Fetched(region, Path(folder), inputs, tuple(basket.files.values()))
    if failures:
        raise IncompleteError(fetched, failures)
    return fetched


@dataclass(frozen=True)
class _Errand:
    """One run: what to ask of each host, by `fetching.toml`."""

    region: str
    hosts: Hosts
    client: Client
    basket: Basket

    def run(self, years: Sequence[int] | None) -> list[FetchError]:
        """Fetch everything that can be fetched; what went wrong with the rest."""
        failures = []
        steps: dict[str, Callable[[], None]] = {
            "kwb": lambda: self.tables("kwb", years),
            "proximity": lambda: self.tables("proximity"),
            "crime": self.crime,
            "boundaries": self.boundaries,
            "livability": self.livability,
        }
        for kind, step in steps.items():
            try:
                step()
            except FetchError as error:
                failures.append(error)
                self.basket.keep_earlier(kind)
        return failures

    def tables(self, kind: str, years: Sequence[int] | None = None) -> None:
        """The tables that come out every year: those years, or the newest ones that have figures."""
        plan = _plan()[kind]
        numbers = {int(year): number for year, number in plan["tables"].items()}
        failure: FetchError | None = None
        found = 0
        for year in sorted(years or numbers, reverse=True):
            table = Table(self._site(plan), numbers[year], f"{plan['title']} {year}", year)
            try:
                self._put_table(kind, f"{kind}-{year}.json", table)
            except (_NoFiguresError, AbsentThereError) as error:
                failure = failure or error
                continue
            found += 1
            if not years and found == plan["take"]:
                return
        if failure and (years or not found):
            raise failure

    def crime(self) -> None:
        """Registered crime, all kinds together, in all years."""
        plan = _plan()["crime"]
        table = Table(self._site(plan), plan["table"], plan["title"], only=plan["only"])
        self._put_table("crime", "crime.json", table)

    def boundaries(self) -> None:
        """The boundaries of the newest division that is there, but none newer than the figures."""
        plan = _plan()["boundaries"]
        newest = max((_year_of(path) for path in self.basket.paths("kwb")), default=max(plan["years"]))
        years = [year for year in plan["years"] if year <= newest] or plan["years"]
        absent: FetchError | None = None
        for year in years:
            try:
                return self._boundaries_of(year, plan)
            except AbsentThereError as error:
                absent = error
        if absent:
            raise absent
        return None

    def livability(self) -> None:
        """The Leefbaarometer, as the whole country in one archive."""
        plan = _plan()["livability"]
        url = self._site(plan) + plan["path"]
        name = url.rpartition("/")[2]
        path = self.client.file(url, plan["title"])
        if not zipfile.is_zipfile(path):
            self.client.cache.drop(url)
            raise FetchError(
                N_("{url} is not the archive that it should be"),
                expected=N_("a zip file with the scores of the Leefbaarometer"),
                remedy=LATER,
                url=url,
            )
        self.basket.put(name, path, kind="livability", title=plan["title"], url=url)

    def _site(self, plan: Mapping[str, Any]) -> str:
        site: str = getattr(self.hosts, plan["host"])
        return site.rstrip("/")

    def _put_table(self, kind: str, name: str, table: Table) -> None:
        path = fetch_table(self.client, table, self.region)
        if path is None:
            raise _NoFiguresError(
                N_("{title} has no figures of {region}"),
                remedy=N_("check the code of the municipality; it may have merged with another"),
                title=table.what,
                region=self.region,
            )
        self.basket.put(name, path, kind=kind, title=table.what, url=table.url("TypedDataSet"))

    def _boundaries_of(self, year: int, plan: Mapping[str, Any]) -> None:
        what = f"{plan['title']} {year}"
        shapes = {}
        for collection in plan["collections"]:
            path = plan["path"].format(year=year, collection=collection, region=self.region)
            url = self._site(plan) + path
            shapes[collection] = (
                url,
                fetch_shapes(self.client, url, plan["property"], self.region, f"{what}, {collection}"),
            )
        for collection, (url, content) in shapes.items():
            name = f"boundaries-{year}-{collection}.geojson"
            self.basket.put(name, content, kind="boundaries", title=what, url=url)


@cache
def _plan() -> Mapping[str, Any]:
    text = (files("ongedeeld.sources.fetching") / "fetching.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _year_of(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])


def _refuse_bad_request(region: str, years: Sequence[int] | None) -> None:
    if not re.fullmatch(r"GM\d{4}", region):
        raise InputError(
            N_("'{region}' is not the code of a municipality"),
            expected=N_("a code such as GM0344"),
            remedy=N_("look the code up in the list of municipalities of CBS"),
            region=region,
        )
    known = [int(year) for year in _plan()["kwb"]["tables"]]
    strange = [year for year in years or () if year not in known]
    if strange:
        raise InputError(
            N_("there are no neighbourhood figures of {year}"),
            expected=N_("a year from {first} to {last}"),
            remedy=N_("leave the years out for the newest ones"),
            year=strange[0],
            first=min(known),
            last=max(known),
        )
