"""Pages about oneself: the account, and the invitation with which it begins."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ongedeeld.errors import N_
from ongedeeld.web.accounts import actions
from ongedeeld.web.accounts.forms import AcceptForm, MyselfForm
from ongedeeld.web.accounts.invitations import invited_by
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.queries import own_rights, own_roles
from ongedeeld.web.accounts.second_factor import asks_second_factor, has_second_factor


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponseBase:
    """My name and language, how I sign in, where I am signed in, and what my roles let me do."""
    person = request.user
    if not isinstance(person, Person):
        return redirect_to_login(request.get_full_path())
    form = MyselfForm(request.POST or None, initial={"name": person.name, "language": person.language})
    if request.method == "POST" and form.is_valid():
        actions.change_myself(person, **form.cleaned_data)
        messages.success(request, N_("Your name and language were kept."))
        return HttpResponseRedirect(reverse("account"), status=303)
    roles = own_roles(person)
    told = {
        "form": form,
        "roles": roles,
        "rights": own_rights(person),
        "second_factor": has_second_factor(person),
        "asked": [one for one in roles if asks_second_factor(one.row.role)],
        "sessions": UserSession.objects.purge_and_list(person),
    }
    return render(request, "accounts/account.html", told, status=422 if form.is_bound else 200)


@never_cache
@limited("invitation", "20/m/ip")
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Choose a password with the link of an invitation; signing in comes next."""
    person = invited_by(token)
    if person is None:
        return _with_no_referrer(render(request, "accounts/invitation_ended.html", status=410))
    form = AcceptForm(request.POST or None, person=person, initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        actions.accept_invitation(person, form.cleaned_data["name"], form.cleaned_data["password"])
        messages.success(request, N_("Your password was kept. Sign in with it now."))
        return HttpResponseRedirect(reverse("account_login"), status=303)
    told = {"form": form, "invited": person}
    page = render(request, "accounts/accept_invitation.html", told, status=422 if form.is_bound else 200)
    return _with_no_referrer(page)


def _with_no_referrer(page: HttpResponse) -> HttpResponse:
    """The address holds the secret of the invitation, so no other page may hear it."""
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
