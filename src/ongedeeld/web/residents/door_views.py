"""The pages of a resident that are one shell: the door, beginning, the open map; and the invented lives.

Nothing of anybody is in them. What stands in a map is put there by the script, which has the key.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.errors import N_
from ongedeeld.vocabulary import translator
from ongedeeld.web.residents import wording
from ongedeeld.web.residents.middleware import LANGUAGE_COOKIE
from ongedeeld.web.residents.vault.delaying import DELAY
from ongedeeld.web.residents.vault.openings import PATH
from ongedeeld.web.safeguards.purposes import purposes
from ongedeeld.web.speaking import spoken

WORKER = Path(settings.HERE) / "static" / "built" / "residents-worker.js"
YEAR_DAYS = 365
VIEWS = (
    ("leven", N_("My life")),
    ("invloed", N_("What did what")),
    ("kansen", N_("What could be done")),
    ("waarden", N_("What matters to me")),
    ("mensen", N_("People around me")),
    ("plan", N_("My plan")),
    ("delen", N_("Share")),
    ("doorverwijzingen", N_("Help from others")),
    ("signalen", N_("About my home")),
    ("geven", N_("Give for learning")),
    ("gegevens", N_("My data")),
    ("codes", N_("My cards")),
    ("meer", N_("More")),
)
"""The views of an open map, by what stands after the # in the address, in the order of the menu."""
ASIDE = {
    "doorverwijzingen": N_("To whom you were pointed, and what they answered."),
    "signalen": N_("What was reported about your home and told to you."),
    "geven": N_("Give a copy without names and words, so that others learn from it."),
    "gegevens": N_("Take everything along, close your map elsewhere, remove the link with your home."),
    "codes": N_("Make a new card, or delete your map."),
}
"""Those that are named under more, with what they are for."""
FETCHED = {"signalen": "own_signals", "doorverwijzingen": "my_referrals", "gegevens": "own_data"}
"""Those that the server draws, which are fetched into the map so that the key is not lost."""
OF_AN_EXAMPLE = ("leven", "invloed", "kansen", "waarden", "mensen", "plan")


@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The door, beginning and the open map: one page, which the script leads from one to the other."""
    return render(request, "residents/shell.html", told(request, VIEWS))


@require_GET
def example(request: HttpRequest) -> HttpResponse:
    """Invented lives, to look at without a map of one's own."""
    return render(
        request,
        "residents/example.html",
        told(request, tuple(one for one in VIEWS if one[0] in OF_AN_EXAMPLE)),
    )


@require_GET
def worker(_: HttpRequest) -> HttpResponse:
    """The script behind the pages of a resident, which has the shell at hand without a connection."""
    if not WORKER.exists():
        raise Http404(N_("This was not built."))
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = PATH
    return answer


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Read these pages in another language: kept in a cookie of theirs, and never with a colleague."""
    back = request.POST.get("next", "")
    is_ours = back.startswith(PATH) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    answer = HttpResponseRedirect(back if is_ours else reverse("own_map"), status=303)
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        answer.set_cookie(
            LANGUAGE_COOKIE,
            wanted,
            max_age=YEAR_DAYS * 86_400,
            path=PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )
    return answer


def told(request: HttpRequest, views: tuple[tuple[str, str], ...] = ()) -> dict[str, object]:
    """What every page of a resident says, beside its own."""
    language = spoken()
    return {
        "views": views,
        "fetched": FETCHED,
        "aside": ASIDE,
        "texts": {"language": language, "texts": wording.texts(translator(language).gettext)},
        "delay_days": DELAY.days,
        "kept_years": purposes()["residents.vault"].days // YEAR_DAYS,
    }
