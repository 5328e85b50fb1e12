"""Known effects to build into the city: a method that looks for them is held against the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import numpy as np
import polars as pl

from ongedeeld.errors import N_, InputError
from ongedeeld.sources.model_city.chance import Floats
from ongedeeld.sources.model_city.story import FIRST_YEAR, LAST_YEAR, MONTHS

EffectKind = Literal["caretaker_hours", "meeting_place", "mediated_ceiling"]
_LARGEST: dict[str, float] = {"caretaker_hours": 1.0, "meeting_place": 3.0, "mediated_ceiling": 1.0}


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that happens in some complexes from a date on, with what it does.

    The luck of every home and complex stays the same, so that two cities of one seed, with and without the
    effect, differ only in what is listed here, in these complexes, from this date.

    Parameters
    ----------
    kind
        - `caretaker_hours`: the hours of caretakers double, and from the first full quarter nuisance falls by
          the share `size`. Changes `caretaker_hours`, and of the observations `nuisance_new`,
          `nuisance_households` and `nuisance_open`.
        - `meeting_place`: the association opens a meeting place, and the grade of the question
          `knows_neighbours` rises by `size` (to at most 10) in the surveys from that date. Changes `places`
          and `surveys`.
        - `mediated_ceiling`: of the lettings of a complex since that date never more than the share `size` is
          mediated; what would go above it becomes a regular letting. Changes `tenancies`, and by who lives
          there the `observations`. Whoever is not housed here is in no table: the model city has no seekers.
    where
        Numbers of complexes, or codes of neighbourhoods for all complexes in them.
    start
        The first day of a month in the ten years of the city.
    size
        How large it is, above 0 (for a ceiling: from 0) and at most 1; for a meeting place at most 3 points.
    """

    kind: EffectKind
    where: tuple[str, ...]
    start: date
    size: float

    def __post_init__(self) -> None:
        if self.kind not in get_args(EffectKind):
            raise InputError(
                N_("there is no effect '{kind}'"),
                expected=N_("one of: {known}"),
                kind=self.kind,
                known=", ".join(get_args(EffectKind)),
            )
        if not (FIRST_YEAR <= self.start.year <= LAST_YEAR and self.start.day == 1):
            raise InputError(
                N_("an effect of the model city cannot start on {start}"),
                expected=N_("the first day of a month from {first} to {last}"),
                start=self.start.isoformat(),
                first=f"{FIRST_YEAR}-01",
                last=f"{LAST_YEAR}-12",
            )
        lowest_allowed = self.size > 0 or (self.kind == "mediated_ceiling" and self.size == 0)
        if not (lowest_allowed and self.size <= _LARGEST[self.kind]):
            raise InputError(
                N_("an effect {kind} cannot have size {size}"),
                expected=N_("a number above 0 and at most {largest}"),
                kind=self.kind,
                size=self.size,
                largest=_LARGEST[self.kind],
            )

    @property
    def month(self) -> int:
        """The number of the month in which it starts, from 0."""
        return 12 * (self.start.year - FIRST_YEAR) + self.start.month - 1


@dataclass(frozen=True)
class Plan:
    """Effects by complex and month: times the usual hours, nuisance left, grades added, ceilings."""

    hours: Floats
    nuisance: Floats
    neighbours: Floats
    ceiling: Floats
    meeting_places: list[int]


def plan(effects: Sequence[Effect], complexes: pl.DataFrame) -> Plan:
    """Lay the effects out over complexes and months.

    Raises
    ------
    InputError
        When an effect names a complex or neighbourhood that this city does not have.
    """
    shape = (len(complexes), MONTHS)
    laid_out = Plan(np.ones(shape), np.ones(shape), np.zeros(shape), np.ones(shape), [])
    for effect in effects:
        places = _complexes(effect, complexes)
        if effect.kind == "caretaker_hours":
            laid_out.hours[places, effect.month :] *= 2.0
            laid_out.nuisance[places, effect.month :] *= 1.0 - effect.size
        elif effect.kind == "meeting_place":
            laid_out.neighbours[places, effect.month :] += effect.size
            laid_out.meeting_places.extend(place for place in places if place not in laid_out.meeting_places)
        else:
            laid_out.ceiling[places, effect.month :] = np.minimum(
                laid_out.ceiling[places, effect.month :], effect.size
            )
    return laid_out


def _complexes(effect: Effect, complexes: pl.DataFrame) -> list[int]:
    found = complexes.with_row_index("place").filter(
        pl.col("complex").is_in(effect.where) | pl.col("area").is_in(effect.where)
    )
    known = set(found["complex"]) | set(found["area"])
    if strange := [name for name in effect.where if name not in known]:
        raise InputError(
            N_("the model city has no complex in or named {name}"),
            expected=N_("a complex such as {complex}, or the code of a neighbourhood with complexes"),
            remedy=N_("look in the table complexes; a smaller scale has fewer"),
            name=strange[0],
            complex=complexes["complex"][0],
        )
    return [int(place) for place in found["place"]]
