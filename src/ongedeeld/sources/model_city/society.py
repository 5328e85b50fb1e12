"""Who lives in each neighbourhood and how they fare, per year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ongedeeld.sources.model_city.chance import Chance, Floats
from ongedeeld.sources.model_city.ground import Ground, Zone
from ongedeeld.sources.model_city.homes import Homes
from ongedeeld.sources.model_city.places import Nearness
from ongedeeld.sources.model_city.story import YEARS, Story

AGES = ("0_14", "15_24", "25_44", "45_64", "65_and_over")
_AGE_SHARES: dict[Zone, tuple[float, ...]] = {
    "centre": (0.07, 0.18, 0.42, 0.20, 0.13),
    "ring": (0.13, 0.14, 0.34, 0.23, 0.16),
    "post_war": (0.17, 0.13, 0.28, 0.23, 0.19),
    "suburb": (0.15, 0.11, 0.20, 0.31, 0.23),
    "new": (0.22, 0.11, 0.27, 0.29, 0.11),
    "open": (0.15, 0.10, 0.20, 0.33, 0.22),
}
# One person, without children, with children.
_HOUSEHOLD_SHARES: dict[Zone, tuple[float, ...]] = {
    "centre": (0.64, 0.25, 0.11),
    "ring": (0.49, 0.28, 0.23),
    "post_war": (0.46, 0.26, 0.28),
    "suburb": (0.31, 0.34, 0.35),
    "new": (0.26, 0.29, 0.45),
    "open": (0.25, 0.38, 0.37),
}
# Where more live alone, fewer have children.
_SMALLER = np.array([1.0, -0.3, -0.7])
_PEOPLE = np.array([1.0, 2.05, 3.6])
_STATUS: dict[Zone, float] = {
    "centre": 0.45,
    "ring": 0.15,
    "post_war": -0.75,
    "suburb": 0.35,
    "new": 0.75,
    "open": 0.5,
}
_SINGLE_FAMILY = ("detached", "semi_detached", "corner", "terraced")


@dataclass(frozen=True)
class Society:
    """The people of the city; every array has a row per neighbourhood and a column per year."""

    chance: Chance
    land: Ground
    stock: Homes
    tale: Story
    near: Nearness

    def by_zone(self, values: dict[Zone, float]) -> Floats:
        """What belongs to the zone of each neighbourhood, as a column."""
        return np.array([values[zone] for zone in self.land.zone])[:, None]

    def own(self, purpose: str, spread: float) -> Floats:
        """What sets a neighbourhood apart, for good."""
        return np.asarray(spread * self.chance.bell(purpose, np.arange(self.land.size))[:, None])

    def yearly(self, purpose: str, spread: float) -> Floats:
        """What sets a year in a neighbourhood apart."""
        places, years = np.arange(self.land.size)[:, None], np.arange(len(YEARS))[None, :]
        return np.asarray(spread * self.chance.bell(purpose, places, years))

    def homes_where(self, which: np.ndarray) -> Floats:
        """Homes for which this holds, that had been built before each year."""
        built = self.stock.dwellings["build_year"].to_numpy()
        counts = [
            np.bincount(self.stock.area_of_home[which & (built < year)], minlength=self.land.size)
            for year in YEARS
        ]
        return np.column_stack(counts).astype(np.float64)

    @cached_property
    def homes(self) -> Floats:
        """Homes on 1 January."""
        return self.homes_where(np.ones(len(self.stock.dwellings), dtype=bool))

    @cached_property
    def tenure(self) -> dict[str, Floats]:
        """Homes by tenure."""
        tenure = self.stock.dwellings["tenure"].to_numpy()
        kinds = ("association", "private_rent", "owner_occupied", "unknown")
        return {kind: self.homes_where(tenure == kind) for kind in kinds}

    @cached_property
    def single_family(self) -> Floats:
        """Single-family homes."""
        return self.homes_where(np.isin(self.stock.dwellings["type"].to_numpy().astype(str), _SINGLE_FAMILY))

    @cached_property
    def households(self) -> Floats:
        """Households, each in a home of its own."""
        occupied = 0.965 - 0.02 * self.land.is_zone("centre")[:, None] + self.own("occupied", 0.006)
        share = np.clip(occupied + self.yearly("occupied this year", 0.003), 0.9, 0.99)
        return np.asarray(self.homes * share)

    @cached_property
    def household_shares(self) -> Floats:
        """Shares of one-person households, without and with children, along the third axis."""
        base = np.array([_HOUSEHOLD_SHARES[zone] for zone in self.land.zone])[:, None, :]
        shift = self.own("households", 0.04) + 0.003 * np.arange(len(YEARS))
        return np.asarray(np.clip(base + shift[:, :, None] * _SMALLER, 0.03, 0.94))

    @cached_property
    def residents(self) -> Floats:
        """Residents."""
        return np.asarray(self.households * (self.household_shares * _PEOPLE).sum(axis=2))

    @cached_property
    def age_shares(self) -> Floats:
        """Shares of the age groups along the third axis; the city grows older."""
        base = np.array([_AGE_SHARES[zone] for zone in self.land.zone])[:, None, :]
        later = np.arange(len(YEARS))[None, :, None] * np.array([-0.001, 0.0, -0.001, -0.001, 0.003])
        own = [self.own(f"age {age}", 0.08)[:, :, None] for age in AGES]
        shares = (base + later) * (1 + np.concatenate(own, axis=2))
        return np.asarray(shares / shares.sum(axis=2, keepdims=True))

    @cached_property
    def status(self) -> Floats:
        """How well people do, around 0: by place, a little by year, and less a year after pressure rises."""
        start = self.by_zone(_STATUS) + self.own("status", 0.22)
        drift = self.own("drift", 0.012) * np.arange(len(YEARS))
        social = self.tenure["association"] / np.maximum(self.homes, 1) - 0.42
        return np.asarray(
            start + drift - 0.8 * social - 0.35 * self.tale.yearly(4) + self.yearly("status this year", 0.02)
        )
