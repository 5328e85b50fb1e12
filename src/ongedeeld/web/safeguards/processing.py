"""Write the processing log, in the form of the standard Logboek dataverwerkingen of Logius.

Every operation on data of people writes a line: none is left out as a sample. The line names no user; the
audit record does, and both carry the key of the operation.

https://logius-standaarden.github.io/logboek-dataverwerkingen/
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.utils import timezone

from ongedeeld.errors import OngedeeldError
from ongedeeld.web.audit.tracing import operation as written_in_audit
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.safeguards.purposes import purposes
from ongedeeld.web.safeguards.sealing import blind, seal

_BLIND = re.compile(r"[0-9a-f]{64}")
_EXPECTED = (OngedeeldError, PermissionDenied)
"""What ends an operation without a defect: it was refused, or asked for what cannot be."""


@dataclass
class Doing:
    """An operation that goes on.

    Parameters
    ----------
    name, activity
        What is done, and for which purpose.
    trace, parent
        The operation of which this is a part; of its own where there is none.
    """

    name: str
    activity: str
    trace: str
    parent: str = ""
    operation: str = field(default_factory=lambda: secrets.token_hex(8))
    start: datetime = field(default_factory=timezone.now)
    subjects: list[str] = field(default_factory=list)

    def about(self, subject: str) -> None:
        """Say whom it is about, too: a home, as it is given to `blind`, or its blind key."""
        if subject and (key := pseudonym(subject)) not in self.subjects:
            self.subjects.append(key)

    @property
    def traceparent(self) -> str:
        """The header by which another organisation knows the operation (W3C Trace Context)."""
        return f"00-{self.trace}-{self.operation}-01"

    def write(self, status: Processed.Status) -> None:
        """Write its line; where it is about several, one for each below it, as the standard asks."""
        only = self.subjects[0] if len(self.subjects) == 1 else ""
        lines = [self._line(status, self.operation, self.parent, only)]
        if not only:
            lines += [self._line(status, secrets.token_hex(8), self.operation, one) for one in self.subjects]
        Processed.objects.bulk_create(lines)

    def _line(self, status: Processed.Status, operation: str, parent: str, subject: str) -> Processed:
        return Processed(
            trace=self.trace,
            operation=operation,
            parent=parent,
            status=status,
            name=self.name,
            activity=self.activity,
            start=self.start,
            end=timezone.now(),
            subject=seal(subject, bound_to(operation)) if subject else "",
            subject_key=found_by(subject) if subject else "",
        )


_going_on: ContextVar[Doing | None] = ContextVar("going_on", default=None)


@contextmanager
def processing(name: str, *, of: str, subject: str = "") -> Iterator[Doing]:
    """Process data of people: what is done and its lines in the log are written together, or neither.

    Put it around a transaction, not into one: where the operation fails, its line is written after what it
    changed was undone.

    Parameters
    ----------
    name
        What is done: the verb of the audit record. Never a word about somebody.
    of
        The purpose for which the data are kept.
    subject
        Whom it is about: a home, as it is given to `blind`, or its blind key; none for a place.

    Raises
    ------
    KeyError
        When there is no such purpose: a defect of who asks.
    """
    with _doing(name, of, subject) as doing, transaction.atomic():
        yield doing
        doing.write(Processed.Status.UNSET)


@contextmanager
def seeing(name: str, *, of: str, subject: str = "") -> Iterator[Doing]:
    """Show data of people and change nothing: as :func:`processing`, without a transaction around it.

    On SQLite a transaction lets nobody else write for as long as a page is drawn.
    """
    with _doing(name, of, subject) as doing:
        yield doing
        doing.write(Processed.Status.UNSET)


@contextmanager
def _doing(name: str, of: str, subject: str) -> Iterator[Doing]:
    """An operation, of which all that is recorded meanwhile carries the key; its line where it fails."""
    around = _going_on.get()
    doing = Doing(
        name,
        purposes()[of].name,
        around.trace if around else secrets.token_hex(16),
        around.operation if around else "",
    )
    doing.about(subject)
    mine, audited = _going_on.set(doing), written_in_audit.set(doing.operation)
    try:
        yield doing
    except Exception as error:
        _write_failed(doing, error)
        raise
    finally:
        written_in_audit.reset(audited)
        _going_on.reset(mine)


def _write_failed(doing: Doing, error: Exception) -> None:
    expected = isinstance(error, _EXPECTED)
    if connection.in_atomic_block and connection.needs_rollback:
        return  # all around it is undone, this line too
    with suppress(Error):  # without a database there is no log; the failure itself is told on
        doing.write(Processed.Status.UNSET if expected else Processed.Status.ERROR)


def pseudonym(subject: str) -> str:
    """The blind key of a subject, which may be one already."""
    return subject if _BLIND.fullmatch(subject) else blind(subject)


def found_by(subject: str) -> str:
    """By which key the lines about a subject are found.

    It is another than where the data of that subject lie, so that a copy of the database does not lead from
    one to the other.
    """
    return blind(f"processing:{pseudonym(subject)}")


def bound_to(operation: str) -> str:
    """To what the subject of a line is sealed."""
    return f"processing:{operation}"
