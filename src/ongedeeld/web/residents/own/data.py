"""What a resident can do with all of it: see where it is open, and take a copy of everything along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents.models import Item, Lock, Opening, Vault
from ongedeeld.web.residents.own.requests import requests_told
from ongedeeld.web.residents.own.shares import all_told
from ongedeeld.web.residents.own.signals import signals_told
from ongedeeld.web.residents.vault import items, openings
from ongedeeld.web.residents.vault.ending import PURPOSE, subject_of
from ongedeeld.web.safeguards.processing import seeing

FORM = "ongedeeld.vault.1"


Told = Callable[[Vault, date], list[dict[str, Any]]]
_TOLD: dict[str, Told] = {}


def tells(name: str, told: Told) -> None:
    """Let what another app keeps for a resident go along with everything that they take along.

    Parameters
    ----------
    name
        What it is called in the file.
    told
        What there is of it for a vault, on a day.
    """
    _TOLD[name] = told


@dataclass(frozen=True)
class OwnData:
    """How a vault stands.

    Parameters
    ----------
    locks
        Its codes.
    elsewhere
        The openings of other devices.
    is_linked
        Whether it is linked with a home.
    remove_after
        The day after which it is removed where nobody opens it.
    """

    locks: list[Lock]
    elsewhere: list[Opening]
    is_linked: bool
    remove_after: date


def data_of(vault: Vault, here: Opening | None, now: datetime) -> OwnData:
    """How a vault stands, for who holds its key."""
    others = vault.openings.exclude(pk=here.pk) if here else vault.openings.all()
    return OwnData(
        list(vault.locks.all()),
        [one for one in others if not openings.is_over(one, now)],
        bool(vault.home),
        vault.remove_after,
    )


def copy_of(vault: Vault, today: date) -> dict[str, Any]:
    """Everything that is kept of a vault. Its contents are ciphertext, which opens with the code of a card.

    What was shared is in it as words, because the server can read those until they are taken back.
    """
    with seeing("residents.download_vault", of=PURPOSE, subject=subject_of(vault.key)):
        content = {
            "form": FORM,
            "vault": str(vault.key),
            "made_on": vault.made_on.isoformat(),
            "opened_on": vault.opened_on.isoformat(),
            "removed_after": vault.remove_after.isoformat(),
            "linked_with_a_home": bool(vault.home),
            "locks": [
                {"kind": one.kind, "wrapped": one.wrapped, "made_at": one.made_at.isoformat()}
                for one in vault.locks.all()
            ],
            "items": [items.told(one) for one in Item.objects.filter(vault=vault).order_by("sequence")],
            **all_told(vault, today),
            "signals": signals_told(vault),
            "requests": requests_told(vault),
            **{name: told(vault, today) for name, told in _TOLD.items()},
        }
        record(None, "residents.download_vault", "vault", vault.key)
    return content
