"""How what was given is removed, and what of it is sealed; `safeguarding` brings this in."""

from __future__ import annotations

from datetime import date

from ongedeeld.web.residents.giving.gifts import PURPOSE, bound_to
from ongedeeld.web.residents.models import Donation, Given
from ongedeeld.web.safeguards.removing import remove_past, removes
from ongedeeld.web.safeguards.resealing import sealed


@removes(PURPOSE)
def remove_past_donations(today: date, most: int) -> int:
    """Donations past their term, and that a vault gave so long ago."""
    return remove_past(Donation, today, most) + remove_past(Given, today, most)


sealed(Donation, "contents", lambda one: bound_to(one.token_hash))
