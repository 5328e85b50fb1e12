"""Who did and saw what, what runs, and which versions there were: for who may watch over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page
from django.db.models import QuerySet

from ongedeeld.errors import N_, AbsentError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of, table
from ongedeeld.web.audit import queries as audit
from ongedeeld.web.audit.actions import seen
from ongedeeld.web.audit.models import Entry, Removal
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.jobs import queries as jobs
from ongedeeld.web.jobs.kinds import kind_of
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.oversight.wording import KIND_TEXTS, VERB_TEXTS


@dataclass(frozen=True)
class Found:
    """A page of what a search of the audit record found, with the names of who did it."""

    page: Page[Entry]
    names: dict[UUID, str]
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
    found = audit.search(wanted, page)
    return Found(found, names_of(entry.actor for entry in found), audit.removals()[:10])


def names_of(keys: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of people by key; who was removed has none any more."""
    wanted = {key for key in keys if key is not None}
    return dict(Person.objects.filter(key__in=wanted).values_list("key", "name"))


def verb_text(verb: str) -> str:
    """What a verb of the record means, where the table of permissions tells; else the verb itself."""
    permission = table().get(verb)
    return permission.text if permission else VERB_TEXTS.get(verb, verb)


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
