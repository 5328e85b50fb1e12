"""The reasons of decisions inside an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ongedeeld.allocation.policies import Use
from ongedeeld.errors import N_, Translate, said
from ongedeeld.reasons import Decision


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reasons of a decision as lines, in the language of the reader.

    Parameters
    ----------
    decision
        What is refused.
    others
        Other uses that are refused at the same time, each with its own decision.
    """

    decision: Decision
    others: tuple[tuple[Use, Decision], ...] = ()

    def say(self, translate: Translate) -> str:
        """A line for each reason; those of another use below its instrument and its line in the file."""
        return "\n".join(self._lines(translate))

    def _lines(self, translate: Translate) -> Iterator[str]:
        yield from _reasons(self.decision, translate)
        for use, decision in self.others:
            instrument = said(use.instrument.label, translate)
            text = translate(N_("line {line}, {instrument}:"))
            yield text.format(line=use.place.line, instrument=instrument)
            yield from _reasons(decision, translate)


def _reasons(decision: Decision, translate: Translate) -> Iterator[str]:
    return (f"- {reason.say(translate)}" for reason in decision.reasons)
