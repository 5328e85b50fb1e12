"""Which signals about their home a resident was told of."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.residents.vault.ending import subject_of
from ongedeeld.web.residents.vault.moving import lives_there_since
from ongedeeld.web.safeguards.processing import seeing
from ongedeeld.web.signals.models import Signal

MOST = 50


def signals_of(vault: Vault) -> list[Signal]:
    """The signals about the home that is linked with a vault, newest first; none without a home.

    Those of which the resident was not told are not among them; nor those with danger, because more people
    may live in a home, and one of them may be the danger. What was written stays with the colleagues: a
    request on data of one's own is answered after somebody looked whom the words are about. What was seen
    before they lived there is about who lived there then.
    """
    if not vault.home:
        return []
    with seeing("residents.see_own_signals", of="signals.signal", subject=subject_of(vault.key)):
        today = timezone.localdate()
        here = Signal.objects.filter(home=vault.home, remove_after__gte=today)
        found = list(_told(here).order_by("-seen_on", "-id")[:MOST])
        if found:
            since = lives_there_since(vault, {one.complex for one in found if one.complex}, today)
            found = [one for one in found if since <= min(one.seen_on, vault.made_on)]
        record(None, "residents.see_own_signals", "vault", vault.key)
    return found


def signals_told(vault: Vault) -> list[dict[str, Any]]:
    """The same, to take along."""
    return [
        {
            "key": str(one.key),
            "kind": one.kind,
            "seen_on": one.seen_on.isoformat(),
            "state": one.state,
            "outcome": one.outcome,
            "removed_after": one.remove_after.isoformat(),
        }
        for one in signals_of(vault)
    ]


def _told(signals: QuerySet[Signal]) -> QuerySet[Signal]:
    return signals.filter(told_at__isnull=False, danger=False)
