"""Warn before an agreement lapses, is to be reviewed, or support ends: by letters that do not tell which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

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
from ongedeeld.web.working_days import is_working_day

WARNED_BEFORE = (timedelta(weeks=8), timedelta(weeks=2), timedelta(0), -timedelta(weeks=4))
"""How long before its day somebody hears of an agreement: time to meet, time to sign, the day itself, and
once more when four weeks passed without a new day."""
SUPPORT_BEFORE = (timedelta(weeks=6), timedelta(weeks=2))
"""How long before it ends somebody hears of support, so that it does not end unseen."""
_SUBJECT = N_("Something waits for you in Ongedeeld")
_AGREEMENT = N_("An agreement with partners is to be looked at again, or ends soon.")
_SUPPORT = N_("Something that you wrote down ends soon. Look whether it has to go on.")

Letter = tuple[UUID, str, str]
"""To whom, the line, and the path of the page."""


def remind(today: date) -> int:
    """Write everybody who has to know, on working days; how many letters went.

    What was not warned of while nobody worked is warned of on the next working day: none is lost, and that
    one was written is kept with its thing.
    """
    if not is_working_day(today):
        return 0
    due: list[tuple[Agreement | SupportAgreement, list[Letter]]] = [
        *agreements_due(today),
        *supports_due(today),
    ]
    return sum(_warn(one, letters, today) for one, letters in due)


@transaction.atomic
def _warn(one: Agreement | SupportAgreement, letters: list[Letter], today: date) -> int:
    sent = sum(write_to(person, _SUBJECT, line, page) for person, line, page in sorted(letters))
    if sent:  # where no letter can go yet, it is not lost
        type(one)._default_manager.filter(pk=one.pk).update(warned_on=today)
    return sent


def agreements_due(today: date) -> Iterator[tuple[Agreement, list[Letter]]]:
    """Agreements of which nobody was warned yet that the review or last day comes, or came, with the letters.

    They go to who wrote them, or else to who keeps them now.
    """
    last = today + max(WARNED_BEFORE)
    coming = Q(review_on__lte=last) | Q(until_day__lte=last)
    for one in Agreement.objects.filter(running(today)).filter(coming):
        days = [day for day in (one.review_on, one.until_day) if day is not None]
        if _is_due(days, WARNED_BEFORE, timezone.localdate(one.made_at), one.warned_on, today):
            page = reverse("agreement", args=[one.key])
            yield one, [(person, _AGREEMENT, page) for person in _readers(one.made_by, today)]


def supports_due(today: date) -> Iterator[tuple[SupportAgreement, list[Letter]]]:
    """Support of which nobody was warned yet that it ends soon, with the letters.

    They go to who wrote it down, or else to who keeps it there now.
    """
    soon = SupportAgreement.objects.filter(
        ended_on__isnull=True, until_day__gte=today, until_day__lte=today + max(SUPPORT_BEFORE)
    )
    for held in soon.exclude(key__in=stopped(SUPPORT)).prefetch_related("places"):
        made = timezone.localdate(held.made_at)
        if _is_due([held.until_day], SUPPORT_BEFORE, made, held.warned_on, today):
            page = reverse("support", args=[held.key])
            yield held, [(person, _SUPPORT, page) for person in _keepers(held, today)]


def _is_due(
    days: Iterable[date], before: Iterable[timedelta], made: date, warned: date | None, today: date
) -> bool:
    """Whether a moment to warn came after it was made and was last warned of, and is not in the future."""
    moments = [day - span for day in days for span in before]
    return any(max(made, warned or made) < moment <= today for moment in moments)


def _readers(maker: UUID, today: date) -> list[UUID]:
    """Who made it, while they work here; otherwise every policy adviser."""
    working = RoleHeld.objects.on(today)
    if working.filter(person__key=maker).exists():
        return [maker]
    advisers = working.filter(role=Role.POLICY_ADVISER).values("person")
    return list(Person.objects.filter(pk__in=advisers).order_by("pk").values_list("key", flat=True))


def _keepers(held: SupportAgreement, today: date) -> list[UUID]:
    """Who wrote it down, while they keep support there; otherwise who manages that area, or works there."""
    here = Q(everywhere=True) | Q(areas__code__in=held.area_codes)
    roles = [str(role) for role in table()[KEEP_SUPPORT].roles]
    keepers = RoleHeld.objects.on(today).filter(here, role__in=roles)
    if keepers.filter(person__key=held.made_by).exists():
        return [held.made_by]
    managers = keepers.filter(role=Role.AREA_MANAGER)
    found = managers if managers.exists() else keepers
    return sorted(set(found.values_list("person__key", flat=True)))
