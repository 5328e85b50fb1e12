"""Letters about referrals: that there is something to read, and where; never of whom or what it is."""

from __future__ import annotations

import logging
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.letters import send, write_to
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.jobs.running import NotNowError
from ongedeeld.web.referrals.answering.links import NewLink, new_code, note_mailed
from ongedeeld.web.referrals.models import AnswerLink, Referral
from ongedeeld.web.referrals.sending.receivers import members_of, receiver_of

logger = logging.getLogger(__name__)
Mailed = AnswerLink.Mailed

_ASKED = N_("Ongedeeld: a housing association asks you something")
_ASKED_LINE = N_(
    "{name} of a housing association asks you something about a resident. Please answer before the end of "
    "{day}."
)
_ASKED_BY_LINE = N_(
    "{name} of {association} asks you something about a resident. Please answer before the end of {day}."
)
_LINK = N_("You read it here: {link}")
_NEEDS_CODE = N_(
    "You are asked for a code there. It goes to the e-mail address that your organisation gave beforehand, "
    "or is read out to you by telephone; it is never in a letter with this link. Do not send this letter on."
)
_CODE = N_("Ongedeeld: your code")
_CODE_LINE = N_("Your code is {code}. It counts once, for half an hour.")
_CODE_WARNING = N_("Did nobody at your organisation ask for it? Then tell the housing association.")
_WAITS = N_("Ongedeeld: a referral waits for an answer")
_WAITS_LINE = N_("A referral to your organisation waits for an answer.")
_OLD_LINK = N_("The link is in the letter that you got before. Is it gone? Ask for another.")
_ANSWERED = N_("Ongedeeld: there is an answer to a referral")
_ANSWERED_LINE = N_("There is an answer to a referral that you keep.")
_CHANGED = N_("Ongedeeld: something changed in a referral")
_CHANGED_LINE = N_("A resident took something back in a referral that you keep.")


def send_link(new: NewLink, *, actor: Person, now: datetime) -> AnswerLink.Mailed:
    """Send the link to the partner, and write down what came of it.

    Who signs in for the partner gets a letter that something waits, without the link.
    """
    referral = new.link.referral
    for member in members_of(referral.organisation, timezone.localdate(now)):
        write_to(member.person, _WAITS, _WAITS_LINE, reverse("received_referral", args=[referral.key]))
    mailed = _mail_link(new, receiver_of(referral).mail_address, actor)
    note_mailed(new.link, mailed, actor=actor, now=now)
    return mailed


def _mail_link(new: NewLink, address: str, actor: Person) -> AnswerLink.Mailed:
    if not settings.EMAIL_HOST:
        return Mailed.NO_MAIL
    if not address:
        return Mailed.NO_ADDRESS
    speech = Speech("nl")
    asked = _ASKED_BY_LINE if settings.ASSOCIATION else _ASKED_LINE
    day = speech.day(new.link.referral.respond_by)
    lines = (
        speech.say(asked, name=actor.name, association=settings.ASSOCIATION, day=day),
        speech.say(_LINK, link=link_address(new.token)),
        speech.say(_NEEDS_CODE),
    )
    return Mailed.SENT if _mail(speech.say(_ASKED), lines, address) else Mailed.FAILED


def link_address(token: str, here: str = "") -> str:
    """The whole address of a link; `here` is where the workbench stands if the settings do not say it."""
    return (settings.ADDRESS or here).rstrip("/") + reverse("answer_link", args=[token])


def send_code(link: AnswerLink, *, now: datetime) -> bool:
    """Make a code and send it to the address that the organisation gave beforehand; whether it was sent.

    It is not where that is the mailbox to which the link went: then a colleague reads one out.

    Raises
    ------
    InputError
        When too many codes were made for this link.
    """
    address = receiver_of(link.referral).code_address
    if not settings.EMAIL_HOST or not address:
        return False
    speech = Speech("nl")
    lines = (speech.say(_CODE_LINE, code=new_code(link, now=now)), speech.say(_CODE_WARNING))
    return _mail(speech.say(_CODE), lines, address)


def _mail(subject: str, lines: tuple[str, ...], address: str) -> bool:
    """Send it at once: whoever asked for it waits, and is told on the page where it fails."""
    try:
        send(subject, "\n\n".join(lines), address)
    except NotNowError as error:
        logger.warning("a letter to a partner was not sent (%s)", type(error).__name__)
        return False
    return True


def tell_owner(referral: Referral) -> None:
    """Write to who keeps a referral that there is an answer."""
    _tell(referral.owner, _ANSWERED, _ANSWERED_LINE, referral)


def tell_owner_of_change(referral: Referral) -> None:
    """Write to who keeps a referral that the resident took something back."""
    _tell(referral.owner, _CHANGED, _CHANGED_LINE, referral)


def _tell(person: UUID, subject: str, line: str, referral: Referral) -> None:
    write_to(person, subject, line, reverse("referral", args=[referral.key]))


def remind_partner(referral: Referral, today: date) -> int:
    """Write to a partner that a referral waits: to who signs in, else to the address that it gave."""
    address = reverse("received_referral", args=[referral.key])
    members = [one.person for one in members_of(referral.organisation, today)]
    sent = sum(write_to(person, _WAITS, _WAITS_LINE, address) for person in members)
    to = receiver_of(referral).mail_address
    if sent or not to or not settings.EMAIL_HOST:
        return sent
    speech = Speech("nl")
    return int(_mail(speech.say(_WAITS), (speech.say(_WAITS_LINE), speech.say(_OLD_LINK)), to))
