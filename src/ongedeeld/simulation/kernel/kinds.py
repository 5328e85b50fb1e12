"""Tell the kinds of seekers apart that a plan treats differently, and find what weighs on each home."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ongedeeld.errors import N_, InputError
from ongedeeld.simulation.kernel._state import (
    ATTRIBUTES,
    FLAGS,
    Bytes,
    Ints,
    Keys,
    Longs,
    PlanTables,
    Stock,
    Thresholds,
)

Room = TypeVar("Room", Ints, Keys)

FIRST_ROOM = 128
NOT_LOOKED_UP, NO_STANDING = 0, 1
FIRST_STANDING = 2
MOST_WEIGHED = 60


class Bearing(NamedTuple):
    """Which conditions can make a difference for each profile of homes; `from` is a start for each [P + 1].

    Columns of a table that are alike share a mark, so that the tables become small: of column x of table c it
    is ``marks[mark_from[c] + x]``; the last table is that of the rents. `outcomes` and `rents` are the tables
    by mark.

    `asked` are the numbers of the conditions: first so many requirements (`required` [P]), then limits,
    priorities from the last, and reservations; `asked_row` is where the outcomes of each begin for such
    homes. Of limits, priorities and reservations the place in the plan is told as well. Profiles of one
    `outlook` [P] tell seekers apart alike: of each such there are `outlooks` [1].
    """

    marks: Ints
    mark_from: Longs
    outcomes: Bytes
    rents: Longs
    asked_from: Longs
    asked: Ints
    asked_row: Longs
    required: Ints
    limit_from: Longs
    limit: Ints
    priority_from: Longs
    priority: Ints
    reservation_from: Longs
    reservation: Ints
    outlook: Ints
    outlooks: Longs


class Kinds(NamedTuple):
    """The kinds of seekers met so far: of one type, and alike in every condition and in the rents offered.

    Parameters
    ----------
    of
        From 1 the kind of each combination of attributes, or 0 while it was not met [combinations].
    sizes
        How many values each of type, age, flags, contingent, leaves and re_housing has [6].
    stride
        As in `Conditions`, with that of the rents below it [C + 1, attributes].
    mark
        In each table [room, C + 1].
    type_, hashes
        [room].
    met
        How many kinds there are [1].
    standings
        One more than the last standing that was met for the profiles of an outlook [outlooks]: kinds of
        which the same holds have the same standing, from `FIRST_STANDING`.
    bits
        What holds for each standing, as `_weighing` packs it [outlooks, room + 2].
    standing
        The standing of each kind, `NO_STANDING` for who cannot get such a home, and `NOT_LOOKED_UP` until it
        plays a part [outlooks, room].
    """

    of: Ints
    sizes: Longs
    stride: Longs
    mark: Ints
    type_: Ints
    hashes: Keys
    met: Longs
    standings: Longs
    bits: Keys
    standing: Ints


def no_kinds(plan: PlanTables, bearing: Bearing, stock: Stock, thresholds: Thresholds) -> Kinds:
    """The kinds under a plan before any seeker was met."""
    types, ages = thresholds.age.shape
    outlooks = int(bearing.outlooks[0])
    contingents = thresholds.partner.shape[1] + 1
    leaves = int(stock.leaves.max(initial=0)) + 1
    sizes = np.array([types, ages, 1 << len(FLAGS), contingents, leaves, 2], np.int64)
    return Kinds(
        of=np.zeros(int(sizes.prod()), np.int32),
        sizes=sizes,
        stride=np.ascontiguousarray(
            np.vstack([plan.conditions.stride.reshape(-1, len(ATTRIBUTES)), plan.rent_stride])
        ),
        mark=np.zeros((FIRST_ROOM, len(bearing.mark_from)), np.int32),
        type_=np.zeros(FIRST_ROOM, np.int32),
        hashes=np.zeros(FIRST_ROOM, np.uint64),
        met=np.zeros(1, np.int64),
        standings=np.full(outlooks, FIRST_STANDING, np.int64),
        bits=np.zeros((outlooks, FIRST_ROOM + FIRST_STANDING), np.uint64),
        standing=np.zeros((outlooks, FIRST_ROOM), np.int32),
    )


def with_room(kinds: Kinds) -> Kinds:
    """The same kinds with room for twice as many."""

    def doubled(held: Room) -> Room:
        return np.concatenate([held, np.zeros_like(held)])

    outlooks, room = kinds.standing.shape
    most = int(kinds.standings.max(initial=0))
    # What is never written takes no memory, so that only what holds something is copied.
    bits = np.zeros((outlooks, 2 * room + FIRST_STANDING), np.uint64)
    bits[:, :most] = kinds.bits[:, :most]
    return kinds._replace(
        mark=doubled(kinds.mark),
        type_=doubled(kinds.type_),
        hashes=doubled(kinds.hashes),
        bits=bits,
        standing=np.hstack([kinds.standing, np.zeros_like(kinds.standing)]),
    )


def bearing(plan: PlanTables) -> Bearing:
    """What can make a difference for each profile of homes.

    Raises
    ------
    InputError
        When more than `MOST_WEIGHED` limits, priorities and reservations are about one home.
    """
    rows = _outcomes(plan)
    some = [table.any(axis=1) for table in rows]
    all_ = [table.all(axis=1) for table in rows]
    of_home = plan.conditions.of_home
    required = [~all_[c][of_home[c]] for c in plan.requirements]
    limited, prior, reserved = (
        [some[c][of_home[c]] for c in numbers]
        for numbers in (plan.limits, plan.priorities, plan.reservations)
    )
    requirements, limits, priorities, reservations = (
        _by_profile(plan, bears) for bears in (required, limited, prior, reserved)
    )
    weighed = np.diff(limits[0]) + np.diff(priorities[0]) + np.diff(reservations[0])
    if weighed.max(initial=0) > MOST_WEIGHED:
        raise InputError(
            N_("{number} limits, priorities and reservations of this policy are about one home"),
            expected=N_("at most {most} of them"),
            remedy=N_("put instruments that do the same together, or part them over areas"),
            number=int(weighed.max()),
            most=MOST_WEIGHED,
        )
    outlook = _outlooks(plan, (requirements, limits, priorities, reservations), rows)
    number = np.array([outlook.max(initial=-1) + 1], np.int64)
    tables: list[Bytes | Longs] = [*rows, plan.rents]
    marks = [_alike(table) for table in tables]
    small = [_by_mark(table, of) for table, of in zip(tables, marks, strict=True)]
    asked = _asked(plan, [*required, *limited, *reversed(prior), *reserved], small)
    many = np.diff(requirements[0]).astype(np.int32)
    return Bearing(
        np.concatenate(marks),
        _starts(marks),
        np.concatenate([np.zeros(0, np.uint8), *(one.astype(np.uint8).reshape(-1) for one in small[:-1])]),
        np.ascontiguousarray(small[-1], np.int64),
        *asked,
        many,
        *limits,
        *priorities,
        *reservations,
        outlook,
        number,
    )


def _by_mark(table: Bytes | Longs, marks: Ints) -> Bytes | Longs:
    """A table with a column for each mark."""
    first = np.unique(marks, return_index=True)[1]
    return table[:, first]


def _asked(
    plan: PlanTables, bears: list[NDArray[np.bool_]], tables: Sequence[Bytes | Longs]
) -> tuple[Longs, Ints, Longs]:
    """The conditions to ask for each profile in the order of `Bearing.asked`, and their rows in tables."""
    numbers = np.concatenate([plan.requirements, plan.limits, plan.priorities[::-1], plan.reservations])
    start, places = _by_profile(plan, bears)
    asked = numbers[places].astype(np.int32)
    profile = np.repeat(np.arange(len(plan.rank)), np.diff(start))
    width = np.array([table.shape[1] for table in tables], np.int64)
    return start, asked, _starts(tables)[asked] + plan.conditions.of_home[asked, profile] * width[asked]


def _starts(tables: Sequence[NDArray[np.generic]]) -> Longs:
    """Where each table starts, one behind the other."""
    return np.cumsum([0, *(one.size for one in tables)])[:-1].astype(np.int64)


def _outlooks(plan: PlanTables, bears: Sequence[tuple[Longs, Ints]], rows: list[Bytes]) -> Ints:
    """A number for each profile, the same where the same outcomes bear on it in the same order."""
    kinds = (plan.requirements, plan.limits, plan.priorities, plan.reservations)
    outcome, seen = [], dict[tuple[bytes, bytes], int]()
    for table, stride in zip(rows, plan.conditions.stride, strict=True):
        whose = stride.tobytes()
        outcome.append(np.array([seen.setdefault((whose, row.tobytes()), len(seen)) for row in table]))
    of_home = np.array([held[codes] for held, codes in zip(outcome, plan.conditions.of_home, strict=True)])
    of_home = of_home.reshape(len(rows), len(plan.rank))
    told = [plan.rent_of_home.astype(np.int64)[:, np.newaxis]]
    for (start, places), conditions in zip(bears, kinds, strict=True):
        many = np.diff(start)
        profile = np.repeat(np.arange(len(many)), many)
        found = np.full((len(many), int(many.max(initial=0))), -1, np.int64)
        found[profile, np.arange(len(places)) - start[profile]] = of_home[conditions[places], profile]
        told.append(found)
    return _alike(np.hstack(told).T)


def _outcomes(plan: PlanTables) -> list[Bytes]:
    """The outcomes of each condition by code of the home and column."""
    held = plan.conditions
    rows = [int(codes.max(initial=0)) + 1 for codes in held.of_home]
    return [
        held.flat[start : start + count * width].reshape(count, width)
        for start, width, count in zip(held.start, held.width, rows, strict=True)
    ]


def _alike(table: Bytes | Longs) -> Ints:
    """A class for each column, the same for columns that are alike."""
    columns = np.ascontiguousarray(table.T)
    seen: dict[bytes, int] = {}
    return np.array([seen.setdefault(column.tobytes(), len(seen)) for column in columns], np.int32)


def _by_profile(plan: PlanTables, bears: list[NDArray[np.bool_]]) -> tuple[Longs, Ints]:
    """For each profile the places at which something bears on it, as a start for each and the places."""
    profiles = len(plan.rank)
    held = np.array(bears, bool).reshape(len(bears), profiles)
    start = np.concatenate([[0], held.sum(axis=0).cumsum()]).astype(np.int64)
    return start, np.nonzero(held.T)[1].astype(np.int32)
