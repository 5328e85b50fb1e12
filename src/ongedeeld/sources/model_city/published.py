"""The figures that others publish about a city.

Every figure is a sum, or a sum divided by a sum, so that districts and the city follow from their
neighbourhoods.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ongedeeld.sources.model_city.chance import Floats
from ongedeeld.sources.model_city.ground import Zone
from ongedeeld.sources.model_city.society import AGES, Society
from ongedeeld.sources.model_city.story import LAST_YEAR, YEARS
from ongedeeld.vocabulary import INDICATORS

_CRIMES_PER_1000: dict[Zone, float] = {
    "centre": 125,
    "ring": 55,
    "post_war": 58,
    "suburb": 30,
    "new": 26,
    "open": 45,
}
_PROPERTY_PRICES = np.array([1.0, 1.04, 1.10, 1.18, 1.27, 1.36, 1.50, 1.72, 1.74, 1.80])
_INCOMES = np.array([1.0, 1.02, 1.05, 1.09, 1.13, 1.18, 1.24, 1.32, 1.40, 1.46])
_UNEMPLOYMENT = np.array([1.6, 1.4, 1.2, 1.0, 1.2, 1.3, 0.8, 0.75, 0.8, 0.85])
# Of which kinds it is published how many lie within so many kilometres.
_COUNTED = (
    ("gp", 1),
    ("supermarket", 1),
    ("day_care", 1),
    ("primary_school", 1),
    ("cafe", 1),
    ("restaurant", 1),
    ("primary_school", 3),
)
# Incomes are published two years later, most other figures one year later.
_INCOME_YEARS = tuple(range(2016, LAST_YEAR - 1))
_EARLIER_YEARS = tuple(range(2016, LAST_YEAR))
_HEALTH_YEARS = (2016, 2020, 2022, 2024)
_ALL_YEARS = tuple(range(2016, LAST_YEAR + 1))


@dataclass(frozen=True)
class Figure:
    """One indicator of every neighbourhood (rows) and year (columns).

    Without `weight` it is a count and `value` is added up; with it, `value` is an average for which `weight`
    tells how much of the whole each neighbourhood is. `finish` turns the average into what is published.
    `years` are those for which there are figures; `small` tells that it is published for places with few
    homes too.
    """

    name: str
    value: Floats
    weight: Floats | None = None
    years: tuple[int, ...] = _ALL_YEARS
    small: bool = False
    finish: Callable[[Floats], Floats] | None = None


def figures(society: Society) -> list[Figure]:
    """All figures but those of the Leefbaarometer."""
    return [
        *_population(society),
        *_housing(society),
        *_work_and_education(society),
        *_income_and_benefits(society),
        *_space_and_safety(society),
        *_amenities(society),
    ]


def _population(society: Society) -> list[Figure]:
    residents, households = society.residents, society.households
    kinds = ("one_person", "without_children", "with_children")
    of_age = [(age, society.age_shares[:, :, n]) for n, age in enumerate(AGES)]
    of_kind = [(kind, society.household_shares[:, :, n]) for n, kind in enumerate(kinds)]
    return [
        Figure("residents", residents, small=True),
        *(Figure(f"residents_{age}", share * residents, small=True) for age, share in of_age),
        *(Figure(f"share_residents_{age}", share, residents) for age, share in of_age),
        Figure("households", households, small=True),
        *(Figure(f"households_{kind}", share * households, small=True) for kind, share in of_kind),
        *(Figure(f"share_households_{kind}", share, households) for kind, share in of_kind),
        Figure("household_size", residents / np.maximum(households, 1), households),
    ]


def _housing(society: Society) -> list[Figure]:
    homes, tenure = society.homes, society.tenure
    whole = np.maximum(homes, 1)
    rented = tenure["association"] + tenure["private_rent"]
    old = society.homes_where(society.stock.dwellings["build_year"].to_numpy() < 2000) / whole
    occupied = society.households / whole
    value = 260_000_00 * _PROPERTY_PRICES * np.clip(1 + 0.32 * society.status, 0.45, None)
    value = value * (
        1 + 0.25 * society.land.is_zone("centre", "open")[:, None] + society.yearly("value", 0.01)
    )
    single = society.single_family / whole
    greener = 1 - 0.025 * np.arange(len(YEARS))
    return [
        Figure("dwellings", homes, small=True),
        Figure("property_value", value, homes),
        Figure("share_single_family", single, homes),
        Figure("share_multi_family", 1 - single, homes),
        Figure("share_occupied", occupied, homes),
        Figure("share_vacant", 1 - occupied, homes),
        Figure("share_owner_occupied", tenure["owner_occupied"] / whole, homes),
        Figure("share_rented", rented / whole, homes),
        Figure("share_association", tenure["association"] / whole, homes),
        Figure("share_private_rent", tenure["private_rent"] / whole, homes),
        Figure("share_tenure_unknown", tenure["unknown"] / whole, homes),
        Figure("share_built_before_2000", old, homes),
        Figure("share_built_since_2000", 1 - old, homes),
        Figure("electricity_kwh", (1_900 + 900 * single) * greener, homes, _EARLIER_YEARS),
        Figure("gas_m3", (780 + 420 * single) * (0.5 + 0.5 * old) * greener, homes, _EARLIER_YEARS),
    ]


def _work_and_education(society: Society) -> list[Figure]:
    adults = society.residents * society.age_shares[:, :, 1:4].sum(axis=2)
    high = np.clip(0.34 + 0.16 * society.status + 0.004 * np.arange(len(YEARS)), 0.08, 0.75)
    low = np.clip(0.25 - 0.12 * society.status, 0.06, 0.6)
    in_work = np.clip(0.68 + 0.06 * society.status + 0.006 * np.arange(len(YEARS)), 0.4, 0.85)
    alone = np.clip(0.16 + 0.03 * society.status + 0.03 * society.land.is_zone("centre")[:, None], 0.08, 0.35)
    return [
        Figure("education_low", low * adults, years=_EARLIER_YEARS),
        Figure("education_middle", (1 - low - high) * adults, years=_EARLIER_YEARS),
        Figure("education_high", high * adults, years=_EARLIER_YEARS),
        Figure("share_education_high", high, adults, _EARLIER_YEARS),
        Figure("share_in_work", in_work, adults, _EARLIER_YEARS),
        Figure("share_employees", 1 - alone, adults, _EARLIER_YEARS),
        Figure("share_self_employed", alone, adults, _EARLIER_YEARS),
    ]


def _income_and_benefits(society: Society) -> list[Figure]:
    status, residents, households = society.status, society.residents, society.households
    years, near_minimum = _INCOME_YEARS, np.clip(0.075 - 0.042 * status, 0.012, 0.25)
    low, high = np.clip(0.40 - 0.14 * status, 0.1, 0.8), np.clip(0.20 + 0.09 * status, 0.04, 0.55)
    per_resident = 27_500_00 * _INCOMES * np.clip(1 + 0.2 * status, 0.5, None)
    shares = (
        ("around_social_minimum", near_minimum),
        ("110_social_minimum", 1.35 * near_minimum),
        ("120_social_minimum", 1.7 * near_minimum),
        ("low_income", np.clip(low + 0.03, 0.1, 0.85)),
        ("high_income", high),
    )
    assistance = np.clip(0.034 - 0.026 * status, 0.002, 0.15) * residents
    unemployed = np.clip(0.012 - 0.004 * status, 0.004, 0.03) * _UNEMPLOYMENT * residents
    young = society.age_shares[:, :, :2].sum(axis=2) * residents
    return [
        Figure("income_per_resident", per_resident, residents, years),
        Figure("standardised_household_income", 1.12 * per_resident, households, years),
        Figure("share_residents_low_income", low, residents, years),
        Figure("share_residents_high_income", high, residents, years),
        *(Figure(f"share_households_{name}", share, households, years) for name, share in shares),
        Figure("socio_economic_score", 0.3 * status, households, years),
        Figure("benefits_social_assistance", assistance),
        Figure("benefits_disability", np.clip(0.048 - 0.016 * status, 0.01, 0.12) * residents),
        Figure("benefits_unemployment", unemployed),
        Figure("benefits_state_pension", 0.95 * society.age_shares[:, :, 4] * residents),
        Figure("youth_care", np.clip(0.09 - 0.02 * status, 0.02, 0.2) * young, years=_EARLIER_YEARS),
        Figure("social_support_clients", np.clip(0.055 - 0.02 * status, 0.01, 0.15) * residents),
    ]


def _space_and_safety(society: Society) -> list[Figure]:
    area = np.rint(society.land.area_ha)
    water = np.rint(area * (0.015 + 0.07 * society.chance.uniform("water", np.arange(society.land.size))))
    every_year = np.ones((1, len(YEARS)))
    land = (area - water)[:, None] * every_year
    pressure = np.maximum(society.tale.yearly(2), 0.0)
    falling = 1 - 0.022 * np.arange(len(YEARS))
    usual = society.by_zone(_CRIMES_PER_1000) * falling
    rate = usual * np.clip(1 - 0.18 * society.status, 0.5, 1.6) * (1 + 0.5 * pressure)
    places, moments = np.arange(society.land.size)[:, None], np.arange(len(YEARS))[None, :]
    crimes = society.chance.poisson("crimes", places, rate * society.residents / 1000, moments)
    density = _address_density(society, land)
    per_1000 = 1000 * crimes / np.maximum(society.residents, 1)
    health = np.clip(0.75 + 0.06 * society.status - 0.02 * np.arange(len(YEARS)) / 9, 0.4, 0.95)
    cars = np.clip(1.15 - 0.85 * society.land.is_zone("centre")[:, None] + 0.25 * society.status, 0.25, 1.9)
    return [
        Figure("area_ha", area[:, None] * every_year, small=True),
        Figure("land_ha", land, small=True),
        Figure("water_ha", water[:, None] * every_year, small=True),
        Figure("residents_per_km2", 100 * society.residents / land, land, small=True),
        Figure("address_density", density, society.homes, small=True),
        Figure("urbanity", density, society.homes, small=True, finish=_urbanity),
        Figure("cars_per_household", cars, society.households),
        Figure("crimes", crimes.astype(np.float64), small=True),
        Figure("crimes_per_1000", per_1000, society.residents),
        Figure("share_good_health", health, society.residents, _HEALTH_YEARS),
    ]


def _address_density(society: Society, land: Floats) -> Floats:
    """Addresses per km² within about a kilometre: of a neighbourhood and its four nearest."""
    apart = ((society.land.centroids[:, None, :] - society.land.centroids[None, :, :]) ** 2).sum(axis=2)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, :5]
    return np.asarray(1.15 * 100 * society.homes[nearest].sum(axis=1) / land[nearest].sum(axis=1))


def _amenities(society: Society) -> list[Figure]:
    every_year = np.ones((1, len(YEARS)))
    distances = [
        Figure(
            f"distance_{kind}",
            society.near.distance_m(kind)[:, None] * every_year,
            society.residents,
            _EARLIER_YEARS,
        )
        for kind in society.near.where.points
        if f"distance_{kind}" in INDICATORS
    ]
    counted = [
        Figure(
            f"nearby_{kind}_{km}km",
            society.near.within(kind, 1000.0 * km)[:, None] * every_year,
            society.residents,
            _EARLIER_YEARS,
        )
        for kind, km in _COUNTED
    ]
    return [*distances, *counted]


def _urbanity(density: Floats) -> Floats:
    """The class of Statistics Netherlands: 1 from 2,500 addresses per km², 5 below 500."""
    limits = [density >= limit for limit in (2500, 1500, 1000, 500)]
    return np.select(limits, [1.0, 2.0, 3.0, 4.0], 5.0)
