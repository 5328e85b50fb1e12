"""The same city the Mesa way: homes and households are agents, and every month they take a step.

What is assumed and what the policy decides are read from the tables of a setting, so that both models are of
one city; chances are drawn as Mesa offers them. Only what two instruments need is here: nothing is built or
demolished, and offers are by registration.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from math import log, log1p
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from bench.mesa_plan import ANYWHERE, Kind, PlanInUse
from ongedeeld.simulation.kernel._state import EVICTION, LEAVES, OLDER, SEEKS, SUPPORT, Thresholds

if TYPE_CHECKING:
    from ongedeeld.simulation.preparing.setting import Setting

WHOLE = 2.0**64
VACANT_NOW = 0


class Home(mesa.Agent):  # type: ignore[misc]
    """A home, which is let or vacant."""

    def __init__(self, model: City, place: int) -> None:
        super().__init__(model)
        stock, plan = model.setting.stock, model.plan.tables
        self.place, self.profile = place, int(plan.profile[place])
        self.municipality, self.district = int(stock.municipality[place]), int(stock.district[place])
        self.rooms, self.step_free = int(stock.rooms[place]), bool(stock.step_free[place])
        self.turnover, self.popularity = int(stock.turnover[place]), int(stock.popularity[place])
        self.surroundings, self.leaves = int(stock.surroundings[place]), int(stock.leaves[place])
        self.rank, self.ceiling = int(plan.rank[self.profile]), int(plan.ceiling[place])
        self.free_from = VACANT_NOW
        self.reactions: list[Household] = []

    def fall_vacant(self) -> None:
        """It is sold, or can be let again after the void months."""
        if self.random.random() < self.model.sold[self.turnover]:
            self.model.counted["sold"] += 1
            self.remove()
        else:
            self.free_from = self.model.month + self.model.void_months
            self.model.vacant.append(self)


class Household(mesa.Agent):  # type: ignore[misc]
    """A household, which lives in a home of the city, seeks one, or both."""

    def __init__(self, model: City, type_: int, age: int, flags: int, agreement: int = 0) -> None:
        super().__init__(model)
        self.type_, self.age, self.flags, self.agreement = int(type_), int(age), int(flags), int(agreement)
        self.home: Home | None = None
        self.since = self.support_until = 0
        self.seeking = False

    def step(self) -> None:
        """What befalls a tenant, and whether a seeker seeks on."""
        if self.home is not None:
            self._live()
        if self.seeking:
            self._seek_on()

    def _live(self) -> None:
        model = self.model
        draw = self.random.random()
        if self.home is None or draw >= model.most_befalls:
            return
        stay = bisect_right(model.stay_until, model.month - self.since)
        event = bisect_right(model.tenant[self.home.turnover][stay][self.age], draw)
        if event == LEAVES:
            model.counted["left"] += 1
            self._go()
        elif event == EVICTION:
            if self.random.random() < model.prevented:
                model.counted["prevented"] += 1
            else:
                model.counted["evicted"] += 1
                self._go()
        elif event == SEEKS and not self.seeking:
            model.counted["starts_to_seek"] += 1
            model.counted["arrived"] += 1
            self.start_to_seek()
        elif event == OLDER:
            self.age = min(self.age + 1, model.oldest)
        elif event == SUPPORT and self.support_until <= model.month:
            model.counted["support_starts"] += 1
            self.support_until = model.month + model.support_months

    def _go(self) -> None:
        if self.home is not None:
            self.home.fall_vacant()
        self.seeking = False
        self.remove()

    def _seek_on(self) -> None:
        if self.random.random() < self.model.stops[self.type_]:
            self.model.counted["stopped"] += 1
            self.seeking = False
            if self.home is None:
                self.remove()

    def start_to_seek(self, municipality: int = -1, *, listed: bool = False) -> None:
        """Draw what is sought and since when they are registered."""
        model, chance = self.model, self.random
        self.seeking = True
        self.municipality = municipality if self.home is None else self.home.municipality
        leaves = 0 if self.home is None else self.home.leaves
        self.kind: Kind = (self.type_, self.age, self.flags, self.agreement, leaves, 0)
        self.needs_step_free = chance.random() < model.needs_step_free[self.type_][self.age]
        self.wish = ANYWHERE
        if chance.random() >= model.anywhere[self.municipality]:
            codes, chances = model.districts[self.municipality]
            if codes:
                self.wish = codes[min(bisect_right(chances, chance.random()), len(codes) - 1)]
        before = chance.choice((model.listed_before if listed else model.registered_before)[self.type_])
        day = 1 if before == 0 else chance.randint(1, 28)
        self.registered = (32 * (model.month - before) + day, chance.random())

    def react(self) -> None:
        """React to homes that are on offer: the gaps between those to which one does are drawn."""
        rates = self.model.gaps[self.type_]
        adverts = self.model.adverts.get((self.municipality, self.wish, self.needs_step_free), ())
        for popularity, homes in adverts:
            rate = rates[popularity]
            if not rate:
                continue
            place = int(log(1.0 - self.random.random()) / rate)
            while place < len(homes):
                homes[place].reactions.append(self)
                place += 1 + int(log(1.0 - self.random.random()) / rate)

    def move_in(self, home: Home, support_months: int) -> None:
        """Leave the home that one has, and the list."""
        old, self.home = self.home, home
        self.age = self.kind[1]
        self.type_ = self.model.settles_as[self.type_]
        self.agreement = 0
        self.since, self.support_until = self.model.month, self.model.month + support_months
        self.seeking = False
        if old is not None:
            old.fall_vacant()


class City(mesa.Model):  # type: ignore[misc]
    """Homes and households of a setting, month by month."""

    def __init__(self, setting: Setting, seed: int) -> None:
        super().__init__(seed=seed)
        self.setting, self.month = setting, -1
        self.plan = PlanInUse(setting.plans[0].tables, setting.thresholds)
        self.counted: Counter[str] = Counter()
        self.groups = [one.kind for one in setting.people.types]
        self._assume(setting.thresholds)
        self.homes = Home.create_agents(self, len(setting.stock.key), range_of(len(setting.stock.key)))
        self.vacant: list[Home] = []
        self._settle()
        held = setting.thresholds
        listed = np.asarray(held.listed)
        self._arrive(listed, held.listed_type, listed=True)

    def step(self) -> None:
        """A month."""
        self.month += 1
        if (self.setting.start.month - 1 + self.month) % 12 == 0:
            self.plan.new_year()
        self.agents_by_type[Household].do("step")
        held = self.setting.thresholds
        more = self.rng.random(len(held.arrivals_part)) < held.arrivals_part / WHOLE
        self._arrive(held.arrivals_whole + more, held.type_)
        self._let()

    def _assume(self, held: Thresholds) -> None:
        """Chances as lists: to look up one number in a list is quicker than in an array."""
        self.tenant = (held.tenant / WHOLE).tolist()
        self.most_befalls = float(held.tenant.max() / WHOLE)
        self.stay_until = held.stay_until.tolist()
        self.prevented, self.oldest = float(held.prevented[0] / WHOLE), held.age.shape[1] - 1
        self.support_months, self.void_months = int(held.support_months[0]), int(held.void_months[0])
        self.sold, self.stops = (held.sold / WHOLE).tolist(), (held.stops / WHOLE).tolist()
        self.needs_step_free = (held.step_free / WHOLE).tolist()
        self.anywhere = (held.anywhere / WHOLE).tolist()
        ends = list(zip(held.district_from[:-1], held.district_from[1:], strict=True))
        self.districts = [
            (held.district_code[one:end].tolist(), (held.district[one:end] / WHOLE).tolist())
            for one, end in ends
        ]
        self.registered_before = held.registered_before.tolist()
        self.listed_before = held.listed_before.tolist()
        self.settles_as = held.settles_as.tolist()
        chances = np.minimum(held.reacts / WHOLE, 1 - 1e-12)
        self.gaps = [[log1p(-chance) if chance else 0.0 for chance in row] for row in chances.tolist()]
        self.declines = (held.declines[:, :, -1] / WHOLE).tolist()

    def _settle(self) -> None:
        """Those who live in the homes when it begins."""
        held = self.setting.tenancies(int(self.random.getrandbits(32)))
        for home, type_, age, flags, since, until, free in zip(
            self.homes,
            *(
                one.tolist()
                for one in (held.type_, held.age, held.flags, held.since, held.support_until, held.free_from)
            ),
            strict=True,
        ):
            if type_ < 0:
                home.free_from = free
                self.vacant.append(home)
                continue
            household = Household(self, type_, age, flags)
            household.home, household.since, household.support_until = home, since, until

    def _arrive(
        self, numbers: np.ndarray[Any, Any], types: np.ndarray[Any, Any], *, listed: bool = False
    ) -> None:
        """Seekers from outside: so many in each municipality."""
        held, total = self.setting.thresholds, int(np.sum(numbers))
        municipality = np.repeat(np.arange(len(numbers)), numbers)
        type_ = np.minimum(np.searchsorted(types / WHOLE, self.rng.random(total), "right"), len(types) - 1)
        ages = held.age[type_] / WHOLE
        age = np.minimum((self.rng.random(total)[:, None] >= ages).sum(axis=1), self.oldest)
        has = self.rng.random((total, held.flag.shape[1])) < held.flag[type_] / WHOLE
        flags = (has * (1 << np.arange(has.shape[1]))).sum(axis=1)
        agreements = [np.flatnonzero((row != 0) & (self.plan.tables.runs != 0)) for row in held.partner]
        agreement = [
            1 + int(self.rng.choice(agreements[one])) if len(agreements[one]) else 0 for one in type_
        ]
        if not listed:
            self.counted["arrived"] += total
        made = Household.create_agents(self, total, type_, age, flags, agreement)
        for household, place in zip(made, municipality.tolist(), strict=True):
            household.start_to_seek(place, listed=listed)

    def _let(self) -> None:
        """Offer the vacant homes, gather reactions, and let one home after the other."""
        offered = [home for home in self.vacant if home.free_from <= self.month]
        offered.sort(key=lambda home: (home.rank, home.free_from, home.place))
        self._advertise(offered)
        seeking = self.agents_by_type[Household].select(lambda household: household.seeking)
        seeking.do("react")
        nominees: dict[int, list[Household]] = defaultdict(list)
        for household in seeking:
            if household.agreement and household.home is None:
                nominees[household.municipality].append(household)
        let = {home for home in offered if self._let_home(home, nominees[home.municipality])}
        self.vacant = [home for home in self.vacant if home not in let]

    def _advertise(self, offered: list[Home]) -> None:
        """The homes that are on offer, for each wish by popularity."""
        seen: dict[tuple[int, int, bool], dict[int, list[Home]]] = defaultdict(lambda: defaultdict(list))
        for home in offered:
            home.reactions = []
            for needs in {False, home.step_free}:
                for wish in (ANYWHERE, home.district):
                    seen[home.municipality, wish, needs][home.popularity].append(home)
        self.adverts = {wish: tuple(homes.items()) for wish, homes in seen.items()}

    def _let_home(self, home: Home, nominees: list[Household]) -> bool:
        """Let a home to the first in order who takes it."""
        offers = []
        full = self.plan.is_full(home)
        for reacted, households in ((True, home.reactions), (False, nominees)):
            for household in households:
                if not household.seeking:
                    continue
                order = self.plan.order(home, household, full=full)
                if order is not None and (reacted != order[1] if order[1] else reacted):
                    offers.append((order[0], order[2], household.registered, household))
        offers.sort(key=lambda offer: offer[:3])
        for reservation, _, _, household in offers:
            if self.random.random() < self.declines[household.type_][home.surroundings]:
                self.counted["declined"] += 1
                continue
            self._settle_letting(home, household, reservation)
            return True
        return False

    def _settle_letting(self, home: Home, household: Household, reservation: int) -> None:
        """Count a letting, and let the household move."""
        route, support = self.plan.take(home, household, reservation)
        self.counted["lettings"] += 1
        self.counted[f"route: {route}"] += 1
        self.counted[f"group: {self.groups[household.type_]}"] += 1
        household.move_in(home, support)


def range_of(number: int) -> list[int]:
    """The numbers from 0, as a list: `create_agents` gives each agent its own of a list alone."""
    return list(range(number))
