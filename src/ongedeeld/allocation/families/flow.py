"""Flow: internal movers, seniors who move on, chains of vacancies."""

from __future__ import annotations

from collections.abc import Iterable

from ongedeeld.allocation.effects import Effect, Priority, Row
from ongedeeld.allocation.families._conditions import Setting, decided, limited, on_homes
from ongedeeld.allocation.policies import Use
from ongedeeld.city import City
from ongedeeld.errors import N_
from ongedeeld.reasons import Decision


def internal_movers(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for who leaves a home of the association, for at most a share of the lettings."""
    texts = (
        N_("{instrument}: a home of the association comes free by this move"),
        N_("{instrument}: no home of the association comes free by this move"),
    )

    def held(_home: Row, seeker: Row) -> Decision:
        return decided(use, setting, texts, met=seeker["current_dwelling"] is not None)

    def leaves(seeker: Row) -> bool:
        return seeker["current_dwelling"] is not None

    condition = on_homes(use, setting, held, of_seeker=("current_dwelling",), alike_seeker=leaves)
    yield limited(use, setting, condition, share=use.parameters["share"])


def seniors_moving_on(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority, for a home without stairs, of an older tenant who leaves a larger home."""
    rooms_of, wanted = rooms(setting.city), use.parameters
    texts = (
        N_("{instrument}: an older tenant leaves a home of {left} rooms for one without stairs"),
        N_("{instrument}: not an older tenant who leaves a large home for one without stairs"),
    )

    def held(home: Row, seeker: Row) -> Decision:
        left = rooms_of.get(seeker["current_dwelling"])
        large = left is not None and left >= wanted["rooms_left"]
        met = large and seeker["age_class"] in wanted["age_classes"] and home["step_free"] is True
        return decided(use, setting, texts, {"left": left}, met=met)

    columns = ("current_dwelling", "age_class")

    def alike(seeker: Row) -> tuple[object, object]:
        return rooms_of.get(seeker["current_dwelling"]), seeker["age_class"]

    condition = on_homes(use, setting, held, of_vacancy=("step_free",), of_seeker=columns, alike_seeker=alike)
    yield Priority(condition, use.order)


def moving_chain(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for who leaves a larger home than the one to be let, up to a number of homes."""
    rooms_of, more = rooms(setting.city), use.parameters["rooms_more"]
    texts = (
        N_("{instrument}: a home of {left} rooms comes free for one of {rooms}"),
        N_("{instrument}: no home comes free that is known to be larger by {more} rooms or more"),
    )

    def held(home: Row, seeker: Row) -> Decision:
        left, here = rooms_of.get(seeker["current_dwelling"]), home["rooms"]
        met = left is not None and isinstance(here, int) and left - here >= more
        return decided(use, setting, texts, {"left": left, "rooms": here, "more": more}, met=met)

    def alike(seeker: Row) -> int | None:
        return rooms_of.get(seeker["current_dwelling"])

    columns = ("current_dwelling",)
    condition = on_homes(use, setting, held, of_vacancy=("rooms",), of_seeker=columns, alike_seeker=alike)
    yield limited(use, setting, condition, most=use.parameters["homes"])


def rooms(city: City) -> dict[object, int | None]:
    """The number of rooms of every dwelling of a City; None where it is not known."""
    return dict(city.table("dwellings").select("dwelling", "rooms").iter_rows())


EFFECTS = {
    "internal_movers": internal_movers,
    "seniors_moving_on": seniors_moving_on,
    "moving_chain": moving_chain,
}
