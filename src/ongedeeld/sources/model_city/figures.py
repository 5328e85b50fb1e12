"""Publish the figures of the city as owners do: per area and year, rounded, some missing or kept back."""

from __future__ import annotations

import numpy as np
import polars as pl

from ongedeeld.sources.model_city.chance import Chance, Floats
from ongedeeld.sources.model_city.ground import MUNICIPALITY, Ground
from ongedeeld.sources.model_city.published import Figure, figures
from ongedeeld.sources.model_city.society import Society
from ongedeeld.sources.model_city.story import YEARS
from ongedeeld.vocabulary import INDICATORS, LIVABILITY

SOURCE = "voorbeeldstad"
_LIVABILITY_YEARS = (2016, 2018, 2020, 2022, 2024)
# The livability of the Netherlands on the scale of the score; neighbourhoods differ from it by their
# deviation.
_NETHERLANDS = 4.16
_FEW_HOMES = 100
_STEP = {"share": 0.01, "metres": 100.0, "number": 0.1, "count_mean": 0.1, "class": 1.0, "score": 0.001}
_ROUGH_CENTS = {"property_value": 100_000.0}


def codes(land: Ground) -> tuple[list[str], list[str]]:
    """Codes of the districts and of all areas: neighbourhoods, districts, the municipality."""
    digits = MUNICIPALITY[2:]
    districts = [f"WK{digits}{number + 1:02d}" for number in range(len(land.district_names))]
    return districts, [*land.codes, *districts, MUNICIPALITY]


def indicators(chance: Chance, society: Society) -> pl.DataFrame:
    """All figures of neighbourhoods, districts and the municipality, in long form."""
    land = society.land
    _, areas = codes(land)
    small = society.homes < _FEW_HOMES
    frames = []
    for figure in figures(society):
        values = _step(figure.name, _all_levels(land, figure))
        hidden = np.zeros(values.shape, dtype=bool)
        lost = np.zeros(values.shape, dtype=bool)
        if not figure.small:
            hidden[: land.size] = small
            moments = np.arange(len(YEARS))[None, :]
            luck = chance.uniform(f"lost {figure.name}", np.arange(land.size)[:, None], moments)
            lost[: land.size] = luck < 0.004
        # The latest years stand in the table as not published yet; a year between two surveys does not.
        later = figure.years[-1] < YEARS
        lost |= later[None, :]
        told = np.isin(YEARS, figure.years) | later
        frames.append(_long(figure.name, areas, values, hidden & ~lost, lost, YEARS, told))
    frames += _livability(society, areas)
    return pl.concat(frames).with_columns(source=pl.lit(SOURCE))


def _all_levels(land: Ground, figure: Figure) -> Floats:
    """Neighbourhoods, then districts, then the municipality."""
    if figure.weight is None:
        return _summed(land, figure.value)
    # A place without people still has a figure of its own; it only does not count in the whole.
    weight = np.maximum(np.broadcast_to(figure.weight, figure.value.shape), 1e-9)
    values = _summed(land, figure.value * weight) / _summed(land, weight)
    return figure.finish(values) if figure.finish else values


def _summed(land: Ground, values: Floats) -> Floats:
    districts = np.zeros((len(land.district_names), values.shape[1]))
    np.add.at(districts, land.district, values)
    return np.concatenate((values, districts, districts.sum(axis=0, keepdims=True)))


def _step(name: str, values: Floats) -> Floats:
    """Round to what is published."""
    indicator = INDICATORS[name]
    if indicator.rounded_to:
        return indicator.rounded_to * np.rint(values / indicator.rounded_to)
    step = _ROUGH_CENTS.get(name, 10_000.0) if indicator.unit == "cents" else _STEP.get(indicator.unit, 1.0)
    return np.round(step * np.rint(values / step), 3)


def _long(
    name: str,
    areas: list[str],
    values: Floats,
    hidden: np.ndarray,
    lost: np.ndarray,
    years: np.ndarray,
    told: np.ndarray,
) -> pl.DataFrame:
    status = np.where(lost, "missing", np.where(hidden, "suppressed", "observed"))[:, told].ravel()
    count = int(told.sum())
    frame = pl.DataFrame(
        {
            "area": np.repeat(np.array(areas), count),
            "year": np.tile(years[told], len(areas)),
            "value": values[:, told].ravel(),
            "status": status,
        }
    )
    return frame.select(
        "area",
        indicator=pl.lit(name),
        period=pl.date(pl.col("year"), 1, 1),
        value=pl.when(pl.col("status") == "observed").then("value"),
        status="status",
    )


def _dimensions(society: Society) -> dict[str, Floats]:
    """What each dimension of the Leefbaarometer adds, a year after pressure rises."""
    land, status = society.land, society.status
    pressure = society.tale.yearly(4)
    centre = land.is_zone("centre")[:, None]
    houses = society.single_family / np.maximum(society.homes, 1)
    social = society.tenure["association"] / np.maximum(society.homes, 1)
    outward = land.outward[:, None]
    chance, places = society.chance, np.arange(land.size)[:, None]
    years = np.arange(len(YEARS))[None, :]

    def noise(name: str, lasting: float) -> Floats:
        return lasting * chance.bell(f"{name} here", places) + 0.004 * chance.bell(name, places, years)

    return {
        "physical": -0.035 + 0.02 * status + 0.02 * outward - 0.03 * pressure + noise("physical", 0.012),
        "nuisance": -0.03 + 0.05 * status - 0.09 * centre - 0.20 * pressure + noise("nuisance", 0.02),
        "cohesion": -0.06 + 0.08 * houses + 0.01 * status - 0.06 * pressure + noise("cohesion", 0.012),
        "amenities": 0.26 - 0.27 * outward + noise("amenities", 0.025),
        "housing": 0.05 - 0.17 * social + 0.03 * status - 0.03 * pressure + noise("housing", 0.015),
    }


def _livability(society: Society, areas: list[str]) -> list[pl.DataFrame]:
    """The Leefbaarometer, every two years; not where hardly anybody lives.

    The deviation is the sum of the dimensions as they are published.
    """
    land = society.land
    version = LIVABILITY[0]
    parts = {
        f"livability3_{name}": np.round(_all_levels(land, Figure(name, value, society.homes)), 4)
        for name, value in _dimensions(society).items()
    }
    deviation = np.round(np.sum([parts[name] for name in version.dimensions], axis=0), 4)
    figures = {**parts, version.deviation: deviation}
    if version.score:
        figures[version.score] = np.round(_NETHERLANDS + deviation, 4)
    lost = np.zeros(deviation.shape, dtype=bool)
    lost[: land.size] = society.homes < _FEW_HOMES
    told = np.isin(YEARS, _LIVABILITY_YEARS)
    nothing = np.zeros(deviation.shape, dtype=bool)
    return [_long(name, areas, values, nothing, lost, YEARS, told) for name, values in figures.items()]
