"""Three Cities from real files, each built once for all tests."""

from __future__ import annotations

from datetime import date
from functools import cache

from ongedeeld.city import City
from ongedeeld.sources import Inputs, build
from tests.shared import shared

TODAY = date(2026, 11, 22)


@cache
def utrecht() -> City:
    """Utrecht: 10 districts and 111 neighbourhoods, with KWB, Leefbaarometer, proximity and boundaries."""
    return build("GM0344", utrecht_inputs(), today=TODAY)


def utrecht_inputs() -> Inputs:
    """The files of Utrecht."""
    return Inputs(
        kwb=[shared("utrecht/kwb-2023.xlsx"), shared("utrecht/kwb-2024-partial.xlsx")],
        livability=[shared("utrecht/province-leefbaarometer-2020.csv")],
        proximity=[shared("utrecht/proximity-2023.csv")],
        boundaries=[shared("utrecht/neighbourhoods-2020-partial.geojson")],
    )


@cache
def districts() -> City:
    """All districts of the Netherlands in 2016, with the Leefbaarometer 2.0 of three years."""
    inputs = Inputs(
        kwb=[shared("districts_2016/wijk_2016.dbf"), shared("districts_2016/gem_2016.dbf")],
        livability=[shared("districts_2016/dimensiescore_wijk (stand).xlsx")],
        boundaries=[shared("districts_2022/nl_wijken_2022.gpkg")],
    )
    return build("NL", inputs, today=TODAY)


@cache
def netherlands() -> City:
    """All neighbourhoods of the Netherlands in 2024, with crime and perceived health."""
    inputs = Inputs(
        kwb=[shared("neighbourhoods_2024/nl_gebieden_2024.csv")],
        boundaries=[
            shared("districts_2022/nl_wijken_2022.gpkg"),
            shared("districts_2022/nl_gemeenten_2022.gpkg"),
        ],
    )
    return build("NL", inputs, today=TODAY)
