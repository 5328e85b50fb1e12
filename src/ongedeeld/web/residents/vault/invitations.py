"""Leave to begin one vault, given by a colleague who sits beside the resident."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents.models import Invitation
from ongedeeld.web.residents.vault.openings import hash_of
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.signals.reporting.spots import Spot

RIGHT, PURPOSE = "residents.invite", "residents.invitation"
HOLDS = timedelta(hours=24)
TOKEN_BYTES = 32


def invite(spot: Spot | None, *, actor: Person, now: datetime) -> str:
    """Give leave to begin a vault; the token, which is told once and kept nowhere.

    Parameters
    ----------
    spot
        The home, where the resident wants that it is linked with their map; else none.
    actor, now
        Who invites, and when.

    Raises
    ------
    Refused
        When the actor may not, there.
    """
    require(actor, RIGHT, spot)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    home = spot.blind if spot else ""
    # Not about the home: who lives there too would read in the log that one of them has a map.
    with processing("residents.invite", of=PURPOSE):
        made = Invitation.objects.create(
            token_hash=hash_of(token), made_by=actor.key, made_at=now, ends_at=now + HOLDS, home=home
        )
        fields = ["home"] if home else []
        record(actor, "residents.invite", "invitation", made.pk, fields, place=spot.complex if spot else "")
    return token


def usable(token: str, now: datetime) -> Invitation | None:
    """The invitation of a token; none where it was used, has ended or never was."""
    return Invitation.objects.filter(token_hash=hash_of(token), used_at__isnull=True, ends_at__gt=now).first()


def use(invitation: Invitation, now: datetime) -> bool:
    """Use it up; false where somebody did so just now. The home is then told by the vault alone."""
    mine = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True)
    return bool(mine.update(used_at=now, home=""))
