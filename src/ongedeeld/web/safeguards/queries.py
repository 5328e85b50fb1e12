"""For what data are kept, what was done with them and what was removed: for who may see each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ongedeeld import __version__
from ongedeeld.errors import N_, AbsentError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record, seen
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.safeguards.models import FieldKey, Processed, Removed
from ongedeeld.web.safeguards.processing import found_by
from ongedeeld.web.safeguards.purposes import Purpose, purposes
from ongedeeld.web.safeguards.removing import beginning_of

PAGE_SIZE = 50
SEE = "safeguards.see_processing"


@dataclass(frozen=True)
class Wanted:
    """Which lines of the log are asked; what is empty is not asked. Both days count."""

    activity: str = ""
    status: int | None = None
    key: str = ""
    from_day: date | None = None
    until_day: date | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of what is asked."""
        return tuple(name for name, value in vars(self).items() if value not in ("", None))


@dataclass(frozen=True)
class Operation:
    """A line of the log, those below it, what the audit record holds of it, and the names of who did it."""

    line: Processed
    below: list[Processed]
    entries: list[Entry]
    names: dict[Any, str]


def purposes_for(person: Person) -> list[Purpose]:
    """Every purpose."""
    require(person, "safeguards.see_purposes")
    return list(purposes().values())


def keys_for(person: Person) -> QuerySet[FieldKey]:
    """The names of the keys, since when they seal and until when they did."""
    require(person, SEE)
    return FieldKey.objects.all()


def removed_for(person: Person, page: int = 1) -> Page[Removed]:
    """What was removed, the last first."""
    require(person, SEE)
    return Paginator(Removed.objects.all(), PAGE_SIZE).get_page(page)


@dataclass(frozen=True)
class Logged:
    """A page of operations, and of how many homes each tells with all that it led to, by its trace."""

    page: Page[Processed]
    homes: dict[str, int]


def processed_for(person: Person, wanted: Wanted, page: int = 1) -> Logged:
    """A page of the log, the last operations first; that somebody looked is itself written.

    A list of homes is one operation with a line below it for each: those stand on the page of the operation.
    """
    require(person, SEE)
    seen(person, "processing log", "search", wanted.asked)
    found = Paginator(_operations(wanted), PAGE_SIZE).get_page(page)
    below = Processed.objects.filter(trace__in={line.trace for line in found}).exclude(subject_key="")
    counted = below.order_by().values_list("trace").annotate(homes=Count("subject_key", distinct=True))
    return Logged(found, dict(counted))


def operation_for(person: Person, operation: str) -> Operation:
    """One operation, and who did it where the audit record tells.

    Raises
    ------
    AbsentError
        When the log holds none of this key.
    """
    require(person, SEE)
    line = Processed.objects.filter(operation=operation).first()
    if line is None:
        raise AbsentError(N_("the log holds no operation of this key: it may be past its term"))
    require(person, "oversight.search_audit")
    seen(person, "processing log", operation)
    entries = list(Entry.objects.filter(processing__in=(line.operation, line.parent)).exclude(processing=""))
    names = dict(Person.objects.filter(key__in={one.actor for one in entries}).values_list("key", "name"))
    return Operation(
        line, list(Processed.objects.filter(trace=line.trace, parent=line.operation)), entries, names
    )


def lines_about(person: Person, subject: str) -> QuerySet[Processed]:
    """Every line about a subject, the last first: what a resident is told who asks what was done.

    Parameters
    ----------
    person
        Who asks.
    subject
        A home, as it is given to `blind`, or its blind key.
    """
    require(person, SEE)
    return Processed.objects.filter(subject_key=found_by(subject))


def exported(person: Person, wanted: Wanted, register: str) -> Iterator[dict[str, Any]]:
    """The lines of the log in the form of the standard; that they were taken along is written.

    Parameters
    ----------
    person, wanted
        Who asks, and for which lines.
    register
        The address of the register of processing activities, to which the name of one is added.
    """
    require(person, SEE)
    record(person, "safeguards.export_processing", "processing log", "export", wanted.asked)
    lines = _found(wanted).order_by("id").iterator(chunk_size=1000)
    return (as_standard(line, register) for line in lines)


def as_standard(line: Processed, register: str) -> dict[str, Any]:
    """A line as the standard Logboek dataverwerkingen names its fields; empty optional ones are left out."""
    about = {"dpl.core.data_subject_id": line.subject, "dpl.core.data_subject_id_type": "home"}
    told = {
        "trace_id": line.trace,
        "span_id": line.operation,
        "parent_span_id": line.parent,
        "status_code": Processed.Status(line.status).name,
        "name": line.name,
        "start_time": _milliseconds(line.start),
        "end_time": _milliseconds(line.end),
        "resource": {"attributes": {"service.name": "ongedeeld", "service.version": __version__}},
        "attributes": {
            "dpl.core.processing_activity_id": f"{register}#{line.activity}",
            **(about if line.subject else {}),
        },
    }
    return {name: value for name, value in told.items() if value != ""}


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _operations(wanted: Wanted) -> QuerySet[Processed]:
    """The lines that were asked, without those that tell the same as the line above them, of one home."""
    lines = _found(wanted)
    if wanted.key:
        return lines
    if not wanted.activity:
        return lines.filter(parent="")
    above = Processed.objects.filter(operation=OuterRef("parent"), activity=OuterRef("activity"))
    return lines.filter(Q(parent="") | ~Exists(above))


def _found(wanted: Wanted) -> QuerySet[Processed]:
    lines = Processed.objects.all()
    if wanted.activity:
        lines = lines.filter(activity=wanted.activity)
    if wanted.status is not None:
        lines = lines.filter(status=wanted.status)
    if wanted.key:
        column = "operation" if len(wanted.key) == 16 else "trace"
        lines = lines.filter(**{column: wanted.key})
    if wanted.from_day:
        lines = lines.filter(start__gte=beginning_of(wanted.from_day))
    if wanted.until_day:
        lines = lines.filter(start__lt=beginning_of(wanted.until_day + timedelta(days=1)))
    return lines
