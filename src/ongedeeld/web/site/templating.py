"""Pages are Jinja templates, with the sentences, numbers and parts of the reporting room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from ongedeeld.errors import Sayable
from ongedeeld.reasons import Decision
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import Language, translator
from ongedeeld.web.accounts.permissions import may


def spoken() -> Language:
    """The language of this request."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def speech() -> Speech:
    """The sentences and numbers of this request's language."""
    return Speech(spoken())


def environment(*, loader: BaseLoader, **options: Any) -> Environment:
    """Jinja as all pages use it; `report/…` are the templates of the reporting room."""
    made = Environment(  # noqa: S701 - Django hands autoescape over
        **options
        | {
            "loader": ChoiceLoader([loader, PrefixLoader({"report": PackageLoader("ongedeeld.reporting")})]),
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "extensions": ["jinja2.ext.i18n"],
        }
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: translator(spoken()).gettext(text),
        lambda one, many, count: translator(spoken()).ngettext(one, many, count),
        newstyle=True,
    )
    made.filters["svg"] = Markup  # drawn by the reporting room, with every name in it escaped
    made.filters["said"] = _said
    made.globals |= {"static": static, "url": _url}
    return made


def _said(thing: str | Sayable | Decision) -> str:
    """A marked text, or what says itself, in the language of this request."""
    translate = translator(spoken()).gettext
    return translate(thing) if isinstance(thing, str) else thing.say(translate)


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def shell(request: HttpRequest) -> dict[str, object]:
    """What every page may ask for."""
    person = request.user

    def allowed(action: str, thing: object = None) -> Decision:
        return may(person, action, thing)

    answer: Callable[..., Decision] = allowed
    return {"speech": speech(), "person": person, "may": answer}
