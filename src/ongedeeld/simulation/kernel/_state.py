"""A run in whole numbers, as the kernel and its plain twin read it.

[H] is a number for each home, [S] for each place on the list of seekers, [T] for each type of household,
[A] for each age class, [M] for each municipality, [D] for each district, [K] for each agreement with a
partner, [C] for each condition, [P] for each profile of homes. Months count from 0, the first of the run.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Keys = NDArray[np.uint64]

NOBODY = -1
NOWHERE = -1
NEVER = 1 << 30
UNLIMITED = -1

FLAGS = ("bound", "motivation", "neighbourly_work", "profession", "refused", "priority")
"""What is yes or no of a household, drawn once: bit f of its flags."""

ATTRIBUTES = ("type", "age", *FLAGS, "contingent", "leaves", "re_housing")
"""What the conditions of a round can look at in a seeker, in the order of `Conditions.stride`.

`contingent` is 0 or 1 + the number of the agreement; `leaves` is 0 or the class of the home that comes free.
"""

LEAVES, EVICTION, SEEKS, OLDER, SUPPORT = range(5)
"""What befalls a sitting tenant in a month, in the order of `Thresholds.tenant`."""

REASONS = ("surroundings", "home", "rent", "other")
"""Why an offer is declined, in the order of `Thresholds.declines`."""


class Stock(NamedTuple):
    """The homes, which a run does not change [H].

    Parameters
    ----------
    key
        What draws for a home hang on.
    municipality, district, area, complex
        Where it lies; without a complex -1.
    rooms, step_free
        Rooms that are not known are -1.
    turnover, popularity, surroundings
        Its classes in the thresholds.
    leaves
        From 1: the class by rooms and rent of who leaves it, as in `ATTRIBUTES`.
    comes, goes
        The month from which it is there and that in which it is demolished; 0 and `NEVER`.
    for_sale
        The month from which it is sold as soon as it falls vacant, without a draw; `NEVER`.
    municipality_key
        What draws for a municipality hang on [M].
    """

    key: Keys
    municipality: Ints
    district: Ints
    area: Ints
    complex: Ints
    rooms: Ints
    step_free: Bytes
    turnover: Ints
    popularity: Ints
    surroundings: Ints
    leaves: Ints
    comes: Ints
    goes: Ints
    for_sale: Ints
    municipality_key: Keys


class Thresholds(NamedTuple):
    """The assumptions of one future as whole numbers.

    Of cumulative ones one draw takes the first that is above it.

    Parameters
    ----------
    tenant
        Cumulative, of what befalls a sitting tenant in a month
        [turnover classes, stay classes, A, 5].
    stay_until
        The month of a tenancy before which each stay class but the last ends [stay classes - 1].
    prevented, support_months, void_months, notice_months
        One number each [1]: the share of threatened evictions that are prevented, how long support that
        starts with a sitting tenant lasts, the months before a home can be let again (1 or more), and the
        months before demolition from which tenants seek.
    sold
        Of a home that falls vacant [turnover classes].
    stops, searches
        Of a seeker in a month [T].
    arrivals_whole, arrivals_part
        New seekers a month, as a whole number and the chance of one more [M].
    type_, age
        Cumulative, of new seekers [T] and of their ages [T, A].
    flag
        [T, flags].
    step_free
        Who needs a home without steps [T, A].
    anywhere
        Who seeks in the whole municipality [M].
    district_from, district, district_code
        The districts of a municipality [M + 1], cumulative chances to be wished [D], and their numbers [D].
    registered_before
        Equally likely months of registration before somebody starts to seek [T, values].
    rooms_least, rent_most
        What a type wishes at least and at most [T].
    reacts
        To one home [T, popularity classes].
    declines
        Cumulative over `REASONS`, of one offer [T, surroundings classes, reasons].
    partner
        Whether a type can be proposed under an agreement [T, K].
    situation_points, start_points
        Of each type [T].
    settles_as
        The type of a household once it was housed [T]: urgency and a proposal end with the letting.
    listed
        Seekers on the list when the run begins, drawn as those of month -1 [M].
    listed_type, listed_before
        Of those: the cumulative chances of types [T], and their `registered_before` [T, values].
    """

    tenant: Keys
    stay_until: Ints
    prevented: Keys
    support_months: Ints
    void_months: Ints
    notice_months: Ints
    sold: Keys
    stops: Keys
    searches: Keys
    arrivals_whole: Longs
    arrivals_part: Keys
    type_: Keys
    age: Keys
    flag: Keys
    step_free: Keys
    anywhere: Keys
    district_from: Ints
    district: Keys
    district_code: Ints
    registered_before: Ints
    rooms_least: Ints
    rent_most: Longs
    reacts: Keys
    declines: Keys
    partner: Bytes
    situation_points: Ints
    start_points: Ints
    settles_as: Ints
    listed: Longs
    listed_type: Keys
    listed_before: Ints


class Conditions(NamedTuple):
    """The conditions of a plan over profiles of homes and attributes of seekers.

    Condition c of home profile p and a seeker with attributes a is
    ``flat[start[c] + of_home[c, p] * width[c] + sum(a * stride[c])]``.
    """

    flat: Bytes
    start: Longs
    width: Longs
    of_home: Ints
    stride: Longs


class PlanTables(NamedTuple):
    """What decides the rounds from a month on; the meaning is that of `ongedeeld.allocation._problem`.

    Parameters
    ----------
    conditions
        [C].
    requirements, limits, priorities, reservations
        Which conditions are which; priorities in the order in which they are weighed.
    profile
        The profile of each home [H].
    rank
        The place of each profile in the ranking of areas; those without one come last [P].
    rents, rent_of_home, rent_stride
        The rent offered in cents: ``rents[rent_of_home[p], sum(attributes * rent_stride)]``.
    full_rent
        The rent without rent policy [P].
    limit_tally, tally, tally_most, tally_part, tally_whole
        As in a round.
    mediated, reservation_slot, supported
        Of each reservation whether a partner proposes, its slot, and how many months of support come with it.
    reservation_most, ceiling_most
        What slots and ceilings hold at the start of the plan; `UNLIMITED` slots have no end.
    limit_about, about
        Whether a letting of each profile is about a limit and a priority, so that its tally counts it
        [limits, P] and [priorities, P].
    counts_always
        Of each priority whether its tally counts every letting to who meets it, also while it is closed.
    slot_from, ceiling_from, tally_from
        The place in the tables before from which each goes on with what was let; -1 begins anew. What is
        left is the `most` of these tables less what was let.
    tally_yearly
        Whether a tally begins anew each calendar year.
    ceiling
        The ceiling on each home, or -1 [H].
    offer, by_lot, needs_reaction
        The offer model of each profile [P], and what each model is.
    points
        For each model the whole numbers `unit`, `yearly`, and the most that count of search, situation and
        start points, all but `unit` in parts of a point; a `unit` of 0 is no model of points [models, 5].
    runs
        Whether partners propose under an agreement [K].
    """

    conditions: Conditions
    requirements: Ints
    limits: Ints
    priorities: Ints
    reservations: Ints
    profile: Ints
    rank: Ints
    rents: Longs
    rent_of_home: Ints
    rent_stride: Longs
    full_rent: Longs
    limit_tally: Ints
    tally: Ints
    tally_most: Longs
    tally_part: Longs
    tally_whole: Longs
    mediated: Bytes
    reservation_slot: Ints
    supported: Ints
    reservation_most: Longs
    ceiling_most: Longs
    limit_about: Bytes
    about: Bytes
    counts_always: Bytes
    slot_from: Ints
    ceiling_from: Ints
    tally_from: Ints
    tally_yearly: Bytes
    ceiling: Ints
    offer: Ints
    by_lot: Bytes
    needs_reaction: Bytes
    points: Longs
    runs: Bytes


class Tenancies(NamedTuple):
    """Who lives in each home [H]; the type of a vacant or vanished home is `NOBODY`.

    `free_from` is the month from which a vacant home can be let, `NEVER` while somebody lives there or when
    it is not there (not built yet, sold, demolished). `since` may lie before 0; `support_until` is the first
    month without support, and at most `since` where there is none.
    """

    type_: Ints
    age: Ints
    flags: Ints
    since: Ints
    support_until: Ints
    free_from: Ints
    seeks_as: Ints


BY_MONTH = 32
"""A month of registration comes with the day: 32 for each month."""


class Seekers(NamedTuple):
    """The list of seekers, in places that are used again [S]; the type of a free place is `NOBODY`.

    `home` is the home that comes free by a move, or `NOWHERE`; `wish` a district or `NOWHERE`;
    `registered` is ``32 * month + day of the month``, with months from 0 and days from 1.
    """

    key: Keys
    type_: Ints
    age: Ints
    flags: Ints
    contingent: Ints
    home: Ints
    re_housing: Bytes
    municipality: Ints
    wish: Ints
    step_free: Bytes
    registered: Ints
    arrived: Ints
    search_points: Ints


class Left(NamedTuple):
    """What is left of reservations and ceilings, and the tallies, before a round and after it.

    As `ongedeeld.allocation._problem.State`; a run carries it from month to month.
    """

    reservation_left: Longs
    ceiling_left: Longs
    tally_done: Longs
    tally_of: Longs


class Lettings(NamedTuple):
    """The lettings of one month in their order, a number for each.

    Parameters
    ----------
    home, seeker
        The home, and the key of who got it.
    type_, age, flags, contingent, re_housing, registered, arrived
        Of the seeker.
    from_home
        The home that came free by it, or `NOWHERE`.
    rent, full_rent
        In cents.
    reservation, priority
        The first of the plan's reservations that the seeker met, and the first of its priorities; -1 where
        none was met and open.
    support_months
        How many months of support come with it.
    """

    home: Ints
    seeker: Keys
    type_: Ints
    age: Ints
    flags: Ints
    contingent: Ints
    re_housing: Bytes
    registered: Ints
    arrived: Ints
    from_home: Ints
    rent: Longs
    full_rent: Longs
    reservation: Ints
    priority: Ints
    support_months: Ints


HAPPENINGS = (
    "left",
    "prevented",
    "evicted",
    "starts_to_seek",
    "support_starts",
    "support_ends",
    "sold",
    "built",
    "demolished",
    "put_out",
    "notice",
)
"""What befalls a home or its tenant; `prevented` and `evicted` together are the threatened evictions."""


class Happened(NamedTuple):
    """What befell which home in one month: room for it, and how much of that is used [1]."""

    home: Ints
    what: Bytes
    used: Longs


COUNTED = ("arrived", "stopped", "housed", "lost_home", "on_list", "registered_so_far")
"""What is counted of seekers in a year; `lost_home` left, was evicted or put out, and so is off the list.

At the end of the year there are those `on_list`; `registered_so_far` is in how many months all of these are
registered, together.
"""

ORIGINS = ("outside", "proposed", "tenant", "re_housing")
"""Where a seeker stands when counted."""


class Counts(NamedTuple):
    """What is counted in a year.

    Parameters
    ----------
    seekers
        [COUNTED, T, A, ORIGINS].
    declined
        Offers that were declined [areas, REASONS].
    """

    seekers: Longs
    declined: Longs
