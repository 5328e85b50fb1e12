"""Search the record. The page that shows it asks for the right to (see `oversight`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone

from ongedeeld.web.audit.models import Entry, Removal

PAGE_SIZE = 50


@dataclass(frozen=True)
class Search:
    """What is looked for; what is empty is not asked.

    Parameters
    ----------
    actor
        Who did or saw it.
    kind, thing
        What it was done to.
    things
        Keys and places of which any will do: what was done to one of these, or to something about that place.
    verb
        What was done; `areas.` finds all that an app does.
    from_day, until_day
        In which period, both days included, as the clock in Amsterdam tells.
    """

    actor: UUID | None = None
    kind: str = ""
    thing: str = ""
    things: frozenset[str] = frozenset()
    verb: str = ""
    from_day: date | None = None
    until_day: date | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of what is asked."""
        return tuple(name for name, value in vars(self).items() if value)


def search(wanted: Search, page: int = 1) -> Page[Entry]:
    """A page of the entries that answer a search, the last ones first."""
    return Paginator(_found(wanted), PAGE_SIZE).get_page(page)


def _found(wanted: Search) -> QuerySet[Entry]:
    found = Entry.objects.all()
    if wanted.actor:
        found = found.filter(actor=wanted.actor)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.thing or wanted.things:
        asked = wanted.things | ({wanted.thing} if wanted.thing else set())
        found = found.filter(Q(thing__in=asked) | Q(place__in=asked))
    if wanted.verb:
        family = wanted.verb.endswith(".")
        found = found.filter(verb__startswith=wanted.verb) if family else found.filter(verb=wanted.verb)
    if wanted.from_day:
        found = found.filter(at__gte=_begin(wanted.from_day))
    if wanted.until_day:
        found = found.filter(at__lt=_begin(wanted.until_day + timedelta(days=1)))
    return found


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def known_verbs() -> Iterator[str]:
    """Every verb that stands in the record, in order of the alphabet."""
    yield from Entry.objects.order_by("verb").values_list("verb", flat=True).distinct()


def known_kinds() -> Iterator[str]:
    """Every kind of thing that stands in the record, in order of the alphabet."""
    yield from Entry.objects.order_by("kind").values_list("kind", flat=True).distinct()


def removals() -> QuerySet[Removal]:
    """What was removed from the record, the last first."""
    return Removal.objects.all()
