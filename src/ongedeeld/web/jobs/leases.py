"""Take a job up, hold it, give it back, end it: each one update that only its holder can make.

Every update compares the state and the fence that were read before; who comes second changes no row. So no
row is locked while work is done, and both databases do it alike.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from ongedeeld.errors import Marked, OngedeeldError, Translate, said
from ongedeeld.vocabulary import LANGUAGES, translator
from ongedeeld.web.jobs.models import Job


def claim(job: Job, lease: timedelta) -> bool:
    """Take a waiting job up; whether that was possible. `job` then tells the new fence."""
    now = timezone.now()
    taken = Job.objects.filter(pk=job.pk, state=Job.State.WAITING, fence=job.fence).update(
        state=Job.State.RUNNING,
        fence=F("fence") + 1,
        attempts=F("attempts") + 1,
        lease_until=now + lease,
        beat_at=now,
        started_at=now,
    )
    if taken:
        job.refresh_from_db()
    return bool(taken)


def beat(job: Job, lease: timedelta, **fields: Any) -> bool:
    """Extend the lease, and write how far the work is; whether the job is still held."""
    now = timezone.now()
    return bool(_held(job).update(lease_until=now + lease, beat_at=now, **fields))


def give_back(job: Job, wait: timedelta) -> bool:
    """Let it wait to be taken up again; whether it was still held."""
    return bool(_held(job).update(state=Job.State.WAITING, lease_until=timezone.now() + wait))


def end(job: Job, state: Job.State, **fields: Any) -> bool:
    """Write how it ended; whether it was still held, so that this counts."""
    return bool(_held(job).update(state=state, ended_at=timezone.now(), lease_until=None, **fields))


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, fence=job.fence)


def in_both_languages(text: str | OngedeeldError, **fields: object) -> dict[str, str]:
    """A text or an error in both languages, to be kept in a row."""

    def told(translate: Translate) -> str:
        if isinstance(text, OngedeeldError):
            return text.say(translate)
        return translate(Marked(text)).format(
            **{name: said(field, translate) for name, field in fields.items()}
        )

    return {language: told(translator(language).gettext) for language in LANGUAGES}
