"""Tell the kinds of seekers apart that a plan treats differently, and find what weighs on each home."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypedDict, TypeVar

import numpy as np
from numpy.typing import NDArray

from ongedeeld.errors import N_, InputError
from ongedeeld.simulation._state import (
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
MOST_WEIGHED = 60


class Bearing(NamedTuple):
    """Which conditions can make a difference for each profile of homes; `from` is a start for each [P + 1].

    Requirements are numbers of conditions; of the others the place in the plan is told. Profiles of one
    `outlook` [P] tell seekers apart alike: of each such there are `outlooks` [1].
    """

    required_from: Longs
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
        The kind of each combination of attributes, or -1 while it was not met [combinations].
    sizes
        How many values each of type, age, flags, contingent, leaves and re_housing has [6].
    classes, class_from
        Columns that are alike share a class: of column x of table c ``classes[class_from[c] + x]``; the last
        table is that of the rents.
    stride
        As in `Conditions`, with that of the rents below it [C + 1, attributes].
    column
        A column of each table that stands for the kind [room, C + 1].
    type_, hashes
        [room].
    met
        How many kinds there are [1].
    known
        For how many kinds was looked up what holds for the profiles of an outlook [outlooks].
    standings
        How many standings came of that: kinds of which the same holds [outlooks].
    bits
        What holds for each standing, as `_weighing` packs it [outlooks, room].
    standing
        The standing of each kind, or -1 for who cannot get such a home [outlooks, room].
    """

    of: Ints
    sizes: Longs
    classes: Ints
    class_from: Longs
    stride: Longs
    column: Ints
    type_: Ints
    hashes: Keys
    met: Longs
    known: Longs
    standings: Longs
    bits: Keys
    standing: Ints


def no_kinds(plan: PlanTables, bearing: Bearing, stock: Stock, thresholds: Thresholds) -> Kinds:
    """The kinds under a plan before any seeker was met."""
    tables: list[Bytes | Longs] = [*_outcomes(plan), plan.rents]
    classes = [_alike(table) for table in tables]
    types, ages = thresholds.age.shape
    contingents = thresholds.partner.shape[1] + 1
    leaves = int(stock.leaves.max(initial=0)) + 1
    sizes = np.array([types, ages, 1 << len(FLAGS), contingents, leaves, 2], np.int64)
    return Kinds(
        of=np.full(int(sizes.prod()), -1, np.int32),
        sizes=sizes,
        classes=np.concatenate(classes).astype(np.int32),
        class_from=np.cumsum([0, *(one.size for one in classes)])[:-1].astype(np.int64),
        stride=np.ascontiguousarray(
            np.vstack([plan.conditions.stride.reshape(-1, len(ATTRIBUTES)), plan.rent_stride])
        ),
        column=np.zeros((FIRST_ROOM, len(tables)), np.int32),
        type_=np.zeros(FIRST_ROOM, np.int32),
        hashes=np.zeros(FIRST_ROOM, np.uint64),
        met=np.zeros(1, np.int64),
        **_nothing_known(int(bearing.outlooks[0]), FIRST_ROOM),
    )


class _Looked(TypedDict):
    known: Longs
    standings: Longs
    bits: Keys
    standing: Ints


def _nothing_known(outlooks: int, room: int) -> _Looked:
    """Room for what holds; it is not wiped, so that what is never used takes no memory."""
    return _Looked(
        known=np.zeros(outlooks, np.int64),
        standings=np.zeros(outlooks, np.int64),
        bits=np.empty((outlooks, room), np.uint64),
        standing=np.empty((outlooks, room), np.int32),
    )


def with_room(kinds: Kinds) -> Kinds:
    """The same kinds with room for twice as many; what holds for them is to be looked up again."""

    def doubled(held: Room) -> Room:
        return np.concatenate([held, np.zeros_like(held)])

    return kinds._replace(
        column=doubled(kinds.column),
        type_=doubled(kinds.type_),
        hashes=doubled(kinds.hashes),
        **_nothing_known(len(kinds.known), 2 * len(kinds.type_)),
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
    required = _by_profile(plan, [~all_[c][of_home[c]] for c in plan.requirements])
    kinds = (plan.limits, plan.priorities, plan.reservations)
    limits, priorities, reservations = (
        _by_profile(plan, [some[c][of_home[c]] for c in numbers]) for numbers in kinds
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
    outlook = _outlooks(plan, (required, limits, priorities, reservations), rows)
    number = np.array([outlook.max(initial=-1) + 1], np.int64)
    return Bearing(
        required[0], plan.requirements[required[1]], *limits, *priorities, *reservations, outlook, number
    )


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
