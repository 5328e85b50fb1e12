"""The rent at which a home is offered to a seeker: the asked rent, or that of an instrument."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ongedeeld.allocation.effects import Effect, Rent, Row
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.rules.amounts import Euros
from ongedeeld.rules.fitting import cap_name, falls_under_fitting
from ongedeeld.rules.household import Household
from ongedeeld.rules.law import LawOfDay

RENTS = ("vacancy", "rent_cents", "target_rent_cents", "maximum_rent_cents")


def fitting_kind(household: Household, law: LawOfDay) -> str:
    """What the fitting-rent rule can tell of a household: the name of its cap, `free` or `unknown`."""
    try:
        return cap_name(household.size) if falls_under_fitting(household, law) else "free"
    except AbsentError:
        return "unknown"


@dataclass(frozen=True)
class Offering:
    """The rents that a policy sets, and the columns on which they hang."""

    rents: tuple[Rent, ...] = ()
    _known: dict[tuple[object, ...], tuple[Rent | None, int]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(cls, effects: Iterable[Effect]) -> Offering:
        """The rents among these effects, in their order."""
        return cls(tuple(effect for effect in effects if isinstance(effect, Rent)))

    @cached_property
    def of_vacancy(self) -> tuple[str, ...]:
        """The columns of a vacancy that are looked at."""
        named = [name for rent in self.rents for name in rent.condition.of_vacancy]
        return tuple(dict.fromkeys([*(RENTS if self.rents else RENTS[1:2]), *named]))

    @cached_property
    def of_seeker(self) -> tuple[str, ...]:
        """The columns of a seeker that are looked at."""
        return tuple(dict.fromkeys(name for rent in self.rents for name in rent.condition.of_seeker))

    def kind_of_vacancy(self, vacancy: Row) -> Hashable:
        """What decides the rent of a home: its own, the most it may be, and what the instruments look at."""
        kinds = (rent.condition.kind_of_vacancy(vacancy) for rent in self.rents)
        return (vacancy["rent_cents"], vacancy.get("maximum_rent_cents"), *kinds)

    def kind_of_seeker(self, seeker: Row) -> Hashable:
        """What decides the rent for a seeker."""
        return tuple(rent.condition.kind_of_seeker(seeker) for rent in self.rents)

    def which(self, vacancy: Row, seeker: Row) -> Rent | None:
        """The instrument that sets the rent, the first whose condition holds; None where none does."""
        return self._found(vacancy, seeker)[0]

    def rent_cents(self, vacancy: Row, seeker: Row) -> int:
        """The rent of this home for this seeker, in cents a month.

        Raises
        ------
        InputError
            When an instrument sets a rent below 0 or above the maximum by the points of the home.
        """
        return self._found(vacancy, seeker)[1]

    def _found(self, vacancy: Row, seeker: Row) -> tuple[Rent | None, int]:
        """Instrument and rent, worked out once: the table of rents and the fitting-rent rule both ask."""
        key = (
            *(vacancy[name] for name in self.of_vacancy),
            *(seeker[name] for name in self.of_seeker),
        )
        if key not in self._known:
            self._known[key] = self._worked_out(vacancy, seeker)
        return self._known[key]

    def _worked_out(self, vacancy: Row, seeker: Row) -> tuple[Rent | None, int]:
        for rent in self.rents:
            if rent.condition.judge(vacancy, seeker):
                cents = rent.rent_cents(vacancy, seeker)
                if cents is not None:
                    return rent, self._within_points(rent, cents, vacancy)
        asked = vacancy["rent_cents"]
        if not isinstance(asked, int):
            raise TypeError(asked)
        return None, asked

    def _within_points(self, rent: Rent, cents: int, vacancy: Row) -> int:
        maximum = vacancy.get("maximum_rent_cents")
        if cents < 0 or (isinstance(maximum, int) and cents > maximum):
            raise InputError(
                N_("{instrument} sets a rent of {rent} for vacancy {vacancy}, outside 0 and {maximum}"),
                expected=N_("a rent that is not above the maximum by the points of the home"),
                remedy=N_("change the parameters of the instrument, or leave this home out of it"),
                instrument=rent.condition.name,
                rent=Euros(cents),
                vacancy=vacancy["vacancy"],
                maximum=Euros(maximum) if isinstance(maximum, int) else "",
            )
        return cents
