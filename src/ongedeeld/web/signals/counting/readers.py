"""Who sees which counts in full: all that their roles and teams reach, now or before.

What somebody saw last year they still know: a role that ended counts as well, and two roles count together.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.permissions import extent_of, table
from ongedeeld.web.signals.counting.protecting import Reach
from ongedeeld.web.signals.models import TeamMember

FULL = "signals.see_full_counts"


def reaches_known(today: date) -> set[Reach]:
    """Every reach that somebody has; whoever sees everything learns nothing from a table."""
    return {reach for _, reach in _reaches(today) if reach}


def reach_of(person: Person, today: date) -> Reach | None:
    """The areas and complexes of which a person sees or saw every count; none is everywhere."""
    if extent_of(person, FULL).everywhere:
        return None
    return next((reach for _, reach in _reaches(today, person)), frozenset())


def digest_of(reach: Reach) -> str:
    """By what a reach is found again."""
    return sha256(json.dumps(sorted(reach)).encode()).hexdigest()


def _reaches(today: date, person: Person | None = None) -> Iterator[tuple[object, Reach | None]]:
    """Everybody who sees counts in full, or one of them, with their reach; none is everywhere."""
    held = RoleHeld.objects.filter(role__in=_roles(), from_day__lte=today, person__is_active=True)
    mine = TeamMember.objects.filter(person__in=Person.objects.filter(is_active=True).values("key"))
    if person is not None:
        held, mine = held.filter(person=person), mine.filter(person=person.key)
    codes: dict[object, set[str]] = defaultdict(set)
    everywhere: set[object] = set()
    for role in held.select_related("person").prefetch_related("areas"):
        codes[role.person.key].update(area.code for area in role.areas.all())
        if role.everywhere:
            everywhere.add(role.person.key)
    for key, areas, catches_all in mine.values_list("person", "team__areas", "team__catches_all"):
        if key in codes:
            codes[key].update(areas)
            if not areas and not catches_all:
                everywhere.add(key)
    for who, reach in codes.items():
        yield who, None if who in everywhere else frozenset(reach)


def _roles() -> list[str]:
    return [str(role) for role in table()[FULL].roles]
