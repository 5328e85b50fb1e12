"""Rent policy: the rent at which a home is offered to a seeker."""

from __future__ import annotations

from collections.abc import Iterable

from ongedeeld.allocation.effects import Effect, Rent, Row
from ongedeeld.allocation.families._conditions import Setting, decided, on_homes
from ongedeeld.allocation.offering import fitting_kind
from ongedeeld.allocation.policies import Use
from ongedeeld.allocation.seekers import household_of
from ongedeeld.errors import N_
from ongedeeld.reasons import Decision
from ongedeeld.rules.amounts import Euros
from ongedeeld.rules.fitting import cap_name, falls_under_fitting
from ongedeeld.rules.law import LawOfDay

RENTS = ("rent_cents", "target_rent_cents")
FITTING = ("household_size", "income_class", "target_group", "pension_age", "assets_exception")


def full_rent(use: Use, home: Row) -> int:
    """The rent of a home before an instrument lowers it: by the policy or the target rent.

    The rent that is asked is the most: rent policy lowers a rent and never raises one.
    """
    asked = int(str(home["rent_cents"]))
    return min(asked, _by_policy(use, home, asked))


def _by_policy(use: Use, home: Row, asked: int) -> int:
    own = use.parameters.get("higher_rent_cents") or home["target_rent_cents"]
    return asked if own is None else int(str(own))


def two_rents(use: Use, setting: Setting) -> Iterable[Effect]:
    """The whole target rent, or up to the cap for who falls under the fitting-rent rule."""
    law = setting.law

    def rent(home: Row, seeker: Row) -> int:
        whole, household = full_rent(use, home), household_of(seeker)
        return (
            min(whole, law.cents(cap_name(household.size))) if falls_under_fitting(household, law) else whole
        )

    def offered(home: Row, seeker: Row) -> Decision:
        facts = {"rent": Euros(rent(home, seeker)), "whole": Euros(full_rent(use, home))}
        text = N_("{instrument}: for this household the rent is {rent}; the higher rent is {whole}")
        return decided(use, setting, (text, text), facts, met=True)

    def alike(seeker: Row) -> str:
        return fitting_kind(household_of({name: seeker[name] for name in FITTING}), law)

    condition = on_homes(use, setting, offered, of_vacancy=RENTS, of_seeker=FITTING, alike_seeker=alike)
    yield Rent(condition, rent)


def lowered_target_rent(use: Use, setting: Setting) -> Iterable[Effect]:
    """The target rent, lowered to a limit of the rent allowance."""

    def rent(home: Row, _seeker: Row) -> int:
        return min(full_rent(use, home), setting.law.cents(use.parameters["limit"]))

    def offered(home: Row, seeker: Row) -> Decision:
        facts = {"rent": Euros(rent(home, seeker)), "target": Euros(full_rent(use, home))}
        text = N_("{instrument}: the target rent of {target} is lowered to {rent}")
        same = N_("{instrument}: the target rent of {target} needs no lowering")
        return decided(use, setting, (text, same), facts, met=facts["rent"] != facts["target"])

    yield Rent(on_homes(use, setting, offered, of_vacancy=RENTS), rent)


def senior_rent_kept(use: Use, setting: Setting) -> Iterable[Effect]:
    """The rent of the home that an older tenant leaves, where it is lower."""
    left = {
        dwelling: (rooms, rent)
        for dwelling, rooms, rent in setting.city.table("dwellings")
        .select("dwelling", "rooms", "rent_cents")
        .iter_rows()
    }
    wanted = use.parameters

    def kept(seeker: Row) -> int | None:
        rooms, rent = left.get(seeker["current_dwelling"], (None, None))
        fits = seeker["age_class"] in wanted["age_classes"] and (rooms or 0) >= wanted["rooms_left"]
        return rent if fits else None

    def rent(home: Row, seeker: Row) -> int | None:
        own = kept(seeker)
        return None if own is None else min(own, int(str(home["rent_cents"])))

    def offered(home: Row, seeker: Row) -> Decision:
        own, whole = kept(seeker), int(str(home["rent_cents"]))
        facts = {"rent": Euros(own or 0), "whole": Euros(whole)}
        text = N_("{instrument}: the rent of {rent} of the home that is left goes along; it would be {whole}")
        other = N_("{instrument}: this seeker leaves no home with a known, lower rent by this policy")
        return decided(use, setting, (text, other), facts, met=own is not None and own < whole)

    of_seeker = ("current_dwelling", "age_class")
    condition = on_homes(use, setting, offered, of_vacancy=RENTS, of_seeker=of_seeker, alike_seeker=kept)
    yield Rent(condition, rent)


def highest_rent(use: Use, home: Row, law: LawOfDay) -> int:
    """The highest rent at which a use can offer a home, in cents a month."""
    whole = _by_policy(use, home, int(str(home["rent_cents"] or 0)))
    limit = use.parameters.get("limit")
    return min(whole, law.cents(limit)) if limit else whole


EFFECTS = {
    "two_rents": two_rents,
    "lowered_target_rent": lowered_target_rent,
    "senior_rent_kept": senior_rent_kept,
}
