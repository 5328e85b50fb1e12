"""The command that shows the card of a complex, neighbourhood or district: card."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ongedeeld.cli.bearing import (
    AskedDay,
    OwnEvidence,
    ScoringFile,
    ViewsFile,
    asked_day,
    leant_on,
    make_cards,
    tell_evidence,
    tell_register,
)
from ongedeeld.cli.card_told import tell_card
from ongedeeld.cli.figures import tell_city
from ongedeeld.cli.options import Folder, Lang, open_city
from ongedeeld.cli.places import find_place
from ongedeeld.cli.protecting import ForTeam
from ongedeeld.cli.team import refuse_for_nobody, tell_written
from ongedeeld.cli.voice import tell, voice
from ongedeeld.errors import N_, InputError
from ongedeeld.vocabulary import load_evidence

OTHERWISE = N_(
    "You see something else? Set your view beside it with --views FILE, or change what counts with --scoring "
    "FILE."
)


def card(
    folder: Folder,
    units: Annotated[
        list[str],
        typer.Argument(
            metavar="COMPLEX|BU...", help="Numbers, codes or names of complexes, neighbourhoods or districts."
        ),
    ],
    out_: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write an HTML file as well; a folder for more than one."),
    ] = None,
    scoring: ScoringFile = None,
    views: ViewsFile = None,
    evidence: OwnEvidence = None,
    day: AskedDay = None,
    for_team: ForTeam = False,
    lang: Lang = None,
) -> None:
    """Show the card of a place: five themes, load against capacity, what they are made of, and how sure."""
    from ongedeeld.measures.capacity.indicators import PURPOSE

    city, records = open_city(folder), load_evidence(evidence)
    if out_ is not None and len(units) > 1 and out_.suffix:
        raise InputError(
            N_("more than one card does not fit in one file"), remedy=N_("give a folder with --out")
        )
    refuse_for_nobody(city, to_file=out_ is not None, for_team=for_team)
    when = asked_day(city, day)
    city.own_stock("dwellings", PURPOSE)
    asked = list(dict.fromkeys(find_place(city, unit) for unit in units))
    made = {
        level: make_cards(city, level, when, scoring, views, records)
        for level in dict.fromkeys(each.level for each in asked)
    }
    tell_city(city)
    tell_register(city, when)
    for level, unit in asked:
        tell_card(made[level].card(unit))
    figures = [(made[level], made[level].card(unit).figures) for level, unit in asked]
    tell_evidence(dict.fromkeys(name for each in figures for name in leant_on(*each)), records)
    if views is None and scoring is None:
        tell(OTHERWISE)
    if out_ is None:
        return
    from ongedeeld.reporting import write_card

    for level, unit in asked:
        file = out_ if len(asked) == 1 else out_ / f"{unit}.html"
        write_card(city, unit, file, language=voice.language, cards=made[level], evidence=records)
        tell_written(city, file)
