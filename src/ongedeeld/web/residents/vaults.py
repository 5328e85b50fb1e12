"""What is done with a vault as a whole: begin, open, renew a code, block a card, unlink a home, delete.

That a resident opened or changed their vault is recorded without a person; what they change in it is not:
together that would be a diary of when somebody lives how.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents import giving, invitations, openings
from ongedeeld.web.residents.bodies import NewLock, Showing
from ongedeeld.web.residents.models import Lock, Vault
from ongedeeld.web.safeguards import ledger
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import removed_after

PURPOSE = "residents.vault"
_NOBODY = sha256(b"no lock").hexdigest()
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
            _lay(vault, one, now)
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
    vault = _lock_of(showing).vault
    with processing("residents.open_vault", of=PURPOSE, subject=subject_of(vault.key)):
        Vault.objects.filter(pk=vault.pk).update(opened_on=today, remove_after=removed_after(PURPOSE, today))
        # Who blocked or renewed the code before this change of the vault could begin, was first.
        lock = _lock_of(showing)
        opened = openings.begin(vault, elsewhere=elsewhere, now=now)
        record(None, "residents.open_vault", "vault", vault.key)
    return lock, opened


def renew(vault: Vault, new: NewLock, by: Showing, *, now: datetime) -> None:
    """Put a new lock in the place of that of the same kind: the old code opens nothing any more.

    Raises
    ------
    AbsentError
        When `by` is neither code of this vault.
    InputError
        When the new lock lies where another does.
    """
    _require_code(vault, by)
    with processing("residents.renew_lock", of=PURPOSE, subject=subject_of(vault.key)):
        _wait_for_openings(vault)
        _require_code(vault, by)  # it may be blocked meanwhile
        Lock.objects.filter(vault=vault, kind=new.kind).delete()
        _lay(vault, new, now)
        record(None, "residents.renew_lock", "vault", vault.key)


def block(showing: Showing) -> None:
    """Block a lost card with the second code: its lock goes, and the vault closes everywhere.

    Raises
    ------
    AbsentError
        When it is no second code of any vault.
    """
    lock = _lock_of(showing)
    if lock.kind != Lock.Kind.RECOVERY:
        raise no_such_code()
    vault = lock.vault
    with processing("residents.block_card", of=PURPOSE, subject=subject_of(vault.key)):
        _wait_for_openings(vault)
        Lock.objects.filter(vault=vault, kind=Lock.Kind.CARD).delete()
        openings.end_all(vault)
        record(None, "residents.block_card", "vault", vault.key)


def unlink_home(vault: Vault) -> None:
    """Let nothing lead from the home to this vault any more, nor back."""
    with processing("residents.unlink_home", of=PURPOSE, subject=subject_of(vault.key)):
        Vault.objects.filter(pk=vault.pk).update(home="")
        record(None, "residents.unlink_home", "vault", vault.key, ["home"])


def delete(vault: Vault, by: Showing, *, today: date) -> None:
    """Delete a vault with all that is in it and was shared from it.

    Raises
    ------
    AbsentError
        When `by` is neither code of this vault.
    """
    _require_code(vault, by)
    key = vault.key
    with processing("residents.delete_vault", of=PURPOSE, subject=subject_of(key)):
        remove(vault)
        ledger.write(PURPOSE, 1, ledger.Ground.REQUEST, today)
        record(None, "residents.delete_vault", "vault", key)


def remove(vault: Vault) -> None:
    """Remove a vault with all that hangs on it."""
    giving.forget(vault.key)
    vault.delete()


def subject_of(key: UUID) -> str:
    """Whom an operation is about: the vault, also where a home is linked with it.

    What the log holds of a home is told to whoever lives there and asks. That one of them has a map, and when
    they open it or share from it, is told to nobody else.
    """
    return f"vault:{key}"


def no_such_code() -> AbsentError:
    """The one answer to every code that opens nothing."""
    return AbsentError(
        N_("this code opens no map"), remedy=N_("look at the words again, or use your second code")
    )


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
        raise _taken() from None


def _lay(vault: Vault, new: NewLock, now: datetime) -> None:
    try:
        with transaction.atomic():
            Lock.objects.create(
                vault=vault,
                kind=new.kind,
                locator=new.showing.locator,
                proof_hash=_hash(new.showing),
                wrapped=new.wrapped,
                made_at=now,
            )
    except IntegrityError:
        raise _taken() from None


def _wait_for_openings(vault: Vault) -> None:
    """Let who opens it in this moment be done first, so that they are closed too, or be refused."""
    Vault.objects.filter(pk=vault.pk).update(sequence=F("sequence"))


def _lock_of(showing: Showing) -> Lock:
    """The lock that a code opens."""
    lock = Lock.objects.select_related("vault").filter(locator=showing.locator).first()
    right = hmac.compare_digest(lock.proof_hash if lock else _NOBODY, _hash(showing))
    if lock is None or not right:
        raise no_such_code()
    return lock


def _require_code(vault: Vault, by: Showing) -> None:
    if _lock_of(by).vault_id != vault.pk:
        raise no_such_code()


def _hash(showing: Showing) -> str:
    return sha256(showing.proof).hexdigest()


def _no_leave() -> AbsentError:
    return AbsentError(
        N_("this invitation was used already, or it is too old"),
        remedy=N_("ask who gave it to you for a new one"),
    )


def _taken() -> InputError:
    return InputError(N_("this code is in use already"), remedy=N_("open the page again"))
