"""Signs in words of what may not be kept of anybody: citizen service numbers, and what the police has."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

from ongedeeld.errors import N_

_RUNS = re.compile(r"(?<!\d)\d(?:[ .-]?\d){7,8}(?!\d)")
POLICE = re.compile(
    r"\b(?:strafblad|crimineel verleden|veroordeeld|verdachte|gearresteerd|aangehouden door de politie|"
    r"celstraf|gevangenisstraf|detentie|ex-gedetineerde|reclassering|aangifte tegen|proces-verbaal|"
    r"criminal record|convicted|suspect(?:ed)? of|arrested|prison sentence|probation|ex-convict)",
    re.IGNORECASE,
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


def has_citizen_number(text: str) -> bool:
    """Whether a citizen service number stands in a text, also in pieces: `111.222.333`."""
    return any(is_citizen_number(re.sub(r"\D", "", run)) for run in _RUNS.findall(text))


def without_number(text: str) -> None:
    """Refuse what somebody typed with a citizen service number in it: a validator of a field of a form.

    Raises
    ------
    ValidationError
        When one stands in it.
    """
    if has_citizen_number(text):
        raise ValidationError(N_("No citizen service number: a landlord may not keep it (UAVG 46)."))
