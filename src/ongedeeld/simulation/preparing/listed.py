"""The list of seekers of a run, with what the compiled steps need to keep it in order."""

from __future__ import annotations

import numpy as np

from ongedeeld.simulation.kernel._arriving import room_for
from ongedeeld.simulation.kernel._listing import copy_to, kinds_of, merged, see_who_goes_on, starts_of
from ongedeeld.simulation.kernel._ordering import Board
from ongedeeld.simulation.kernel._purposes import EQUAL
from ongedeeld.simulation.kernel._state import (
    Counts,
    Ints,
    Keys,
    PlanTables,
    Seekers,
    Stock,
    Tenancies,
    Thresholds,
)
from ongedeeld.simulation.kernel.kinds import FIRST_STANDING, Bearing, Kinds, no_kinds, with_room

SPARE = 5 / 4
LARGE = 16
"""A group of this many seekers is walked before smaller ones; those stay in the order of their kinds."""


class Listed:
    """The list, in order by municipality, kind and registration.

    Parameters
    ----------
    stock, thresholds, tenancies
        Of the run; `tenancies.seeks_as` is kept in step with the list.
    lasting
        What tells draws that last apart.
    """

    def __init__(self, stock: Stock, thresholds: Thresholds, tenancies: Tenancies, lasting: Keys) -> None:
        self._stock, self._thresholds, self._tenancies = stock, thresholds, tenancies
        self._lasting = lasting
        self.seekers, self._spare = room_for(0), room_for(0)
        self._groups = np.zeros(0, np.int32)
        self._number = 0
        self.kinds: Kinds
        self._bearing: Bearing

    def waiting(self) -> Seekers:
        """Who is on it."""
        return _there(Seekers._make(held[: self._number].copy() for held in self.seekers))

    def take_plan(self, plan: PlanTables, bearing: Bearing) -> None:
        """Put everybody in order for another plan."""
        self._bearing = bearing
        self.kinds = no_kinds(plan, bearing, self._stock, self._thresholds)
        everybody = self.waiting()
        self._number = 0
        self.put(everybody)

    def seek_on(self, salts: Keys, counts: Counts, tenants: Seekers) -> None:
        """Step 4: see who seeks on, of the list and of tenants who come on it this month.

        Parameters
        ----------
        salts
            Of the month.
        counts
            Where those who stop are counted.
        tenants
            Those who come on it; the type of who stops at once becomes `NOBODY`.
        """
        for seekers, number in ((self.seekers, self._number), (tenants, len(tenants.key))):
            see_who_goes_on(salts, self._thresholds, seekers, number, self._tenancies, counts)

    def put(self, new: Seekers) -> None:
        """Put newcomers between those who are on the list."""
        self._merge(_there(new))

    def _merge(self, new: Seekers) -> None:
        new_groups, all_ = self._groups_of(new), self._number + len(new.key)
        if len(self._spare.key) < all_:
            self._spare = room_for(int(all_ * SPARE))
        source, groups = np.empty(all_, np.int32), np.empty(all_, np.int32)
        salt = self._lasting[EQUAL]
        number = merged(self.seekers, self._groups, self._number, new, new_groups, salt, source, groups)
        copy_to(self.seekers, new, source, number, self._spare, self._tenancies)
        self.seekers, self._spare = self._spare, self.seekers
        self._groups, self._number = groups, number

    def board(self, salts: Keys, plan: PlanTables) -> Board:
        """What a round works with."""
        groups, room = self._groups_in_all(), len(self.kinds.type_)
        starts = np.empty(groups + 1, np.int32)
        starts_of(self._groups, self._number, starts)
        sizes = np.diff(starts)
        present = np.flatnonzero(sizes)
        municipality, kind = np.divmod(present, room)
        large = np.where(sizes[present] < LARGE, 0, sizes[present])
        order = np.lexsort((-large, municipality))
        kind = kind[order].astype(np.int32)
        municipalities = np.arange(len(self._stock.municipality_key) + 1)
        return Board(
            salts=salts,
            lasting=self._lasting,
            starts=starts,
            present_from=np.searchsorted(municipality, municipalities).astype(np.int64),
            present=kind,
            least=self._thresholds.rooms_least[self.kinds.type_[kind]],
            found=np.empty(room, np.int32),
            classes=np.empty(room, np.int64),
            first=np.empty(room + FIRST_STANDING, np.int32),
            after=np.empty(room + 1, np.int32),
            last=np.empty(room + FIRST_STANDING, np.int32),
            declined=np.empty(self._number, np.int32),
            declined_value=np.empty(self._number, np.int64),
            declined_reason=np.empty(self._number, np.int32),
            counted=np.zeros(len(plan.tally_most), np.int64),
        )

    def _groups_in_all(self) -> int:
        return len(self._stock.municipality_key) * len(self.kinds.type_)

    def _groups_of(self, new: Seekers) -> Ints:
        """The group of each newcomer: its municipality, then its kind."""
        kinds = np.empty(len(new.key), np.int32)
        while not kinds_of(new, len(new.key), self._stock, self.kinds, self._bearing, kinds):
            room = len(self.kinds.type_)
            self.kinds = with_room(self.kinds)
            self._groups = self._groups // room * (2 * room) + self._groups % room
        return (new.municipality * len(self.kinds.type_) + kinds).astype(np.int32)


def _there(seekers: Seekers) -> Seekers:
    """Those who were not taken off."""
    there = seekers.type_ >= 0
    return seekers if there.all() else Seekers._make(held[there] for held in seekers)
