"""What an instrument may do to a round: a closed set of effects.

Every effect rests on conditions that name the columns they look at. So a condition is tested once for each
different combination of what it looks at, whatever the number of seekers, and what was not named cannot play
a part.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

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
    """

    name: str
    of_vacancy: tuple[str, ...]
    of_seeker: tuple[str, ...]
    test: Callable[[Row, Row], Decision]
    alike: Callable[[Row], Hashable] | None = None

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
    """Who meets it can get a home only as long as fewer than `most` such lettings were made in the round."""

    condition: Condition
    most: int


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
        A letting is about it when somebody could meet it for that home.
    """

    condition: Condition
    order: int
    tally: str = ""
    most_share: float | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Reservation:
    """Homes kept for those who meet a condition: a contingent, a label or a direct mediation.

    Who meets the condition goes before everybody else; where nobody of them can take the home, it goes to the
    others. Of several reservations that of the lowest rank goes first, and then the first in the list.

    `homes` is how many may still be let by it, None for no limit; `mediated` tells that the partner proposes
    the seeker and nobody reacts. Reservations with the same `tally` share their number. Homes to which those
    of a lower `rank` apply are let first, so that a ranking of areas sends mediated seekers to the first of
    them that has a home; 0 is no rank.
    """

    condition: Condition
    homes: int | None
    mediated: bool
    tally: str = ""
    rank: int = 0


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
    """The largest number of mediated lettings in a complex in the period, by a recorded agreement."""

    complex: str
    most: int
    source: str


Effect = Requirement | Limit | Priority | Reservation | Offer | Rent | Ceiling
