"""Read versions of the City."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import Opened, opened
from ongedeeld.web.jobs.models import Job


def current(person: Person) -> Opened | None:
    """The City that is read now, or none before the first was accepted.

    Raises
    ------
    Refused
        When the person may see nothing of it.
    """
    require(person, "cities.see_current")
    read = CityVersion.objects.filter(state=CityVersion.State.CURRENT).values_list("key", "folder").first()
    return opened(str(read[0]), read[1]) if read else None


def versions_for(person: Person) -> QuerySet[CityVersion]:
    """Every version that is still there, the last first."""
    require(person, "cities.renew")
    return CityVersion.objects.exclude(state=CityVersion.State.DELETED).defer("report")


def undecided(person: Person) -> int:
    """How many versions came after the one in use, and wait to be accepted, mended or thrown away."""
    in_use = CityVersion.objects.filter(state=CityVersion.State.CURRENT).values("id")[:1]
    newer = versions_for(person).filter(id__gt=Coalesce(Subquery(in_use), 0))
    return newer.filter(state__in=(CityVersion.State.CHECKED, CityVersion.State.REFUSED)).count()


def version_for(person: Person, key: UUID) -> CityVersion:
    """One version.

    Raises
    ------
    Http404
        When there is none of this key.
    """
    require(person, "cities.renew")
    version = CityVersion.objects.filter(key=key).first()
    if version is None:
        raise Http404(N_("There is no such version of the City."))
    return version


def job_of(person: Person, version: CityVersion) -> Job | None:
    """The job that reads a version; none when it is long gone."""
    require(person, "cities.renew")
    return Job.objects.filter(key=version.job).first() if version.job else None


def names_of(person: Person, versions: Iterable[CityVersion]) -> dict[UUID, str]:
    """Who brought versions in, by key; who was removed has no name any more."""
    require(person, "cities.renew")
    keys = {version.made_by for version in versions if version.made_by is not None}
    return dict(Person.objects.filter(key__in=keys).values_list("key", "name"))
