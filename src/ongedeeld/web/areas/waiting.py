"""What waits for somebody in other rooms: how much, and nothing of what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.queries import ANSWER, REFER, received_for, referrals_for
from ongedeeld.web.residents.models import Breakthrough, Share
from ongedeeld.web.residents.sharing import live
from ongedeeld.web.residents.sharing_rules import ANSWER as ANSWER_BREAKTHROUGH
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.safeguards.request_queries import RIGHT as ANSWER_REQUESTS
from ongedeeld.web.safeguards.request_queries import requests_for
from ongedeeld.web.signals.queries import to_answer

SEE_SIGNALS = "signals.see_signals"


@dataclass(frozen=True)
class Waiting:
    """How much waits for somebody; of a room that they may not enter, nothing does.

    Parameters
    ----------
    signals
        Signals that they answer, without a first answer.
    received
        Referrals to a partner for which they work, without an answer.
    late
        Referrals that they keep, and that the partner did not answer in time.
    breakthroughs
        Requests that a rule gives way, asked of them.
    requests
        Requests of residents on their data.
    """

    signals: int
    received: int
    late: int
    breakthroughs: int
    requests: int


def waiting_for(person: Person, today: date) -> Waiting:
    """What waits for a person on a day."""
    return Waiting(
        signals=_signals(person, today) if may(person, SEE_SIGNALS) else 0,
        received=_received(person, today) if may(person, ANSWER) else 0,
        late=_late(person, today) if may(person, REFER) else 0,
        breakthroughs=_breakthroughs(person, today) if may(person, ANSWER_BREAKTHROUGH) else 0,
        requests=_requests(person) if may(person, ANSWER_REQUESTS) else 0,
    )


def _signals(person: Person, today: date) -> int:
    return to_answer(person, today).filter(answered_at__isnull=True).count()


def _received(person: Person, today: date) -> int:
    return received_for(person, today=today).filter(state=Referral.State.SENT).count()


def _late(person: Person, today: date) -> int:
    kept = referrals_for(person, today=today).filter(owner=person.key)
    return kept.filter(state=Referral.State.SENT, respond_by__lt=today).count()


def _breakthroughs(person: Person, today: date) -> int:
    shared = Share.objects.filter(live(today))
    asked = Breakthrough.objects.filter(share__in=shared, asked_of=person.key)
    return asked.filter(state=Breakthrough.State.ASKED).count()


def _requests(person: Person) -> int:
    return requests_for(person).filter(state=Request.State.OPEN).count()
