"""What a City tells of carrying capacity, measured once for all its pages; what is not known says why.

For pages of internal use only: cards, early warning and pressure rest on the association's own stock, and a
forecast of one place sticks to those who live there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.capacity import Cards, Scoring, cards
from ongedeeld.measures.capacity.forecast import (
    Contingent,
    Forecast,
    Headroom,
    History,
    Pressure,
    PressureOnly,
    forecast,
    headroom,
    pressure,
)
from ongedeeld.measures.capacity.known import Level
from ongedeeld.measures.capacity.warning import Warnings, warn
from ongedeeld.measures.capacity.warning.watched import Level as Watching
from ongedeeld.reporting.included import Tried
from ongedeeld.vocabulary.evidence import Evidence, load_evidence

Found = TypeVar("Found")
ANY_CHANCE = 0.1
"""What headroom lacks does not hang on the chance that is tolerated, so that any tells it."""


@dataclass(frozen=True)
class Choices:
    """What a user states, on which carrying capacity leans.

    Parameters
    ----------
    scoring
        The table of scoring; the shipped one when not given.
    evidence
        The records; those that ship with this version when not given.
    contingents
        Agreements on lettings.
    tolerated
        Which chance of a noticeable decline is tolerated, above 0 and below 1. Without it no headroom is
        told.
    """

    scoring: Scoring | None = None
    evidence: Evidence | None = None
    contingents: tuple[Contingent, ...] = ()
    tolerated: float | None = None


class Bearing:
    """The measures of carrying capacity of a City; each when it is first asked for.

    Parameters
    ----------
    city
        A City of one municipality; it is read as known on the day on which it was put together.
    choices
        What the user states.
    """

    def __init__(self, city: City, choices: Choices) -> None:
        self._city = city
        self._choices = choices
        self._cards: dict[Level, Tried[Cards]] = {}
        self._warnings: dict[Level, Tried[Warnings]] = {}

    def with_cards(self, made: Mapping[Level, Cards], evidence: Evidence | None = None) -> Bearing:
        """The same with other cards, such as those with inspections that are not in the City yet.

        Parameters
        ----------
        made
            The cards of some levels; those of the others stay as they are.
        evidence
            The records that go before those that are stated; none leaves these.
        """
        other = copy(self)
        if evidence is not None:
            other.__dict__["evidence"] = evidence
        other._cards = self._cards | {level: Tried(found) for level, found in made.items()}
        # Expected lettings stand beside the balance of the cards.
        other.__dict__.pop("pressure", None)
        return other

    @cached_property
    def evidence(self) -> Evidence:
        """The records of evidence."""
        return self._choices.evidence or load_evidence()

    @property
    def tolerated(self) -> float | None:
        """Which chance of a noticeable decline the user tolerates."""
        return self._choices.tolerated

    def cards(self, level: Level) -> Tried[Cards]:
        """The cards of a level."""
        if level not in self._cards:
            self._cards[level] = self._of_stock(
                lambda: cards(
                    self._city,
                    day=self._city.manifest.created,
                    scoring=self._choices.scoring,
                    level=level,
                )
            )
        return self._cards[level]

    def warnings(self, level: Level) -> Tried[Warnings]:
        """Which places of a level worsen by more than chance."""
        if level not in self._warnings:
            asked: Watching = "complex" if level == "complex" else "neighbourhood"
            self._warnings[level] = self._of_stock(lambda: warn(self._city, level=asked))
        return self._warnings[level]

    @cached_property
    def pressure(self) -> Tried[Pressure]:
        """The lettings to expect in every neighbourhood, beside its balance."""
        told = self.cards("neighbourhood").found
        return self._of_stock(
            lambda: pressure(
                self._city,
                self._city.manifest.created,
                contingents=self._choices.contingents,
                balance=None if told is None else told.balance,
                level="neighbourhood",
            )
        )

    @cached_property
    def history(self) -> Tried[History]:
        """The livability of neighbourhoods over time, where enough periods are known to forecast from."""
        return _tried(self._history)

    def _history(self) -> History:
        history = History.of(self._city)
        history.needed(2)
        return history

    @cached_property
    def forecast(self) -> Tried[Forecast]:
        """What livability may do; a decline is noticeable when it is larger than a change usually is."""
        history = self.history
        if history.found is None:
            return Tried(absent=history.absent)
        known = history.found
        return _tried(lambda: forecast(known, decline=known.usual_change()))

    def headroom(self, area: str) -> Headroom | PressureOnly | None:
        """How many lettings with support fit in a neighbourhood, or what one would have to know to tell."""
        ahead, lettings = self.forecast.found, self.pressure.found
        if ahead is None or lettings is None or area not in lettings.table["unit"]:
            return None
        return _tried(
            lambda: headroom(
                self._city,
                area,
                forecast=ahead,
                pressure=lettings,
                tolerated=self.tolerated or ANY_CHANCE,
                evidence=self.evidence,
            )
        ).found

    def _of_stock(self, work: Callable[[], Found]) -> Tried[Found]:
        if self._city.manifest.stock == "own":
            return _tried(work)
        return Tried(
            absent=AbsentError(
                N_("what a place asks and bears is told of the association's own homes"),
                remedy=N_("give your own homes with --dwellings"),
            )
        )


def _tried(work: Callable[[], Found]) -> Tried[Found]:
    """What was found; what cannot be told, because it lacks or is not as expected, says why on the page."""
    try:
        return Tried(work())
    except AbsentError as error:
        return Tried(absent=error)
    except InputError as error:
        absent = AbsentError(error.problem, expected=error.expected, remedy=error.remedy)
        absent.fields = error.fields
        return Tried(absent=absent)
