"""How a vault goes, with all that hangs on it; and under which name what is done with one is logged."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents.giving import gifts
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.safeguards import ledger
from ongedeeld.web.safeguards.processing import processing

PURPOSE = "residents.vault"


def subject_of(key: UUID) -> str:
    """Whom an operation is about: the vault, also where a home is linked with it.

    What the log holds of a home is told to whoever lives there and asks. That one of them has a map, and when
    they open it or share from it, is told to nobody else.
    """
    return f"vault:{key}"


def delete_at_once(vault: Vault, today: date) -> None:
    """Delete a vault as its resident asked, with all that is in it and was shared from it."""
    key = vault.key
    with processing("residents.delete_vault", of=PURPOSE, subject=subject_of(key)):
        remove(vault)
        ledger.write(PURPOSE, 1, ledger.Ground.REQUEST, today)
        record(None, "residents.delete_vault", "vault", key)


def remove(vault: Vault) -> None:
    """Remove a vault with all that hangs on it."""
    gifts.forget(vault.key)
    vault.delete()
