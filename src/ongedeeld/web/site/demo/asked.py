"""What a resident of the demo asked about their data: invented, as everything of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.cities.models import Address
from ongedeeld.web.safeguards.homes import blind_home, home_of
from ongedeeld.web.safeguards.request_actions import Asked, take_in
from ongedeeld.web.safeguards.request_contents import Contents
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.safeguards.request_queries import RIGHT
from ongedeeld.web.signals.models import Signal

WORDS = "Er was iemand aan de deur over de post. Ik wil graag zien wat u daarover heeft opgeschreven."
CAME = timedelta(days=8)


def request_asked(officer: Person, now: datetime, today: date) -> None:
    """A resident of a home about which something was reported asks to see it."""
    signal = Signal.objects.exclude(home="").order_by("received_at", "id").first()
    if signal is None or not may(officer, RIGHT):
        return
    there = Address.objects.filter(complex=signal.complex).order_by("id")
    home = next((one for one in there if blind_home(home_of(one)) == signal.home), None)
    if home is not None:
        contents = Contents(
            name="A. Voorbeeld",
            reach="per post",
            words=WORDS,
            address=f"{home}, {home.postcode}",
            home=home_of(home),
        )
        asked = Asked(Request.Right.ACCESS, contents, today - CAME, uuid4())
        take_in(asked, actor=officer, now=now, today=today)
