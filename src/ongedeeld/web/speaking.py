"""The language of this request."""

from __future__ import annotations

from django.utils.translation import get_language

from ongedeeld.errors import OngedeeldError
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import Language, translator


def spoken() -> Language:
    """The language of this request."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def speech() -> Speech:
    """The sentences and numbers of this request's language."""
    return Speech(spoken())


def told(error: OngedeeldError) -> str:
    """An error in the language of this request, for a message or beside a form."""
    return error.say(translator(spoken()).gettext)
