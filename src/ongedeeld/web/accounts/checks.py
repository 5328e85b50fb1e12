"""Ask for a permission in a view."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from ongedeeld.reasons import Decision
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may


class Refused(PermissionDenied):
    """Somebody may not do this; the page tells why."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.say())
        self.decision = decision


def require(person: Person | AnonymousUser, action: str, thing: object = None) -> Person:
    """The person, when the answer of :func:`may` is yes.

    Raises
    ------
    Refused
        When it is no; the page tells the reasons.
    """
    decision = may(person, action, thing)
    if not decision or not isinstance(person, Person):
        raise Refused(decision)
    return person
