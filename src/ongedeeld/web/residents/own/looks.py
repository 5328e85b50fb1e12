"""Who looked at, or worked on, something about a resident: the role and the day, and no name.

Names are told of what residents share themselves (see :mod:`.shares`). A signal or a referral is the work of
a team: who of it looked is answered when the resident asks, after it is sure who they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from ongedeeld.web.accounts.models import RoleHeld
from ongedeeld.web.audit.models import Entry

MOST = 200
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class LookedOn:
    """A day on which somebody looked or worked, and in which roles; none where they hold none any more."""

    day: date
    roles: tuple[str, ...]


def looks_at(
    things: Iterable[UUID], *, without_account: Mapping[str, str] = NOTHING
) -> Mapping[UUID, Sequence[LookedOn]]:
    """Who looked at things, by the key of each, the last day first; of each thing the last 200 moments.

    Parameters
    ----------
    things
        Their keys, as the audit record names them.
    without_account
        By its verb, who does something without signing in: what stands in the place of a role.
    """
    keys = {str(key): key for key in things}
    looked = Q(actor__isnull=False) | Q(verb__in=list(without_account))
    latest = Window(RowNumber(), partition_by=F("thing"), order_by=F("id").desc())
    entries = Entry.objects.filter(looked, thing__in=list(keys)).annotate(nth=latest).filter(nth__lte=MOST)
    moments: dict[UUID, list[tuple[UUID | str, date]]] = {key: [] for key in keys.values()}
    for thing, actor, verb, at in entries.order_by("-id").values_list("thing", "actor", "verb", "at"):
        moments[keys[thing]].append((actor or without_account[verb], timezone.localdate(at)))
    actors = {actor for every in moments.values() for actor, _ in every if isinstance(actor, UUID)}
    held = list(RoleHeld.objects.filter(person__key__in=actors).select_related("person"))
    return {key: _by_day(every, held) for key, every in moments.items()}


def _by_day(moments: Iterable[tuple[UUID | str, date]], held: Iterable[RoleHeld]) -> list[LookedOn]:
    roles: dict[date, set[str]] = {}
    for actor, day in moments:
        on_day = roles.setdefault(day, set())
        if isinstance(actor, str):
            on_day.add(actor)
        on_day |= {
            one.get_role_display()
            for one in held
            if one.person.key == actor and one.from_day <= day <= (one.until_day or day)
        }
    return [LookedOn(day, tuple(sorted(names))) for day, names in roles.items()]
