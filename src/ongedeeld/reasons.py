"""An outcome that carries why.

A :class:`Reason` is one ground: the rule, the article and where it can be read, what was looked at, and a
sentence. A :class:`Decision` is yes or no with its reasons, in the order in which they were weighed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ongedeeld.errors import N_, Translate, said


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of a decision.

    Parameters
    ----------
    rule
        The name of the rule, as ``ongedeeld rules explain`` knows it.
    text
        The sentence, in English, that may name `inputs` in braces.
    inputs
        What was looked at, by name.
    article
        Where in the law or the local policy it stands; empty where a person decided.
    source
        The address or document in which that can be read.
    """

    rule: str
    text: str
    inputs: Mapping[str, object] = field(default_factory=dict)
    article: str = ""
    source: str = ""

    def say(self, translate: Translate = _as_it_is) -> str:
        """The sentence, with the article behind it.

        >>> Reason("income", "the income is above {limit}", {"limit": 5}, "Woningwet 48(1)").say()
        'the income is above 5 (Woningwet 48(1))'
        """
        fields = {name: said(value, translate) for name, value in self.inputs.items()}
        sentence = translate(self.text).format(**fields)
        return f"{sentence} ({self.article})" if self.article else sentence


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and why.

    A decision is true when it is a yes, so that ``if decision:`` reads as it should.

    Raises
    ------
    ValueError
        When it has no reason: an outcome that does not say why is a defect of the rule.
    """

    allowed: bool
    reasons: tuple[Reason, ...]

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("a decision needs at least one reason")

    def __bool__(self) -> bool:
        return self.allowed

    def say(self, translate: Translate = _as_it_is) -> str:
        """Yes or no and every reason, a line each.

        >>> print(no(Reason("age", "the seeker is younger than {years}", {"years": 18})).say())
        No:
        - the seeker is younger than 18
        """
        head = translate(N_("Yes:")) if self.allowed else translate(N_("No:"))
        return "\n".join([head, *(f"- {reason.say(translate)}" for reason in self.reasons)])


def yes(*reasons: Reason) -> Decision:
    """A yes with its reasons."""
    return Decision(allowed=True, reasons=reasons)


def no(*reasons: Reason) -> Decision:
    """A no with its reasons."""
    return Decision(allowed=False, reasons=reasons)


def all_of(decisions: Iterable[Decision]) -> Decision:
    """Yes when every decision is; a no tells only what stands in the way.

    >>> small, late = no(Reason("size", "too small")), no(Reason("time", "too late"))
    >>> [reason.text for reason in all_of([small, yes(Reason("rent", "fits")), late]).reasons]
    ['too small', 'too late']
    """
    weighed = list(decisions)
    refused = [decision for decision in weighed if not decision]
    reasons = tuple(reason for one in refused or weighed for reason in one.reasons)
    return Decision(allowed=not refused, reasons=reasons)
