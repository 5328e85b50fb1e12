"""What of the tenants' counts may be written to a file: a team sees its own; others see what is protected.

Nothing by complex or entrance is written unless it is said for whom: `--for-team` writes it as it is,
`--publish LEDGER` writes the counts, and nothing else, through disclosure control.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ongedeeld.cli.figures import tell_city, write_csv
from ongedeeld.cli.voice import print_json, tell, voice
from ongedeeld.errors import N_, InputError

if TYPE_CHECKING:
    import polars as pl

    from ongedeeld.city import City
    from ongedeeld.measures.disclosure import Protected
    from ongedeeld.measures.undividedness.group_sets import Scale
    from ongedeeld.measures.undividedness.groups import GroupCounts

ForTeam = Annotated[
    bool,
    typer.Option(
        "--for-team", help="Write counts of tenants as they are: for the team that works with them alone."
    ),
]
Publish = Annotated[
    Path | None,
    typer.Option(
        "--publish",
        metavar="LEDGER",
        help="Write counts of tenants protected, for others, and note in this file that they went out.",
    ),
]
NewLedger = Annotated[bool, typer.Option("--new-ledger", help="Begin the ledger of --publish.")]
WITHHELD = N_(
    "Counts and lists of tenants are left out: --for-team writes them for the team that works with them, "
    "--publish LEDGER protects them for others."
)
FOR_TEAM = N_("For the team that works with these tenants; not to be passed on.")


@dataclass(frozen=True)
class Leaving:
    """For whom the figures on these groups are: nobody said, the team, or others by way of a ledger."""

    group: str
    for_team: bool
    ledger: Path | None
    new_ledger: bool

    @property
    def of_tenants(self) -> bool:
        """Whether the groups are the association's own tenants."""
        from ongedeeld.measures.undividedness.group_sets import group_set

        return group_set(self.group)[0].column is not None

    def refuse_unclear(self, *, lists: bool, to_file: bool) -> None:
        """Refuse what nobody said for whom it is, and what cannot be both.

        Parameters
        ----------
        lists
            Whether lists by area are asked for.
        to_file
            Whether anything is written besides what is shown.

        Raises
        ------
        InputError
            With the ways out.
        """
        if self.for_team and self.ledger is not None:
            raise InputError(
                N_("--for-team and --publish are two different files"),
                remedy=N_("run the command once for the team and once for others"),
            )
        if self.new_ledger and self.ledger is None:
            raise InputError(N_("--new-ledger names no ledger"), remedy=N_("name it with --publish LEDGER"))
        if self.ledger is not None and not to_file:
            raise InputError(
                N_("--publish has nothing to write"), remedy=N_("say where with --csv FILE, or ask --json")
            )
        if lists and to_file and self.of_tenants and not self.for_team and self.ledger is None:
            raise InputError(
                N_("a list of tenants by area is not written without saying for whom it is"),
                expected=N_("--for-team or --publish LEDGER"),
                remedy=N_(
                    "--for-team writes it as it is for the team that works with these tenants; --publish "
                    "LEDGER writes the counts protected and notes that they went out"
                ),
            )

    def without_lists(self, data: dict[str, Any]) -> dict[str, Any]:
        """Data for another program without the counts of tenants, unless they are for the team."""
        if not self.of_tenants:
            return data
        if self.for_team:
            return data | {"notes": [*data["notes"], str(FOR_TEAM)]}
        return data | {"counts": None, "areas": None, "notes": [*data["notes"], str(WITHHELD)]}


def publish(
    city: City, leaving: Leaving, scale: Scale | None, period: date | None, csv: Path | None, *, as_json: bool
) -> None:
    """Write the counts of tenants protected, note them in the ledger first, and say what was done."""
    from ongedeeld.measures.disclosure import Ledger, protect
    from ongedeeld.measures.disclosure.stock import refuse_published, tenants_to_publish
    from ongedeeld.measures.undividedness.group_sets import group_set
    from ongedeeld.measures.undividedness.groups import counts_by_group

    assert leaving.ledger is not None  # noqa: S101 - asked for
    groups, _ = group_set(leaving.group)
    refuse_published(groups)
    _refuse_unexpected(leaving.ledger, new=leaving.new_ledger)
    counts = counts_by_group(city, groups, scale or "complex", period)
    found = tenants_to_publish(city, counts)
    result = protect(
        found.table, nested=found.nested, relations=found.relations, ledger=Ledger.open(leaving.ledger)
    )
    result.publish(f"{groups.name} by {counts.scale}, {counts.period.isoformat()}")
    shown = _shown(result, counts)
    if csv is not None:
        write_csv(shown, csv)
    if as_json:
        _print(city, counts, result, shown)
        return
    tell_city(city)
    tell(N_("For you, not to be passed on: {report}"), report=result.report.say(voice.translate))
    tell(N_("To go with the table: {note}"), note=result.report.note(voice.translate))
    tell(N_("Written: {file}"), file=csv)


def _print(city: City, counts: GroupCounts, result: Protected, shown: pl.DataFrame) -> None:
    print_json(
        {
            "city": city.manifest.name,
            "invented": city.manifest.invented,
            "groups": counts.groups.name,
            "scale": counts.scale,
            "period": counts.period,
            "min_count": result.report.min_count,
            "round_to": result.report.round_to,
            "counts": shown.to_dicts(),
            "notes": [result.report.note(), *(str(each) for each in counts.groups.notes)],
        }
    )


def _refuse_unexpected(ledger: Path, *, new: bool) -> None:
    # A path with a typing error would otherwise be a ledger in which nothing was ever published.
    if new == ledger.exists():
        raise InputError(
            N_("there is a ledger at {file} already") if new else N_("there is no ledger at {file}"),
            expected=N_("the file in which everything that was published is noted"),
            remedy=N_("leave out --new-ledger")
            if new
            else N_("correct the path; if nothing was published yet, add --new-ledger"),
            file=ledger,
        )


def _shown(result: Protected, counts: GroupCounts) -> pl.DataFrame:
    """The protected counts with the unit, its name and the group in columns of their own."""
    import polars as pl

    names = pl.DataFrame({"unit": counts.table["unit"], "name": counts.names})
    group = pl.col("group").str.strip_prefix(f"{counts.groups.name}:")
    return (
        result.table.with_columns(
            pl.col("area").str.strip_prefix(f"{counts.scale}:").alias("unit"), group.alias("group")
        )
        .join(names, on="unit", how="left", maintain_order="left")
        .select("counted", "period", "unit", "name", "group", "count", "status")
    )
