"""How what this app holds of people is removed, and what of it is sealed."""

from __future__ import annotations

from datetime import date

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.partners.models import Member, SupportAgreement
from ongedeeld.web.partners.supporting import PURPOSE, bound_to, remove
from ongedeeld.web.safeguards.purposes import kept_since
from ongedeeld.web.safeguards.removing import remove_some, removes
from ongedeeld.web.safeguards.resealing import sealed


@removes("partners.member")
def remove_past_members(today: date, most: int) -> int:
    """Who left a partner longer ago than the term, and who was removed here altogether."""
    since = kept_since("partners.member", today)
    gone = Member.objects.exclude(person__in=Person.objects.values("key"))
    return remove_some(most, Member.objects.filter(until_day__lt=since), gone)


@removes(PURPOSE)
def remove_past_support(today: date, most: int) -> int:
    """Support past its term."""
    past = SupportAgreement.objects.filter(remove_after__lt=today).order_by("id")
    return remove(list(past.values_list("key", flat=True)[:most]))


sealed(SupportAgreement, "sealed", lambda one: bound_to(one.key))
