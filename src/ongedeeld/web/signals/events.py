"""What happened to a signal: written once, with its words sealed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4

from ongedeeld.web.safeguards.sealing import seal, unseal
from ongedeeld.web.signals.models import Signal, SignalEvent


@dataclass(frozen=True)
class Told:
    """What an event tells the team.

    Parameters
    ----------
    words
        What somebody wrote.
    partner
        With whom, or to which organisation.
    """

    words: str = ""
    partner: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.partner)


def happened(
    signal: Signal,
    step: str,
    before: str,
    *,
    actor: UUID | None,
    now: datetime,
    told: Told | None = None,
    answer: str = "",
    ground: str = "",
) -> SignalEvent:
    """Write what happened to a signal that stands already where it led to.

    Parameters
    ----------
    signal
        As it is now.
    step
        The name of a step of `transitions`.
    before
        Where it stood; empty where it was not there yet.
    actor
        The key of who did it; none is the workbench itself.
    now
        When.
    told
        What the team reads.
    answer
        What the reporter reads beside the sentence of the step.
    ground
        Why it could be passed on.
    """
    key = uuid4()
    return SignalEvent.objects.create(
        key=key,
        signal=signal,
        at=now,
        actor=actor,
        step=step,
        before=before,
        after=signal.state,
        ground=ground,
        sealed=seal(json.dumps(asdict(told), ensure_ascii=False), f"event:{key}") if told else "",
        answer=seal(answer, f"answer:{key}") if answer else "",
    )


def told_in(event: SignalEvent) -> Told:
    """What an event tells the team."""
    return Told(**json.loads(unseal(event.sealed, f"event:{event.key}"))) if event.sealed else Told()


def answer_in(event: SignalEvent) -> str:
    """What an event tells the reporter in words of its own."""
    return unseal(event.answer, f"answer:{event.key}") if event.answer else ""
