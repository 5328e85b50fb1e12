"""What pages of residents say: moments as people read them, and what was just done."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponseBase
from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.web.residents.vault.openings import PATH
from ongedeeld.web.speaking import speech


def moment(at: datetime) -> str:
    """A day and the time of that day, as the clock in Amsterdam told it."""
    local = timezone.localtime(at)
    return f"{speech().day(local.date())}, {local:%H:%M}"


def moments(at: datetime, until: datetime) -> str:
    """From when until when; of one minute that alone, and of one day the day once."""
    begin, end = moment(at), moment(until)
    if begin == end:
        return begin
    day, _, time = end.partition(", ")
    return speech().say(N_("{begin} to {end}"), begin=begin, end=time if begin.startswith(day) else end)


class OwnMessages(CookieStorage):
    """What was just done, for a resident's pages alone: nothing of a colleague who uses the same browser."""

    cookie_name = "ongedeeld_kaart_gedaan"

    def _update_cookie(self, encoded_data: str | None, response: HttpResponseBase) -> None:
        if not encoded_data:
            if self.cookie_name in self.request.COOKIES:
                response.delete_cookie(self.cookie_name, path=PATH, samesite="Strict")
            return
        response.set_cookie(
            self.cookie_name,
            encoded_data,
            path=PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )
