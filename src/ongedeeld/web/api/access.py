"""Who asks: an organisation with a token, or somebody who is signed in; and how often."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import within
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.api.queries import person_of

RATE = "120/m/key"


class Token(HttpBearer):
    """A token in the header, which never stands in an address or a log of addresses."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """For whom it stands."""
        person = person_of(token)
        return _within_limits(request, person) if person else None


def signed_in(request: HttpRequest) -> Person | None:
    """Somebody who is signed in may read by way of the API too: it only answers GET."""
    return _within_limits(request, request.user) if isinstance(request.user, Person) else None


def _within_limits(request: HttpRequest, person: Person) -> Person:
    if not within(request, "api", RATE, key=str(person.key)):
        raise HttpError(429, "")
    return require(person, "api.read")
