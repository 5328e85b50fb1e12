"""Referrals of the demo: invented tenants of an invented city who were pointed to a partner."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.cities.models import Address, CityVersion
from ongedeeld.web.partners.models import Offer
from ongedeeld.web.preventing.where import where_is
from ongedeeld.web.referrals.answering.answers import accept, finish, refuse, signed_in
from ongedeeld.web.referrals.models import Referral, ReferralItem
from ongedeeld.web.referrals.sending.notice import Telling
from ongedeeld.web.referrals.sending.origins import from_address
from ongedeeld.web.referrals.sending.receivers import Receiver
from ongedeeld.web.referrals.sending.referring import Draft, Item, refer

READ_FOR = timedelta(days=60)
# Words of invented people in an invented city: as in real life they stand in the language of who wrote them.
REFERRED = (
    ("Inloop met koffie", "S. Proef", "Wie loopt de eerste keer met haar mee naar binnen?"),
    ("Maatje", "B. Voorbeeld", "Hij zoekt iemand om op zondag mee te wandelen."),
    ("Thuisadministratie", "F. Verzonnen", "Kunt u helpen om de post op orde te krijgen?"),
)
"""To which offer, who, and what is asked; the first was accepted."""
ANSWER = "Ik bel morgen en kom donderdag langs."
CAME = ("Inloop met koffie", "S. Proef", "Is er een ochtend met weinig mensen?")
CAME_AFTER = timedelta(days=12)
FULL = ("Maatje", "S. Proef", "Wie loopt er wekelijks een rondje met haar?")
NO = "Over een maand is er weer plek."


def referred(
    consultant: Person, professional: Person, complexes: Iterable[str], now: datetime, today: date
) -> None:
    """Three referrals, of which the partner accepted one; and two that are over: it came, and it said no.

    Parameters
    ----------
    consultant, professional
        Who refers, and who answers for the partner.
    complexes
        The numbers of complexes in which the consultant works.
    now, today
        When the demo was filled.
    """
    read = Address.objects.filter(
        book__versions__state=CityVersion.State.CURRENT, complex__in=list(complexes)
    )
    homes = list(read.order_by("-id")[: len(REFERRED)])
    for home in homes[:1]:
        _over(consultant, professional, home, now, today)
    made = [
        _refer(consultant, home, Offer.objects.get(name=offer), name, asked, now, today)
        for home, (offer, name, asked) in zip(homes, REFERRED, strict=False)
    ]
    for one in made[:1]:
        thursday = today + timedelta(days=(3 - today.weekday()) % 7)
        accept(
            signed_in(professional, one.key, today=today),
            version=one.version,
            now=now,
            today=today,
            contact_on=thursday,
            words=ANSWER,
        )


def _over(by: Person, professional: Person, home: Address, now: datetime, today: date) -> None:
    """What was asked before for one of them: the partner came after a while, and had no room."""
    offer, name, asked = CAME
    sent = now - CAME_AFTER, today - CAME_AFTER
    came = _refer(by, home, Offer.objects.get(name=offer), name, asked, *sent)
    partner = signed_in(professional, came.key, today=today)
    accept(partner, version=came.version, now=now, today=today, contact_on=today)
    partner = signed_in(professional, came.key, today=today)
    finish(partner, version=partner.referral.version, now=now, today=today)
    offer, name, asked = FULL
    full = _refer(by, home, Offer.objects.get(name=offer), name, asked, now, today)
    partner = signed_in(professional, full.key, today=today)
    refuse(partner, Referral.Refusal.FULL, version=full.version, now=now, today=today, words=NO)


def _refer(
    by: Person, home: Address, offer: Offer, name: str, asked: str, now: datetime, today: date
) -> Referral:
    items = tuple(
        Item(
            Telling(kind, ReferralItem.Ground.CONSENT, today + READ_FOR),
            words,
            asked=ReferralItem.Asked.IN_PERSON,
            asked_on=today,
            told_free=True,
        )
        for kind, words in (
            (ReferralItem.Kind.NAME, name),
            (ReferralItem.Kind.ADDRESS, str(home)),
            (ReferralItem.Kind.QUESTION, asked),
        )
    )
    draft = Draft(from_address(where_is(by, home)), Receiver(offer.organisation, offer), offer.domain, items)
    return refer(draft, actor=by, now=now, today=today)
