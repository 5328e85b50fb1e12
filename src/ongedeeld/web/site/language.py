"""The language in which a person reads: their own once they are signed in, else the browser's."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record


class OwnLanguage:
    """Middleware that lets a signed-in person read in their own language, on whatever machine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, in that language."""
        if isinstance(request.user, Person):
            translation.activate(request.user.language)
        return self.get_response(request)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Read on in another language, and keep that with the person."""
    wanted = request.POST.get("language", "")
    if isinstance(request.user, Person) and wanted in dict(settings.LANGUAGES):
        keep_language(request.user, wanted)
    return set_language(request)


@transaction.atomic
def keep_language(person: Person, language: str) -> None:
    """Keep the language in which a person reads."""
    person.language = language
    person.save(update_fields=["language"])
    record(person, "accounts.choose_language", "person", person.key, ["language"])
