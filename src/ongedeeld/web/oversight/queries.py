"""Who did and saw what, what runs, and which versions there were: for who may watch over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.paginator import Page
from django.db.models import QuerySet

from ongedeeld.errors import N_, AbsentError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of, table
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.areas.places import Place, places_of
from ongedeeld.web.audit import queries as audit
from ongedeeld.web.audit.actions import seen
from ongedeeld.web.audit.models import Entry, Removal
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.queries import current
from ongedeeld.web.jobs import queries as jobs
from ongedeeld.web.jobs.kinds import kind_of
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.oversight.unsigned import UNSIGNED, WORKBENCH
from ongedeeld.web.oversight.wording import KIND_TEXTS, VERB_TEXTS


@dataclass(frozen=True)
class Found:
    """A page of what a search of the audit record found, with the names of who did it."""

    page: Page[Entry]
    names: dict[UUID, str]
    places: Mapping[str, Place]
    removals: QuerySet[Removal]


def search_audit(person: Person, wanted: audit.Search, page: int = 1) -> Found:
    """Search who did and who saw what; that somebody searched is itself written.

    Raises
    ------
    Refused
        When the person may not.
    """
    require(person, "oversight.search_audit")
    seen(person, "audit record", "search", wanted.asked)
    places = _places(person)
    named = places_called(wanted.thing, places)
    found = audit.search(replace(wanted, things=named), page)
    about = {code: places[code] for entry in found for code in (entry.place, entry.thing) if code in places}
    return Found(found, names_of(entry.actor for entry in found), about, audit.removals()[:10])


def _places(person: Person) -> Mapping[str, Place]:
    """The neighbourhoods and complexes of the City that is read, by code or number."""
    opened = current(person)
    if opened is None:
        return {}
    known = places_of(opened)
    return {**known.complexes, **known.neighbourhoods}


def places_called(words: str, places: Mapping[str, Place]) -> frozenset[str]:
    """The codes of the places that have this code or this name, whatever the capitals."""
    asked = words.strip().casefold()
    if not asked:
        return frozenset()
    return frozenset(code for code, one in places.items() if asked in (code.casefold(), one.name.casefold()))


def verb_text(verb: str) -> str:
    """What a verb of the record means: as it is told of the past, else as a right; else the verb itself."""
    permission = table().get(verb)
    return VERB_TEXTS.get(verb) or (permission.text if permission else verb)


def unsigned_text(verb: str) -> str:
    """Who did something for which nobody signed in: never a name, only on which side."""
    return UNSIGNED.get(verb, WORKBENCH)


LISTS = frozenset({"all", "export", "own", "reported", "search"})
"""What the record names in place of a thing where somebody saw a list or took it along."""


def named(entry: Entry) -> str:
    """The place or the key of what an entry is about; empty for a list, which its kind tells enough of."""
    told = entry.place or entry.thing
    return "" if told in LISTS else told


def thing_text(kind: str) -> str:
    """What a kind of thing in the record is called; a kind without a text keeps its word."""
    return KIND_TEXTS.get(kind, kind)


@dataclass(frozen=True)
class JobPage:
    """A page of jobs, and whether those are everybody's."""

    page: Page[Job]
    names: dict[UUID, str]
    everybodys: bool


def jobs_of(person: Person, page: int = 1) -> JobPage:
    """The jobs that the person may follow: their own, or everybody's."""
    require(person, "oversight.see_job")
    everybodys = extent_of(person, "oversight.see_job").everywhere
    found = jobs.asked(None if everybodys else person.key, page)
    return JobPage(found, names_of(job.asked_by for job in found), everybodys)


def job_of(person: Person, key: UUID) -> Job:
    """One job.

    Raises
    ------
    AbsentError
        When there is none of this key.
    Refused
        When somebody else asked for it, and the person does not watch over jobs.
    """
    job = jobs.by_key(key)
    if job is None:
        raise AbsentError(N_("this work is not there: it may have ended long ago"))
    require(person, "oversight.see_job", job)
    return job


def kind_text(job: Job) -> str:
    """What a job does, to be translated."""
    kind = kind_of(job.kind)
    return kind.text if kind else job.kind


def versions(person: Person) -> QuerySet[CityVersion]:
    """Every version of the City that there was, the last first."""
    require(person, "oversight.see_versions")
    return CityVersion.objects.all()
