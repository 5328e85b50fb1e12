"""The language of this request."""

from __future__ import annotations

from django.utils.translation import get_language

from ongedeeld.errors import OngedeeldError
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import Language, translator


def spoken() -> Language:
    """The language of this request."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def speech() -> Speech:
    """The sentences and numbers of this request's language."""
    return Speech(spoken())


def told(error: OngedeeldError) -> str:
    """An error in the language of this request, for a message or beside a form: a sentence a line."""
    first, *others = error.say(translator(spoken()).gettext).splitlines()
    if error.place is None and not error.problem.startswith("{"):  # a file keeps the name that it has
        first = capital(first)
    return "\n".join(line if line.endswith((".", "?", "!", ":")) else f"{line}." for line in (first, *others))
