"""Sign in with one click: a page that exists in the demo and on this machine alone."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.queries import own_roles
from ongedeeld.web.site.demo.people import GUESTS
from ongedeeld.web.site.demo.resident import CARD, SECOND
from ongedeeld.web.site.language import keep_language

_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_PASSED_ON = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP")


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The invented people, and a button each."""
    if not exists_for(request):
        raise Http404
    if request.method == "POST":
        person = get_object_or_404(Person, email=request.POST.get("email", ""), is_demo=True, is_active=True)
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        if (read := get_language()) and read != person.language:
            keep_language(person, read)
        return redirect("start")
    works = {
        person.email: [area.name for held in own_roles(person) for area in held.areas]
        for person in Person.objects.filter(is_demo=True, is_active=True)
    }
    here = [(guest, works[guest.email]) for guest in GUESTS if guest.email in works]
    return render(request, "demo/sign_in.html", {"guests": here, "cards": (CARD, SECOND)})


def exists_for(request: HttpRequest) -> bool:
    """Whether this is the demo, asked for from this machine, by its own name, and passed on by nobody."""
    return (
        settings.DEMO
        and split_domain_port(request.get_host())[0] in _NAMES
        and _is_this_machine(request.META.get("REMOTE_ADDR", ""))
        and not any(header in request.META for header in _PASSED_ON)
    )


def _is_this_machine(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
