"""What a case comes from: arrears, or a signal of nuisance. It takes over where that lies and its term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.preventing import queries
from ongedeeld.web.preventing.contents import Threat, arrears_of
from ongedeeld.web.preventing.models import Case
from ongedeeld.web.safeguards.request_marks import is_stopped
from ongedeeld.web.signals.contents import contents_of
from ongedeeld.web.signals.models import Signal


@dataclass(frozen=True)
class Origin:
    """Where a case comes from.

    Parameters
    ----------
    threat
        What it takes over, sealed anew.
    occasion
        Arrears or nuisance.
    home, complex, area_codes
        Where that lies.
    remove_after
        The day after which that is removed: what was copied goes no later.
    arrears, signal
        The key of what it was; none of the other.
    """

    threat: Threat
    occasion: str
    home: str
    complex: str
    area_codes: frozenset[str]
    remove_after: date
    arrears: UUID | None = None
    signal: UUID | None = None


def from_arrears(person: Person, key: UUID, *, today: date) -> Origin:
    """Arrears in the reach of a person.

    Raises
    ------
    Http404
        When there are none such in reach.
    """
    one = queries.arrears_of_key(person, key, today=today)
    debt = arrears_of(one)
    return Origin(
        Threat(debt.address, debt.name),
        Case.Occasion.ARREARS,
        one.home,
        one.complex,
        one.area_codes,
        one.remove_after,
        arrears=one.key,
    )


def from_signal(person: Person, key: UUID, *, today: date) -> Origin:
    """A signal about a home in the reach of a person; of it the address alone is taken over.

    Raises
    ------
    Http404
        When there is none such in reach.
    """
    signal = (
        Signal.objects.readable(today).filter(key=key, kind=Signal.Kind.NUISANCE).exclude(home="").first()
    )
    if signal is None or is_stopped("signals.signal", key):
        raise Http404(N_("There is no such record, or it is not open to you."))
    require(person, "signals.see_signals", signal)
    return Origin(
        Threat(contents_of(signal.key, signal.sealed).address),
        Case.Occasion.NUISANCE,
        signal.home,
        signal.complex,
        signal.area_codes,
        signal.remove_after,
        signal=signal.key,
    )
