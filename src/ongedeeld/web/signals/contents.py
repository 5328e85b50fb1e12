"""What a signal tells, sealed as one text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from ongedeeld.web.safeguards.sealing import seal, unseal


@dataclass(frozen=True)
class Contents:
    """What was seen and where.

    Parameters
    ----------
    address
        As it is written on an envelope; of a place without an address, how to find it.
    facts
        The codes of the observable facts (see `checklist`).
    note
        What the list does not say.
    did
        What the reporter did already.
    not_told
        Why the resident was not told; empty where they were.
    """

    address: str = ""
    facts: tuple[str, ...] = ()
    note: str = ""
    did: str = ""
    not_told: str = ""

    def sealed_for(self, signal: UUID) -> str:
        """All of it, sealed for one signal."""
        return seal(json.dumps(asdict(self), ensure_ascii=False), f"signal:{signal}")


def contents_of(signal: UUID, sealed: str) -> Contents:
    """What was sealed for a signal."""
    held = json.loads(unseal(sealed, f"signal:{signal}"))
    return Contents(**{**held, "facts": tuple(held["facts"])})
