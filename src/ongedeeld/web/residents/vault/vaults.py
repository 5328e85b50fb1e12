"""What is done with a vault as a whole: begin, open, renew a code, block a card, unlink a home, delete.

That a resident opened or changed their vault is recorded without a person; what they change in it is not:
together that would be a diary of when somebody lives how.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents.models import Lock, Pending, Vault
from ongedeeld.web.residents.vault import delaying, invitations, openings
from ongedeeld.web.residents.vault.bodies import NewLock, Showing
from ongedeeld.web.residents.vault.ending import PURPOSE, delete_at_once, subject_of
from ongedeeld.web.residents.vault.locks import lay_new, lock_of, no_such_code, taken, wait_for_others
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import removed_after

_BOTH = sorted(Lock.Kind.values)


def begin(
    token: str, key: UUID, locks: Sequence[NewLock], *, elsewhere: bool, now: datetime, today: date
) -> str:
    """Make a vault with leave of an invitation, and open it; the token of its opening.

    Parameters
    ----------
    token
        That of the invitation.
    key
        The key of the vault, made on the device: its locks are bound to it.
    locks
        One for the card and one for the second code.
    elsewhere
        Whether it is somebody else's device.
    now, today
        When.

    Raises
    ------
    AbsentError
        When the invitation was used, has ended or never was.
    InputError
        When the locks are not one of each kind, or are there already.
    """
    if sorted(one.kind for one in locks) != _BOTH or locks[0].showing.locator == locks[1].showing.locator:
        raise InputError(N_("what was sent cannot be read"), remedy=N_("open the page again"))
    invitation = invitations.usable(token, now)
    if invitation is None:
        raise _no_leave()
    with processing("residents.begin_vault", of=PURPOSE, subject=subject_of(key)):
        if not invitations.use(invitation, now):
            raise _no_leave()
        vault = _made(key, invitation.home, today)
        for one in locks:
            lay_new(vault, one, now)
        opened = openings.begin(vault, elsewhere=elsewhere, now=now)
        record(None, "residents.begin_vault", "vault", key)
    return opened


def open_with(showing: Showing, *, elsewhere: bool, now: datetime, today: date) -> tuple[Lock, str]:
    """Open the vault of a code; its lock, and the token of the opening.

    Raises
    ------
    AbsentError
        When no lock opens with it: the same for a code that never was, is not right or was blocked.
    """
    vault = _lock_today(showing, now).vault
    with processing("residents.open_vault", of=PURPOSE, subject=subject_of(vault.key)):
        Vault.objects.filter(pk=vault.pk).update(opened_on=today, remove_after=removed_after(PURPOSE, today))
        # Who blocked or renewed the code before this change of the vault could begin, was first.
        lock = lock_of(showing)
        opened = openings.begin(vault, elsewhere=elsewhere, now=now)
        record(None, "residents.open_vault", "vault", vault.key)
    return lock, opened


def renew(vault: Vault, new: NewLock, by: Showing, *, now: datetime) -> Pending | None:
    """Put a new lock in the place of that of the same kind: the old code opens nothing any more.

    A new second code that is asked for with the card waits first (see :mod:`.delaying`). With the second code
    it takes effect at once, and what waited is undone.

    Returns
    -------
    What waits; none where the new lock is in its place.

    Raises
    ------
    AbsentError
        When `by` is neither code of this vault.
    InputError
        When the new lock lies where another does.
    """
    _require_code(vault, by, now)
    with processing("residents.renew_lock", of=PURPOSE, subject=subject_of(vault.key)):
        wait_for_others(vault)
        shown = _shown_code(vault, by)  # it may be blocked meanwhile
        if shown == Lock.Kind.CARD and new.kind == Lock.Kind.RECOVERY:
            return delaying.wait_with_second_code(vault, new, now)
        if shown == Lock.Kind.RECOVERY:
            delaying.drop_all(vault)
        Lock.objects.filter(vault=vault, kind=new.kind).delete()
        lay_new(vault, new, now)
        record(None, "residents.renew_lock", "vault", vault.key)
    return None


def block(showing: Showing, *, now: datetime) -> None:
    """Block a lost card with the second code: its lock goes, and the vault closes everywhere.

    What was asked with the card and waits is undone.

    Raises
    ------
    AbsentError
        When it is no second code of any vault.
    """
    lock = _lock_today(showing, now)
    if lock.kind != Lock.Kind.RECOVERY:
        raise no_such_code()
    vault = lock.vault
    with processing("residents.block_card", of=PURPOSE, subject=subject_of(vault.key)):
        wait_for_others(vault)
        delaying.drop_all(vault)
        Lock.objects.filter(vault=vault, kind=Lock.Kind.CARD).delete()
        openings.end_all(vault)
        record(None, "residents.block_card", "vault", vault.key)


def unlink_home(vault: Vault) -> None:
    """Let nothing lead from the home to this vault any more, nor back."""
    with processing("residents.unlink_home", of=PURPOSE, subject=subject_of(vault.key)):
        Vault.objects.filter(pk=vault.pk).update(home="")
        record(None, "residents.unlink_home", "vault", vault.key, ["home"])


def delete(vault: Vault, by: Showing, *, now: datetime, today: date) -> Pending | None:
    """Delete a vault with all that is in it and was shared from it: with the card, after some days.

    Returns
    -------
    What waits; none where it is deleted.

    Raises
    ------
    AbsentError
        When `by` is neither code of this vault.
    """
    _require_code(vault, by, now)
    with processing("residents.ask_deletion", of=PURPOSE, subject=subject_of(vault.key)):
        wait_for_others(vault)
        if _shown_code(vault, by) == Lock.Kind.CARD:
            return delaying.wait_with_deleting(vault, now)
        delete_at_once(vault, today)
    return None


def _made(key: UUID, home: str, today: date) -> Vault:
    try:
        with transaction.atomic():
            return Vault.objects.create(
                key=key,
                home=home,
                made_on=today,
                opened_on=today,
                remove_after=removed_after(PURPOSE, today),
            )
    except IntegrityError:
        raise taken() from None


def _lock_today(showing: Showing, now: datetime) -> Lock:
    """The lock that a code opens, after what is due in its vault took effect."""
    delaying.settle_for(showing.locator, now)
    return lock_of(showing)


def _require_code(vault: Vault, by: Showing, now: datetime) -> None:
    delaying.settle_for(by.locator, now)
    _shown_code(vault, by)


def _shown_code(vault: Vault, by: Showing) -> str:
    """Which code of a vault is shown."""
    lock = lock_of(by)
    if lock.vault_id != vault.pk:
        raise no_such_code()
    return lock.kind


def _no_leave() -> AbsentError:
    return AbsentError(
        N_("this invitation was used already, or it is too old"),
        remedy=N_("ask who gave it to you for a new one"),
    )
