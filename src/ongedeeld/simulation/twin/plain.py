"""A whole run in plain Python: the twin of the kernel, and the model of the simulation written down as code.

Months count from 0, the first of the run; whatever happens, happens on the first of a month. A month goes
through six steps, in the order of :func:`play_month`. Homes, households and seekers are small objects that
change; whatever chance decides is a draw (see `_plain_chance`) that belongs to the home or seeker it befalls,
held against a threshold of the assumptions. The round of the month is that of `ongedeeld.allocation`.
"""

from __future__ import annotations

from ongedeeld.simulation.kernel import _purposes
from ongedeeld.simulation.kernel._state import EVICTION, FLAGS, LEAVES, NEVER, NOBODY, OLDER, SEEKS, SUPPORT
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.simulation.twin.chance import choice, event, key_from_outside, key_of_tenant, one_of
from ongedeeld.simulation.twin.round import play_round
from ongedeeld.simulation.twin.world import Ceilings, Home, Household, Letting, Seeker, World

ANYWHERE = None
BEFORE = -1
"""The month in which those who are on the list at the start count as arrived."""


def beginning(setting: Setting, seed: int) -> World:
    """The homes with their tenants, and the list of seekers, as they stand before the first month."""
    at = setting.tenancies(seed)
    homes = [
        Home(
            number,
            None if kind == NOBODY else Household(int(kind), int(at.age[number]), int(at.flags[number])),
            int(at.since[number]),
            int(at.support_until[number]),
            int(at.free_from[number]),
        )
        for number, kind in enumerate(at.type_)
    ]
    world = World(setting, seed, homes)
    for municipality, count in enumerate(setting.thresholds.listed):
        for number in range(int(count)):
            comes_to_seek(world, municipality, BEFORE, number)
    return world


def play_month(world: World, month: int) -> None:
    """All that happens in a month: 1 stock, 2 tenants, 3 the list, 4 who comes new, 5 the round, 6 moves.

    A home that falls vacant in a month is sold, or can be let some months later: never in the same month.
    """
    for home in world.homes:
        build_or_demolish(world, home, month)
    for home in world.homes:
        if home.tenant is not None:
            befall(world, home, home.tenant, month)
    for seeker in list(world.seekers.values()):
        stop_or_search(world, seeker, month)
    arrive(world, month)
    for letting in play_round(world, month):
        move(world, letting)


def build_or_demolish(world: World, home: Home, month: int) -> None:
    """Step 1: new homes come free, tenants of homes that will be demolished seek, and those homes go.

    Who still lives there on the day leaves the stock without a home.
    """
    comes, goes = int(world.setting.stock.comes[home.number]), int(world.setting.stock.goes[home.number])
    if 0 < comes == month:
        home.free_from = month
        world.note(month, "built", home.number)
    if goes == month:
        if home.tenant is not None:
            world.note(month, "put_out", home.number)
            end_tenancy(world, home)
        home.free_from = NEVER
        world.note(month, "demolished", home.number)
    elif home.tenant is not None and goes_soon(world, home, month):
        seeker = home.seeker or start_to_seek(world, home, home.tenant, month)
        if not seeker.re_housing:
            seeker.re_housing = True
            world.note(month, "notice", home.number)


def goes_soon(world: World, home: Home, month: int) -> bool:
    """Whether a home will be demolished so soon that its tenant seeks another and nobody gets it."""
    return int(world.setting.stock.goes[home.number]) <= month + int(
        world.setting.thresholds.notice_months[0]
    )


def befall(world: World, home: Home, tenant: Household, month: int) -> None:
    """Step 2: what befalls a sitting tenant. One draw tells which of the events it is, or none."""
    assumed, key = world.setting.thresholds, int(world.setting.stock.key[home.number])
    if home.support_until == month > home.since:
        world.note(month, "support_ends", home.number)
    stay = sum(month - home.since >= int(until) for until in assumed.stay_until)
    of_class = assumed.tenant[world.setting.stock.turnover[home.number], stay, tenant.age]
    what = event(world.drawn(key, month, _purposes.TENANT), of_class)
    if what == LEAVES:
        world.note(month, "left", home.number)
        fall_vacant(world, home, month)
    elif what == EVICTION:
        if world.happens(key, month, _purposes.PREVENTED, assumed.prevented[0]):
            world.note(month, "prevented", home.number)
        else:
            world.note(month, "evicted", home.number)
            fall_vacant(world, home, month)
    elif what == SEEKS and home.seeker is None:
        world.note(month, "starts_to_seek", home.number)
        start_to_seek(world, home, tenant, month)
    elif what == OLDER:
        older = min(tenant.age + 1, assumed.age.shape[1] - 1)
        home.tenant = Household(tenant.type, older, tenant.flags)
    elif what == SUPPORT and home.support_until <= month:
        home.support_until = month + int(assumed.support_months[0])
        world.note(month, "support_starts", home.number)


def end_tenancy(world: World, home: Home) -> None:
    """Nobody lives in a home any more; where its tenant sought another, that ends too."""
    if home.seeker is not None:
        world.seekers.pop(home.seeker.key, None)
    home.tenant, home.seeker = None, None


def fall_vacant(world: World, home: Home, month: int) -> None:
    """A tenancy ends: the home is sold, waits to be demolished, or can be let after some months."""
    end_tenancy(world, home)
    stock, assumed = world.setting.stock, world.setting.thresholds
    if goes_soon(world, home, month):
        home.free_from = NEVER
    elif month >= int(stock.for_sale[home.number]) or world.happens(
        int(stock.key[home.number]), month, _purposes.SOLD, assumed.sold[stock.turnover[home.number]]
    ):
        home.free_from = NEVER
        world.note(month, "sold", home.number)
    else:
        home.free_from = month + int(assumed.void_months[0])


def start_to_seek(world: World, home: Home, tenant: Household, month: int) -> Seeker:
    """A tenant of the association comes on the list, in its own municipality."""
    stock = world.setting.stock
    key = key_of_tenant(int(stock.key[home.number]), month)
    municipality = int(stock.municipality[home.number])
    home.seeker = listed(world, key, tenant, month, municipality=municipality, home=home.number)
    return home.seeker


def stop_or_search(world: World, seeker: Seeker, month: int) -> None:
    """Step 3: who is on the list stops, unless they must be re-housed, or may gain a search point."""
    assumed, kind = world.setting.thresholds, seeker.household.type
    if not seeker.re_housing and world.happens(seeker.key, month, _purposes.STOPS, assumed.stops[kind]):
        del world.seekers[seeker.key]
        if seeker.home is not None:
            world.homes[seeker.home].seeker = None
        world.note(month, "stopped", seeker.municipality)
    elif world.happens(seeker.key, month, _purposes.SEARCHES, assumed.searches[kind]):
        seeker.search_points += 1


def arrive(world: World, month: int) -> None:
    """Step 4: new seekers come to each municipality, a whole number and by chance one more."""
    assumed = world.setting.thresholds
    for municipality, key in enumerate(world.setting.stock.municipality_key):
        one_more = world.happens(int(key), month, _purposes.ARRIVALS, assumed.arrivals_part[municipality])
        for number in range(int(assumed.arrivals_whole[municipality]) + one_more):
            comes_to_seek(world, municipality, month, number)


def comes_to_seek(world: World, municipality: int, month: int, number: int) -> None:
    """Somebody from outside comes on the list: the type is drawn first, and the rest given the type."""
    assumed = world.setting.thresholds
    key = key_from_outside(int(world.setting.stock.municipality_key[municipality]), month, number)
    types = assumed.listed_type if month == BEFORE else assumed.type_
    kind = choice(world.drawn(key, 0, _purposes.TYPE), types)
    age = choice(world.drawn(key, 0, _purposes.AGE), assumed.age[kind])
    flags = sum(
        1 << flag
        for flag in range(len(FLAGS))
        if world.happens(key, 0, _purposes.FLAG + flag, assumed.flag[kind, flag])
    )
    held = world.setting.agreements_on(max(month, 0))
    may = [agreement for agreement in held if assumed.partner[kind, agreement]]
    proposed = one_of(world.drawn(key, 0, _purposes.PARTNER), len(may))
    contingent = 1 + may[proposed] if may else 0
    household = Household(kind, age, flags)
    listed(world, key, household, month, municipality=municipality, contingent=contingent)


def listed(
    world: World,
    key: int,
    household: Household,
    month: int,
    *,
    municipality: int,
    home: int | None = None,
    contingent: int = 0,
) -> Seeker:
    """A household on the list, with what it wishes and how long it was registered before it seeks."""
    seeker = Seeker(
        key=key,
        household=household,
        contingent=contingent,
        home=home,
        re_housing=False,
        municipality=municipality,
        wish=_wish(world, key, municipality),
        step_free=world.happens(
            key,
            0,
            _purposes.STEP_FREE,
            world.setting.thresholds.step_free[household.type, household.age],
        ),
        registered=_registered(world, key, household, month),
        arrived=month,
    )
    world.seekers[key] = seeker
    world.note(month, "listed", municipality)
    return seeker


def _wish(world: World, key: int, municipality: int) -> int | None:
    """The district that a seeker wishes, drawn by its homes; or anywhere in the municipality."""
    assumed = world.setting.thresholds
    if world.happens(key, 0, _purposes.WISH, assumed.anywhere[municipality]):
        return ANYWHERE
    first, last = assumed.district_from[municipality], assumed.district_from[municipality + 1]
    found = choice(world.drawn(key, 0, _purposes.WISHED_DISTRICT), assumed.district[first:last])
    return int(assumed.district_code[first + found])


def _registered(world: World, key: int, household: Household, month: int) -> int:
    """The day of registration: some months before, on a day of those; or on the day itself."""
    assumed = world.setting.thresholds
    likely = (assumed.listed_before if month == BEFORE else assumed.registered_before)[household.type]
    before = int(likely[one_of(world.drawn(key, 0, _purposes.REGISTERED), len(likely))])
    day = 1 + one_of(world.drawn(key, 0, _purposes.REGISTERED_DAY), 28) if before else 1
    return 32 * (month - before) + day


def move(world: World, letting: Letting) -> None:
    """Step 6: who got a home moves in; the home of the association that they leave falls vacant.

    With the letting an urgency or a proposal ends: the household goes on as the type that it settles as.
    """
    seeker, home = letting.seeker, world.homes[letting.home]
    settled = int(world.setting.thresholds.settles_as[seeker.household.type])
    del world.seekers[seeker.key]
    if seeker.home is not None:
        fall_vacant(world, world.homes[seeker.home], letting.month)
    home.tenant = Household(settled, seeker.household.age, seeker.household.flags)
    home.since, home.free_from = letting.month, NEVER
    home.support_until = letting.month + letting.support_months
    world.lettings.append(letting)


def run(setting: Setting, seed: int, months: int, ceilings: Ceilings | None = None) -> World:
    """Play a number of months.

    Parameters
    ----------
    setting
        The stock, the tenancies at the start, the assumptions as thresholds, the law and the policy.
    seed
        Of all draws.
    months
        How many.
    ceilings
        What ceilings hold in each year, where that is not what the policy says.
    """
    world = beginning(setting, seed)
    world.ceilings = ceilings
    for month in range(months):
        play_month(world, month)
    return world
