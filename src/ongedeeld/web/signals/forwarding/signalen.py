"""The public door of Signalen, the reports on public space of many municipalities.

What is sent has the form of its API: `POST /signals/v1/public/signals/`, without signing in
(https://github.com/Amsterdam/signals). No reporter goes along: no name, no e-mail, no telephone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from ongedeeld.errors import N_, FetchError, InputError

SIGNALS = "/signals/v1/public/signals/"
CATEGORIES = "/signals/v1/public/terms/categories/"
LONGEST_TEXT = 3000
TIMEOUT = httpx.Timeout(15, connect=5)
HERE = ("localhost", "127.0.0.1")


class UnansweredError(FetchError):
    """No answer came: whether the municipality has it is not known."""


@dataclass(frozen=True)
class Category:
    """What a report is about, as the municipality parts it; `path` is how its API names it."""

    main: str
    sub: str
    name: str
    group: str = ""

    @property
    def path(self) -> str:
        """Its address, without a host."""
        return f"{CATEGORIES}{self.main}/sub_categories/{self.sub}"


OTHER = Category("overig", "overig", N_("something else"))
"""The category that Signalen has everywhere."""


@dataclass(frozen=True)
class PublicReport:
    """All that goes to the municipality.

    Parameters
    ----------
    text
        What is the matter, and where.
    category
        How its API names the category.
    longitude, latitude
        Where, in degrees (EPSG:4326).
    seen_at
        When it was seen.
    """

    text: str
    category: str
    longitude: float
    latitude: float
    seen_at: datetime

    def body(self) -> dict[str, Any]:
        """It in the form of the API."""
        return {
            "text": self.text,
            "location": {"geometrie": {"type": "Point", "coordinates": [self.longitude, self.latitude]}},
            "category": {"category_url": self.category},
            "reporter": {"sharing_allowed": False},
            "incident_date_start": self.seen_at.isoformat(),
        }


@dataclass(frozen=True)
class Taken:
    """What the municipality answers: the number of the report, and the key to ask how it stands."""

    number: str
    reference: str


class Municipality:
    """The Signalen of a municipality, at the address of the setting `SIGNALEN`.

    Raises
    ------
    InputError
        When no address was set, or one without TLS.
    """

    def __init__(self) -> None:
        self._http = httpx.Client(base_url=_address(), timeout=TIMEOUT, headers={"User-Agent": "ongedeeld"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def categories(self) -> list[Category]:
        """What it takes reports of.

        Raises
        ------
        FetchError
            When it does not answer, or not in its form.
        """
        try:
            answer = self._http.get(CATEGORIES).raise_for_status().json()
            return [
                Category(str(main["slug"]), str(sub["slug"]), _called(sub), _called(main))
                for main in answer["results"]
                for sub in main["sub_categories"]
                if sub.get("is_active", True)
            ]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise FetchError(N_("the municipality does not tell what it takes reports of")) from error

    def send(self, report: PublicReport, headers: Mapping[str, str]) -> Taken:
        """Send a report, once.

        Raises
        ------
        UnansweredError
            When no answer came after it was sent.
        FetchError
            When it was not taken, or could not be sent at all.
        """
        try:
            answer = self._http.post(SIGNALS, json=report.body(), headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise FetchError(
                N_("the municipality cannot be reached"), remedy=N_("try again later: nothing was sent")
            ) from error
        except httpx.HTTPError as error:
            raise _unanswered() from error
        if 400 <= answer.status_code < 500:
            raise FetchError(
                N_("the municipality did not take it: {detail}"),
                remedy=N_("change what it names, or report it on the site of the municipality"),
                detail=_detail(answer),
            )
        return _taken(answer)

    def attach(self, reference: str, picture: bytes) -> bool:
        """Send a picture along with a report that was taken; whether it was taken too."""
        try:
            answer = self._http.post(
                f"{SIGNALS}{reference}/attachments", files={"file": ("foto.jpg", picture, "image/jpeg")}
            )
        except httpx.HTTPError:
            return False
        return answer.is_success


def _address() -> str:
    address: str = settings.SIGNALEN
    parts = urlsplit(address)
    if not address:
        raise InputError(
            N_("it was not set where the municipality takes reports"),
            remedy=N_("ask the manager of the installation to set ONGEDEELD_SIGNALEN"),
        )
    if parts.scheme != "https" and parts.hostname not in HERE:
        raise InputError(
            N_("the address of the municipality's Signalen is not protected"), expected=N_("https://")
        )
    return address.rstrip("/")


def _taken(answer: httpx.Response) -> Taken:
    try:
        told = answer.raise_for_status().json()
        reference = str(told["signal_id"])
        return Taken(str(told.get("id_display") or told.get("_display") or told["id"])[:40], reference[:40])
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise _unanswered() from error


def _unanswered() -> UnansweredError:
    return UnansweredError(
        N_("no answer came, so it may have been received or not"),
        remedy=N_("look on the site of the municipality before you send it again"),
    )


def _called(category: Mapping[str, Any]) -> str:
    return str(category.get("public_name") or category["name"])


def _detail(answer: httpx.Response) -> str:
    """Which fields were refused; never what stood in them."""
    try:
        told = answer.json()
    except ValueError:
        told = None
    named = ", ".join(sorted(map(str, told))) if isinstance(told, dict) else ""
    return named[:200] or str(answer.status_code)
