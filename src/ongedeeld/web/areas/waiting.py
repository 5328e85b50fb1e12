"""What waits for somebody in other rooms: how much, and nothing of what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.cities.queries import undecided
from ongedeeld.web.preventing.taking_along import RIGHT as TAKE_COUNTS
from ongedeeld.web.preventing.taking_along import quarters_waiting
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.queries import ANSWER, REFER, received_for, referrals_for
from ongedeeld.web.referrals.standing import asks
from ongedeeld.web.residents.models import Breakthrough, Share
from ongedeeld.web.residents.sharing.copies import live
from ongedeeld.web.residents.sharing.reading import shared_with
from ongedeeld.web.residents.sharing.rules import ANSWER as ANSWER_BREAKTHROUGH
from ongedeeld.web.residents.sharing.rules import SEE as SEE_SHARED
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.safeguards.request_queries import RIGHT as ANSWER_REQUESTS
from ongedeeld.web.safeguards.request_queries import requests_for
from ongedeeld.web.signals.queries import to_answer

RENEW = "cities.renew"
SEE_SIGNALS = "signals.see_signals"
LATELY = timedelta(days=14)


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
    refused
        Referrals that they keep, and that the partner refused in the past two weeks.
    standing
        Referrals that they keep and that stand still, that the partner cannot read any more, or that go soon.
    shared
        What residents share with them or with their partner, and they did not open yet.
    breakthroughs
        Requests that a rule gives way, asked of them.
    requests
        Requests of residents on their data.
    counts
        Quarters that are over, of which they have not taken the counts of evictions along into the City.
    versions
        Versions of the City newer than the one in use, on which nobody decided yet.
    """

    signals: int
    received: int
    late: int
    refused: int
    standing: int
    shared: int
    breakthroughs: int
    requests: int
    counts: int
    versions: int


def waiting_for(person: Person, today: date) -> Waiting:
    """What waits for a person on a day."""
    late, refused, standing = _kept(person, today) if may(person, REFER) else (0, 0, 0)
    return Waiting(
        signals=_signals(person, today) if may(person, SEE_SIGNALS) else 0,
        received=_received(person, today) if may(person, ANSWER) else 0,
        late=late,
        refused=refused,
        standing=standing,
        shared=_shared(person, today) if may(person, SEE_SHARED) else 0,
        breakthroughs=_breakthroughs(person, today) if may(person, ANSWER_BREAKTHROUGH) else 0,
        requests=_requests(person) if may(person, ANSWER_REQUESTS) else 0,
        counts=len(quarters_waiting(today)) if may(person, TAKE_COUNTS) else 0,
        versions=undecided(person) if may(person, RENEW) else 0,
    )


def _signals(person: Person, today: date) -> int:
    return to_answer(person, today).filter(answered_at__isnull=True).count()


def _received(person: Person, today: date) -> int:
    return received_for(person, today=today).filter(state=Referral.State.SENT).count()


def _kept(person: Person, today: date) -> tuple[int, int, int]:
    """Of the referrals that somebody keeps how many are late, were refused lately, or ask for them else."""
    kept = referrals_for(person, today=today).filter(owner=person.key).order_by()
    late = Q(state=Referral.State.SENT, respond_by__lt=today)
    refused = Q(state=Referral.State.REFUSED, answered_at__date__gt=today - LATELY)
    told = kept.aggregate(
        late=Count("pk", filter=late),
        refused=Count("pk", filter=refused),
        standing=Count("pk", filter=asks(today)),
    )
    return told["late"], told["refused"], told["standing"]


def _shared(person: Person, today: date) -> int:
    return shared_with(person, today).exclude(looks__person=person.key).count()


def _breakthroughs(person: Person, today: date) -> int:
    shared = Share.objects.filter(live(today))
    asked = Breakthrough.objects.filter(share__in=shared, asked_of=person.key)
    return asked.filter(state=Breakthrough.State.ASKED).count()


def _requests(person: Person) -> int:
    return requests_for(person).filter(state=Request.State.OPEN).count()
