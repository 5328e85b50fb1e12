"""How vaults, their openings and invitations are removed when their term is over."""

from __future__ import annotations

from datetime import date

from ongedeeld.web.residents.giving import safeguarding as giving_safeguarding  # noqa: F401 - what it registers
from ongedeeld.web.residents.models import Invitation, Opening, Vault
from ongedeeld.web.residents.sharing import safeguarding as sharing_safeguarding  # noqa: F401 - what it registers
from ongedeeld.web.residents.vault.ending import PURPOSE as VAULT
from ongedeeld.web.residents.vault.ending import remove
from ongedeeld.web.residents.vault.invitations import PURPOSE as INVITATION
from ongedeeld.web.safeguards.purposes import kept_since
from ongedeeld.web.safeguards.removing import beginning_of, remove_some, removes


@removes(VAULT)
def remove_unopened(today: date, most: int) -> int:
    """Vaults that nobody opened for as long as their term, with all that hangs on them."""
    past = list(Vault.objects.filter(remove_after__lt=today).order_by("pk")[:most])
    for vault in past:
        remove(vault)
    return len(past)


@removes("residents.opening")
def remove_ended(today: date, most: int) -> int:
    """Openings that ended before today."""
    since = beginning_of(kept_since("residents.opening", today))
    return remove_some(most, Opening.objects.filter(ends_at__lt=since))


@removes(INVITATION)
def remove_invitations(today: date, most: int) -> int:
    """Invitations that ended, used or not."""
    since = beginning_of(kept_since(INVITATION, today))
    return remove_some(most, Invitation.objects.filter(ends_at__lt=since))
