"""Read jobs. The pages that show them ask for the right to (see `oversight`)."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Page, Paginator

from ongedeeld.web.jobs.models import Job

PAGE_SIZE = 50


def by_key(key: UUID) -> Job | None:
    """The job of this key."""
    return Job.objects.filter(key=key).first()


def asked(asked_by: UUID | None, page: int = 1) -> Page[Job]:
    """A page of the jobs that somebody asked for, or of all, the last ones first."""
    jobs = Job.objects.all() if asked_by is None else Job.objects.filter(asked_by=asked_by)
    return Paginator(jobs, PAGE_SIZE).get_page(page)


def is_busy(kind: str) -> bool:
    """Whether a job of this kind waits or runs."""
    return Job.objects.filter(kind=kind, state__in=(Job.State.WAITING, Job.State.RUNNING)).exists()
