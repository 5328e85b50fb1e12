"""Headroom as it is told at the prompt: an interval with its assumptions, or what one would have to know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ongedeeld.cli.ahead import tell_noticeable, tell_variance
from ongedeeld.cli.bearing import whole
from ongedeeld.cli.figures import figure, interval, scale, tell_notes
from ongedeeld.cli.lettings import Lettings
from ongedeeld.cli.voice import table, tell, voice
from ongedeeld.errors import N_, AbsentError, InputError, Place
from ongedeeld.measures.notes import Note, note
from ongedeeld.vocabulary.evidence_records import DIRECTIONS, GRADES

if TYPE_CHECKING:
    from ongedeeld.city import City
    from ongedeeld.measures.capacity.forecast import Forecast, Headroom, PressureOnly
    from ongedeeld.vocabulary import EvidenceRecord
    from ongedeeld.vocabulary.evidence import Evidence

UNIT = "score_per_share"
NO_LIMIT = N_(
    "In {count} of {all} neighbourhoods the estimate sets no limit before all homes that come free are let "
    "with support. That says more of the estimate than of the place: look at it first."
)


def record_in(evidence: Evidence, file: Path | None) -> str:
    """The record to lean on: that of the user's file on what a letting with support does, or the shipped one.

    Raises
    ------
    InputError
        When the file holds none, or more than one.
    """
    from ongedeeld.measures.capacity.forecast.headroom import RECORD

    if file is None:
        return RECORD
    stated = [one.name for one in evidence.values() if one.origin and one.effect and one.effect.unit == UNIT]
    if len(stated) != 1:
        raise InputError(
            N_("{count} records of this file state what a letting with support does to livability"),
            place=Place(file),
            expected=N_("one record with an effect in the unit {unit}, from low to high"),
            remedy=N_("see the page on headroom in the documentation for an example"),
            count=len(stated),
            unit=UNIT,
        )
    return stated[0]


@dataclass(frozen=True)
class Room:
    """Headroom of every neighbourhood with homes; `found` is empty where livability can't be forecast."""

    lettings: Lettings
    found: Sequence[Headroom | PressureOnly]
    lacking: tuple[Note, ...]
    stated: bool

    name = "headroom"
    of_tenants = True

    @classmethod
    def of(
        cls,
        city: City,
        lettings: Lettings,
        ahead: Forecast | AbsentError,
        chance: float,
        evidence: Evidence,
        record: str,
        *,
        stated: bool,
    ) -> Room:
        """The headroom of every neighbourhood; without a forecast, what keeps it from being told."""
        from ongedeeld.measures.capacity.forecast import headroom

        if isinstance(ahead, AbsentError):
            return cls(lettings, (), (note(ahead.problem, **ahead.fields),), stated)
        areas = lettings.found.table["unit"].unique(maintain_order=True)
        found = [
            headroom(
                city,
                area,
                forecast=ahead,
                pressure=lettings.found,
                tolerated=chance,
                evidence=evidence,
                record=record,
            )
            for area in areas
        ]
        lacking = _once(each for one in found for each in getattr(one, "to_know", ()))
        return cls(lettings, found, lacking, stated)

    @property
    def told(self) -> list[Headroom]:
        """Those of which there is an interval."""
        from ongedeeld.measures.capacity.forecast import Headroom

        return [one for one in self.found if isinstance(one, Headroom)]

    def data(self) -> dict[str, Any]:
        """Everything for another program; an interval never without its assumptions."""
        told = self.told
        return {
            "areas": self.rows().to_dicts(),
            "variance": {one.area: one.variance.to_dicts() for one in told},
            "to_know": [each.say() for each in self.lacking],
            "adds_capacity": [_added(one) for one in (self.found[0].adds_capacity if self.found else ())],
            "pressure": self.lettings.data(),
        }

    def rows(self) -> pl.DataFrame:
        """A row per neighbourhood: the interval with all it hangs on, or what one would have to know."""
        schema = {
            **dict.fromkeys(("area", "name", "outcome"), pl.String),
            **dict.fromkeys(("low", "high"), pl.Int64),
            "no_limit": pl.Boolean,
            "most": pl.Int64,
            **dict.fromkeys(("start", "end"), pl.Date),
            **dict.fromkeys(("tolerated", "decline"), pl.Float64),
            **dict.fromkeys(("record", "grade", "because"), pl.String),
        }
        areas = self.lettings.found.table["unit"].unique(maintain_order=True)
        rows = [self._row(one) for one in self.found] or [self._without_forecast(area) for area in areas]
        return pl.DataFrame(rows, schema=schema)

    def _row(self, one: Headroom | PressureOnly) -> dict[str, Any]:
        from ongedeeld.measures.capacity.forecast import Headroom

        row = {"area": one.area, "name": self.lettings.names.get(one.area), "record": one.record.name}
        row["grade"] = one.record.grade
        if not isinstance(one, Headroom):
            return row | {"outcome": "pressure_only", "because": _in_a_row(one.to_know)}
        columns = ("low", "high", "no_limit", "most", "start", "end", "tolerated", "decline")
        told = {column: getattr(one, column) for column in columns}
        return row | told | {"outcome": "headroom", "because": _in_a_row(one.assumptions)}

    def _without_forecast(self, area: str) -> dict[str, Any]:
        name = self.lettings.names.get(area)
        return {"area": area, "name": name, "outcome": "pressure_only", "because": _in_a_row(self.lacking)}

    def tell(self) -> None:
        """Print intervals with their assumptions; or what one would have to know, with the pressure."""
        if self.told:
            self._tell_headroom()
        if self.lacking:
            known = N_("Of some neighbourhoods headroom cannot be told. One would have to know:")
            nothing = N_("Headroom cannot be told. One would have to know:")
            tell(known if self.told else nothing)
            tell_notes(self.lacking)
        if not self.told:
            tell(N_("Your own estimate, with its source, goes in with --effect FILE."))
            tell(N_("What can be told is the pressure:"))
            self.lettings.tell()
        self._tell_adding()

    def _tell_headroom(self) -> None:
        """The intervals, what they hang on, and what makes them unsure."""
        from ongedeeld.measures.capacity.forecast.headroom_words import ALREADY, CAPPED

        told = self.told
        tell(
            N_("Headroom (indicative): lettings with a support agreement on top of what was usual, before "
               "the chance of a noticeable decline exceeds {tolerated}."),
            tolerated=figure(told[0].tolerated, "share"),
        )  # fmt: skip
        tell_noticeable(told[0].decline, stated=self.stated)
        table(
            N_("Headroom (indicative), always an interval"),
            (scale("neighbourhood"), N_("from and to"), N_("homes that may come free"), N_("remark")),
            (
                (
                    f"{self.lettings.names.get(one.area, '-')} ({one.area})",
                    _interval(one),
                    whole(one.pressure["high"][0]),
                    _remark(one, ALREADY, CAPPED),
                )
                for one in told
            ),
        )
        unlimited = sum(one.low == one.most > 0 for one in told)
        if unlimited:
            tell(NO_LIMIT, count=unlimited, all=len(told))
        tell(
            N_("What follows is the variance halfway the interval, on average over {count} neighbourhoods."),
            count=len(told),
        )
        tell_variance(_average([one.variance for one in told]))
        tell_notes(
            _once(each for one in told for each in one.assumptions if each.text not in (ALREADY, CAPPED))
        )

    def _tell_adding(self) -> None:
        if self.found:
            table(
                N_("What may add capacity, as far as known"),
                (N_("record"), N_("about"), N_("for livability"), N_("grade")),
                (
                    (
                        one.name,
                        one.label.say(voice.translate),
                        DIRECTIONS[one.direction].say(voice.translate),
                        GRADES[one.grade].label.say(voice.translate),
                    )
                    for one in self.found[0].adds_capacity
                ),
            )
            tell(N_("Explain one with: ongedeeld evidence NAME"))


def _interval(one: Headroom) -> str:
    if one.no_limit:
        return voice.say(N_("{low} or more"), low=whole(one.low))
    return interval(one.low, one.high, whole)


def _average(variances: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The variance of every part on average over places, and its share."""
    mean = pl.concat(variances).group_by("part", maintain_order=True).agg(pl.col("variance").mean())
    return mean.with_columns(share=pl.col("variance") / pl.col("variance").sum())


def _remark(one: Headroom, already: str, capped: str) -> str:
    """What holds of this neighbourhood and not of all."""
    texts = {each.text for each in one.assumptions}
    remarks = (
        (already, N_("the chance may be higher as it is")),
        (capped, N_("only what comes free ends it")),
    )
    return "; ".join(voice.translate(remark) for text, remark in remarks if text in texts)


def _once(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple({str(each): each for each in notes}.values())


def _in_a_row(notes: Iterable[Note]) -> str:
    return " ".join(each.say(voice.translate) for each in notes)


def _added(record: EvidenceRecord) -> dict[str, Any]:
    return {"record": record.name, "direction": record.direction, "grade": record.grade}
