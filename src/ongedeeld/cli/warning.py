"""The command that tells which places worsen by more than chance: warn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import polars as pl
import typer

from ongedeeld.cli.bearing import between, tell_evidence, whole
from ongedeeld.cli.figures import number, said, scale, tell_city, tell_notes, write_csv
from ongedeeld.cli.options import AsCsv, AsJson, Folder, Lang, Seed, open_city
from ongedeeld.cli.protecting import FOR_TEAM, ForTeam
from ongedeeld.cli.team import refuse_for_nobody, tell_written
from ongedeeld.cli.voice import err, print_json, table, tell, voice
from ongedeeld.errors import N_
from ongedeeld.vocabulary import load_evidence

if TYPE_CHECKING:
    from ongedeeld.city import City
    from ongedeeld.measures.capacity.warning import Funnel, Warnings

Scale = Literal["complex", "neighbourhood"]
SHOWN = 10
NAMED = 5
NUISANCE = {
    "worse": N_("more households"),
    "few_households": N_("few households"),
    "fewer_recorded": N_("fewer recorded"),
    "within_chance": N_("within chance"),
    "not_known": N_("not known"),
}


def warn(
    folder: Folder,
    level: Annotated[Scale, typer.Option(help="Complexes, or neighbourhoods with homes.")] = "complex",
    false_discovery: Annotated[
        float, typer.Option(help="The share of alarms that may be false, between 0 and 1.")
    ] = 0.1,
    as_json: AsJson = False,
    csv: AsCsv = None,
    for_team: ForTeam = False,
    seed: Seed = 1,
    lang: Lang = None,
) -> None:
    """Tell which complexes or neighbourhoods worsen beyond chance, and which stand out for their size."""
    from ongedeeld.measures.capacity.warning import warn as find

    city = open_city(folder)
    refuse_for_nobody(city, to_file=as_json or csv is not None, for_team=for_team)
    with err.status(voice.say(N_("Early warning"))):
        found = find(city, level=level, false_discovery=false_discovery, seed=seed)
    if csv is not None:
        write_csv(found.table.with_columns(pl.col("indicators").list.join("; ")), csv)
    if as_json:
        print_json(_as_data(city, found))
        return
    tell_city(city)
    first, *others = found.notes
    tell_notes([first])
    tell_notes(found.sentences)
    _tell_order(found)
    _tell_outside(found)
    tell_notes(others)
    tell_evidence(found.evidence, load_evidence())
    _tell_next(found)
    if csv is not None:
        tell_written(city, csv)


def _tell_order(found: Warnings) -> None:
    known = found.table.drop_nulls("rank")
    shown = known.head(max(SHOWN, int(known["worsens"].sum())))
    table(
        N_("Where to look first: most evidence of worsening above"),
        (
            scale(found.level),
            N_("homes"),
            N_("worsens"),
            N_("p-value, adjusted"),
            N_("place, by chance"),
            N_("nuisance"),
        ),
        (
            (
                f"{row['name']}\n{row['unit']}",
                whole(row["homes"]),
                voice.say(N_("yes")) if row["worsens"] else voice.say(N_("no")),
                _p_value(row["adjusted"]),
                between(row["rank_low"], row["rank_high"], whole),
                said(NUISANCE, row["nuisance"]),
            )
            for row in shown.to_dicts()
        ),
    )
    if len(known) > len(shown):
        tell(N_("And {count} more; --csv FILE writes all."), count=whole(len(known) - len(shown)))


def _p_value(value: float) -> str:
    return f"<\N{NO-BREAK SPACE}{number(0.001)}" if value < 0.001 else number(value)


def _tell_outside(found: Warnings) -> None:
    """Which places stand out now by more than the usual differences, at the unfavourable side."""
    from ongedeeld.measures.capacity.warning import WATCHED

    names = dict(found.table.select("unit", "name").iter_rows())
    rows = []
    for indicator, funnel in found.funnels.items():
        far, some = (_outside(funnel, limit) for limit in ("998", "95"))
        # What the association decides itself, or one household can bring about, speaks against no place.
        if WATCHED[indicator].tells and (far or some):
            rows.append((voice.translate(WATCHED[indicator].label), _some(far, names), _some(some, names)))
    table(
        N_("Who stands out now for its size, unfavourably (funnel); this is no change"),
        (N_("what"), N_("2 in 1,000 by chance"), N_("1 in 20 by chance")),
        rows,
    )


def _outside(funnel: Funnel, limit: str) -> list[str]:
    """The places beyond a limit: above it for counts, below it for grades, the farthest first."""
    side = "below" if funnel.family == "normal" else "above"
    beyond = funnel.points.filter(pl.col("position") == f"{side}_{limit}")
    return beyond.sort("value", descending=side == "above")["unit"].to_list()


def _some(units: list[str], names: dict[str, str]) -> str:
    shown = ", ".join(names[unit] for unit in units[:NAMED]) or "-"
    more = len(units) - NAMED
    return shown if more <= 0 else voice.say(N_("{shown}; and {more} more"), shown=shown, more=whole(more))


def _tell_next(found: Warnings) -> None:
    alarms = found.table.filter("worsens")["unit"].to_list()
    if alarms:
        tell(N_("See what such a place asks and bears with: ongedeeld card DIR {unit}"), unit=alarms[0])
    elif found.level == "complex":
        tell(N_("Complexes taken together show smaller changes: ongedeeld warn DIR --level neighbourhood"))


def _as_data(city: City, found: Warnings) -> dict[str, Any]:
    """Everything for another program; names are those of the code, in every language."""
    return {
        "city": city.manifest.name,
        "invented": city.manifest.invented,
        "level": found.level,
        "false_discovery": found.false_discovery,
        "places": found.table.to_dicts(),
        "changes": found.changes.to_dicts(),
        "nuisance": found.nuisance.to_dicts(),
        "registration": found.registration.to_dicts(),
        "funnels": {
            indicator: {
                "family": funnel.family,
                "target": funnel.target,
                "usual_spread": funnel.usual_spread,
                "points": funnel.points.to_dicts(),
            }
            for indicator, funnel in found.funnels.items()
        },
        "sentences": [each.say() for each in found.sentences],
        "notes": [*(each.say() for each in found.notes), str(FOR_TEAM)],
        "evidence": list(found.evidence),
    }
