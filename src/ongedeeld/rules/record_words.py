"""What the sections and fields of local policy are called, and how their values are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from types import MappingProxyType

from ongedeeld.errors import Sayable
from ongedeeld.rules.amounts import Percent
from ongedeeld.rules.codes import TARGET_GROUPS, URGENCY_GROUPS
from ongedeeld.rules.household import BOUND_TO
from ongedeeld.rules.records import Record
from ongedeeld.vocabulary import Both

SECTIONS: Mapping[str, Both] = MappingProxyType(
    {
        "rules": Both("regel die al eerder gold", "rule that held before"),
        "agreements": Both("prestatieafspraken", "performance agreement"),
        "swaps": Both("ruil van percentages", "swap of percentages"),
        "compensation": Both("compensatie onherroepelijk", "compensation final"),
        "designations": Both("aanwijzing Wbmgp", "designation (Wbmgp)"),
        "urgency": Both("urgentieregeling", "urgency scheme"),
        "urgency_agreements": Both("regionale afspraak urgenten", "regional agreement on urgent seekers"),
        "binding": Both("voorrang voor lokale binding", "priority for local binding"),
        "middle_rent": Both("middenhuur met vergunning", "middle rent by permit"),
        "permit_holders": Both("taakstelling vergunninghouders", "target for permit holders"),
        "contingents": Both("contingent", "contingent"),
        "free_space": Both("volgorde in de vrije ruimte", "order in the free space"),
        "objection": Both("niet eens met een uitslag", "where to object"),
    }
)
"""The sections of a file of local policy."""

FIELDS: Mapping[str, Both] = MappingProxyType(
    {
        "rule": Both("regel", "rule"),
        "name": Both("naam", "name"),
        "parties": Both("partijen", "parties"),
        "municipality": Both("gemeente", "municipality"),
        "municipalities": Both("gemeenten", "municipalities"),
        "daeb_min_share": Both("ten minste aan de doelgroep", "to the target group at least"),
        "approved": Both("goedgekeurd op", "approved on"),
        "year": Both("jaar", "year"),
        "articles": Both("artikelen", "articles"),
        "hardship_clause": Both("hardheidsclausule", "hardship clause"),
        "chance_elsewhere": Both("kansen elders in de regio", "chances elsewhere in the region"),
        "areas": Both("wijken en buurten", "districts and neighbourhoods"),
        "complexes": Both("complexen", "complexes"),
        "renewal": Both("verlenging", "renewal"),
        "evaluation": Both("evaluatie", "evaluation"),
        "outranks_urgency": Both("gaat voor urgentie", "goes before urgency"),
        "groups": Both("groepen", "groups"),
        "comply_by": Both("nieuwe tekst geldt vanaf", "new text binds from"),
        "share": Both("aandeel", "share"),
        "category": Both("categorie", "category"),
        "bound_to": Both("gebonden aan", "bound to"),
        "hardly_any_room": Both("nauwelijks bouwmogelijkheden", "hardly any room to build"),
        "vital_professions": Both("vitale beroepen", "vital professions"),
        "people": Both("mensen", "people"),
        "association": Both("afdeling van de corporatie", "part of the association"),
        "body": Both("geschillencommissie", "complaints committee"),
        "address": Both("adres van de commissie", "address of the committee"),
        "days": Both("dagen om te laten weten", "days to object"),
        "target_group": Both("doelgroep", "target group"),
        "homes": Both("woningen", "homes"),
    }
)
"""The fields of its records, but for source and days."""

_CODES = {"groups": URGENCY_GROUPS, "target_group": {**URGENCY_GROUPS, **TARGET_GROUPS}, "bound_to": BOUND_TO}
_SHARES = frozenset({"share", "daeb_min_share"})
YES_NO = {True: Both("ja", "yes"), False: Both("nee", "no")}


def facts_of(record: Record) -> dict[str, object]:
    """What a record says by field, but for its source, days and place, and what it leaves open."""
    apart = {"source", "start", "end", "place", "lines"}
    told = ((one.name, getattr(record, one.name)) for one in fields(record) if one.name not in apart)
    return {name: value for name, value in told if value not in (None, "", ())}


def parts_of(name: str, value: object) -> tuple[object, ...]:
    """What a field says, as one or more words, codes or numbers, each :class:`Sayable` where it can be.

    >>> [part.en for part in parts_of("groups", ("medical", "informal_care"))]
    ['medical urgency', 'informal care, given or received']
    >>> parts_of("share", 0.25)[0].say(str)
    '25%'
    """
    return tuple(_part(name, each) for each in (value if isinstance(value, tuple) else (value,)))


def _part(name: str, value: object) -> Sayable | object:
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and name in _SHARES:
        return Percent(value)
    return _CODES.get(name, {}).get(str(value), value)
