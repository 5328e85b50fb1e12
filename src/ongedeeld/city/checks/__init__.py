"""Named checks of a City: all of them run and report together.

Each check is a function that yields findings; its name is the function's. A finding names the rows it is
about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ongedeeld.city.checks import figures, references, space, stock
from ongedeeld.city.checks.finding import Check, Finding, Severity

if TYPE_CHECKING:
    from ongedeeld.city.city import City

__all__ = ["CHECKS", "Check", "Finding", "Severity", "run"]

CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        references.changed_file,
        references.unknown_reference,
        references.unknown_unit,
        references.unknown_source,
        references.parent_of_wrong_level,
        figures.unknown_indicator,
        figures.indicator_out_of_range,
        figures.value_contradicts_status,
        figures.sum_of_parts,
        figures.dimensions_do_not_add_up,
        figures.shares_do_not_add_up,
        figures.indicator_incomplete,
        space.area_without_geometry,
        space.broken_geometry,
        space.overlapping_areas,
        space.part_outside_whole,
        space.place_outside_area,
        stock.value_out_of_range,
        stock.overlapping_tenancies,
        stock.tenancy_ends_before_it_starts,
        stock.rent_above_maximum,
        stock.count_exceeds_homes,
    )
}


def run(city: City) -> list[Finding]:
    """All findings of all checks, errors first."""
    order: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
    found = [finding for check in CHECKS.values() for finding in check(city)]
    return sorted(found, key=lambda finding: order[finding.severity])
