"""Bring versions of the City in, and choose which is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.arriving import Upload, keep
from ongedeeld.web.cities.clearing import clear_folders
from ongedeeld.web.cities.losing import losses_in
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import folder_of
from ongedeeld.web.jobs import actions as jobs
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.jobs.queries import by_key

RENEW = "cities.renew"
CHECK = "cities.check"
State, Way = CityVersion.State, CityVersion.Way


class ChangedMeanwhileError(InputError):
    """Somebody else did something with this version, or accepted another one, in the meantime."""


def store(city: City, *, actor: Person | None) -> CityVersion:
    """Keep a City as a new version, which nobody reads until it is accepted."""
    _require(actor)
    folder = uuid4().hex
    city.save(folder_of(folder))
    with transaction.atomic():
        version = CityVersion.objects.create(
            name=city.manifest.name,
            region=city.manifest.region,
            folder=folder,
            invented=city.manifest.invented,
            state=State.CHECKED,
            made_by=actor.key if actor else None,
        )
        record(actor, "cities.store", "city version", version.key)
    return version


def bring_in(
    uploads: Sequence[Upload],
    *,
    actor: Person | None,
    region: str = "",
    anew: bool = False,
    way: CityVersion.Way = Way.UPLOAD,
    digest: str = "",
) -> CityVersion:
    """Keep files that arrived and let a job read and check them; nothing else changes.

    Parameters
    ----------
    uploads
        The files.
    actor
        Who brings them in; none is the workbench itself.
    region
        The municipality; empty is that of the version that is read.
    anew
        Whether published figures of before are left behind.
    way, digest
        How they came, and their checksum where nobody watched.

    Raises
    ------
    InputError
        When a file is not what its name says, or cannot be kept.
    """
    _require(actor)
    folder, names = keep(uploads)
    return _wait(folder, actor, region=region, files=names, anew=anew, way=way, digest=digest)


def fetch(region: str, *, actor: Person, anew: bool = False) -> CityVersion:
    """Let a job fetch the open data of a municipality, and read and check them."""
    _require(actor)
    return _wait(uuid4().hex, actor, region=region, anew=anew, way=Way.FETCH)


@transaction.atomic
def _wait(folder: str, actor: Person | None, **fields: object) -> CityVersion:
    version = CityVersion.objects.create(
        folder=folder, state=State.WAITING, made_by=actor.key if actor else None, **fields
    )
    record(actor, "cities.bring_in", "city version", version.key, ["files"])
    _ask_check(version, actor)
    return version


def _ask_check(version: CityVersion, actor: Person | None) -> None:
    version.job = jobs.ask(CHECK, {"version": str(version.key)}, actor=actor).key
    version.save(update_fields=["job"])


@transaction.atomic
def check_again(version: CityVersion, *, actor: Person) -> None:
    """Read and check again what was brought in, over the version that is read now.

    Raises
    ------
    ChangedMeanwhileError
        When it was accepted, discarded or is being read.
    """
    _require(actor)
    states = (State.CHECKED, State.REFUSED, State.WAITING)
    job = _job_of(version)
    if job is not None and job.is_open:
        raise _other_state()
    _move(version, states, State.WAITING, report={})
    _ask_check(version, actor)
    record(actor, "cities.check_again", "city version", version.key, ["state"])


@transaction.atomic
def stop_check(version: CityVersion, *, actor: Person) -> None:
    """Stop the reading and checking; what was brought in stays, to be checked again or discarded."""
    _require(actor)
    job = _job_of(version)
    if job is None or not jobs.cancel(job, actor=actor):
        raise ChangedMeanwhileError(N_("this work has ended, or was asked to stop already"))


def accept(
    version: CityVersion,
    *,
    actor: Person | None,
    despite_errors: bool = False,
    despite_losses: bool = False,
) -> None:
    """Let everybody read this version from now on; the one before can be returned to.

    Parameters
    ----------
    version
        A version that was checked.
    actor
        Who accepts; none is the workbench itself.
    despite_errors
        Whether errors that the check found were seen.
    despite_losses
        Whether it was seen that much is gone beside the version in use.

    Raises
    ------
    InputError
        When it has errors or losses that were not seen.
    ChangedMeanwhileError
        When it is not waiting for acceptance any more, or was checked beside another version than is read.
    """
    _require(actor)
    if version.report.get("counts", {}).get("error") and not despite_errors:
        raise InputError(
            N_("this version has errors"),
            remedy=N_("mend the files and bring them in again, or tick that you have seen the errors"),
        )
    if losses_in(version.report) and not despite_losses:
        raise InputError(
            N_("much of the version in use is gone in this one"),
            remedy=N_("bring in the whole files, or tick that you have seen what is gone"),
        )
    _put_in_use(version, State.CHECKED, "cities.accept", actor)


def roll_back(version: CityVersion, *, actor: Person) -> None:
    """Let everybody read an earlier version again.

    Raises
    ------
    ChangedMeanwhileError
        When it is not an earlier version any more.
    CityError
        When its folder is gone or damaged; then nothing changes.
    """
    _require(actor)
    City.open(folder_of(version.folder))
    _put_in_use(version, State.RETIRED, "cities.roll_back", actor)


def _put_in_use(version: CityVersion, before: CityVersion.State, verb: str, actor: Person | None) -> None:
    """Move the pointer: one transaction, in which the database itself sees to there being one current."""
    now = timezone.now()
    try:
        with transaction.atomic():
            current = CityVersion.objects.filter(state=State.CURRENT).first()
            if before == State.CHECKED:
                _refuse_other_base(version, current)
            if current is not None:
                _move(current, (State.CURRENT,), State.RETIRED, ended_at=now)
            _move(version, (before,), State.CURRENT, accepted_at=now, ended_at=None)
            record(actor, verb, "city version", version.key, ["state", "accepted_at"])
            _warm(version, now, actor)
    except IntegrityError as error:
        raise _other_state() from error


def _refuse_other_base(version: CityVersion, current: CityVersion | None) -> None:
    if version.way != Way.MADE and version.base != (current.key if current else None):
        raise ChangedMeanwhileError(
            N_("another version was taken into use since this one was checked"),
            remedy=N_("check it again, and see what it changes then"),
        )


def _warm(version: CityVersion, now: datetime, actor: Person | None) -> None:
    """Ask for the work that follows a change of version, as the setting names it."""
    for kind in settings.CITY_ACCEPTED:
        once = f"{kind}:{version.key}:{now.isoformat()}"
        jobs.ask(kind, {"version": str(version.key)}, actor=actor, once=once)


def discard(version: CityVersion, *, actor: Person) -> None:
    """Throw away what was brought in and not accepted.

    Raises
    ------
    ChangedMeanwhileError
        When it is in use, was in use, or is gone already.
    """
    _require(actor)
    with transaction.atomic():
        _move(version, (State.WAITING, State.CHECKED, State.REFUSED), State.DELETED, ended_at=timezone.now())
        job = _job_of(version)
        if job is not None:
            jobs.cancel(job, actor=actor)
        record(actor, "cities.discard", "city version", version.key, ["state"])
    clear_folders(version)


def _move(
    version: CityVersion, before: Sequence[CityVersion.State], after: CityVersion.State, **fields: object
) -> None:
    """From one state to another, where nobody was first."""
    moved = CityVersion.objects.filter(pk=version.pk, state__in=before).update(state=after, **fields)
    if not moved:
        raise _other_state()
    version.refresh_from_db()


def _other_state() -> ChangedMeanwhileError:
    return ChangedMeanwhileError(
        N_("something else was done with the versions in the meantime"),
        remedy=N_("look at the versions as they are now"),
    )


def _job_of(version: CityVersion) -> Job | None:
    return by_key(version.job) if version.job else None


def _require(actor: Person | None) -> None:
    """Nobody is the workbench itself, which keeps to what was set."""
    if actor is not None:
        require(actor, RENEW)
