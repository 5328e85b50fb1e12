"""What support tells of a home, for whoever asks what is kept about them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ongedeeld.errors import N_, Marked
from ongedeeld.web.partners.models import SupportAgreement
from ongedeeld.web.partners.supporting import PURPOSE, contact_of, remove
from ongedeeld.web.safeguards.request_holdings import Fact, Found, Holding, Home, hold


def _of_home(home: Home) -> Iterable[Found]:
    return map(_found, SupportAgreement.objects.filter(home=home.blind).select_related("organisation"))


def _named(key: UUID) -> Found | None:
    held = SupportAgreement.objects.filter(key=key).select_related("organisation").first()
    return _found(held) if held else None


def _found(held: SupportAgreement) -> Found:
    contact = contact_of(held)
    return Found(
        key=held.key,
        day=held.from_day,
        heading=N_("support that goes with the letting"),
        facts=(
            Fact("address", N_("address"), contact.address),
            Fact("organisation", N_("from whom"), held.organisation.name),
            Fact("contact", N_("whom to call there"), contact.name),
            Fact("phone", N_("telephone"), contact.phone),
            Fact("from_day", N_("from"), held.from_day),
            Fact("until_day", N_("until"), held.until_day),
            Fact("hours_per_week", N_("hours a week"), held.hours_per_week),
            Fact("payer", N_("who pays"), Marked(held.get_payer_display())),
            Fact("ended_on", N_("ended on"), held.ended_on),
        ),
        remove_after=held.remove_after,
        receivers=(held.organisation.name,),
    )


def _remove(key: UUID) -> None:
    remove([key])


hold(Holding(PURPOSE, N_("support of a letting"), _of_home, _named, _remove))
