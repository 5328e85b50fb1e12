"""Vogelstad with eight homes, to hold policies against: a cast that can be reckoned by hand.

Merelhof (M, in the Merelbuurt) has four homes of 2 to 5 rooms, and so has Tulphof (T, in the Tulpenbuurt).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from ongedeeld.allocation.columns import INPUTS
from ongedeeld.allocation.effects import Ceiling, Effect
from ongedeeld.allocation.lawful import effects_of, lawful
from ongedeeld.allocation.policies import Policy, read_allocation_policy
from ongedeeld.city import City, conform
from ongedeeld.reasons import Decision
from ongedeeld.rules import Law, load_law
from tests.small_city import small_city

DAY = date(2026, 7, 15)
MEREL, TULP = "BU99990101", "BU99990201"

ALL_AGREED = 'agreed = ["municipality", "tenants", "partner", "region"]'
# A designation of the Merelbuurt for articles 8, 9 and 10 that meets all demands of the act.
DESIGNATED = """
holder = "Vogelstad"

[[designations]]
name = "Merelbuurt"
articles = [8, 9, 10]
areas = ["BU99990101"]
hardship_clause = true
chance_elsewhere = "three homes in four of the region lie outside"
outranks_urgency = false
source = "decision of the minister"
from = 2026-07-01
until = 2030-06-30
"""
# An agreement of all three parties, by which 15 % of the lettings may go to the free space.
WIDER_FREE_SPACE = """
holder = "Vogelstad"
[[agreements]]
name = "Performance agreements"
parties = ["municipality", "association", "tenants"]
municipalities = ["GM9999"]
daeb_min_share = 0.85
source = "agreements 2026"
from = 2026-01-01
"""


def steered_city(**changed: object) -> City:
    """Vogelstad with two complexes and eight homes; a column of the homes can be changed for all."""
    complexes = pl.DataFrame(
        {"complex": ["Merelhof", "Tulphof"], "name": ["Merelhof", "Tulphof"], "area": [MEREL, TULP]}
    )
    homes = pl.DataFrame(
        [
            {
                "dwelling": f"{letter}{rooms - 1}",
                "area": area,
                "complex": name,
                "tenure": "association",
                "rooms": rooms,
                "step_free": rooms == 2,
                "rent_cents": 500_00 + 50_00 * rooms,
                "target_rent_cents": 600_00 + 50_00 * rooms,
                "maximum_rent_cents": 900_00,
                "sector": "social",
                "label": "none",
                "status": "observed",
                **changed,
            }
            for letter, name, area in (("M", "Merelhof", MEREL), ("T", "Tulphof", TULP))
            for rooms in (2, 3, 4, 5)
        ]
    )
    return small_city(
        {"complexes": conform("complexes", complexes), "dwellings": conform("dwellings", homes)}
    )


def policy_of(folder: Path, text: str, city: City | None = None) -> Policy:
    """The policy in a file of this text."""
    file = folder / "policy.toml"
    file.write_text(text, encoding="utf-8")
    return read_allocation_policy(file, city or steered_city())


def law_of(folder: Path, text: str = "") -> Law:
    """The law, with local policy of this text over it."""
    if not text:
        return load_law()
    file = folder / "local.toml"
    file.write_text(text, encoding="utf-8")
    return load_law(file)


def agreed(text: str) -> str:
    """The text of a policy with the agreement of all in each use, and a source where it had none."""
    head, *uses = text.split("[[instrument]]")
    sources = ("" if "source =" in use else 'source = "minutes"\n' for use in uses)
    parts = zip(sources, uses, strict=True)
    return head + "".join(f"[[instrument]]\n{ALL_AGREED}\n{source}{use}" for source, use in parts)


def effects(
    folder: Path, text: str, local: str = "", *, day: date = DAY, what_if: bool = False
) -> list[Effect]:
    """What a policy of this text, to which all agreed, does to a round."""
    city, law = steered_city(), law_of(folder, local)
    return list(effects_of(policy_of(folder, agreed(text), city), law, city, day, what_if=what_if))


def held(folder: Path, use: str, local: str = "", day: date = DAY, **changed: object) -> Decision:
    """Whether a policy of one use, to which all agreed, is lawful on a day."""
    text = f'name = "p"\n[[instrument]]\nfrom = 2020-01-01\n{ALL_AGREED}\n{use}\n'
    city = steered_city(**changed)
    return lawful(policy_of(folder, text, city), law_of(folder, local), city, day)


def home(**known: object) -> dict[str, object]:
    """A home of Merelhof with three rooms, with other facts where a test needs them."""
    empty: dict[str, object] = dict.fromkeys(INPUTS["vacancies"])
    usual = {
        "dwelling": "M2",
        "area": MEREL,
        "district": "WK999901",
        "municipality": "GM9999",
        "complex": "Merelhof",
        "label": "none",
        "sector": "social",
        "rooms": 3,
        "rent_cents": 650_00,
        "target_rent_cents": 750_00,
        "maximum_rent_cents": 900_00,
    }
    return empty | usual | known


def seeker(**known: object) -> dict[str, object]:
    """A household of one of which nothing more is known than a test says."""
    empty: dict[str, object] = dict.fromkeys(INPUTS["seekers"])
    return empty | {"seeker": "S1", "household_size": 1, "registered": date(2020, 1, 1)} | known


def judged(effect: Effect, vacancy: dict[str, object], person: dict[str, object]) -> Decision:
    """The outcome of the condition of an effect."""
    assert not isinstance(effect, Ceiling)
    return effect.condition.judge(vacancy, person)
