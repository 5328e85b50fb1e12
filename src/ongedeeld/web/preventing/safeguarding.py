"""How what this app holds of people is removed, and what of it is sealed."""

from __future__ import annotations

from datetime import date

from ongedeeld.web.preventing.models import Arrears, Case, Delivery, Tried
from ongedeeld.web.preventing.removing import remove_arrears, remove_cases
from ongedeeld.web.safeguards.removing import remove_past, removes
from ongedeeld.web.safeguards.resealing import sealed


@removes("preventing.arrears")
def remove_past_arrears(today: date, most: int) -> int:
    """Arrears past their term, and deliveries in which nothing is left."""
    past = Arrears.objects.filter(remove_after__lt=today).order_by("id")[:most]
    return remove_arrears(past) + remove_past(Delivery, today, most)


@removes("preventing.eviction")
def remove_past_cases(today: date, most: int) -> int:
    """Cases past their term."""
    return remove_cases(Case.objects.filter(remove_after__lt=today).order_by("id")[:most])


sealed(Arrears, "sealed", lambda one: f"arrears:{one.key}")
sealed(Case, "sealed", lambda one: f"case:{one.key}")
sealed(Case, "reasons", lambda one: f"case-reasons:{one.key}")
sealed(Tried, "sealed", lambda one: f"tried:{one.key}")
