"""What a run in plain Python is made of: homes, households, seekers, lettings, and what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from ongedeeld.rules.lettings import LETTING_COLUMNS, Lettings, read_lettings
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.simulation.twin.chance import draw


@dataclass(frozen=True, slots=True)
class Household:
    """Who lives in a home or seeks one: a type, an age class, and what is yes or no of it, as bits."""

    type: int
    age: int
    flags: int


@dataclass(slots=True)
class Home:
    """A home and who lives there.

    Parameters
    ----------
    number
        Its place in the stock.
    tenant, since, support_until
        Who lives there from which month on, and the first month without support.
    free_from
        The month from which it can be let; `NEVER` while somebody lives there or it is not there.
    seeker
        The tenant as a seeker, where they seek.
    """

    number: int
    tenant: Household | None
    since: int
    support_until: int
    free_from: int
    seeker: Seeker | None = None


@dataclass(slots=True)
class Seeker:
    """A household on the list.

    Parameters
    ----------
    key
        What its draws hang on.
    household, contingent
        Who; and 0, or 1 + the number of the agreement under which a partner proposes it.
    home, re_housing
        The home that comes free when it moves, and whether it must leave that for demolition.
    municipality, wish, step_free
        Where it seeks, the one district that it wishes, and whether it needs a home without steps.
    registered, arrived
        As ``32 * month + day``; and the month in which it started to seek.
    search_points
        One for each month in which it was active.
    """

    key: int
    household: Household
    contingent: int
    home: int | None
    re_housing: bool
    municipality: int
    wish: int | None
    step_free: bool
    registered: int
    arrived: int
    search_points: int = 0


@dataclass(frozen=True, slots=True)
class Letting:
    """A home that was let in a month to a seeker, by a route, at a rent, with months of support."""

    month: int
    home: int
    seeker: Seeker
    route: str
    rent_cents: int
    support_months: int


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that befell a home, or a seeker in a municipality, in a month.

    Of homes: `HAPPENINGS`, and `declined_` with the reason; of seekers `listed` and `stopped`.
    """

    month: int
    what: str
    where: int


Ceilings = Callable[[int], Mapping[str, int]]


def no_lettings() -> Lettings:
    """The lettings of a year in which nothing was let yet: known to be none."""
    columns = {"date": pl.Date, "social": pl.Boolean, "bound_priority": pl.Boolean}
    schema = {name: columns.get(name, pl.Null) for name in LETTING_COLUMNS}
    return read_lettings(pl.DataFrame(schema=schema))


@dataclass
class World:
    """The state of a run, and all that happened in it.

    `so_far` are the lettings as a round reads them, by which shares and numbers go on from month to month.
    `ceilings` tells, for each year of the run from 0, how many mediated lettings a complex with a ceiling may
    have in that year; without it a ceiling holds what the policy says.
    """

    setting: Setting
    seed: int
    homes: list[Home]
    seekers: dict[int, Seeker] = field(default_factory=dict)
    lettings: list[Letting] = field(default_factory=list)
    happened: list[Happening] = field(default_factory=list)
    ceilings: Ceilings | None = None
    so_far: Lettings = field(default_factory=no_lettings)

    def note(self, month: int, what: str, where: int) -> None:
        """Note what happened."""
        self.happened.append(Happening(month, what, where))

    def drawn(self, key: int, month: int, purpose: int) -> int:
        """What is drawn for a key."""
        return draw(self.seed, int(key), month, purpose)

    def happens(self, key: int, month: int, purpose: int, threshold: int) -> bool:
        """Whether something happens to a home or seeker."""
        return self.drawn(key, month, purpose) < int(threshold)
