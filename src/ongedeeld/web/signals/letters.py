"""Letters about signals: that there is something to read, and where; never what it is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.signals.models import Signal
from ongedeeld.web.working_days import is_working_day, working_days_after

_ANSWER = N_("Ongedeeld: there is an answer for you")
_ANSWERED = N_("There is news about something that you reported.")
_MORE = N_("Ongedeeld: something waits for you")
_WAITS = N_("There is something new in what you answer.")
_TO_TELL = N_("A resident still has to hear that something was reported about their home.")


def tell_reporter(signal: Signal) -> None:
    """Write to who reported a signal that there is an answer; it goes when that stands in the database."""
    if signal.made_by is not None:
        write_to(signal.made_by, _ANSWER, _ANSWERED, reverse("signal", args=[signal.key]))


def tell_owner(signal: Signal, *, by: UUID) -> None:
    """Write to who answers a signal that something new came, unless that is who did it."""
    if signal.owner != by:
        write_to(signal.owner, _MORE, _WAITS, reverse("signal", args=[signal.key]))


def remind_to_tell(today: date) -> int:
    """Write to who has a resident to tell by this day or before; to how many, each once.

    On a day on which nobody works nobody is reminded.
    """
    if not is_working_day(today):
        return 0
    until = working_days_after(today, 1)
    waits = Signal.objects.readable(today).open().filter(told_at__isnull=True, told_by__lte=until)
    owners = set(waits.values_list("owner", flat=True))
    return sum(write_to(one, _MORE, _TO_TELL, reverse("signals")) for one in owners)
