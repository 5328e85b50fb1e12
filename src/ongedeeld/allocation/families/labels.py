"""Labels and the occupancy norm: priority by the nature, size or price of a home, or the home for them alone.

A label is held against the home: it counts where the association gave the home that label, or where the
home is by itself what the label is about (Hvw 11).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from ongedeeld.allocation.effects import Effect, Priority, Requirement, Row
from ongedeeld.allocation.families._conditions import Setting, Test, decided, on_homes
from ongedeeld.allocation.policies import Use
from ongedeeld.errors import N_
from ongedeeld.reasons import Decision
from ongedeeld.vocabulary import CHOICES, Both

HOME = ("label", "rooms", "step_free", "rent_cents")
CHEAP = "kwaliteitskorting"
"""Up to which rent a home is cheap: the limit up to which the whole rent counts for the rent allowance."""

Suits = Callable[[Row], bool]


def label_by_age(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for age classes; with a youth contract, or as a demand, the home goes to them alone."""
    texts = (
        N_("{instrument}: the eldest is in an age class that it is for: {age}"),
        N_("{instrument}: the eldest is not known to be in an age class that it is for"),
    )

    def held(_home: Row, seeker: Row) -> Decision:
        code = str(seeker["age_class"] or "")
        facts = {"age": age_label(code)}
        return decided(use, setting, texts, facts, met=code in use.parameters["age_classes"])

    yield from _label(use, setting, held, ("age_class",))


def label_large_families(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for large households with children, on large homes."""
    wanted = use.parameters
    texts = (
        N_("{instrument}: a household of {size} with {minors} minors, and a home of {rooms} rooms"),
        N_("{instrument}: household and home are not both large enough by it"),
    )

    def held(home: Row, seeker: Row) -> Decision:
        facts = {"size": seeker["household_size"], "minors": seeker["minors"], "rooms": home["rooms"]}
        least = {"size": wanted["household_size"], "minors": wanted["minors"], "rooms": wanted["rooms"]}
        return decided(
            use, setting, texts, facts, met=all(int(str(facts[one] or 0)) >= least[one] for one in least)
        )

    yield from _label(use, setting, held, ("household_size", "minors"), of_vacancy=("rooms",))


def label_students(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for full-time students; with a campus contract, or as a demand, they alone."""
    texts = (
        N_("{instrument}: the seeker is a full-time student"),
        N_("{instrument}: the seeker is not known to be a full-time student"),
    )

    def held(_home: Row, seeker: Row) -> Decision:
        return decided(use, setting, texts, met=seeker["target_group"] == "student")

    yield from _label(use, setting, held, ("target_group",))


def occupancy(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority, or the home alone, for households of a size that goes with the rooms of a large home."""
    wanted = use.parameters
    texts = (
        N_("{instrument}: a household of {size} goes with a home of {rooms} rooms"),
        N_("{instrument}: for a home of {rooms} rooms it asks {least} people or more; here {size}"),
    )
    crowded = N_("{instrument}: a home of {rooms} rooms is for {most} people at most; here {size}")

    def is_large(home: Row) -> bool:
        return isinstance(home["rooms"], int) and home["rooms"] >= wanted["rooms"]

    def held(home: Row, seeker: Row) -> Decision:
        rooms, size = int(str(home["rooms"])), int(str(seeker["household_size"]))
        least, most = rooms - wanted["rooms_more"], wanted.get("people_a_room")
        facts = {"rooms": rooms, "size": size, "least": least}
        if most is not None and size > most * rooms:
            return decided(use, setting, (texts[0], crowded), facts | {"most": int(most * rooms)}, met=False)
        return decided(use, setting, texts, facts, met=size >= least)

    yield from _going(use, setting, held, ("household_size",), of_vacancy=("rooms",), suits=is_large)


def _label(
    use: Use, setting: Setting, test: Test, of_seeker: tuple[str, ...], of_vacancy: tuple[str, ...] = ()
) -> Iterable[Effect]:
    yield from _going(use, setting, test, of_seeker, of_vacancy=of_vacancy, suits=_suits(use, setting))


def _going(
    use: Use,
    setting: Setting,
    test: Test,
    of_seeker: tuple[str, ...],
    *,
    of_vacancy: tuple[str, ...],
    suits: Suits,
) -> Iterable[Effect]:
    """First, and where a contract or the policy asks it, alone."""

    def on(*, elsewhere: bool) -> Iterable[Effect]:
        condition = on_homes(
            use,
            setting,
            test,
            of_vacancy=of_vacancy,
            of_seeker=of_seeker,
            suits=suits,
            by=HOME,
            elsewhere=elsewhere,
        )
        yield Requirement(condition) if elsewhere else Priority(condition, use.order)

    yield from on(elsewhere=False)
    if "contract" in use.parameters or use.parameters["goes"] == "only":
        yield from on(elsewhere=True)


def _suits(use: Use, setting: Setting) -> Suits:
    """Whether a home has the label, or is by its nature, size or price what the label is about."""
    own, by = set(use.instrument.labels), use.parameters["criterion"]
    kind = _KINDS.get((use.instrument.name, by)) or _KINDS.get(("", by))

    def suits(home: Row) -> bool:
        return home["label"] in own or (kind is not None and kind(home, use, setting))

    return suits


def _is_step_free(home: Row, _use: Use, _setting: Setting) -> bool:
    return home["step_free"] is True


def _is_large(home: Row, use: Use, _setting: Setting) -> bool:
    return isinstance(home["rooms"], int) and home["rooms"] >= use.parameters["rooms"]


def _is_small(home: Row, use: Use, _setting: Setting) -> bool:
    return isinstance(home["rooms"], int) and home["rooms"] <= use.parameters["rooms_most"]


def _is_cheap(home: Row, _use: Use, setting: Setting) -> bool:
    return isinstance(home["rent_cents"], int) and home["rent_cents"] <= setting.law.cents(CHEAP)


_KINDS: Mapping[tuple[str, str], Callable[[Row, Use, Setting], bool]] = MappingProxyType(
    {
        ("label_seniors", "nature"): _is_step_free,
        ("label_large_families", "size"): _is_large,
        ("", "size"): _is_small,
        ("", "price"): _is_cheap,
    }
)
"""What a home without the label must be, by the instrument (or for all others) and what it goes with."""


def age_label(code: str) -> Both:
    """The words of an age class; those of not known where there is none."""
    choice = CHOICES["age_class"].get(code)
    return Both(choice.label_nl, choice.label_en) if choice else Both("onbekend", "not known")


EFFECTS = {
    "label_seniors": label_by_age,
    "label_youth": label_by_age,
    "label_large_families": label_large_families,
    "label_students": label_students,
    "occupancy": occupancy,
}
