"""Partners, offers, agreements and support for `things`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from ongedeeld.web.partners.models import (
    Agreement,
    AgreementPlace,
    Member,
    Offer,
    Organisation,
    SupportAgreement,
    SupportPlace,
)
from ongedeeld.web.partners.supporting import Contact
from ongedeeld.web.safeguards.homes import blind_home

Maker = Callable[[object], tuple[object, object]]


def makers(own: str, other: str) -> dict[str, Maker]:
    """What makes one in an area and another elsewhere, by the word of the column `with`."""

    def both(make: Callable[[str], UUID]) -> Maker:
        return lambda _: (make(own), make(other))

    return {
        "partner": both(lambda _: organisation().key),
        "partner_member": both(lambda _: _member()),
        "offer": both(lambda _: offer().key),
        "agreement": both(agreement),
        "support": both(support),
    }


def organisation(name: str = "") -> Organisation:
    """A partner."""
    return Organisation.objects.create(
        name=name or f"Partner {Organisation.objects.count()}",
        kind=Organisation.Kind.WELFARE,
        made_by=uuid4(),
        made_at=timezone.now(),
    )


def offer() -> Offer:
    """What a partner offers, everywhere."""
    return Offer.objects.create(organisation=organisation(), name="Spreekuur", domain="care", everywhere=True)


def _member() -> UUID:
    held = Member.objects.create(organisation=organisation(), person=uuid4(), from_day=timezone.localdate())
    return held.person


def agreement(code: str) -> UUID:
    """An agreement that holds in an area."""
    today = timezone.localdate()
    made = Agreement.objects.create(
        title="Samen naar het spreekuur",
        purpose="Bewoners komen sneller bij hulp.",
        ground=Agreement.Ground.CONSENT,
        data=["name", "contact"],
        from_day=today,
        review_on=today + timedelta(days=90),
        made_by=uuid4(),
        made_at=timezone.now(),
    )
    made.parties.add(organisation())
    AgreementPlace.objects.create(agreement=made, code=code)
    return made.key


def support(code: str) -> UUID:
    """Support at a home in an area."""
    key, today = uuid4(), timezone.localdate()
    made = SupportAgreement.objects.create(
        key=key,
        home=blind_home(str(key)),
        organisation=organisation(),
        sealed=Contact("Kerkstraat 1").sealed_for(key),
        from_day=today,
        until_day=today + timedelta(days=180),
        payer="municipality",
        made_by=uuid4(),
        made_at=timezone.now(),
        remove_after=today + timedelta(days=500),
    )
    SupportPlace.objects.create(support=made, code=code)
    return key
