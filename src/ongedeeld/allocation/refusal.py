"""The reasons of a decision inside an error."""

from __future__ import annotations

from dataclasses import dataclass

from ongedeeld.errors import Translate
from ongedeeld.reasons import Decision


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reasons of a decision as lines, in the language of the reader."""

    decision: Decision

    def say(self, translate: Translate) -> str:
        """A line for each reason."""
        return "\n".join(f"- {reason.say(translate)}" for reason in self.decision.reasons)
