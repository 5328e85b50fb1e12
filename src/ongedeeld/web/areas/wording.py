"""Words that may lead to a person: refused in everything that is written about a place.

What cannot be held cannot leak. A check finds much and not all; the hint above every field says what belongs
there.
"""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import personal_sign
from ongedeeld.web.safeguards.words import POLICE, has_citizen_number

HINT = N_(
    "Write about the place, not about persons: no names, addresses, health, origin or police data. What "
    "somebody needs help with does not belong here."
)


def sign_of_a_person(text: str) -> str | None:
    """What in a text looks as if it leads to a person, as a text to translate; none where nothing is seen.

    Examples
    --------
    >>> sign_of_a_person("In Portiek 3 is de verlichting stuk.")
    >>> str(sign_of_a_person("BSN 111.222.333"))
    'a citizen service number'
    """
    if has_citizen_number(text):
        return N_("a citizen service number")
    if POLICE.search(text):
        return N_("police or criminal data")
    return personal_sign(text)
