"""Write to the record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from ongedeeld.web.audit.models import Entry


class Actor(Protocol):
    """Whoever acts: a person with a key."""

    @property
    def key(self) -> UUID:
        """The key that outlives the person."""


def record(actor: Actor | None, verb: str, kind: str, thing: object, fields: Iterable[str] = ()) -> Entry:
    """Write that something was done or seen; call it in the transaction of the change itself.

    Parameters
    ----------
    actor
        Who acts; none is the workbench itself.
    verb
        What was done, such as `areas.overrule` or `areas.see_complex`.
    kind, thing
        What it was done to: its kind and its key.
    fields
        The names of the fields that changed or were seen; never their values.
    """
    return Entry.objects.create(
        actor=actor.key if actor else None, verb=verb, kind=kind, thing=str(thing), fields=sorted(set(fields))
    )
