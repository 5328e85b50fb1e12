"""Pages are Jinja templates, with the sentences, numbers and parts of the reporting room."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from ongedeeld.errors import Sayable
from ongedeeld.reasons import Decision
from ongedeeld.reporting.text import capital
from ongedeeld.vocabulary import translator
from ongedeeld.web.accounts.organisations import organisations
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.site.navigation import ACCOUNT_PAGES, open_to
from ongedeeld.web.speaking import speech, spoken

VERSION = version("ongedeeld")
HTMX_SETTINGS = json.dumps(
    {"includeIndicatorCSS": False, "history": "reload", "morphIgnore": ["data-htmx-powered", "open"]}
)
"""htmx writes no style into the page, as its content policy asks, going back loads a page anew, and what
somebody opened in a part that is fetched anew stays open."""


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
    made.globals |= {"capital": capital, "organisations": organisations, "static": static, "url": _url}
    return made


def _said(thing: str | Promise | Sayable) -> str:
    """A marked text, a text that Django translates, or what says itself, in the language of this request."""
    translate = translator(spoken()).gettext
    return thing.say(translate) if isinstance(thing, Sayable) else translate(str(thing))


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def shell(request: HttpRequest) -> dict[str, object]:
    """What every page may ask for."""
    person = request.user

    def allowed(action: str, thing: object = None) -> Decision:
        return may(person, action, thing)

    answer: Callable[..., Decision] = allowed
    return {
        "speech": speech(),
        "person": person,
        "may": answer,
        "version": VERSION,
        "rooms_open": open_to(allowed),
        "account_pages": ACCOUNT_PAGES,
        "htmx_settings": HTMX_SETTINGS,
        "in_demo": settings.DEMO,
        "association": settings.ASSOCIATION,
        "association_phone": settings.PHONE,
        # Once for all forms of a page: each new mask takes a millisecond.
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),
    }
