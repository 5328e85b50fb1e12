"""Pages on people: who works here, in which roles."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.web.accounts import actions
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.forms import EndRoleForm, InviteForm, RoleForm
from ongedeeld.web.accounts.mails import send_invitation
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.accounts.queries import (
    Colleague,
    colleague,
    colleagues,
    givable,
)
from ongedeeld.web.audit.actions import seen
from ongedeeld.web.speaking import told
from ongedeeld.web.written import writable


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody whom the person may see."""
    person = require(request.user, "accounts.see_people")
    words = writable(request.GET.get("zoek", "")).strip()
    found = colleagues(person, words)
    return render(request, "accounts/people.html", {"found": found, "words": words})


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponseBase:
    """Invite somebody with a first role."""
    person = require(request.user, "accounts.invite")
    form = InviteForm(
        request.POST or None,
        initial={"language": "nl", "from_day": timezone.localdate()},
        givable=givable(person),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            invited, token = actions.invite(
                given["name"], given["email"], given["language"], form.post(), actor=person
            )
        except InputError as error:
            form.add_error(None, told(error))
        else:
            _hand_over(request, invited, token, person)
            return _to(invited)
    return render(request, "accounts/invite.html", {"form": form}, status=_status(form))


@require_GET
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One person: their roles, and what may be changed."""
    person = require(request.user, "accounts.see_people")
    found = _found(person, key)
    seen(person, "person", key, ("email", "name", "roles"))
    return _page(request, person, found)


@require_POST
def give_role(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Give a role."""
    person = require(request.user, "accounts.give_role")
    found = _found(person, key)
    form = RoleForm(request.POST, givable=givable(person))
    if not form.is_valid():
        return _page(request, person, found, form)
    actions.give_role(found.person, form.post(), actor=person)
    messages.success(request, N_("The role was given."))
    return _to(found.person)


@require_POST
def end_role(request: HttpRequest, key: UUID, role: int) -> HttpResponseBase:
    """End a role at once, or after a last day."""
    person = require(request.user, "accounts.give_role")
    found = _found(person, key)
    held = get_object_or_404(RoleHeld, pk=role, person=found.person)
    form = EndRoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, N_("The last day was not readable as a date. Nothing was changed."))
        return _to(found.person)
    held.version = form.cleaned_data["version"]
    try:
        actions.end_role(held, form.cleaned_data["last_day"], actor=person)
    except InputError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, N_("The end of the role was kept."))
    return _to(found.person)


@require_POST
def invite_again(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Send a new invitation, which ends the password and second factors of before."""
    person = require(request.user, "accounts.invite")
    found = _found(person, key)
    token = actions.invite_again(found.person, actor=person)
    _hand_over(request, found.person, token, person)
    return _to(found.person)


@require_POST
def access(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Close somebody's access, or open it again."""
    person = require(request.user, "accounts.close_access")
    found = _found(person, key)
    if request.POST.get("open") == "1":
        actions.open_access(found.person, actor=person)
        messages.success(request, N_("This person can sign in again."))
    else:
        actions.close_access(found.person, actor=person)
        messages.success(request, N_("This person can no longer sign in."))
    return _to(found.person)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Remove somebody, after asking once."""
    person = require(request.user, "accounts.remove")
    found = _found(person, key)
    if request.method == "GET":
        return render(request, "accounts/remove.html", {"found": found})
    actions.remove(found.person, actor=person)
    messages.success(request, N_("The person was removed. What they made stays, under a key without a name."))
    return HttpResponseRedirect(reverse("people"), status=303)


def _page(
    request: HttpRequest, person: Person, found: Colleague, form: RoleForm | None = None
) -> HttpResponse:
    wrong = form is not None
    if form is None and found.person != person and may(person, "accounts.give_role"):
        form = RoleForm(initial={"from_day": timezone.localdate()}, givable=givable(person))
    context = {"found": found, "form": form, "oneself": found.person == person}
    return render(request, "accounts/person.html", context, status=422 if wrong else 200)


def _found(person: Person, key: UUID) -> Colleague:
    try:
        return colleague(person, key)
    except AbsentError as error:
        raise Http404(error) from error


def _hand_over(request: HttpRequest, invited: Person, token: str, inviter: Person) -> None:
    """Send the link; where no mail can be sent, show it once to whoever invites."""
    if send_invitation(invited, inviter, request.build_absolute_uri("/")):
        messages.success(request, N_("The invitation is on its way."))
    else:
        link = request.build_absolute_uri(reverse("accept_invitation", args=[token]))
        messages.warning(
            request, N_("No mail server is set. Hand this link over yourself; it is shown once:")
        )
        messages.info(request, link)


def _to(person: Person) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("person", args=[person.key]), status=303)


def _status(form: RoleForm) -> int:
    return 422 if form.is_bound else 200
