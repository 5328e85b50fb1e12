"""The work of who brings letters away, done at once."""

from __future__ import annotations

from ongedeeld.web.jobs.kinds import quiet_kinds
from ongedeeld.web.jobs.messages import attempt
from ongedeeld.web.jobs.models import Job


def post_goes() -> None:
    """Let every letter that waits be sent, as a worker does."""
    for job in Job.objects.filter(kind__in=quiet_kinds(), state=Job.State.WAITING).order_by("id"):
        attempt(job)
