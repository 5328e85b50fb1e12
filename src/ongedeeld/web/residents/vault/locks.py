"""The locks of a vault: which one a code opens, and how a new one is laid."""

from __future__ import annotations

import hmac
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import F

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.web.residents.models import Lock, Pending, Vault
from ongedeeld.web.residents.vault.bodies import NewLock, Showing

_NOBODY = sha256(b"no lock").hexdigest()


def lock_of(showing: Showing) -> Lock:
    """The lock that a code opens.

    Raises
    ------
    AbsentError
        When none opens with it: the same for a code that never was, is not right or was blocked.
    """
    lock = Lock.objects.select_related("vault").filter(locator=showing.locator).first()
    right = hmac.compare_digest(lock.proof_hash if lock else _NOBODY, proof_hash(showing))
    if lock is None or not right:
        raise no_such_code()
    return lock


def lay(vault: Vault, kind: str, locator: str, proof: str, wrapped: str, now: datetime) -> None:
    """Lay a lock; `proof` is the hash of it.

    Raises
    ------
    InputError
        When another lock lies there.
    """
    try:
        with transaction.atomic():
            Lock.objects.create(
                vault=vault, kind=kind, locator=locator, proof_hash=proof, wrapped=wrapped, made_at=now
            )
    except IntegrityError:
        raise taken() from None


def lay_new(vault: Vault, new: NewLock, now: datetime) -> None:
    """Lay a lock as a device made it; raises as :func:`lay`, also where another waits for the place."""
    if Pending.objects.filter(locator=new.showing.locator).exists():
        raise taken()
    lay(vault, new.kind, new.showing.locator, proof_hash(new.showing), new.wrapped, now)


def wait_for_others(vault: Vault) -> None:
    """Let who opens or changes a vault in this moment be done first; who comes later waits for this."""
    Vault.objects.filter(pk=vault.pk).update(sequence=F("sequence"))


def proof_hash(showing: Showing) -> str:
    """What is kept of a proof."""
    return sha256(showing.proof).hexdigest()


def no_such_code() -> AbsentError:
    """The one answer to every code that opens nothing."""
    return AbsentError(
        N_("this code opens no map"), remedy=N_("look at the words again, or use your second code")
    )


def taken() -> InputError:
    """Something lies there already."""
    return InputError(N_("this code is in use already"), remedy=N_("open the page again"))
