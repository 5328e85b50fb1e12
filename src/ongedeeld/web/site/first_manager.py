"""The first manager of an installation, who invites everybody else."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.invitations import invitation_of
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.actions import record


@transaction.atomic
def invite_manager(name: str, email: str) -> str:
    """Make room for a manager of the installation; whoever can run this on the machine may do so.

    Parameters
    ----------
    name, email
        Who it is.

    Returns
    -------
    The path of the page where they accept, good for a week and for one person.

    Raises
    ------
    InputError
        When the address is none, or somebody has it already and has accepted.
    """
    if "@" not in email.strip("@"):
        raise InputError(N_("{email} is not an e-mail address"), email=email)
    person = Person.objects.filter(email__iexact=email).first()
    if person is not None and person.invited_at is None:
        raise InputError(
            N_("somebody with the address {email} works here already"),
            remedy=N_("look them up in the list of people and give them a role there"),
            email=email,
        )
    person = person or Person(email=email.lower(), name=name, language=settings.LANGUAGE_CODE)
    person.set_unusable_password()
    token = invitation_of(person)
    person.save()
    if not person.roles_held.filter(role=Role.MANAGER).exists():
        today = timezone.localdate()
        RoleHeld.objects.create(person=person, role=Role.MANAGER, everywhere=True, from_day=today)
    record(None, "site.invite_manager", "person", person.key, ["email", "name", "role"])
    return reverse("accept_invitation", args=[token])
