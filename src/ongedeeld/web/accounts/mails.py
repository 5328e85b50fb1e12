"""The letters that the workbench writes to the people who work with it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.models import Person

_SUBJECT = N_("Your invitation to Ongedeeld")
_INVITATION = (
    N_("Hello {name},"),
    N_("{inviter} invites you to the workbench of your housing association. Choose a password here:"),
    "{link}",
    N_(
        "The link works once, for {days} days. Did you not expect this letter? Then you need not do anything."
    ),
)


def send_invitation(person: Person, link: str, inviter: str) -> bool:
    """Send an invitation in the language of the person; false where no mail can be sent at all."""
    if not settings.EMAIL_HOST:
        return False
    speech = Speech("en" if person.language == "en" else "nl")
    fields = {"name": person.name, "inviter": inviter, "link": link, "days": settings.INVITATION_DAYS}
    body = "\n\n".join(speech.say(text, **fields) for text in _INVITATION)
    send_mail(speech.say(_SUBJECT), body, None, [person.email])
    return True
