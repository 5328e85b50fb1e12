"""Words that may lead to a person: refused in everything that is written about a place.

What cannot be held cannot leak. A check finds much and not all; the hint above every field says what belongs
there.
"""

from __future__ import annotations

import re

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import personal_sign

_RUNS = re.compile(r"(?<!\d)\d(?:[ .-]?\d){7,8}(?!\d)")
_POLICE = re.compile(
    r"\b(?:strafblad|crimineel verleden|veroordeeld|verdachte|gearresteerd|aangehouden door de politie|"
    r"celstraf|gevangenisstraf|detentie|ex-gedetineerde|reclassering|aangifte tegen|proces-verbaal|"
    r"criminal record|convicted|suspect(?:ed)? of|arrested|prison sentence|probation|ex-convict)",
    re.IGNORECASE,
)
HINT = N_(
    "Write about the place, not about persons: no names, addresses, health, origin or police data. What "
    "somebody needs help with does not belong here."
)


def is_citizen_number(digits: str) -> bool:
    """Whether digits pass the eleven test of Dutch citizen service numbers (BSN).

    With nine digits d1 … d9 the sum 9 d1 + 8 d2 + … + 2 d8 − d9 is divisible by 11; eight digits have a
    nought before them (Rijksdienst voor Identiteitsgegevens, Logisch Ontwerp BSN).

    Examples
    --------
    >>> is_citizen_number("111222333"), is_citizen_number("111222334")
    (True, False)
    """
    if not digits.isdigit() or len(digits) not in (8, 9) or not int(digits):
        return False
    numbers = [int(digit) for digit in digits.zfill(9)]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * number for weight, number in zip(weights, numbers, strict=True)) % 11 == 0


def sign_of_a_person(text: str) -> str | None:
    """What in a text looks as if it leads to a person, as a text to translate; none where nothing is seen.

    Examples
    --------
    >>> sign_of_a_person("In Portiek 3 is de verlichting stuk.")
    >>> str(sign_of_a_person("BSN 111.222.333"))
    'a citizen service number'
    """
    if any(is_citizen_number(re.sub(r"\D", "", run)) for run in _RUNS.findall(text)):
        return N_("a citizen service number")
    if _POLICE.search(text):
        return N_("police or criminal data")
    return personal_sign(text)
