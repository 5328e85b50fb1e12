"""Words that resemble what does not belong in a signal, and tell of a thing or a place: shops, plants, lines.

A shop is known by what it is ("Turkse supermarkt"), or where the word also is somebody's trade, by how a
place is told ("bij de Turkse bakker", and not "bij een Turkse bakker thuis"). Things are known by a small
letter: Boom may be somebody's name.
"""

from __future__ import annotations

import re

from ongedeeld.web.safeguards.words import has_citizen_number

_FROM = (
    r"(?i:turks|marokkaans|surinaams|antilliaans|syrisch|somalisch|eritrees|afghaans|irakees|iraans|oekra[iï]ens|"
    r"bulgaars|roemeens|pools|chinees|koerdisch|moluks|indonesisch|indische|arabisch|afrikaans|islamitisch|"
    r"turkish|moroccan|surinamese|syrian|polish|chinese|kurdish|indonesian|arabic|african)(?i:e?)"
)
_SHOP = (
    r"(?i:bakkerij|slagerij|supermarkt|winkel|winkeltje|restaurant|eethuis|eettent|kapsalon|toko|snackbar|"
    r"groentewinkel|markt|theehuis|bakery|supermarket|shop|store|takeaway|barber\s?shop)"
)
_TRADE = r"(?i:bakker|slager|groenteboer|kapper|kruidenier|baker|butcher|barber|greengrocer)"
_AT = r"(?i:bij|naast|voor|tegenover|achter|boven|langs|onder|near|at|by|above|behind|opposite|next to)"
_ROUND_THE_CORNER = r"(?i:op de hoek|om de hoek|in de straat|aan het plein|on the corner)"
_GROUND = (
    r"(?:gras\w*|gazon|weg\w*|stoep\w*|trottoir|bestrating|asfalt|tegel\w*|grond|terrein|vloer|dak|plein|fietspad|"
    r"parkeer\w*|speel\w*|lawn|grass|pavement|road|ground|floor|roof)"
)
_LINE = (
    r"(?:ontvangst|verbinding|lijn|signaal|beeld|geluid|televisie|tv|radio|internet|nachtrust|reception|"
    r"connection)"
)
_PLANT_OR_MACHINE = (
    r"(?:lift|boom|bomen|plant|planten|struik|struiken|heg|haag|hagen|kastanje\w*|eik|eiken|iep|iepen|essen|verwarming|"
    r"ketel|installatie|pomp|deur\w*|tree|trees|plants|hedge|boiler)"
)
_IS = r"(?i:is|zijn|lijkt|lijken|was|waren|looks?|are|were)"
_STILL = r"(?:(?i:al|nog|erg|weer|steeds|ook|still|again)\s+)*"
_SIGNS = (
    rf"\b{_FROM}\s+{_SHOP}s?\b",
    rf"\b{_AT}\s+(?:(?i:de|the)\s+)?{_FROM}\s+{_TRADE}\b(?!\s+(?i:thuis|in\s+huis|at\s+home))",
    rf"\b{_FROM}\s+{_TRADE}\s+{_ROUND_THE_CORNER}\b",
    rf"\b(?i:depressions?|depressies?)\s+(?i:in)\s+(?:(?i:het|de|een|the)\s+)?(?i:{_GROUND})\b",
    rf"\b(?i:gestoorde?)\s+(?i:{_LINE})\b",
    rf"\b(?i:{_LINE})\s+(?i:is|was|wordt|werd)\s+(?:\w+\s+)?(?i:gestoord)\b",
    r"\b(?i:gestoord\s+door\s+(?:(?:het|de|harde|veel)\s+)*(?:lawaai|geluid|herrie|muziek|verkeer))\b",
    rf"\b(?i:de|het|een|deze|die|dit|dat|the|this)\s+{_PLANT_OR_MACHINE}\s+{_IS}\s+{_STILL}(?i:ziek|sick|ill)\b",
    rf"\b(?i:zieke|sick)\s+{_PLANT_OR_MACHINE}\b",
)
HARMLESS = tuple(re.compile(sign) for sign in _SIGNS)
_METER = re.compile(
    r"\b(?:meterstand(?:en)?|meternummer|(?:gas|water|elektra|elektriciteits|stroom|warmte)meter|"
    r"meter reading|(?:gas|water|electricity) meter)\b[^\d.!?]{0,25}(\d[\d .]{6,12}\d)"
    r"|(?<!\d)(\d[\d .]{6,12}\d)\s?(?:kWh|m3|m³|GJ)\b",
    re.IGNORECASE,
)
_CITIZEN = re.compile(r"\b(?:bsn|sofi|burgerservice|citizen service)", re.IGNORECASE)


def without_harmless(text: str) -> str:
    """A text without the words that resemble others and tell of nobody."""
    for sign in HARMLESS:
        text = sign.sub(" ", text)
    return text


def names_citizen_number(text: str) -> bool:
    """Whether a citizen service number stands in a text; the reading of a meter is none.

    A reading may pass the eleven test by chance, as one number of nine digits in eleven does.
    """
    told = text if _CITIZEN.search(text) else _METER.sub(" ", text)
    return has_citizen_number(told)
