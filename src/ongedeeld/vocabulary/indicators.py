"""The figures that areas can have, read from `indicators.csv`, and the versions of the Leefbaarometer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ongedeeld.vocabulary._data import number, rows
from ongedeeld.vocabulary.language import Language


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of an area.

    `unit` is one of count, count_mean (an average number), share (0 to 1), cents, metres, per_1000, per_km2,
    number, score, class, kwh, m3, ha or db. A figure with `rounded_to` is a count: that of a whole is the sum
    of its parts, up to the rounding with which parts are published.
    """

    name: str
    theme: str
    unit: str
    rounded_to: int | None
    minimum: float | None
    maximum: float | None
    label_nl: str
    label_en: str

    @property
    def additive(self) -> bool:
        """Whether the figure of a whole is the sum of its parts."""
        return self.rounded_to is not None

    def label(self, language: Language) -> str:
        """What people see."""
        return self.label_nl if language == "nl" else self.label_en


def labels(indicators: str, language: Language, between: str = "; ") -> str:
    """The labels of indicators whose names stand behind each other.

    >>> labels("households; residents", "nl")
    'huishoudens; inwoners'
    """
    names = indicators.split(between)
    return between.join(INDICATORS[name].label(language) if name in INDICATORS else name for name in names)


@dataclass(frozen=True, slots=True)
class LivabilityVersion:
    """A version of the Leefbaarometer: a difference from the Netherlands and the dimensions it is made of.

    Versions differ in dimensions and scale and never form one series (RIGO and Atlas Research,
    Instrumentontwikkeling Leefbaarometer 3.0). `score` is the total as a level, where it is published.
    """

    name: str
    score: str | None
    deviation: str
    dimensions: tuple[str, ...]


LIVABILITY: tuple[LivabilityVersion, ...] = (
    LivabilityVersion(
        "3.0",
        "livability3_score",
        "livability3_deviation",
        (
            "livability3_physical",
            "livability3_nuisance",
            "livability3_cohesion",
            "livability3_amenities",
            "livability3_housing",
        ),
    ),
    LivabilityVersion(
        "2.0",
        None,
        "livability2_deviation",
        (
            "livability2_housing",
            "livability2_population",
            "livability2_amenities",
            "livability2_safety",
            "livability2_physical",
        ),
    ),
)


def _indicator(row: dict[str, str]) -> Indicator:
    return Indicator(
        name=row["indicator"],
        theme=row["theme"],
        unit=row["unit"],
        rounded_to=int(row["rounded_to"]) if row["rounded_to"] else None,
        minimum=number(row["minimum"]),
        maximum=number(row["maximum"]),
        label_nl=row["label_nl"],
        label_en=row["label_en"],
    )


INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {row["indicator"]: _indicator(row) for row in rows("indicators.csv")}
)
