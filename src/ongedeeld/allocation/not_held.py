"""Columns that are refused with the reason why, and not only because no rule asks for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ongedeeld.errors import N_


@dataclass(frozen=True, slots=True)
class Ground:
    """Why columns are refused, and the words in a header that call for it."""

    reason: str
    words: tuple[str, ...]


GROUNDS = (
    Ground(
        N_("nationality, ethnicity, origin and religion of people are not held"),
        ("nationalit", "ethnic", "etnic", "herkomst", "afkomst", "migratie", "geboorteland", "religi",
         "verblijfsstatus", "country", "ras", "race"),
    ),
    Ground(
        N_("health and diagnoses of people are not held; whether somebody has support never says why"),
        ("diagnos", "medisch", "medical", "ziekte", "illness", "handicap", "disabilit", "beperking",
         "verslav", "addict", "psych", "ggz", "wmo"),
    ),
    Ground(
        N_("police data and lists of unwanted people are not held"),
        ("politie", "police", "strafblad", "crimin", "detentie", "veroordeel", "zwartelijst", "blacklist",
         "overlast", "nuisance"),
    ),
    Ground(
        N_("a score of a person is not held, and serves no round"),
        ("score", "risico", "risk", "zelfredzaam"),
    ),
    Ground(
        N_("an amount of income is not held; the income rules need the class alone: income_class"),
        ("inkomen", "income", "salaris", "salary", "uitkering", "vermogen", "assets"),
    ),
    Ground(
        N_("dates of birth are not held: with a home they lead to a person"),
        ("geboorte", "birth", "dob", "leeftijd", "age"),
    ),
    Ground(
        N_("names, numbers and addresses that lead to a person are not held; use a pseudonymous number"),
        ("bsn", "burgerservice", "naam", "name", "email", "mail", "telefoon", "phone", "iban", "adres",
         "address", "postcode"),
    ),
)  # fmt: skip


def why_not_held(header: str) -> str | None:
    """Why a column with this header is not held; None when no ground of its own forbids it.

    A word of up to four letters counts only by itself.

    >>> why_not_held("Nationaliteit")
    'nationality, ethnicity, origin and religion of people are not held'
    """
    squashed = re.sub(r"[\W_]+", "", header.lower())
    alone = set(re.split(r"[\W_]+", header.lower()))
    for ground in GROUNDS:
        if any(word in (alone if len(word) <= 4 else squashed) for word in ground.words):
            return ground.reason
    return None
