"""Who asks, and what they say: sealed as one text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from ongedeeld.web.safeguards.sealing import seal, unseal


@dataclass(frozen=True)
class Contents:
    """A request in the words of who asks.

    Parameters
    ----------
    name
        Who asks, as the answer is addressed.
    reach
        How the answer reaches them.
    address
        The home that it is about, as on an envelope; empty where they ask about single records.
    home
        The same home as the City knows it (see `homes.home_of`).
    words
        What they ask, in their own words.
    lived_from
        Since when they live there, as they say; none where that was not asked.
    """

    name: str
    reach: str
    words: str = ""
    address: str = ""
    home: str = ""
    lived_from: date | None = None

    def sealed_for(self, request: UUID) -> str:
        """All of it, sealed for one request."""
        return seal(json.dumps(asdict(self), ensure_ascii=False, default=str), request_bound_to(request))


def contents_of(request: UUID, sealed: str) -> Contents:
    """What was sealed for a request."""
    held = json.loads(unseal(sealed, request_bound_to(request)))
    day = held["lived_from"]
    return Contents(**{**held, "lived_from": date.fromisoformat(day) if day else None})


def request_bound_to(request: UUID) -> str:
    """The record that seals who asks, and the answer."""
    return f"request:{request}"


def answer_bound_to(request: UUID) -> str:
    """The record that seals what was answered."""
    return f"request answer:{request}"


def step_bound_to(request: UUID) -> str:
    """The record that seals the words of what was done."""
    return f"request step:{request}"


def finding_bound_to(finding: UUID) -> str:
    """The record that seals why something was decided."""
    return f"finding:{finding}"


def mark_bound_to(kind: str, thing: UUID) -> str:
    """The record beside which the words of a resident lie."""
    return f"mark:{kind}:{thing}"
