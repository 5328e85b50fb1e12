"""What is compared as data, for another program."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ongedeeld.simulation.comparing.comparison import Compared, Comparison
    from ongedeeld.simulation.comparing.floors import Floors
    from ongedeeld.simulation.comparing.spread import Parts
    from ongedeeld.simulation.comparing.waterbed import Waterbed

BY_YEAR = (("groups", ""), ("mix", ""), ("tallies", ""), ("costs", ""), ("places", "all"))
"""Tables of outcomes by year, each with the level that is told."""
OVER_YEARS = (("places", "neighbourhood"), ("places", "district"), ("bearing", "neighbourhood"))


def as_data(comparison: Comparison) -> dict[str, Any]:
    """Everything that is compared."""
    asked = comparison.asked
    return {
        "city": asked.city_name,
        "invented": asked.invented,
        "start": asked.start,
        "years": asked.years,
        "law_carried_from": asked.carried_from,
        "futures": len(comparison.futures),
        "results": [_result(one) for one in comparison.compared],
        "usable": comparison.usable,
        "nobody_excluded": {label: _floors(one) for label, one in comparison.floors.items()},
        "by_year": {
            name: {
                "values": comparison.values(name, level).to_dicts(),
                "differences": comparison.differences(name, level).to_dicts(),
            }
            for name, level in BY_YEAR
        },
        "groups_changed": {one.label: _groups(comparison, one.label) for one in comparison.policies},
        "over_years": {
            f"{name}:{level}": comparison.differences(name, level, over_years=True).to_dicts()
            for name, level in OVER_YEARS
        },
        "waterbed": {label: _waterbed(one) for label, one in comparison.waterbeds.items()},
        "spread": [
            {"outcome": key.name, "result": one.label, **_parts(comparison.parts(key, one))}
            for one in comparison.compared
            for key in comparison.key_outcomes
        ],
        "notes": [note.say() for note in comparison.notes],
    }


def _result(one: Compared) -> dict[str, Any]:
    return {
        "label": one.label,
        "folder": str(one.results.folder),
        "as_now": one.as_now,
        "what_if": one.manifest.what_if,
        "uses": [{**asdict(use), "lawful": use.lawful} for use in one.manifest.uses],
    }


def _floors(one: Floors) -> dict[str, Any]:
    return {
        "usable": one.usable,
        "groups": one.table.to_dicts(),
        "notes": [note.say() for note in one.notes],
    }


def _groups(comparison: Comparison, label: str) -> dict[str, Any]:
    """What a policy changes for groups: who gets a home, and how long they wait."""
    from ongedeeld.simulation.comparing.gaining import homes_by_group, waiting_by_group

    return {
        "homes": homes_by_group(comparison, label).to_dicts(),
        "waiting": waiting_by_group(comparison, label).to_dicts(),
    }


def _waterbed(one: Waterbed) -> dict[str, Any]:
    return {
        "changes": one.changes.to_dicts(),
        "links": one.links.to_dicts(),
        "notes": [note.say() for note in one.notes],
    }


def _parts(parts: Parts) -> dict[str, Any]:
    """How much of the spread of an outcome is chance, and how much which assumption."""
    return {
        "pairs": parts.pairs,
        "variance": parts.variance,
        "chance": parts.chance,
        "assumptions": [
            {
                "assumption": one.assumption,
                "share": one.share,
                "slope": one.slope,
                "beyond_chance": one.beyond_chance,
            }
            for one in parts.parts
        ],
    }
