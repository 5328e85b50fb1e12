"""A running tally: what was done, what the rule asks, and how much room is left.

Counts are compared in whole numbers and exact fractions: no share that is read off a float decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any, Protocol

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.amounts import Percent
from ongedeeld.vocabulary import Both, Quantity
from ongedeeld.vocabulary.spoken import Day


class Cite(Protocol):
    """Makes a reason of a sentence: it knows the rule, or the agreement, that is cited."""

    def __call__(self, text: str, inputs: Mapping[str, object], /) -> Reason:
        """The reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was counted for a rule that is measured over many lettings.

    Parameters
    ----------
    name, label
        Which rule, and for what: `passend_two_years`, `local_binding:GM0344:flats`.
    start, end
        First and last day of the stretch over which it is measured.
    done, of
        How many lettings (or people, or homes) count for it, out of how many; no `of` for a target.
    still
        How many such lettings are expected until the end; None where nobody said.
    """

    name: str
    label: Both
    start: date
    end: date
    done: int
    of: int | None = None
    still: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally(Counted):
    """How a rule that is measured over many lettings stands on a day.

    Parameters
    ----------
    name, label, start, end, done, of, still
        As in :class:`Counted`.
    limit
        The share that the rule asks, at least or at most; none where it sets none.
    target
        The number that a target or contingent asks.
    may_still
        How many lettings may still go the other way (of a rule that asks at least a share) or this way (at
        most); None without a limit.
    must_still
        How many must still count for it.
    reachable
        Whether it can still be met at the end; None where that is not known.
    decision
        Whether the lettings so far meet the rule, and why.
    """

    decision: Decision
    limit: float | None = None
    target: int | None = None
    may_still: int | None = None
    must_still: int | None = None
    reachable: bool | None = None

    @property
    def share(self) -> float | None:
        """What was done as a share from 0 to 1; None where nothing was let."""
        return self.done / self.of if self.of else None


def at_least(counted: Counted, limit: float, cite: Cite, why: Iterable[Reason] = ()) -> Tally:
    """A tally of a rule that asks a share of at least `limit`.

    With lettings still expected: ``must_still = ceil(limit * (of + still)) - done``, and the others are free.
    Without: how many could go the other way now, or must go this way in a row, to meet the limit.

    Parameters
    ----------
    counted
        What was counted.
    limit
        The share, from 0 to 1.
    cite
        Cites the rule.
    why
        Reasons of the limit, told after the outcome.
    """
    share, done, of, still = _exact(limit), counted.done, counted.of or 0, counted.still
    lacking = max(Fraction(0), share * of - done)
    must: int | None
    if still is None:
        may = max(0, floor(done / share) - of) if share else None
        must = ceil(lacking / (1 - share)) if share < 1 else (None if lacking else 0)
        reachable = None
    else:
        must = max(0, ceil(share * (of + still)) - done)
        may, reachable = max(0, still - must), must <= still
    if lacking:
        outcome = no(
            cite(N_("{done} of {of} lettings so far, {share}: below {limit}"), _facts(counted, limit))
        )
    else:
        outcome = _met(counted, limit, N_("{done} of {of} lettings so far, {share}: at least {limit}"), cite)
    return _tally(counted, outcome, why, limit=limit, may_still=may, must_still=must, reachable=reachable)


def at_most(counted: Counted, limit: float | None, cite: Cite, why: Iterable[Reason] = ()) -> Tally:
    """A tally of a rule that allows a share of at most `limit`; without a limit there is no end to it.

    ``may_still = floor(limit * (of + still)) - done``, with `still` 0 where it is not known.
    """
    if limit is None:
        text = N_("{done} of {of} lettings so far; the rule sets no maximum")
        return _tally(counted, yes(cite(text, _facts(counted))), why)
    share, of = _exact(limit), counted.of or 0
    may = floor(share * (of + (counted.still or 0))) - counted.done
    if counted.done > share * of:
        outcome = no(
            cite(N_("{done} of {of} lettings so far, {share}: above {limit}"), _facts(counted, limit))
        )
    else:
        outcome = _met(counted, limit, N_("{done} of {of} lettings so far, {share}: at most {limit}"), cite)
    reachable = None if counted.still is None else may >= 0
    return _tally(counted, outcome, why, limit=limit, may_still=max(0, may), reachable=reachable)


def towards(counted: Counted, target: int, cite: Cite, why: Iterable[Reason] = ()) -> Tally:
    """A tally of a target or a contingent: a number to reach before the end."""
    must = max(0, target - counted.done)
    facts = _facts(counted) | {"target": Quantity(target), "must": Quantity(must)}
    if must:
        outcome = no(cite(N_("{done} of {target} so far: {must} still to do by {end}"), facts))
    else:
        outcome = yes(cite(N_("{done} of {target}: done"), facts))
    reachable = None if counted.still is None else must <= counted.still
    return _tally(counted, outcome, why, target=target, must_still=must, reachable=reachable)


_SCHEMA: Mapping[str, type[pl.DataType]] = {
    "name": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "done": pl.Int64,
    "of": pl.Int64,
    "share": pl.Float64,
    "limit": pl.Float64,
    "target": pl.Int64,
    "still": pl.Int64,
    "may_still": pl.Int64,
    "must_still": pl.Int64,
    "reachable": pl.Boolean,
}


def as_frame(tallies: Iterable[Tally]) -> pl.DataFrame:
    """Tallies as a table: a row each, with what :class:`Tally` has, and `met` for its decision."""
    rows = [{name: getattr(one, name) for name in _SCHEMA} | {"met": one.decision.allowed} for one in tallies]
    return pl.DataFrame(rows, schema={**_SCHEMA, "met": pl.Boolean})


def _exact(limit: float) -> Fraction:
    """A share as its decimals say: 0.95 is 19/20 and not the float nearest to it."""
    return Fraction(str(limit))


def _facts(counted: Counted, limit: float | None = None) -> dict[str, object]:
    facts: dict[str, object] = {
        "done": Quantity(counted.done),
        "of": Quantity(counted.of or 0),
        "end": Day(counted.end),
    }
    if counted.of:
        facts["share"] = Percent(counted.done / counted.of)
    return facts if limit is None else facts | {"limit": Percent(limit)}


def _met(counted: Counted, limit: float, text: str, cite: Cite) -> Decision:
    if not counted.of:
        return yes(cite(N_("nothing was let yet that this rule counts"), _facts(counted, limit)))
    return yes(cite(text, _facts(counted, limit)))


def _tally(counted: Counted, outcome: Decision, why: Iterable[Reason], **rest: Any) -> Tally:
    given = {one.name: getattr(counted, one.name) for one in fields(counted)}
    return Tally(**given, **rest, decision=Decision(outcome.allowed, (*outcome.reasons, *why)))
