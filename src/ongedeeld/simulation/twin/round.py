"""The round of a month in plain Python: tables for `ongedeeld.allocation`, and the lettings that it makes.

Who reacts to a home, and who would decline it, is drawn beforehand for every pair of a home and a seeker who
wishes such a home. Who need not react, because a partner proposes them or the home is offered directly, can
decline all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from ongedeeld.allocation import INPUTS, allocate, effects_of
from ongedeeld.allocation._plain import place
from ongedeeld.allocation.deciding import reservation_of
from ongedeeld.allocation.effects import Ceiling, Effect, Offer
from ongedeeld.allocation.lots import Lots
from ongedeeld.allocation.offering import Offering
from ongedeeld.allocation.round import Round
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.lettings import read_lettings
from ongedeeld.simulation.kernel import _purposes
from ongedeeld.simulation.kernel._state import FLAGS, REASONS
from ongedeeld.simulation.twin.chance import draw_of_pair, event
from ongedeeld.simulation.twin.world import Home, Letting, Seeker, World

Row = dict[str, object]
# How a round calls the reasons of the simulation.
CODES = dict(zip(REASONS, ("surroundings", "size", "rent_too_high", "no_reason"), strict=True))
TO_BREAK_TIES = 24
NO_WISH_CENTS = 1_000_000
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """What a seeker would do with an offer: whether they react to the home, and why they would decline it."""

    reacts: bool
    declines: str | None


def play_round(world: World, month: int) -> list[Letting]:
    """Let the homes that can be let in a month, and keep the lettings for the shares and numbers to come."""
    homes = [home for home in world.homes if can_be_let(world, home, month)]
    seekers = sorted(world.seekers.values(), key=lambda seeker: seeker.key)
    if not homes or not seekers:
        return []
    law = world.setting.law_on(month)
    effects = effects_of(
        world.setting.policy,
        law.law,
        world.setting.city,
        law.day,
        so_far=world.so_far,
        what_if=world.setting.what_if,
    )
    effects = tuple(with_ceiling_of_year(world, month, effect) for effect in effects)
    rows = {home.number: row_of_home(world, home) for home in homes}
    people = {seeker.key: row_of_seeker(world, seeker) for seeker in seekers}
    answers = dict(answers_of(world, month, homes, seekers, rows, people, effects))
    a_round = allocate(
        world.setting.city,
        pl.DataFrame(list(rows.values()), infer_schema_length=None).select(list(INPUTS["vacancies"])),
        pl.DataFrame(list(people.values()), infer_schema_length=None),
        law=law,
        policy=effects,
        reactions=reactions(answers),
        so_far=world.so_far,
        lots=lots(world, month, seekers),
        what_if=world.setting.what_if,
        tell_chances=False,
    )
    world.so_far = read_lettings(a_round.lettings_so_far())
    note_declines(world, month, a_round, answers)
    return lettings_of(world, month, a_round, law)


def with_ceiling_of_year(world: World, month: int, effect: Effect) -> Effect:
    """An effect, or a ceiling with what is given for the year and what was let by mediation in it."""
    if world.ceilings is None or not isinstance(effect, Ceiling):
        return effect
    year, complexes = month // MONTHS, world.setting.homes["complex"]
    let = sum(
        one.route == "mediated" and one.month >= year * MONTHS and complexes[one.home] == effect.complex
        for one in world.lettings
    )
    return replace(effect, most=world.ceilings(year)[effect.complex], earlier=let)


def can_be_let(world: World, home: Home, month: int) -> bool:
    """Whether a home is vacant, ready, and not about to be demolished."""
    stays = int(world.setting.stock.goes[home.number]) > month + int(
        world.setting.thresholds.notice_months[0]
    )
    return home.tenant is None and home.free_from <= month and stays


def row_of_home(world: World, home: Home) -> Row:
    """A home as a round reads it; its number keeps the order of homes that are available as long."""
    row = world.setting.homes.row(home.number, named=True)
    return {**row, "vacancy": f"{home.number:08}", "available": world.setting.day_of(home.free_from)}


def row_of_seeker(world: World, seeker: Seeker) -> Row:
    """A seeker as a round reads it."""
    setting, household = world.setting, seeker.household
    kind, housing = household.type, world.setting.housing
    month, day = divmod(seeker.registered, 32)
    wished = housing.municipalities[seeker.municipality]
    attributes = {
        "type": kind,
        "age": household.age,
        **{name: household.flags >> flag & 1 for flag, name in enumerate(FLAGS)},
        "contingent": seeker.contingent,
        "leaves": 0,
        "re_housing": int(seeker.re_housing),
    }
    rooms, rent = int(setting.thresholds.rooms_least[kind]), int(setting.thresholds.rent_most[kind])
    left = None if seeker.home is None else setting.homes["dwelling"][seeker.home]
    return {
        **setting.people.row_of(attributes),
        "seeker": name_of(seeker),
        "registered": setting.day_of(month).replace(day=day),
        "search_points": seeker.search_points,
        "situation_points": int(setting.thresholds.situation_points[kind]),
        "start_points": int(setting.thresholds.start_points[kind]),
        "current_dwelling": left,
        "wish_areas": wished if seeker.wish is None else housing.districts[seeker.wish],
        "rooms_min": rooms or None,
        "rent_max_cents": rent if rent < NO_WISH_CENTS else None,
        "step_free_needed": seeker.step_free,
    }


def name_of(seeker: Seeker) -> str:
    """The number of a seeker: by name they stand in the order of their keys."""
    return f"{seeker.key:016x}"


def answers_of(
    world: World,
    month: int,
    homes: Sequence[Home],
    seekers: Sequence[Seeker],
    rows: dict[int, Row],
    people: dict[int, Row],
    effects: Sequence[Effect],
) -> Iterator[tuple[tuple[str, str], Answer]]:
    """For every home and seeker who wishes such a home what they would do, by the numbers of a round."""
    offering = Offering.of(effects)
    for home in homes:
        row = rows[home.number]
        direct = is_direct(row, effects)
        for seeker in seekers:
            rent = offering.rent_cents(row, people[seeker.key])
            if not wishes(world, seeker, home, rent):
                continue
            answer = answer_of(world, month, seeker, home)
            unasked = direct or seeker.contingent > 0
            if answer.reacts or (unasked and answer.declines is not None):
                yield (str(row["vacancy"]), name_of(seeker)), answer


def is_direct(row: Row, effects: Sequence[Effect]) -> bool:
    """Whether a home is offered without reactions."""
    models = (one.model for one in effects if isinstance(one, Offer) and one.condition.judge(row, {}))
    return next(models, "registration") == "direct"


def wishes(world: World, seeker: Seeker, home: Home, rent_cents: int) -> bool:
    """Whether a home at a rent is as a seeker wishes it; rooms that are not known are enough."""
    stock, assumed, kind = world.setting.stock, world.setting.thresholds, seeker.household.type
    rooms = stock.rooms[home.number]
    return bool(
        stock.municipality[home.number] == seeker.municipality
        and (seeker.wish is None or stock.district[home.number] == seeker.wish)
        and (rooms < 0 or rooms >= assumed.rooms_least[kind])
        and rent_cents <= assumed.rent_most[kind]
        and (stock.step_free[home.number] == 1 or not seeker.step_free)
    )


def answer_of(world: World, month: int, seeker: Seeker, home: Home) -> Answer:
    """Draw whether a seeker reacts to a home, and whether and why they would decline an offer of it."""
    stock, assumed, kind = world.setting.stock, world.setting.thresholds, seeker.household.type
    key = int(stock.key[home.number])

    def drawn(purpose: int) -> int:
        return draw_of_pair(world.seed, seeker.key, key, month, purpose)

    reacts = drawn(_purposes.REACTS) < int(assumed.reacts[kind, stock.popularity[home.number]])
    why = event(drawn(_purposes.DECLINES), assumed.declines[kind, stock.surroundings[home.number]])
    return Answer(reacts, None if why is None else REASONS[why])


def reactions(answers: dict[tuple[str, str], Answer]) -> pl.DataFrame:
    """The answers as a round reads them."""
    rows = [
        (vacancy, seeker, "declined" if one.declines else None, CODES[one.declines] if one.declines else None)
        for (vacancy, seeker), one in answers.items()
    ]
    columns = ("vacancy", "seeker", "answer", "reason")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def lots(world: World, month: int, seekers: Sequence[Seeker]) -> Lots:
    """A lot for all lotteries of the month, and one for life among those who registered on the same day."""
    return Lots(
        pl.DataFrame(
            {
                "seeker": [name_of(seeker) for seeker in seekers],
                "lottery": [world.drawn(seeker.key, month, _purposes.LOT) for seeker in seekers],
                "equal": [world.drawn(seeker.key, 0, _purposes.EQUAL) >> TO_BREAK_TIES for seeker in seekers],
            },
            schema={"seeker": pl.String, "lottery": pl.UInt64, "equal": pl.UInt64},
        ),
        by="simulation",
    )


def note_declines(world: World, month: int, a_round: Round, answers: dict[tuple[str, str], Answer]) -> None:
    """Note the offers that were declined; who did not react was offered a home only where nobody need to."""
    vacancies = {name: at for at, name in enumerate(a_round.given.vacancies["vacancy"])}
    seekers = {name: at for at, name in enumerate(a_round.given.seekers["seeker"])}
    for vacancy, seeker in a_round.declined.select("vacancy", "seeker").iter_rows():
        answer = answers[vacancy, seeker]
        home = vacancies[vacancy]
        stands = place(a_round.problem, a_round.outcome, home, seekers[seeker])
        mediated = any(one.mediated for one in a_round.plan.reservations[stands.reservation :][:1])
        asked = bool(a_round.problem.needs_reaction[a_round.problem.offer[home]]) and not mediated
        if answer.reacts or not asked:
            world.note(month, f"declined_{answer.declines}", int(vacancy))


def lettings_of(world: World, month: int, a_round: Round, law: LawOfDay) -> list[Letting]:
    """The lettings of a round, in the order in which they were made."""
    support = {use.name: int(use.parameters.get("months", 0)) for use in world.setting.policy.on(law.day)}
    found = []
    let = np.flatnonzero(a_round.outcome.winner >= 0)
    for at, row in zip(let, a_round.lettings.iter_rows(named=True), strict=True):
        by = reservation_of(a_round, int(at))
        found.append(
            Letting(
                month=month,
                home=int(row["vacancy"]),
                seeker=world.seekers[int(row["seeker"], 16)],
                route=row["route"],
                rent_cents=row["rent_cents"],
                support_months=support.get(by.condition.name, 0) if by else 0,
            )
        )
    return found
