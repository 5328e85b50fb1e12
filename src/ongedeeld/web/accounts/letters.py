"""Letters of one line and a link to who works here: that there is something to read, never what it is."""

from __future__ import annotations

import logging
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.models import Person

logger = logging.getLogger(__name__)

_WHERE = N_("You read it here, after signing in: {link}")


def write_to(key: UUID, subject: str, line: str, address: str) -> bool:
    """Write a letter of one line and a link to somebody who works here.

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
    Whether it was sent.
    """
    person = Person.objects.filter(key=key, is_active=True, is_demo=False).first()
    if person is None or not settings.EMAIL_HOST:
        return False
    speech = Speech("en" if person.language == "en" else "nl")
    link = settings.ADDRESS.rstrip("/") + address
    body = "\n\n".join((speech.say(line), speech.say(_WHERE, link=link)))
    try:
        send_mail(speech.say(subject), body, None, [person.email])
    except OSError as error:  # what there is to read stands in the workbench all the same
        logger.warning("a letter was not sent (%s)", type(error).__name__)
        return False
    return True
