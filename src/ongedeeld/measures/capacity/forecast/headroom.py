"""Headroom, indicative: how many lettings with support fit, as an interval where evidence allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, inf, isfinite
from typing import Literal

import polars as pl
from scipy import stats

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.capacity.forecast import headroom_words as words
from ongedeeld.measures.capacity.forecast.forecasting import INVENTED, Forecast
from ongedeeld.measures.capacity.forecast.model import split_of
from ongedeeld.measures.capacity.forecast.pressure import REGISTER_ENDS, Pressure
from ongedeeld.measures.capacity.forecast.turnover import months_between
from ongedeeld.measures.notes import Note, note
from ongedeeld.vocabulary.evidence import Evidence, load_evidence
from ongedeeld.vocabulary.evidence_records import EFFECT_UNITS, GRADES, EffectRange, EvidenceRecord
from ongedeeld.vocabulary.spoken import Day, Quantity

RECORD = "support_agreements"
UNIT = "score_per_share"
ADDS_CAPACITY = (
    "caretakers",
    "caretakers_few_homes",
    "active_management",
    "management_presence",
    "meeting_places",
    "clustered_living",
    "early_debt_personal",
    "restructuring",
)
"""Records of what may add capacity, whatever their grade, which is shown beside them."""

Audience = Literal["internal", "public"]


@dataclass(frozen=True, eq=False)
class PressureOnly:
    """Headroom cannot be told: the pressure, and what one would have to know.

    Parameters
    ----------
    area
        The neighbourhood.
    pressure
        The rows of its expected lettings, by route.
    to_know
        What is not known.
    record
        The record that was looked at.
    adds_capacity
        Records of what may add capacity, each with its grade.
    """

    area: str
    pressure: pl.DataFrame
    to_know: tuple[Note, ...]
    record: EvidenceRecord
    adds_capacity: tuple[EvidenceRecord, ...]


@dataclass(frozen=True, eq=False)
class Headroom:
    """How many lettings with a support agreement fit: always from `low` to `high`, never one number.

    Parameters
    ----------
    area, start, end
        The neighbourhood and the months ahead.
    low, high
        The fewest and most that fit, by the unfavourable and the favourable end of what is known; `high` is
        none where only the homes that come free set a limit.
    most
        How many homes may come free: the upper limit of the pressure.
    tolerated, decline
        The chance that the user tolerates, of a decline of more than so many points.
    record
        The record that it leans on, with its source and grade.
    assumptions
        What is assumed, and how to read it.
    variance
        What makes it unsure, halfway: `part` (evidence, known_too_little, step, rest), `variance`, `share`.
    pressure
        The rows of its expected lettings, by route.
    adds_capacity
        Records of what may add capacity, each with its grade.

    Raises
    ------
    ValueError
        When it is made without an interval, without assumptions or on a record that supports nothing.
    """

    area: str
    start: date
    end: date
    low: int
    high: int | None
    most: int
    tolerated: float
    decline: float
    record: EvidenceRecord
    assumptions: tuple[Note, ...]
    variance: pl.DataFrame
    pressure: pl.DataFrame
    adds_capacity: tuple[EvidenceRecord, ...]

    def __post_init__(self) -> None:
        ordered = self.low >= 0 and (self.high is None or self.low < self.high)
        if not ordered or not self.assumptions or not self.record.supports("some"):
            raise ValueError("headroom is an interval with assumptions on a record that supports it")

    @property
    def no_limit(self) -> bool:
        """Whether only the homes that come free set a limit, so that there is no upper end."""
        return self.high is None

    def notes(self, audience: Audience) -> tuple[Note, ...]:
        """The interval in words, and behind it everything it hangs on.

        Raises
        ------
        AbsentError
            For the public: a number of a place sticks to those who live there.
        """
        if audience != "internal":
            raise AbsentError(
                N_("headroom is not shown to the public: it signals to those who work there and is no norm"),
                remedy=N_("leave it out of public pages"),
            )
        told = note(
            words.HEADROOM_OPEN if self.high is None else words.HEADROOM,
            area=self.area,
            start=Day(self.start),
            end=Day(self.end),
            low=self.low,
            high=self.high,
            decline=Quantity(self.decline),
            tolerated=Quantity(100 * self.tolerated),
        )
        return (told, *self.assumptions)


def headroom(
    city: City,
    area: str,
    *,
    forecast: Forecast,
    pressure: Pressure,
    tolerated: float,
    evidence: Evidence | None = None,
    record: str = RECORD,
) -> Headroom | PressureOnly:
    """How many lettings with a support agreement fit in a neighbourhood, as far as evidence allows to say.

    With n such lettings among N homes and an effect b (points when the share goes from 0 to 1) the change is
    ``m + b n / N`` with chance of spread s around it; the chance of a decline of more than d stays within p
    while ``n ≤ N (m + d + s q(p)) / -b``, q(p) the quantile of chance. The lower end takes the unfavourable
    end of b and of m, the upper end the favourable one. Both are rounded outward, so that they differ by one
    letting at least; an upper end above the homes that may come free is none.

    Parameters
    ----------
    city
        Its indicator `dwellings` gives N.
    area
        A neighbourhood.
    forecast, pressure
        Of the same City, the pressure by neighbourhood; both over as many months.
    tolerated
        The chance of a noticeable decline that the user tolerates, above 0 and below 1.
    evidence, record
        The records, those that ship with this version when left out, and the one to lean on.

    Returns
    -------
    Headroom | PressureOnly
        The interval; or the pressure and what one would have to know, where the record is graded below
        "some" and the association states no estimate of its own, or a figure is not known.

    Raises
    ------
    InputError
        When `tolerated` does not lie between 0 and 1, or the pressure covers other months than the step of
        the forecast.
    AbsentError
        When the area is unknown, or no record has this name.
    """
    _refuse_odd_chance(tolerated)
    _refuse_other_length(forecast, pressure)
    most = pressure.of(area)["high"]
    rows = pressure.table.filter(pl.col("unit") == area)
    records = load_evidence() if evidence is None else evidence
    basis = records[record]
    homes = _homes(city, area)
    to_know = tuple(_to_know(basis, forecast, area, homes))
    adds = _adding(records, basis)
    if to_know or homes is None or basis.effect is None or not isinstance(most, float):
        return PressureOnly(area, rows, to_know, basis, adds)
    place = _Place(forecast, area, homes, tolerated)
    least, highest = place.interval(basis.effect)
    low, high = int(min(least, most)), None if highest > most else int(highest)
    capped = int(most) if high is None else None
    assumed = _assumptions(basis, forecast, pressure, tolerated, already=low == 0, most=capped)
    return Headroom(
        area=area,
        start=pressure.start,
        end=pressure.end,
        low=low,
        high=high,
        most=int(most),
        tolerated=tolerated,
        decline=forecast.decline,
        record=basis,
        assumptions=tuple(assumed),
        variance=place.variance(basis.effect, (low + (most if high is None else high)) / 2),
        pressure=rows,
        adds_capacity=adds,
    )


@dataclass(frozen=True)
class _Place:
    """A neighbourhood with its forecast, ready to ask how many lettings fit."""

    forecast: Forecast
    area: str
    homes: float
    tolerated: float

    def interval(self, effect: EffectRange) -> tuple[float, float]:
        """The fewest and most lettings, rounded outward; infinite where none does harm."""
        row = self.forecast.of(self.area)
        expected, error, spread = (float(str(row[name])) for name in ("expected", "error", "spread"))
        half = float(stats.norm.ppf((1 + self.forecast.sure) / 2)) * error
        tail = spread * self.forecast.shape.quantile(self.tolerated)
        room = expected + self.forecast.decline + tail
        least, most = (
            self._fit(room + side * half, weight) for side, weight in ((-1, effect.low), (1, effect.high))
        )
        low = floor(least) if isfinite(least) else least
        return low, max(ceil(most), low + 1) if isfinite(most) else most

    def _fit(self, room: float, effect: float) -> float:
        if room <= 0:
            return 0.0
        return inf if effect >= 0 else self.homes * room / -effect

    def variance(self, effect: EffectRange, lettings: float) -> pl.DataFrame:
        """What makes the change unsure with so many lettings; the effect is taken as even over its range."""
        row = self.forecast.of(self.area)
        error, spread = (float(str(row[name])) for name in ("error", "spread"))
        chance = self.forecast.variance.filter(pl.col("part").is_in(["step", "rest"]))
        shares = dict(chance.select("part", pl.col("variance") / pl.col("variance").sum()).iter_rows())
        return split_of(
            {
                "evidence": ((effect.high - effect.low) * lettings / self.homes) ** 2 / 12,
                "known_too_little": error**2,
                **{part: share * spread**2 for part, share in shares.items()},
            }
        )


def _refuse_odd_chance(tolerated: float) -> None:
    if not 0 < tolerated < 1:
        raise InputError(
            N_("a tolerated chance of {chance} cannot be"),
            expected=N_("a number between 0 and 1, such as 0.1"),
            remedy=N_("state which chance of a noticeable decline you tolerate"),
            chance=Quantity(tolerated),
        )


def _refuse_other_length(forecast: Forecast, pressure: Pressure) -> None:
    step, months = (months_between(one.start, one.end) for one in (forecast, pressure))
    if step != months:
        raise InputError(
            N_("headroom over {months} months cannot be told from a forecast over {step} months"),
            expected=N_("lettings over as many months as the step of the forecast: {step}"),
            remedy=N_("ask the lettings to expect over {step} months (--months {step})"),
            months=months,
            step=step,
        )


def _to_know(record: EvidenceRecord, forecast: Forecast, area: str, homes: float | None) -> Iterator[Note]:
    """What is lacking for headroom; nothing when it can be told."""
    if not record.supports("some"):
        yield note(words.NOT_SUPPORTED, record=record.name, grade=GRADES[record.grade].label)
        yield note(words.OWN_ESTIMATE)
    elif record.effect is None:
        yield note(words.NO_FIGURE)
    elif record.effect.unit != UNIT:
        yield note(words.OTHER_UNIT, record=record.name, unit=EFFECT_UNITS[record.effect.unit].label)
    if forecast.table.filter((pl.col("area") == area) & (pl.col("outcome") == "known")).is_empty():
        yield note(words.NO_FORECAST, area=area)
    if homes is None:
        yield note(words.NO_HOMES, area=area)


def _assumptions(
    record: EvidenceRecord,
    forecast: Forecast,
    pressure: Pressure,
    tolerated: float,
    *,
    already: bool,
    most: int | None,
) -> Iterator[Note]:
    effect = record.effect
    yield note(
        words.LEANS_ON,
        record=record.name,
        label=record.label,
        effect=effect,
        source="; ".join(source.title for source in record.sources),
    )
    yield note(words.LEVEL, sure=Quantity(100 * forecast.sure), lettings=Quantity(100 * pressure.sure))
    yield note(words.LINEAR)
    yield note(words.USUAL)
    yield note(words.TERM, start=Day(forecast.start), end=Day(forecast.end))
    yield from (each for each in pressure.notes if each.text == REGISTER_ENDS)
    if effect and effect.low == effect.high:
        yield note(words.NO_RANGE)
    if already:
        yield note(words.ALREADY, tolerated=Quantity(100 * tolerated))
    if most is not None:
        yield note(words.CAPPED, most=most)
    yield note(words.SIGNALS)
    if forecast.invented:
        yield note(INVENTED)


def _homes(city: City, area: str) -> float | None:
    """The latest published number of homes."""
    known = city.table("indicators").filter((pl.col("area") == area) & (pl.col("indicator") == "dwellings"))
    figures = known.drop_nulls("value").sort("period")["value"]
    return float(figures[-1]) if len(figures) and figures[-1] > 0 else None


def _adding(records: Evidence, basis: EvidenceRecord) -> tuple[EvidenceRecord, ...]:
    """What may add capacity, shipped or as the user says, save the record that is leant on."""
    shipped = [records[name] for name in ADDS_CAPACITY if name in records]
    own = [one for one in records.values() if one.origin and one.direction == "better" and one not in shipped]
    return tuple(one for one in (*shipped, *own) if one.name != basis.name)
