"""From tables and effects to whole numbers: every condition coded once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

import numpy as np
import polars as pl

from ongedeeld.allocation._problem import UNLIMITED, Problem, State, Tables
from ongedeeld.allocation.coding import Coded, coded, profiles, tabulated
from ongedeeld.allocation.effects import (
    Ceiling,
    Condition,
    Effect,
    Limit,
    Offer,
    Priority,
    Requirement,
    Reservation,
)
from ongedeeld.allocation.lots import Lots
from ongedeeld.allocation.offering import Offering
from ongedeeld.allocation.ranking import equal_lots, places, starts
from ongedeeld.chance import keys_of
from ongedeeld.errors import N_, InputError
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.tally import Tally

AnyEffect = TypeVar("AnyEffect", bound=Effect)
NO_LIMIT = np.iinfo(np.int64).max
NO_CONDITION: Mapping[str, object] = {}
# What a letting or its explanation says of each kind of effect is found by its place in these.
REGISTRATION = "registration"


@dataclass(frozen=True)
class Plan:
    """The effects of a round by kind, in the order in which the numbers of a `Problem` refer to them.

    Priorities are in the order in which they are weighed, and stay in the order given where that is equal.
    """

    requirements: tuple[Requirement, ...]
    limits: tuple[Limit, ...]
    priorities: tuple[Priority, ...]
    reservations: tuple[Reservation, ...]
    offers: tuple[Offer, ...]
    ceilings: tuple[Ceiling, ...]
    offering: Offering

    @classmethod
    def of(cls, effects: Sequence[Effect], offering: Offering) -> Plan:
        """The effects by kind, with the rents that are among them."""

        def those(kind: type[AnyEffect]) -> tuple[AnyEffect, ...]:
            return tuple(effect for effect in effects if isinstance(effect, kind))

        priorities = sorted(those(Priority), key=lambda one: one.order)
        return cls(
            those(Requirement),
            those(Limit),
            tuple(priorities),
            tuple(sorted(those(Reservation), key=lambda one: one.rank)),
            those(Offer),
            those(Ceiling),
            offering,
        )

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions over a home and a seeker, numbered as in the problem."""
        return (
            *(one.condition for one in self.requirements),
            *(one.condition for one in self.limits),
            *(one.condition for one in self.priorities),
            *(one.condition for one in self.reservations),
        )

    @property
    def slots(self) -> Mapping[object, int]:
        """The numbers that reservations share, in order."""
        return {slot: place for place, slot in enumerate(dict.fromkeys(map(_slot, self.reservations)))}

    @property
    def tallies(self) -> tuple[str, ...]:
        """The names under which lettings are counted."""
        return tuple(dict.fromkeys(one.tally for one in self.counted if one.tally))

    @property
    def counted(self) -> tuple[Limit | Priority, ...]:
        """What may have a share or number, counted under the name of its tally."""
        return (*self.limits, *self.priorities)

    def offer_of(self, vacancy: Mapping[str, object]) -> int:
        """The offer model of a home, the first whose condition holds; their number for registration time."""
        held = (place for place, offer in enumerate(self.offers) if offer.condition.judge(vacancy, {}))
        return next(held, len(self.offers))


@dataclass(frozen=True)
class Inputs:
    """What a round is given, read and checked; `municipalities` are all in which the association lets."""

    vacancies: pl.DataFrame
    seekers: pl.DataFrame
    reactions: pl.DataFrame | None
    law: LawOfDay
    seed: int
    lots: Lots | None = None
    municipalities: tuple[str, ...] = ()


def prepare(given: Inputs, plan: Plan, so_far: Mapping[str, Tally]) -> tuple[Problem, State]:
    """The round in whole numbers, and what is left of reservations, ceilings and tallies at its start.

    Parameters
    ----------
    given
        The tables.
    plan
        The effects.
    so_far
        The tallies of the lettings so far, by name: a priority with a tally of that name goes on from there;
        others go on from the lettings that they hold themselves.
    """
    codes = [coded(condition, given.vacancies, given.seekers) for condition in plan.conditions]
    rents = tabulated(
        (plan.offering.of_vacancy, plan.offering.of_seeker),
        plan.offering.rent_cents,
        given.vacancies,
        given.seekers,
        (plan.offering.kind_of_vacancy, plan.offering.kind_of_seeker),
    )
    profile, first = profiles([one.of_seeker for one in (*codes, rents)], len(given.seekers))
    problem = Problem(
        tables=_tables(codes, first, len(given.vacancies)),
        **numbered(plan),
        profile=profile,
        rents=rents.table,
        rent_of_vacancy=rents.of_vacancy,
        rent_of_profile=rents.of_seeker[first],
        **tally_limits(plan),
        counts_always=counted_always(plan),
        tallied=_tallied(given, plan),
        **reservation_slots(plan),
        **_offers(given, plan),
        **_wishes(given),
        **_reactions(given),
    )
    return problem, _state(plan, so_far)


def _tables(codes: Sequence[Coded], first: np.ndarray, vacancies: int) -> Tables:
    sizes = [one.table.size for one in codes]
    flat = [one.table.astype(np.uint8).reshape(-1) for one in codes]
    return Tables(
        flat=np.concatenate(flat) if flat else np.zeros(0, np.uint8),
        start=np.cumsum([0, *sizes])[:-1].astype(np.int64),
        width=np.array([one.table.shape[1] for one in codes], np.int64),
        of_vacancy=np.array([one.of_vacancy for one in codes], np.int32).reshape(len(codes), vacancies),
        of_profile=np.array([one.of_seeker[first] for one in codes], np.int32).reshape(
            len(codes), len(first)
        ),
    )


def numbered(plan: Plan) -> dict[str, np.ndarray]:
    """Which conditions of a plan are requirements, limits, priorities and reservations."""
    kinds = ("requirements", "limits", "priorities", "reservations")
    ends = np.cumsum([len(getattr(plan, kind)) for kind in kinds])
    numbers = np.split(np.arange(ends[-1], dtype=np.int32), ends[:-1])
    return dict(zip(kinds, numbers, strict=True))


def tally_limits(plan: Plan) -> dict[str, np.ndarray]:
    """The tallies of limits and priorities; those that count under one name have the strictest of theirs."""
    number = {name: place for place, name in enumerate(plan.tallies)}
    most, shares = [UNLIMITED] * len(number), [Fraction(UNLIMITED)] * len(number)
    for one in plan.counted:
        if not one.tally and (one.most is not None or one.most_share is not None):
            raise InputError(
                N_("the priority {name} has a limit and no tally to count it"),
                remedy=N_("name its tally"),
                name=one.condition.name,
            )
        if one.most is not None:
            at = number[one.tally]
            most[at] = one.most if most[at] < 0 else min(most[at], one.most)
        if one.most_share is not None:
            at, share = number[one.tally], Fraction(str(one.most_share))
            shares[at] = share if shares[at] < 0 else min(shares[at], share)
    return {
        "limit_tally": np.array([number[one.tally] for one in plan.limits], np.int32),
        "tally": np.array([number.get(one.tally, -1) for one in plan.priorities], np.int32),
        "tally_most": np.array(most, np.int64),
        "tally_part": np.array([share.numerator for share in shares], np.int64),
        "tally_whole": np.array([share.denominator for share in shares], np.int64),
    }


def counted_always(plan: Plan) -> np.ndarray:
    """Of each priority whether its tally counts every letting to who meets it, also while it is closed."""
    return np.array([one.counts_always for one in plan.priorities], np.uint8)


def _tallied(given: Inputs, plan: Plan) -> np.ndarray:
    """Which vacancies each tally is about: those that any of its limits and priorities is about."""
    homes = given.vacancies.to_dicts()
    about = [
        [any(one.condition.is_about(home) for one in plan.counted if one.tally == name) for home in homes]
        for name in plan.tallies
    ]
    return np.array(about, np.uint8).reshape(len(plan.tallies), len(homes))


def reservation_slots(plan: Plan) -> dict[str, np.ndarray]:
    """Of each reservation whether a partner proposes, and with which others it shares its number."""
    slots = plan.slots
    return {
        "mediated": np.array([one.mediated for one in plan.reservations], np.uint8),
        "reservation_slot": np.array([slots[_slot(one)] for one in plan.reservations], np.int32),
    }


def _slot(one: Reservation) -> object:
    """What a reservation shares its number under: its tally, or itself."""
    return one.tally or id(one)


def _offers(given: Inputs, plan: Plan) -> dict[str, np.ndarray]:
    models = [*((offer.model, offer.parameters) for offer in plan.offers), (REGISTRATION, NO_CONDITION)]
    rows = given.vacancies.to_dicts()
    complexes = {one.complex: place for place, one in enumerate(plan.ceilings)}
    people, lots = given.seekers["seeker"], given.lots
    day = given.law.day
    equal = equal_lots(given.seed, day, people) if lots is None else lots.of(people, "equal")
    homes = [f"{day} {row['dwelling']} {row['vacancy']}" for row in rows]
    return {
        "offer": np.array([plan.offer_of(row) for row in rows], np.int32),
        "by_lot": np.array([model == "lottery" for model, _ in models], np.uint8),
        "needs_reaction": np.array([model != "direct" for model, _ in models], np.uint8),
        "places": np.array(
            [places(model, held, given.seekers, given.law.day, equal) for model, held in models],
            np.int64,
        ),
        "lot_start": starts(given.seed, homes if lots is None else ()),
        "lot_key": keys_of(people) if lots is None else lots.of(people, "lottery"),
        "complex": np.array([complexes.get(row["complex"], -1) for row in rows], np.int32),
    }


def _wishes(given: Inputs) -> dict[str, np.ndarray]:
    areas = given.vacancies["area"].unique(maintain_order=True).to_list()
    wished = given.seekers["wish_areas"]
    kinds = wished.unique(maintain_order=True).to_list()
    number = {kind: place for place, kind in enumerate(kinds)}
    wanted = [[_is_wanted(kind, area) for area in areas] for kind in kinds]
    column = {area: place for place, area in enumerate(areas)}
    return {
        "wish_area": np.array([number[kind] for kind in wished], np.int32),
        "area_wanted": np.array(wanted, np.uint8).reshape(len(kinds), len(areas)),
        "area_of_vacancy": np.array([column[area] for area in given.vacancies["area"]], np.int32),
        "rooms_least": given.seekers["rooms_min"].fill_null(0).to_numpy().astype(np.int32),
        "rent_most": given.seekers["rent_max_cents"].fill_null(NO_LIMIT).to_numpy().astype(np.int64),
        "step_free_needed": given.seekers["step_free_needed"].to_numpy().astype(np.uint8),
        "rooms": given.vacancies["rooms"].fill_null(-1).to_numpy().astype(np.int32),
        "step_free": given.vacancies["step_free"].fill_null(value=False).to_numpy().astype(np.uint8),
    }


def _is_wanted(wished: str | None, area: str) -> bool:
    """Whether an area lies in what somebody wishes: nothing is anywhere, a district is all in it."""
    if not wished:
        return True
    codes = wished.replace(",", " ").replace(";", " ").split()
    within = (area, f"WK{area[2:8]}", f"GM{area[2:6]}")
    return any(code in within for code in codes)


def _reactions(given: Inputs) -> dict[str, np.ndarray]:
    if given.reactions is None:
        nobody = np.zeros(0, np.int32)
        return {"reacted_from": np.zeros(0, np.int64), "reacted": nobody, "refused": nobody.astype(np.uint8)}
    vacancies = {name: place for place, name in enumerate(given.vacancies["vacancy"])}
    seekers = {name: place for place, name in enumerate(given.seekers["seeker"])}
    rows = sorted(
        (vacancies[vacancy], seekers[seeker], answer in ("declined", "no_show"))
        for vacancy, seeker, answer in given.reactions.select("vacancy", "seeker", "answer").iter_rows()
    )
    counts = (
        np.bincount([row[0] for row in rows], minlength=len(vacancies)) if rows else np.zeros(len(vacancies))
    )
    return {
        "reacted_from": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        "reacted": np.array([row[1] for row in rows], np.int32),
        "refused": np.array([row[2] for row in rows], np.uint8),
    }


def _state(plan: Plan, so_far: Mapping[str, Tally]) -> State:
    counted = [_counted(name, plan, so_far) for name in plan.tallies]
    homes = {_slot(one): UNLIMITED if one.homes is None else one.homes for one in plan.reservations}
    return State(
        reservation_left=np.array([homes[slot] for slot in plan.slots], np.int64),
        ceiling_left=np.array([one.most - one.earlier for one in plan.ceilings], np.int64),
        tally_done=np.array([done for done, _ in counted], np.int64),
        tally_of=np.array([of for _, of in counted], np.int64),
    )


def _counted(name: str, plan: Plan, so_far: Mapping[str, Tally]) -> tuple[int, int]:
    """How many of the lettings so far a tally counts, out of how many; a letting counts in it once."""
    if name in so_far:
        return so_far[name].done, so_far[name].of or 0
    for one in plan.limits:
        if one.tally == name:
            return one.done, one.of
    held = [one.earlier for one in plan.priorities if one.tally == name]
    by_it, about = (set[str]().union(*sets) for sets in zip(*((e.by_it, e.about) for e in held), strict=True))
    return len(by_it), len(about)
