"""The command that looks ahead: forecast, with its test on the past, the lettings to expect and headroom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

import typer

from ongedeeld.cli.agreements import read_agreements
from ongedeeld.cli.ahead import Ahead, Past
from ongedeeld.cli.bearing import asked_day
from ongedeeld.cli.figures import scale, tell_city, write_csv
from ongedeeld.cli.lettings import Lettings, names_of
from ongedeeld.cli.options import AsCsv, AsJson, Folder, Lang, open_city
from ongedeeld.cli.protecting import FOR_TEAM, ForTeam
from ongedeeld.cli.room import Room, record_in
from ongedeeld.cli.team import refuse_for_nobody, tell_written
from ongedeeld.cli.voice import err, print_json, tell, voice
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.vocabulary import load_evidence

if TYPE_CHECKING:
    import polars as pl

    from ongedeeld.city import City
    from ongedeeld.measures.capacity.forecast import Forecast, History

Scale = Literal["neighbourhood", "district", "complex"]
MONTHS = 24
"""Months ahead of lettings alone; for headroom they are those of the step of the forecast."""


class Part(Protocol):
    """Something that the command tells."""

    @property
    def name(self) -> str:
        """What another program calls it."""

    @property
    def of_tenants(self) -> bool:
        """Whether it rests on records of tenants."""

    def rows(self) -> pl.DataFrame:
        """Its table."""

    def data(self) -> dict[str, Any]:
        """Everything for another program."""

    def tell(self) -> None:
        """Print it."""


@dataclass(frozen=True)
class Asked:
    """What was asked of the command."""

    level: Scale
    decline: float | None
    backtest: bool
    pressure: bool
    headroom: bool
    months: int | None
    contingents: Path | None
    chance: float | None
    effect: Path | None
    today: date

    @property
    def forecast(self) -> bool:
        """Whether the forecast itself is told: when nothing else is asked for."""
        return not (self.backtest or self.pressure or self.headroom)

    def refuse_unclear(self) -> None:
        """Refuse options that would do nothing, what nobody stated, and levels that are not known.

        Raises
        ------
        InputError
            With the option that lacks, or the levels that are known.
        """
        lettings, tested = self.pressure or self.headroom, self.backtest or self.headroom
        _refuse_idle("--decline", self.decline, "--headroom, --backtest", goes=self.forecast or tested)
        _refuse_idle("--months", self.months, "--pressure, --headroom", goes=lettings)
        _refuse_idle("--contingents", self.contingents, "--pressure, --headroom", goes=lettings)
        _refuse_idle("--chance", self.chance, "--headroom", goes=self.headroom)
        _refuse_idle("--effect", self.effect, "--headroom", goes=self.headroom)
        if self.headroom and self.chance is None:
            raise InputError(
                N_("--headroom asks which chance of a noticeable decline you tolerate"),
                expected=N_("a number between 0 and 1, such as 0.1"),
                remedy=N_("state it with --chance; no research tells which is right"),
            )
        if self.headroom:
            self._refuse_level("--headroom", "neighbourhood")
        if self.pressure:
            self._refuse_level("--pressure", "complex", "neighbourhood")
        if self.forecast or self.backtest:
            self._refuse_level(N_("a forecast of livability"), "neighbourhood", "district")

    def _refuse_level(self, part: str, *known: Scale) -> None:
        if self.level not in known:
            raise InputError(
                N_("{part} is not known by {level}"),
                expected=N_("one of: {known}"),
                part=part,
                level=scale(self.level),
                known=", ".join(known),
            )


def _refuse_idle(option: str, given: object, others: str, *, goes: bool) -> None:
    """Refuse an option that nothing asked for would use."""
    if given is not None and not goes:
        raise InputError(
            N_("{option} does nothing here"),
            expected=N_("{option} with one of: {others}"),
            remedy=N_("add one of these, or leave {option} out"),
            option=option,
            others=others,
        )


def forecast(
    folder: Folder,
    decline: Annotated[
        float | None,
        typer.Option(
            metavar="POINTS", help="How large a decline is noticeable; by default the usual size of a change."
        ),
    ] = None,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="Tell how the forecast did in the past.")
    ] = False,
    pressure: Annotated[bool, typer.Option("--pressure", help="Tell which lettings to expect.")] = False,
    headroom: Annotated[
        bool, typer.Option("--headroom", help="Tell how many lettings with support fit, as far as known.")
    ] = False,
    level: Annotated[
        Scale, typer.Option(help="District for a forecast, complex for --pressure.")
    ] = "neighbourhood",
    contingents: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Agreements on lettings with their source (csv, xlsx)."),
    ] = None,
    months: Annotated[int | None, typer.Option(help="Months ahead of --pressure; by default 24.")] = None,
    day: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DAY", help="From which day to look ahead, as 2026-12-31; by default today."
        ),
    ] = None,
    chance: Annotated[
        float | None,
        typer.Option(help="For --headroom: the chance of a noticeable decline that you tolerate."),
    ] = None,
    effect: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="For --headroom: your own evidence on lettings with support (TOML)."
        ),
    ] = None,
    as_json: AsJson = False,
    csv: AsCsv = None,
    for_team: ForTeam = False,
    lang: Lang = None,
) -> None:
    """Forecast livability; or tell its test on the past, the lettings to expect, or what room there is."""
    city = open_city(folder)
    asked = Asked(
        level, decline, backtest, pressure, headroom, months, contingents, chance, effect, _day(city, day)
    )
    asked.refuse_unclear()
    if csv is not None and backtest + pressure + headroom > 1:
        raise InputError(
            N_("more than one table does not fit in one csv file"),
            remedy=N_("run the command once for each, or ask --json"),
        )
    if pressure or headroom:
        refuse_for_nobody(city, to_file=as_json or csv is not None, for_team=for_team)
    with err.status(voice.say(N_("Forecast"))):
        parts = list(_parts(city, asked))
    if csv is not None:
        write_csv(parts[0].rows(), csv)
    if as_json:
        print_json(_as_data(city, parts))
    else:
        _tell(city, parts, csv)


def _tell(city: City, parts: list[Part], csv: Path | None) -> None:
    tell_city(city)
    for part in parts:
        part.tell()
    if csv is not None:
        if parts[0].of_tenants:
            tell_written(city, csv)
        else:
            tell(N_("Written: {file}"), file=csv)


def _parts(city: City, asked: Asked) -> Iterator[Part]:
    """What is told, in the order from sure to less sure."""
    from ongedeeld.measures.capacity.forecast import History
    from ongedeeld.measures.capacity.forecast import backtest as test

    stated = asked.decline is not None
    if asked.forecast:
        yield Ahead(_ahead(History.of(city, asked.level), asked), names_of(city), stated, asked.today)
    if asked.backtest:
        history = History.of(city, asked.level)
        yield Past(test(history, decline=asked.decline), names_of(city), stated)
    if not (asked.pressure or asked.headroom):
        return
    agreements = read_agreements(asked.contingents) if asked.contingents else ()
    ahead = _forecast_or_why(city, asked) if asked.headroom else None
    months = _months_of(ahead) if asked.months is None else asked.months
    level: Literal["complex", "neighbourhood"] = "complex" if asked.level == "complex" else "neighbourhood"
    lettings = Lettings.of(city, asked.today, level, agreements, months)
    if asked.pressure:
        yield lettings
    if asked.chance is not None and ahead is not None:
        evidence = load_evidence(asked.effect)
        record = record_in(evidence, asked.effect)
        stated = asked.decline is not None
        yield Room.of(city, lettings, ahead, asked.chance, evidence, record, stated=stated)


def _ahead(history: History, asked: Asked) -> Forecast:
    from ongedeeld.measures.capacity.forecast import forecast as look_ahead

    usual = history.usual_change() if asked.decline is None else asked.decline
    return look_ahead(history, decline=usual)


def _forecast_or_why(city: City, asked: Asked) -> Forecast | AbsentError:
    """The forecast, or why there is none."""
    from ongedeeld.measures.capacity.forecast import History

    try:
        return _ahead(History.of(city), asked)
    except AbsentError as error:
        return error


def _months_of(ahead: Forecast | AbsentError | None) -> int:
    """Over how many months lettings are told when nobody says so: for headroom as many as the forecast."""
    from ongedeeld.measures.capacity.forecast.turnover import months_between

    if ahead is None or isinstance(ahead, AbsentError):
        return MONTHS
    return months_between(ahead.start, ahead.end)


def _day(city: City, text: str | None) -> date:
    """The day that was asked, else today."""
    return date.today() if text is None else asked_day(city, text)


def _as_data(city: City, parts: list[Part]) -> dict[str, Any]:
    """Everything for another program; names are those of the code, in every language."""
    data = {"city": city.manifest.name, "invented": city.manifest.invented}
    data |= {part.name: part.data() for part in parts}
    return data | ({"for_team": str(FOR_TEAM)} if any(part.of_tenants for part in parts) else {})
