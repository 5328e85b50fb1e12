"""The register as Open Referral HSDS 3: organisations with their services, as its API answers them.

https://docs.openreferral.org/en/3.2/ (schema: organization, service, service_area, location, attribute).

HSDS has no life domains and no kinds of organisations: both go as attributes with a taxonomy of their own.
The code of an area goes as the extent of a service area, of the type "text". How long the wait is stands in
`wait_time` as a period of ISO 8601, which HSDS deprecated and has nothing else for; the day on which it held
is `assured_date`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS, LifeDomain
from ongedeeld.web.partners.around import Areas
from ongedeeld.web.partners.models import Offer, Organisation

DOMAIN_TAXONOMY, KIND_TAXONOMY = "ongedeeld.life_domain", "ongedeeld.organisation_kind"
Object = dict[str, Any]


def document(organisations: Iterable[Organisation], areas: Areas) -> Object:
    """The organisations as one page of the list `/organizations`.

    Parameters
    ----------
    organisations
        With what they offer now in `offered`, as `queries.organisations_for` fetches them.
    areas
        What the areas are called.
    """
    contents = [_organisation(one, areas) for one in organisations]
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }


def id_of(one: Organisation | Offer) -> str:
    """By which others know it: as the directory called it from which it came, or else by its key.

    HSDS wants a UUID: of another name of a directory it is one that follows from that name.
    """
    if not one.source_id:
        return str(one.key)
    try:
        return str(UUID(one.source_id))
    except ValueError:
        return _id(type(one).__name__, one.source_id)


def _organisation(one: Organisation, areas: Areas) -> Object:
    name = id_of(one)
    offered: list[Offer] = one.offered  # type: ignore[attr-defined]
    return _told(
        id=name,
        name=one.name,
        description=one.description or one.name,
        email=one.email,
        website=one.website,
        phones=_phones(name, one.phone),
        attributes=[_attribute(name, KIND_TAXONOMY, one.kind, Organisation.Kind(one.kind).label)],
        services=[
            _service(offer, areas) for offer in sorted(offered, key=lambda offer: (offer.name, offer.pk))
        ],
    )


def _service(offer: Offer, areas: Areas) -> Object:
    name = id_of(offer)
    return _told(
        id=name,
        name=offer.name,
        description=offer.description,
        email=offer.email,
        status="active",
        eligibility_description=offer.for_whom,
        wait_time="" if offer.wait_days is None else f"P{offer.wait_days}D",
        assured_date=offer.wait_known_on.isoformat() if offer.wait_known_on else "",
        phones=_phones(name, offer.phone),
        service_areas=[
            {
                "id": _id("service_area", name, code),
                "name": areas.names.get(code, code),
                "extent": code,
                "extent_type": "text",
            }
            for code in sorted(place.code for place in offer.places.all())
        ],
        service_at_locations=_locations(name, offer),
        attributes=[_attribute(name, DOMAIN_TAXONOMY, offer.domain, _domain(offer))],
    )


def _locations(name: str, offer: Offer) -> list[Object]:
    """Where people go to; an address without its three parts is none in HSDS."""
    if not (offer.address and offer.postcode and offer.town):
        return []
    address = {
        "id": _id("address", name),
        "address_1": offer.address,
        "city": offer.town,
        "state_province": "",
        "postal_code": offer.postcode,
        "country": "NL",
        "address_type": "physical",
    }
    location = {"id": _id("location", name), "location_type": "physical", "addresses": [address]}
    return [{"id": _id("service_at_location", name), "location": location}]


def _phones(of: str, number: str) -> list[Object]:
    return [{"id": _id("phone", of), "number": number, "type": "voice"}] if number else []


def _attribute(of: str, taxonomy: str, code: str, label: str) -> Object:
    term = {
        "id": _id("taxonomy_term", taxonomy, code),
        "code": code,
        "name": str(label),
        "description": str(label),
        "taxonomy": taxonomy,
        "language": "en",
    }
    return {"id": _id("attribute", of, taxonomy), "taxonomy_term": term}


def _id(*parts: str) -> str:
    """The same for the same thing, in every export."""
    return str(uuid5(NAMESPACE_URL, ":".join(("ongedeeld", *parts))))


def _told(**fields: object) -> Object:
    """The fields that tell something: HSDS leaves out what is not known."""
    return {name: value for name, value in fields.items() if value not in ("", [], None)}


def _domain(offer: Offer) -> str:
    return LIFE_DOMAIN_LABELS[LifeDomain(offer.domain)]
