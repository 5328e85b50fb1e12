"""Which signals about their home a resident was told of."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.residents.vaults import subject_of
from ongedeeld.web.safeguards.processing import seeing
from ongedeeld.web.signals.models import Signal

MOST = 50


def signals_of(vault: Vault) -> list[Signal]:
    """The signals about the home that is linked with a vault, newest first; none without a home.

    Those of which the resident was not told are not among them; nor those with danger, because more people
    may live in a home, and one of them may be the danger. What was written stays with the colleagues: a
    request on data of one's own is answered after somebody looked whom the words are about.
    """
    if not vault.home:
        return []
    with seeing("residents.see_own_signals", of="signals.signal", subject=subject_of(vault.key)):
        found = list(_told(Signal.objects.filter(home=vault.home)).order_by("-seen_on", "-id")[:MOST])
        record(None, "residents.see_own_signals", "vault", vault.key)
    return found


def _told(signals: QuerySet[Signal]) -> QuerySet[Signal]:
    return signals.filter(Q(told_by__isnull=True) | Q(told_at__isnull=False), danger=False)
