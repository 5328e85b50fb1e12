"""Anna, Bram and Carla, the homes that they react to, and the round of a case with its policy or without.

Anna has been registered longest, then Bram, then Carla. All live alone on an income below the limit of
passend toewijzen, and one home of Merelhof of three rooms is let at 650 euros, unless a case says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from ongedeeld.allocation.allocating import allocate
from ongedeeld.allocation.lawful import effects_of
from ongedeeld.allocation.round import Round
from ongedeeld.rules import read_lettings
from ongedeeld.rules.lettings import Lettings
from tests.allocation.steered_city import DAY, agreed, law_of, policy_of, steered_city

Facts = dict[str, object]
ANNA, BRAM, CARLA = "Anna", "Bram", "Carla"
REGISTERED = {ANNA: date(2015, 1, 1), BRAM: date(2018, 1, 1), CARLA: date(2021, 1, 1)}
PUBLISHED = 'source = "policy"'
AGREED = 'agreement = "Baken"\nsource = "minutes"'
MEDIATED = f'{AGREED}\npartner = "Haven"\ngroup = "protected_living_exit"\nhomes = 1'
SCHEME = """
holder = "Vogelstad"
[[urgency]]
municipality = "GM9999"
groups = ["informal_care", "temporary_shelter", "medical"]
comply_by = 2027-01-01
source = "ordinance"
from = 2026-01-01
"""


@dataclass(frozen=True)
class Case:
    """A use, the homes and seekers as far as they differ, and who gets the homes without and with it."""

    use: str
    seekers: dict[str, Facts] = field(default_factory=dict)
    homes: tuple[Facts, ...] = ({},)
    without: tuple[str | None, ...] = (ANNA,)
    under: tuple[str | None, ...] = (CARLA,)
    local: str = ""
    rents: tuple[int, ...] | None = None


def homes_of(case: Case) -> pl.DataFrame:
    """The homes of a case, M2 first."""
    rows = [
        {"vacancy": f"V{number}", "dwelling": "M2", "available": DAY, "rent_cents": 650_00, **facts}
        for number, facts in enumerate(case.homes, start=1)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def seekers_of(case: Case) -> pl.DataFrame:
    """Anna, Bram and Carla with what the case says of them."""
    usual = {"household_size": 1, "minors": 0, "income_class": "below_passend", "pension_age": False}
    columns = {column for facts in case.seekers.values() for column in facts}
    rows = [
        {
            "seeker": name,
            "registered": day,
            **usual,
            **dict.fromkeys(columns - usual.keys()),
            **case.seekers.get(name, {}),
        }
        for name, day in REGISTERED.items()
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def so_far() -> Lettings:
    """Forty lettings to the target group this year, so that the free space has room for three."""
    rows = [
        {
            "letting": f"L{number}",
            "date": date(2026, 3, 1),
            "municipality": "GM9999",
            "social": True,
            "rent_cents": 600_00,
            "household_size": 1,
            "income_class": "below_daeb",
        }
        for number in range(40)
    ]
    return read_lettings(pl.DataFrame(rows))


def played(
    case: Case,
    folder: Path,
    *,
    policy: bool,
    seed: int = 1,
    people: pl.DataFrame | None = None,
    reactions: pl.DataFrame | None = None,
) -> Round:
    """The round of a case, with its policy or without.

    A round of one home leaves every other group no chance, so what a group may lose plays no part here.
    """
    city, law = steered_city(), law_of(folder, case.local)
    use = f"[[instrument]]\nfrom = 2026-07-01\n{case.use}\n" if policy else ""
    return allocate(
        city,
        homes_of(case),
        seekers_of(case) if people is None else people,
        law=law.on(DAY),
        policy=effects_of(policy_of(folder, agreed(f'name = "p"\n{use}'), city), law, city, DAY),
        reactions=reactions,
        so_far=so_far(),
        seed=seed,
        what_if=True,
    )


def winners(played: Round) -> tuple[str | None, ...]:
    """Who gets each home, by the number of the vacancy."""
    given = dict(played.lettings.select("vacancy", "seeker").iter_rows())
    return tuple(given.get(vacancy) for vacancy in sorted(played.given.vacancies["vacancy"]))


TWO: tuple[Facts, ...] = ({}, {"dwelling": "T2"})
