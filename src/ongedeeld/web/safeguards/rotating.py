"""Hold the key file against the database, put a new key into use, drop keys that seal nothing any more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from ongedeeld.errors import N_
from ongedeeld.web.audit.actions import Actor, record
from ongedeeld.web.jobs.actions import ask
from ongedeeld.web.safeguards.keys import KeyFileError, add_key, drop_keys, key_file, key_ring
from ongedeeld.web.safeguards.models import FieldKey
from ongedeeld.web.safeguards.resealing import sealed_with

RESEAL = "safeguards.reseal"
STILL_WRITING = timedelta(days=1)
"""How long after a rotation a process may still write what it sealed with the key before."""


@transaction.atomic
def check_keys(now: datetime) -> None:
    """Hold the file against the keys that the database knows, and write down those that it knew not.

    Raises
    ------
    KeyFileError
        When the file lacks a key that is in use, or is that of another installation.
    """
    ring = key_ring()
    known = {one.name: one.fingerprint for one in FieldKey.objects.filter(dropped_at=None)}
    if lacking := sorted(set(known) - set(ring.keys), key=int):
        raise KeyFileError(
            N_("the key file {file} lacks a key with which this database was sealed ({names})"),
            remedy=N_("put back the file, or the copy of it, that belongs to this database"),
            file=key_file(),
            names=", ".join(lacking),
        )
    if any(ring.fingerprint(name) != fingerprint for name, fingerprint in known.items()):
        raise KeyFileError(
            N_("the key file {file} belongs to another database"),
            remedy=N_("put back the file, or the copy of it, that belongs to this database"),
            file=key_file(),
        )
    FieldKey.objects.bulk_create(
        FieldKey(name=name, fingerprint=ring.fingerprint(name), made_at=now)
        for name in ring.keys
        if name not in known
    )


def rotate(now: datetime, *, actor: Actor | None) -> str:
    """Put a new key into use, and ask for the work that seals everything with it; the name of the key."""
    check_keys(now)
    with _one_at_a_time():
        FieldKey.objects.filter(retired_at=None).update(retired_at=now)
        name = add_key()
        FieldKey.objects.create(name=name, fingerprint=key_ring().fingerprint(name), made_at=now)
        record(actor, "safeguards.rotate_keys", "field key", name)
        ask(RESEAL, actor=actor)
    return name


def drop_unused(now: datetime) -> list[str]:
    """Take out of the file the keys that were retired a day ago or longer and seal nothing; their names."""
    with _one_at_a_time():
        retired = FieldKey.objects.filter(retired_at__lt=now - STILL_WRITING, dropped_at=None)
        unused = [one.name for one in retired if not sealed_with(one.name)]
        if unused:
            drop_keys(set(unused))
            FieldKey.objects.filter(name__in=unused).update(dropped_at=now)
            record(None, "safeguards.drop_keys", "field key", ", ".join(unused))
    return unused


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """A transaction in which nobody else changes the key file: who updates the rows first holds them."""
    with transaction.atomic():
        FieldKey.objects.update(name=F("name"))
        yield
