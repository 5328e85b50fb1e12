"""To whom somebody can be referred, who works there, and under which agreement."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ongedeeld.web.partners.models import Agreement, Member, Offer, Organisation
from ongedeeld.web.partners.queries import agreements_with as agreements_that_run
from ongedeeld.web.partners.waits import Waited, wait_known_last
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.safeguards.sealing import blind

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

    @property
    def code_address(self) -> str:
        """Where codes for that link go by mail; empty where that is the mailbox of the link itself.

        Whoever reads one mailbox would hold both: then a code is read out by telephone.
        """
        address = self.organisation.code_email or self.organisation.email
        return "" if mailbox(address) == mailbox(self.mail_address) else address

    @property
    def reached_by(self) -> str:
        """A blind key of where codes go, by mail and by telephone: another one when either is changed."""
        return blind(f"codes-go-to:{mailbox(self.code_address)}:{self.organisation.phone}")


def receiver_of(referral: Referral) -> Receiver:
    """To whom a referral is."""
    return Receiver(referral.organisation, referral.offer)


def mailbox(address: str) -> str:
    """The mailbox of an address: in small letters, and without what stands behind a plus."""
    name, _, host = address.strip().casefold().partition("@")
    return f"{name.partition('+')[0]}@{host}" if host else ""


def receivers(
    area_codes: Collection[str],
    today: date,
    domain: str = "",
    waited: Mapping[int, Waited] | None = None,
) -> list[Receiver]:
    """Offers at a place, the shortest wait that is known of late first; then the partners themselves.

    Parameters
    ----------
    area_codes
        Where the home lies.
    today
        The day.
    domain
        The life domain; all of them without.
    waited
        How long people in fact waited, by the primary key of the offer.
    """
    here = Q(everywhere=True) | Q(places__code__in=list(area_codes))
    offers = Offer.objects.filter(here, there(today), there(today, "organisation__"))
    if domain:
        offers = offers.filter(domain=domain)
    found = {offer.pk: offer for offer in offers.select_related("organisation")}
    was = waited or {}
    waits = {pk: wait_known_last(offer, was.get(pk), today) for pk, offer in found.items()}
    by_wait = sorted(found.values(), key=lambda one: (waits[one.pk] is None, waits[one.pk] or 0, one.name))
    partners = Organisation.objects.filter(there(today))
    return [*(Receiver(one.organisation, one) for one in by_wait), *(Receiver(one) for one in partners)]


def there(today: date, prefix: str = "") -> Q:
    """What has not ended on a day."""
    return Q(**{f"{prefix}ended_on__isnull": True}) | Q(**{f"{prefix}ended_on__gt": today})


def agreements_with(organisation: Organisation, area_codes: Collection[str], today: date) -> list[Agreement]:
    """The agreements with a partner under which something may be told at a place on a day."""
    held = agreements_that_run(organisation, area_codes, today)
    return list(held.exclude(ground=Agreement.Ground.NONE))


def members_of(organisation: Organisation, today: date) -> QuerySet[Member]:
    """Who sign in for a partner on a day."""
    return organisation.members.on(today)
