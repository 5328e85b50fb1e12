"""What is asked with the card and cannot be mended afterwards waits some days: a new second code, deleting.

Who finds a lost card could otherwise lock its owner out. While it waits, the second code opens, blocks the
card and undoes it as before, and every open map shows it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents.models import Lock, Pending, Vault
from ongedeeld.web.residents.vault import openings
from ongedeeld.web.residents.vault.bodies import NewLock
from ongedeeld.web.residents.vault.ending import PURPOSE, delete_at_once, subject_of
from ongedeeld.web.residents.vault.locks import lay, proof_hash, taken, wait_for_others
from ongedeeld.web.safeguards.processing import processing

DELAY = timedelta(days=7)
Change = Pending.Change


def wait_with_second_code(vault: Vault, new: NewLock, now: datetime) -> Pending:
    """Let a new second code wait; one that waited before waits no longer.

    Raises
    ------
    InputError
        When another lock lies there.
    """
    locator = new.showing.locator
    if Lock.objects.filter(locator=locator).exists() or Pending.objects.filter(locator=locator).exists():
        raise taken()
    lock = {"locator": locator, "proof_hash": proof_hash(new.showing), "wrapped": new.wrapped}
    return _wait(vault, Change.RECOVERY, now, **lock)


def wait_with_deleting(vault: Vault, now: datetime) -> Pending:
    """Let it wait that a vault is deleted."""
    return _wait(vault, Change.DELETE, now)


def drop_all(vault: Vault) -> int:
    """Let nothing wait any more; how much did."""
    return Pending.objects.filter(vault=vault).delete()[0]


def undo(vault: Vault) -> None:
    """Undo what waits, as the resident asks who has the map open; it only lets things be as they are."""
    with processing("residents.undo_pending", of=PURPOSE, subject=subject_of(vault.key)):
        wait_for_others(vault)
        if drop_all(vault):
            record(None, "residents.undo_pending", "vault", vault.key)


def settle_for(locator: str, now: datetime) -> None:
    """Let what is due take effect in the vault of a code, of today or of what waits there."""
    here = Q(locator=locator) | Q(vault__locks__locator=locator)
    _settle([one.pk for one in _due(now).filter(here).distinct()], now)


def settle_all(now: datetime) -> int:
    """Let everything take effect that is due; how much that was."""
    return _settle(list(_due(now).values_list("pk", flat=True)), now)


def _due(now: datetime) -> QuerySet[Pending]:
    return Pending.objects.filter(takes_effect_at__lte=now)


def _settle(keys: list[int], now: datetime) -> int:
    # One that goes first may take the others along: of a vault that is deleted nothing waits.
    return sum(_take_effect(key, now) for key in keys)


def _take_effect(key: int, now: datetime) -> bool:
    pending = Pending.objects.select_related("vault").filter(pk=key).first()
    if pending is None:
        return False
    vault = pending.vault
    with processing("residents.take_effect", of=PURPOSE, subject=subject_of(vault.key)):
        wait_for_others(vault)
        # Undone, or done by another, while this waited.
        if not Pending.objects.filter(pk=key).delete()[0]:
            return False
        if pending.change == Change.DELETE:
            delete_at_once(vault, timezone.localdate(now))
        else:
            _put_in_place(pending, now)
    return True


def _put_in_place(pending: Pending, now: datetime) -> None:
    """Let the new second code open, and the old one no more."""
    vault = pending.vault
    try:
        with transaction.atomic():
            Lock.objects.filter(vault=vault, kind=Lock.Kind.RECOVERY).delete()
            lay(vault, Lock.Kind.RECOVERY, pending.locator, pending.proof_hash, pending.wrapped, now)
    except InputError:
        # Another vault took its place while it waited, which no device does by chance: the old code stays.
        record(None, "residents.undo_pending", "vault", vault.key)
        return
    openings.end_all(vault)
    record(None, "residents.renew_lock", "vault", vault.key)


def _wait(vault: Vault, change: str, now: datetime, **lock: str) -> Pending:
    values = {"asked_at": now, "takes_effect_at": now + DELAY, **lock}
    pending, _ = Pending.objects.update_or_create(vault=vault, change=change, defaults=values)
    record(None, "residents.ask_pending", "vault", vault.key, [change])
    return pending
