"""The letters that the workbench writes to the people who work with it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.invitations import link_of
from ongedeeld.web.accounts.letters import send
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.jobs.actions import ask

INVITE = "accounts.write_invitation"
"""The work that sends an invitation."""
_SUBJECT = N_("Your invitation to Ongedeeld")
_INVITATION = (
    N_("Hello {name},"),
    N_("{inviter} invites you to the workbench of your housing association. Choose a password here:"),
    "{link}",
    N_(
        "The link works once, for {days} days. Did you not expect this letter? Then you need not do anything."
    ),
)


def send_invitation(person: Person, inviter: Person, site: str) -> bool:
    """Let an invitation be sent, in the language of the person; false where no mail can be sent at all.

    The job makes the link itself: what it holds lies in no row.

    Parameters
    ----------
    person, inviter
        Who was invited, and by whom.
    site
        Where the workbench is found, such as `https://ongedeeld.voorbeeld.nl/`.
    """
    if not settings.EMAIL_HOST:
        return False
    ask(INVITE, {"person": str(person.key), "inviter": str(inviter.key), "site": site}, actor=inviter)
    return True


def deliver_invitation(key: UUID, inviter: UUID, site: str) -> bool:
    """Send an invitation of which :func:`send_invitation` tells.

    Returns
    -------
    Whether it was sent; not where the person came in, or was removed, meanwhile.

    Raises
    ------
    NotNowError
        When the mail server does not take it.
    """
    person = Person.objects.filter(key=key, is_active=True, invited_at__isnull=False).first()
    if person is None or not settings.EMAIL_HOST:
        return False
    speech = Speech("en" if person.language == "en" else "nl")
    link = site.rstrip("/") + reverse("accept_invitation", args=[link_of(person)])
    asked_by = Person.objects.filter(key=inviter).values_list("name", flat=True).first()
    fields = {"name": person.name, "inviter": asked_by or "", "link": link, "days": settings.INVITATION_DAYS}
    body = "\n\n".join(speech.say(text, **fields) for text in _INVITATION)
    send(speech.say(_SUBJECT), body, person.email)
    return True
