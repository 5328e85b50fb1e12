"""What a request that a rule gives way says, and what was answered."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from ongedeeld.errors import N_, InputError, Marked
from ongedeeld.web.residents.models import Breakthrough
from ongedeeld.web.safeguards.sealing import seal, unseal

LONGEST = 2000
REASONS = {
    "law": N_("what the rule is meant for, and what room it leaves"),
    "involvement": N_("what the resident and those around do themselves"),
    "gain": N_("what it brings, for the resident and for others"),
}
"""The three sides from which a request is reasoned: law, involvement and return."""


@dataclass(frozen=True)
class Cost:
    """An amount that somebody knows, and from where they know it."""

    cents: int
    source: str


@dataclass(frozen=True)
class Plea:
    """Why a rule should give way.

    Parameters
    ----------
    rule
        Which rule is in the way.
    law, involvement, gain
        The reasons, as `REASONS` tells.
    helping, not_helping
        What it costs to help, and what it costs not to: only where somebody knows it.
    answer
        The reason with which it was answered.
    """

    rule: str
    law: str = ""
    involvement: str = ""
    gain: str = ""
    helping: Cost | None = None
    not_helping: Cost | None = None
    answer: str = ""

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """The reasons that were given, each with its label."""
        given = ((label, getattr(self, name)) for name, label in REASONS.items())
        return [(Marked(label), text) for label, text in given if text]

    def sealed_for(self, breakthrough: UUID) -> str:
        """All of it, sealed for one request."""
        return seal(json.dumps(asdict(self), ensure_ascii=False), bound_to(breakthrough))

    def answered(self, words: str) -> Plea:
        """The same with an answer."""
        return replace(self, answer=words)

    def words(self) -> list[str]:
        """Everything that somebody wrote in it."""
        sources = [cost.source for cost in (self.helping, self.not_helping) if cost]
        return [self.rule, self.law, self.involvement, self.gain, *sources]


def bound_to(breakthrough: UUID) -> str:
    """To what a request is sealed."""
    return f"breakthrough:{breakthrough}"


def plea_of(one: Breakthrough) -> Plea:
    """What a request says."""
    told: dict[str, Any] = json.loads(unseal(one.sealed, bound_to(one.key)))
    for name in ("helping", "not_helping"):
        told[name] = Cost(**told[name]) if told[name] else None
    return Plea(**told)


def check(plea: Plea, *, of_resident: bool) -> None:
    """Refuse a request without its rule or its reasons, or with a cost of which nobody says where it is from.

    Raises
    ------
    InputError
        What is missing.
    """
    if not plea.rule.strip():
        raise InputError(N_("which rule is in the way is not told"), remedy=N_("name it as you know it"))
    given = len(plea.reasons)
    if given < (1 if of_resident else len(REASONS)):
        raise InputError(
            N_("a request needs its reasons"),
            expected=N_("at least one of them") if of_resident else N_("all three of them"),
        )
    for cost in (plea.helping, plea.not_helping):
        if cost and (cost.cents < 0 or not cost.source.strip()):
            raise InputError(
                N_("nobody can check this amount"),
                remedy=N_("write from where you know it, or leave the amount out"),
            )
    if any(len(text) > LONGEST for text in plea.words()):
        raise InputError(N_("this is too long"), expected=N_("at most {most} signs"), most=LONGEST)
