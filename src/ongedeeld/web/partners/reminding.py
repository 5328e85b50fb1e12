"""Warn before an agreement lapses, is to be reviewed, or support ends: by letters that do not tell which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.permissions import table
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.partners.models import Agreement, SupportAgreement
from ongedeeld.web.partners.queries import running
from ongedeeld.web.partners.supporting import KEEP as KEEP_SUPPORT
from ongedeeld.web.partners.supporting import PURPOSE as SUPPORT
from ongedeeld.web.safeguards.request_marks import stopped

WARNED_BEFORE = (timedelta(weeks=8), timedelta(weeks=2), timedelta(0))
"""How long before its day somebody hears of an agreement: time to meet, time to sign, and the day itself."""
SUPPORT_BEFORE = (timedelta(weeks=6), timedelta(weeks=2))
"""How long before it ends somebody hears of support, so that it does not end unseen."""
_SUBJECT = N_("Something waits for you in Ongedeeld")
_AGREEMENT = N_("An agreement with partners is to be looked at again, or ends soon.")
_SUPPORT = N_("Something that you wrote down ends soon. Look whether it has to go on.")

Letter = tuple[UUID, str, str]
"""To whom, the line, and the path of the page."""


def remind(today: date) -> int:
    """Write everybody who has to know; how many letters went."""
    letters = sorted({*agreements_due(today), *supports_due(today)})
    return sum(write_to(person, _SUBJECT, line, page) for person, line, page in letters)


def agreements_due(today: date) -> Iterator[Letter]:
    """Letters on agreements whose review or last day comes: to who wrote them, or else who keeps them now."""
    days = [today + before for before in WARNED_BEFORE]
    due = Agreement.objects.filter(running(today)).filter(Q(review_on__in=days) | Q(until_day__in=days))
    for agreement in due:
        for person in _readers(agreement.made_by, today):
            yield person, _AGREEMENT, reverse("agreement", args=[agreement.key])


def supports_due(today: date) -> Iterator[Letter]:
    """Letters on support that ends soon: to who wrote it down, or else who keeps it there now."""
    days = [today + before for before in SUPPORT_BEFORE]
    due = SupportAgreement.objects.filter(ended_on__isnull=True, until_day__in=days)
    for held in due.exclude(key__in=stopped(SUPPORT)).prefetch_related("places"):
        for person in _keepers(held, today):
            yield person, _SUPPORT, reverse("support", args=[held.key])


def _readers(maker: UUID, today: date) -> list[UUID]:
    """Who made it, while they work here; otherwise every policy adviser."""
    working = _working(today)
    if working.filter(person__key=maker).exists():
        return [maker]
    advisers = working.filter(role=Role.POLICY_ADVISER).values("person")
    return list(Person.objects.filter(pk__in=advisers).order_by("pk").values_list("key", flat=True))


def _keepers(held: SupportAgreement, today: date) -> list[UUID]:
    """Who wrote it down, while they keep support there; otherwise who manages that area, or works there."""
    here = Q(everywhere=True) | Q(areas__code__in=held.area_codes)
    roles = [str(role) for role in table()[KEEP_SUPPORT].roles]
    keepers = _working(today).filter(here, role__in=roles)
    if keepers.filter(person__key=held.made_by).exists():
        return [held.made_by]
    managers = keepers.filter(role=Role.AREA_MANAGER)
    found = managers if managers.exists() else keepers
    return sorted(set(found.values_list("person__key", flat=True)))


def _working(today: date) -> QuerySet[RoleHeld]:
    """The roles of whoever works here on a day."""
    runs = Q(from_day__lte=today) & (Q(until_day__isnull=True) | Q(until_day__gte=today))
    return RoleHeld.objects.filter(runs, person__is_active=True)
