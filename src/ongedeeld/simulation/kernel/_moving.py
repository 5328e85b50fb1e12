"""What befalls homes and sitting tenants in a month, compiled; the readable twin is `_plain`."""

from __future__ import annotations

import numpy as np

from ongedeeld.compiling import borrowing, compiled, mixed
from ongedeeld.simulation.kernel._kernel import (
    BUILT,
    DEMOLISHED,
    EVICTED,
    LEFT,
    LOST_HOME,
    NOTICE,
    PREVENTED,
    PUT_OUT,
    STARTS_TO_SEEK,
    SUPPORT_ENDS,
    SUPPORT_STARTS,
    count,
    first_above,
    goes_soon,
    note,
    take_off,
    vacate,
)
from ongedeeld.simulation.kernel._purposes import PREVENTED as PREVENTED_DRAW
from ongedeeld.simulation.kernel._purposes import TENANT
from ongedeeld.simulation.kernel._state import (
    EVICTION,
    LEAVES,
    NEVER,
    NOBODY,
    OLDER,
    SEEKS,
    SUPPORT,
    Bytes,
    Counts,
    Happened,
    Ints,
    Keys,
    Seekers,
    Stock,
    Tenancies,
    Thresholds,
)


@borrowing
def build_and_demolish(  # noqa: PLR0913, PLR0917 - a month is made of all of these
    month: int,
    planned: Ints,
    stock: Stock,
    thresholds: Thresholds,
    tenancies: Tenancies,
    seekers: Seekers,
    happened: Happened,
    counts: Counts,
    starts: Bytes,
) -> None:
    """Let new homes come, demolish what goes, and note in `starts` whose tenants get notice.

    Parameters
    ----------
    month, stock, thresholds, tenancies, seekers, happened, counts
        Of the run.
    planned
        The homes that come or go during the run.
    starts
        Room for each home, all 0: 1 + the age class of a tenant who starts to seek or must be re-housed [H].
    """
    for home in planned:
        if month > 0 and stock.comes[home] == month:
            tenancies.free_from[home] = month
            note(happened, home, BUILT)
        if stock.goes[home] == month:
            _demolish(tenancies, seekers, happened, counts, home)
        elif tenancies.type_[home] >= 0 and goes_soon(month, stock, thresholds, home):
            place = tenancies.seeks_as[home]
            if place < 0 or seekers.re_housing[place] == 0:
                starts[home] = 1 + tenancies.age[home]
                note(happened, home, NOTICE)


@borrowing
def _demolish(tenancies: Tenancies, seekers: Seekers, happened: Happened, counts: Counts, home: int) -> None:
    if tenancies.type_[home] >= 0:
        note(happened, home, PUT_OUT)
        _off_list(seekers, tenancies, counts, home)
    tenancies.type_[home] = NOBODY
    tenancies.free_from[home] = NEVER
    note(happened, home, DEMOLISHED)


@borrowing
def _off_list(seekers: Seekers, tenancies: Tenancies, counts: Counts, home: int) -> None:
    """Take a tenant who loses the home off the list."""
    place = tenancies.seeks_as[home]
    if place >= 0:
        count(counts, LOST_HOME, seekers, place)
        take_off(seekers, place, tenancies)


@compiled
def befallen(keys: Keys, type_: Ints, salt: np.uint64, highest: np.uint64) -> Ints:
    """The occupied homes whose draw lies below the highest threshold of all: something may befall those."""
    found = np.empty(keys.size, np.int32)
    number = 0
    for home in range(keys.size):
        if mixed(keys[home] ^ salt) < highest and type_[home] >= 0:
            found[number] = home
            number += 1
    return found[:number]


@borrowing
def move_tenants(  # noqa: PLR0913, PLR0917
    month: int,
    salts: Keys,
    homes: Ints,
    stock: Stock,
    thresholds: Thresholds,
    tenancies: Tenancies,
    seekers: Seekers,
    happened: Happened,
    counts: Counts,
    starts: Bytes,
) -> None:
    """Do what befalls the tenants of these homes."""
    ages = thresholds.age.shape[1]
    for home in homes:
        stay = 0
        while stay < thresholds.stay_until.size and (
            month - tenancies.since[home] >= thresholds.stay_until[stay]
        ):
            stay += 1
        chances = thresholds.tenant[stock.turnover[home], stay, tenancies.age[home]]
        event = first_above(chances, mixed(stock.key[home] ^ salts[TENANT]))
        if event == EVICTION:
            if mixed(stock.key[home] ^ salts[PREVENTED_DRAW]) < thresholds.prevented[0]:
                note(happened, home, PREVENTED)
                continue
            note(happened, home, EVICTED)
        if event == LEAVES:
            note(happened, home, LEFT)
        if event in (LEAVES, EVICTION):
            _off_list(seekers, tenancies, counts, home)
            vacate(month, salts, stock, thresholds, tenancies, happened, home)
        elif event == SEEKS and tenancies.seeks_as[home] < 0 and starts[home] == 0:
            starts[home] = 1 + tenancies.age[home]
            note(happened, home, STARTS_TO_SEEK)
        elif event == OLDER:
            tenancies.age[home] = min(tenancies.age[home] + 1, ages - 1)
        elif event == SUPPORT and tenancies.support_until[home] <= month:
            tenancies.support_until[home] = month + thresholds.support_months[0]
            note(happened, home, SUPPORT_STARTS)


@borrowing
def end_support(month: int, tenancies: Tenancies, happened: Happened) -> None:
    """Note where the month before was the last of support."""
    support_until, type_, since = tenancies.support_until, tenancies.type_, tenancies.since
    for home in range(support_until.size):
        if support_until[home] == month and type_[home] >= 0 and since[home] < month:
            note(happened, home, SUPPORT_ENDS)
