"""Letters of one line and a link to who works here: that there is something to read, never what it is.

A job sends them (see `work`), so that no page waits for a mail server. One that cannot be sent is tried
again; where it was given up it stands among the long work.
"""

from __future__ import annotations

from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.jobs.actions import ask
from ongedeeld.web.jobs.running import NotNowError

WRITE = "accounts.write_letter"
"""The work that sends one letter."""
SILENT = "accounts.mail_server_is_silent"
SILENT_SECONDS = 60
"""So long no letter is tried after the mail server gave no answer: each would hold the worker up."""
_WHERE = N_("You read it here, after signing in: {link}")


def write_to(key: UUID, subject: str, line: str, address: str) -> bool:
    """Let a letter of one line and a link be sent to somebody, when this transaction is through.

    Parameters
    ----------
    key
        The key of the person; who no longer works here gets nothing.
    subject, line
        Texts to translate, without a word of what it is about.
    address
        The path of the page.

    Returns
    -------
    Whether one goes.
    """
    if not settings.EMAIL_HOST or not _reads(key):
        return False
    told = {"person": str(key), "subject": subject, "line": line, "address": address}
    ask(WRITE, told, actor=None)
    return True


def deliver(key: UUID, subject: str, line: str, address: str) -> bool:
    """Send a letter of which :func:`write_to` tells.

    Returns
    -------
    Whether it was sent; not where the person left meanwhile.

    Raises
    ------
    NotNowError
        When the mail server does not take it.
    """
    person = _reads(key)
    if person is None or not settings.EMAIL_HOST:
        return False
    speech = Speech("en" if person.language == "en" else "nl")
    link = settings.ADDRESS.rstrip("/") + address
    body = "\n\n".join((speech.say(line), speech.say(_WHERE, link=link)))
    send(speech.say(subject), body, person.email)
    return True


def send(subject: str, body: str, to: str) -> None:
    """Send a letter by the mail server.

    Raises
    ------
    NotNowError
        When it does not take it; the error names nobody.
    """
    if cache.get(SILENT):
        raise _not_now("silent")
    try:
        send_mail(subject, body, None, [to])
    except SMTPRecipientsRefused as error:
        raise _not_now(type(error).__name__) from None
    except OSError as error:
        cache.set(SILENT, 1, SILENT_SECONDS)
        raise _not_now(type(error).__name__) from None


def _reads(key: UUID) -> Person | None:
    return Person.objects.filter(key=key, is_active=True, is_demo=False).first()


def _not_now(name: str) -> NotNowError:
    return NotNowError(
        N_("the mail server did not take a letter ({name})"),
        remedy=N_("look whether it runs, and whether its settings are right; then try again"),
        name=name,
    )
