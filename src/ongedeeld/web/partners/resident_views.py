"""What is offered to people near a resident: public facts alone, so that no key and no name is asked for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.partners.around import Areas, areas_now
from ongedeeld.web.partners.models import Offer
from ongedeeld.web.partners.queries import offered_now

LONGEST = 40
"""No code of an area is longer."""


@require_GET
@limited("offers", "120/m/ip")
def offers(request: HttpRequest) -> JsonResponse:
    """What is offered in or around a place, and the municipalities in which anything is.

    Without a domain it is everything there: who asks need not tell what troubles them.
    """
    areas = areas_now()
    place, domain = request.GET.get("place", "")[:LONGEST], request.GET.get("domain", "")
    found = offered_now(areas, place=place, domain=domain if domain in set(LIFE_DOMAIN_LABELS) else "")
    told = [_offer(one) for one in found.select_related("organisation").order_by("domain", "name", "key")]
    answer = JsonResponse({"offers": told, "places": _places(areas)})
    answer["Cache-Control"] = "private, max-age=300"
    return answer


def _offer(one: Offer) -> dict[str, Any]:
    organisation = one.organisation
    return {
        "key": str(one.key),
        "name": one.name,
        "description": one.description,
        "for_whom": one.for_whom,
        "domain": one.domain,
        "wait_days": one.wait_days,
        "wait_known_on": one.wait_known_on.isoformat() if one.wait_known_on else None,
        "email": one.email,
        "phone": one.phone,
        "address": one.address,
        "postcode": one.postcode,
        "town": one.town,
        "organisation": {
            "key": str(organisation.key),
            "name": organisation.name,
            "kind": organisation.kind,
            "website": organisation.website,
            "phone": organisation.phone,
        },
    }


def _places(areas: Areas) -> list[dict[str, str]]:
    """The municipalities in which anything is offered; all of them where something is offered everywhere."""
    now = offered_now(areas)
    codes = set(now.filter(places__isnull=False).values_list("places__code", flat=True))
    found = areas.municipalities_of(codes)
    if now.filter(everywhere=True).exists():
        found = frozenset(areas.of_level("municipality"))
    return [
        {"code": code, "name": areas.names[code]} for code in areas.of_level("municipality") if code in found
    ]
