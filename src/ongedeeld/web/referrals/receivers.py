"""To whom somebody can be referred, who works there, and under which agreement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ongedeeld.web.partners.models import Agreement, Member, Offer, Organisation
from ongedeeld.web.partners.queries import agreements_with as agreements_that_run
from ongedeeld.web.referrals.notice import runs

OFFER, ORGANISATION = "offer", "organisation"


@dataclass(frozen=True)
class Receiver:
    """A partner, and which of its offers it is about; none is the partner in general."""

    organisation: Organisation
    offer: Offer | None = None

    @property
    def code(self) -> str:
        """By which a form names it."""
        thing = self.offer or self.organisation
        return f"{OFFER if self.offer else ORGANISATION}:{thing.key}"

    @property
    def name(self) -> str:
        """What it is called on screen."""
        return f"{self.organisation.name}: {self.offer.name}" if self.offer else self.organisation.name

    @property
    def mail_address(self) -> str:
        """Where a letter with the link for the answer goes; empty where none is known."""
        return (self.offer.email if self.offer else "") or self.organisation.email


def receivers(domain: str, area_codes: Collection[str], today: date) -> list[Receiver]:
    """Offers for a life domain at a place, the shortest known wait first; then the partners themselves."""
    here = Q(everywhere=True) | Q(places__code__in=list(area_codes))
    offers = Offer.objects.filter(here, there(today), there(today, "organisation__"), domain=domain)
    found = {offer.pk: offer for offer in offers.select_related("organisation")}
    by_wait = sorted(found.values(), key=lambda one: (one.wait_days is None, one.wait_days or 0, one.name))
    partners = Organisation.objects.filter(there(today))
    return [*(Receiver(one.organisation, one) for one in by_wait), *(Receiver(one) for one in partners)]


def there(today: date, prefix: str = "") -> Q:
    """What has not ended on a day."""
    return Q(**{f"{prefix}ended_on__isnull": True}) | Q(**{f"{prefix}ended_on__gt": today})


def agreements_with(organisation: Organisation, area_codes: Collection[str], today: date) -> list[Agreement]:
    """The agreements with a partner under which something may be told at a place on a day."""
    held = agreements_that_run(organisation, area_codes, today)
    return [one for one in held if runs(one, today) and one.ground != Agreement.Ground.NONE]


def members_of(organisation: Organisation, today: date) -> QuerySet[Member]:
    """Who sign in for a partner on a day."""
    return organisation.members.filter(
        Q(until_day__isnull=True) | Q(until_day__gte=today), from_day__lte=today
    )
