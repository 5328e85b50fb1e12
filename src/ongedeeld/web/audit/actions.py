"""Write to the record, and remove what is older than its term."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils import timezone

from ongedeeld.errors import N_, InputError
from ongedeeld.web.audit.guarding import SHORTEST_TERM_DAYS
from ongedeeld.web.audit.models import Entry, Removal
from ongedeeld.web.audit.tracing import operation

SEEN = "seen"
"""The verb of looking at something."""


class Actor(Protocol):
    """Whoever acts: a person with a key."""

    @property
    def key(self) -> UUID:
        """The key that outlives the person."""


def record(
    actor: Actor | None, verb: str, kind: str, thing: object, fields: Iterable[str] = (), *, place: str = ""
) -> Entry:
    """Write that something was done or seen; call it in the transaction of the change itself.

    Parameters
    ----------
    actor
        Who signed in and acts; none is the workbench itself, or a resident or partner without an account:
        `verb` tells which.
    verb
        What was done, such as `areas.overrule` or `areas.see_complex`.
    kind, thing
        What it was done to: its kind and its key.
    fields
        The names of the fields that changed or were seen; never their values.
    place
        The code or number of the place that the thing is about, such as the complex of a view: a search on
        the place finds it.
    """
    return Entry.objects.create(
        actor=actor.key if actor else None,
        verb=verb,
        kind=kind,
        thing=str(thing),
        fields=sorted(set(fields)),
        place=place,
        processing=operation.get(),
    )


def seen(actor: Actor, kind: str, thing: object, fields: Iterable[str] = ()) -> Entry:
    """Write that somebody looked at something; call it in the view or export that shows it.

    Parameters
    ----------
    actor
        Who looks.
    kind, thing
        What is shown: its kind and its key, such as `complex` and its number.
    fields
        The names of what was shown of it, where not everybody sees all.
    """
    return record(actor, SEEN, kind, thing, fields)


@transaction.atomic
def remove_older(term_days: int, *, actor: Actor | None) -> Removal | None:
    """Remove the entries that are older than a term, and write how many went and of which days.

    Parameters
    ----------
    term_days
        For how many days entries are kept; at least a year.
    actor
        Who removes; none is the workbench itself, on its daily round.

    Returns
    -------
    What was written of it; none when there was nothing that old.

    Raises
    ------
    InputError
        When the term is shorter than a year.
    """
    if term_days < SHORTEST_TERM_DAYS:
        raise InputError(
            N_("the audit record cannot be kept for {days} days only"),
            expected=N_("at least {shortest} days"),
            days=term_days,
            shortest=SHORTEST_TERM_DAYS,
        )
    before = timezone.now() - timedelta(days=term_days)
    old = Entry.objects.filter(at__lt=before)
    going = old.aggregate(count=Count("id"), first_at=Min("at"), last_at=Max("at"))
    if not going["count"]:
        return None
    removal = Removal.objects.create(
        actor=actor.key if actor else None, term_days=term_days, before=before, **going
    )
    old.delete()
    record(actor, "audit.remove_older", "removal", removal.pk)
    return removal
