"""Read jobs. The pages that show them ask for the right to (see `oversight`)."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Page, Paginator

from ongedeeld.web.jobs.kinds import quiet_kinds
from ongedeeld.web.jobs.models import Job

PAGE_SIZE = 50


def by_key(key: UUID) -> Job | None:
    """The job of this key."""
    return Job.objects.filter(key=key).first()


def asked(asked_by: UUID | None, page: int = 1) -> Page[Job]:
    """A page of the jobs that somebody asked for, or of all, the last ones first.

    Of the quiet kinds those that went well are left out.
    """
    jobs = Job.objects.exclude(kind__in=quiet_kinds(), state=Job.State.DONE)
    if asked_by is not None:
        jobs = jobs.filter(asked_by=asked_by)
    return Paginator(jobs, PAGE_SIZE).get_page(page)
