"""What a case comes from: arrears, or a signal of nuisance. It takes over where that lies and its term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.preventing import queries
from ongedeeld.web.preventing.carrying import Carried, carried_from
from ongedeeld.web.preventing.contents import Threat, arrears_of
from ongedeeld.web.preventing.models import Case
from ongedeeld.web.signals.contents import contents_of
from ongedeeld.web.signals.models import Signal
from ongedeeld.web.signals.queries import signal_of_home


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
    tried
        What was tried already, as arrears tell.
    """

    threat: Threat
    occasion: str
    home: str
    complex: str
    area_codes: frozenset[str]
    remove_after: date
    arrears: UUID | None = None
    signal: UUID | None = None
    tried: tuple[Carried, ...] = ()


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
        tried=carried_from(one),
    )


def from_signal(person: Person, key: UUID, *, today: date) -> Origin:
    """A signal about a home in the reach of a person; of it the address alone is taken over.

    Raises
    ------
    Http404
        When there is none such in reach.
    """
    signal = signal_of_home(person, key, today, (Signal.Kind.NUISANCE,))
    return Origin(
        Threat(contents_of(signal.key, signal.sealed).address),
        Case.Occasion.NUISANCE,
        signal.home,
        signal.complex,
        signal.area_codes,
        signal.remove_after,
        signal=signal.key,
    )
