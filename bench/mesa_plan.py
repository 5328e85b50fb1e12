"""The plan of a policy as a month of lettings goes through it: who may get which home, and what is left.

Nothing is drawn here. What the conditions say of a kind of household and a profile of homes is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ongedeeld.simulation.kernel._state import Left, PlanTables, Thresholds

if TYPE_CHECKING:
    from bench.mesa_city import Home, Household

ANYWHERE = -1
Kind = tuple[int, int, int, int, int, int]
"""Type, age, flags, agreement, class of the home that comes free, and whether to be re-housed."""


class Standing(NamedTuple):
    """What holds for a kind of household and a profile of homes, as places in the plan."""

    limits: tuple[int, ...]
    reservations: tuple[int, ...]
    priorities: tuple[int, ...]
    rent_cents: int


class PlanInUse:
    """A plan with what is left of its reservations, ceilings and tallies."""

    def __init__(self, tables: PlanTables, held: Thresholds) -> None:
        if tables.by_lot.any() or tables.points.any() or not tables.needs_reaction.all():
            raise NotImplementedError("only offers by registration")
        self.tables = tables
        self.least_rooms, self.most_rent = held.rooms_least.tolist(), held.rent_most.tolist()
        self.left = Left(
            tables.reservation_most.tolist(),
            tables.ceiling_most.tolist(),
            np.zeros_like(tables.tally_most).tolist(),
            np.zeros_like(tables.tally_most).tolist(),
        )
        self._standings: dict[tuple[int, Kind], Standing | None] = {}

    def new_year(self) -> None:
        """Begin the tallies of a year anew."""
        for tally in np.flatnonzero(self.tables.tally_yearly):
            self.left.tally_done[tally] = self.left.tally_of[tally] = 0

    def is_full(self, home: Home) -> bool:
        """Whether the ceiling of a home leaves no room for who a partner proposes."""
        return home.ceiling >= 0 and self.left.ceiling_left[home.ceiling] <= 0

    def order(
        self, home: Home, household: Household, *, full: bool
    ) -> tuple[int, bool, tuple[bool, ...]] | None:
        """By which reservation, whether a partner proposes, the priorities; None for who cannot get it."""
        standing = self._standing(home.profile, household.kind)
        if standing is None or not self._fits(home, household):
            return None
        if not all(self._is_open(int(self.tables.limit_tally[limit])) for limit in standing.limits):
            return None
        reservation, proposed = self._reservation(standing, full=full)
        met = {one for one in standing.priorities if self._is_open(int(self.tables.tally[one]))}
        return reservation, proposed, tuple(place not in met for place in range(len(self.tables.priorities)))

    def take(self, home: Home, household: Household, reservation: int) -> tuple[str, int]:
        """Count a letting in what is left: its route, and the months of support that come with it."""
        plan, left = self.tables, self.left
        standing = self._standing(home.profile, household.kind)
        assert standing is not None  # noqa: S101 - nobody else was offered the home
        support, route = 0, "internal" if household.home is not None else "regular"
        if reservation < len(plan.reservations):
            slot = plan.reservation_slot[reservation]
            left.reservation_left[slot] -= left.reservation_left[slot] > 0
            support = int(plan.supported[reservation])
            if plan.mediated[reservation]:
                route = "mediated"
                if home.ceiling >= 0:
                    left.ceiling_left[home.ceiling] -= 1
        self._tally(home.profile, standing)
        return route, support

    def _fits(self, home: Home, household: Household) -> bool:
        """Whether a home has the rooms, the place and the access that a household needs."""
        too_small = 0 <= home.rooms < self.least_rooms[household.type_]
        elsewhere = household.wish not in (ANYWHERE, home.district)
        return not (too_small or elsewhere or (household.needs_step_free and not home.step_free))

    def _reservation(self, standing: Standing, *, full: bool) -> tuple[int, bool]:
        """The first reservation with something left (else the place behind all); if a partner proposes."""
        plan = self.tables
        for reservation in standing.reservations:
            mediated = bool(plan.mediated[reservation])
            if self.left.reservation_left[plan.reservation_slot[reservation]] and not (mediated and full):
                return reservation, mediated
        return len(plan.reservations), False

    def _is_open(self, tally: int) -> bool:
        plan = self.tables
        if tally < 0:
            return True
        done, of = self.left.tally_done[tally] + 1, self.left.tally_of[tally] + 1
        if plan.tally_most[tally] >= 0 and done > plan.tally_most[tally]:
            return False
        return bool(
            plan.tally_part[tally] < 0 or done * plan.tally_whole[tally] <= plan.tally_part[tally] * of
        )

    def _standing(self, profile: int, kind: Kind) -> Standing | None:
        key = (profile, kind)
        if key not in self._standings:
            self._standings[key] = self._look_up(profile, kind)
        return self._standings[key]

    def _look_up(self, profile: int, kind: Kind) -> Standing | None:
        """What the conditions of the plan say; None for who cannot get such a home."""
        plan, held = self.tables, self.tables.conditions
        flags = [kind[2] >> flag & 1 for flag in range(6)]
        attributes = np.array([kind[0], kind[1], *flags, *kind[3:]])

        def holds(condition: int) -> bool:
            column = int(attributes @ held.stride[condition])
            row = held.start[condition] + held.of_home[condition, profile] * held.width[condition]
            return bool(held.flat[row + column])

        rent = int(plan.rents[plan.rent_of_home[profile], int(attributes @ plan.rent_stride)])
        if rent > self.most_rent[kind[0]] or not all(holds(one) for one in plan.requirements):
            return None
        limits, reservations, priorities = (
            tuple(place for place, one in enumerate(conditions) if holds(one))
            for conditions in (plan.limits, plan.reservations, plan.priorities)
        )
        return Standing(limits, reservations, priorities, rent)

    def _tally(self, profile: int, standing: Standing) -> None:
        plan, left = self.tables, self.left
        is_open = [self._is_open(int(tally)) for tally in plan.tally]
        counts = {
            int(plan.tally[one]) for one in standing.priorities if is_open[one] or plan.counts_always[one]
        }
        counts |= {int(plan.limit_tally[one]) for one in standing.limits}
        about = {int(tally) for one, tally in enumerate(plan.tally) if plan.about[one, profile]}
        about |= {int(tally) for one, tally in enumerate(plan.limit_tally) if plan.limit_about[one, profile]}
        for tally in about - {-1}:
            left.tally_of[tally] += 1
        for tally in counts - {-1}:
            left.tally_done[tally] += 1
