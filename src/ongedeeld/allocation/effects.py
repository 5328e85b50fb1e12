"""What an instrument may do to a round: a closed set of effects.

Every effect rests on conditions that name the columns they look at. So a condition is tested once for each
different combination of what it looks at, whatever the number of seekers, and what was not named cannot play
a part.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ongedeeld.reasons import Decision

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Condition:
    """A yes or no about a vacancy and a seeker, with reasons.

    Parameters
    ----------
    name
        Of the rule or the instrument that it comes from.
    of_vacancy, of_seeker
        The columns it looks at.
    test
        Takes a row of each, with those columns only.
    alike
        Where given, vacancies with the same outcome of it are tested once: the test cannot part them, though
        its sentences may.
    alike_seeker
        The same for seekers.
    about
        Whether it is about a home at all, from the columns of `of_vacancy`, whoever seeks; without it, it is
        about every home.
    """

    name: str
    of_vacancy: tuple[str, ...]
    of_seeker: tuple[str, ...]
    test: Callable[[Row, Row], Decision]
    alike: Callable[[Row], Hashable] | None = None
    alike_seeker: Callable[[Row], Hashable] | None = None
    about: Callable[[Row], bool] | None = None

    def is_about(self, vacancy: Row) -> bool:
        """Whether it is about a home, whoever seeks."""
        return self.about is None or self.about({name: vacancy[name] for name in self.of_vacancy})

    def kind_of_vacancy(self, vacancy: Row) -> Hashable:
        """What the test can tell of a vacancy: it cannot part two of one kind."""
        return self.alike(vacancy) if self.alike else tuple(vacancy[name] for name in self.of_vacancy)

    def kind_of_seeker(self, seeker: Row) -> Hashable:
        """What the test can tell of a seeker."""
        own = self.alike_seeker
        return own(seeker) if own else tuple(seeker[name] for name in self.of_seeker)

    def judge(self, vacancy: Row, seeker: Row) -> Decision:
        """The outcome for rows that may hold more columns: the test sees none but its own."""
        return self.test(
            {name: vacancy[name] for name in self.of_vacancy}, {name: seeker[name] for name in self.of_seeker}
        )


@dataclass(frozen=True, slots=True)
class Requirement:
    """Who does not meet it cannot get the home."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Limit:
    """Who meets it can get a home only as long as its share or number is not used up, at that letting.

    Parameters
    ----------
    condition
        Who can get which homes by it only; the homes that it is about are those that its share is of.
    tally
        The name under which lettings to who meets it are counted.
    most_share, most
        The largest share of the lettings (from 0 to 1), and the largest number.
    done, of
        How many lettings before the round met it, out of how many that it is about.
    """

    condition: Condition
    tally: str
    most_share: Fraction | None = None
    most: int | None = None
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Earlier:
    """Lettings before the round, by their number: those that a priority was about, and those let by it."""

    about: frozenset[str] = frozenset()
    by_it: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Priority:
    """Who meets it goes before who does not, as long as its share or number is not used up.

    Parameters
    ----------
    condition
        Who goes before, on which homes.
    order
        Priorities are weighed from low to high; those of the law stand where the catalogue puts the
        instrument of the same name.
    tally
        The name under which lettings by this priority are counted, where it has a share or number;
        priorities may count under one name.
    most_share, most
        The largest share of the lettings that the condition is about (from 0 to 1), and the largest number.
        A letting counts in the share when the condition is about that home.
    noted
        The word by which a letting by it is noted among the lettings so far; empty where it is not.
    earlier
        The lettings so far that count in its share or number.
    counts_always
        Whether every letting to who meets the condition counts, by whatever order it went: the share is then
        one of the homes, not of the lettings by this priority.
    """

    condition: Condition
    order: int
    tally: str = ""
    most_share: float | None = None
    most: int | None = None
    noted: str = ""
    earlier: Earlier = Earlier()
    counts_always: bool = False


@dataclass(frozen=True, slots=True)
class Reservation:
    """Homes kept for those who meet a condition: a contingent, a label or a direct mediation.

    Who meets the condition goes before everybody else; where nobody of them can take the home, it goes to the
    others. Of several reservations that of the lowest rank goes first, and then the first in the list.

    `homes` is how many may still be let by it, None for no limit; `mediated` tells that the partner proposes
    the seeker and nobody reacts. Reservations with the same `tally` share their number. Homes to which those
    of a lower `rank` apply are let first, so that a ranking of areas sends mediated seekers to the first of
    them that has a home; 0 is no rank. A letting by it is `noted` under that word among the lettings so far.
    """

    condition: Condition
    homes: int | None
    mediated: bool
    tally: str = ""
    rank: int = 0
    noted: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """How the seekers for a home are ordered after the priorities.

    `model` is registration, points, lottery or direct; `condition` looks at the vacancy only.
    """

    condition: Condition
    model: str
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rent:
    """The rent at which a home is offered to a seeker, in cents a month; None leaves it as it is."""

    condition: Condition
    rent_cents: Callable[[Row, Row], int | None]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The largest number of mediated lettings in a complex in the period, by a recorded agreement.

    `earlier` is how many of them were made before the round.
    """

    complex: str
    most: int
    source: str
    earlier: int = 0


Effect = Requirement | Limit | Priority | Reservation | Offer | Rent | Ceiling


class WhatIf(tuple[Effect, ...]):
    """The effects of a policy of which nobody asked whether it is lawful: what comes of it says so."""

    __slots__ = ()
