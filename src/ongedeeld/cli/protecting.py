"""What of the tenants' counts may be written to a file: a team sees its own; others see what is protected.

Nothing that rests on tenants is written unless it is said for whom: `--for-team` writes it as it is,
`--publish LEDGER` writes the counts, and nothing else, through disclosure control. Indices tell as much as
the counts behind them: often one table of whole numbers alone has both this dissimilarity and this
correlation ratio.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ongedeeld.cli.figures import tell_city, write_csv
from ongedeeld.cli.voice import print_json, tell, voice
from ongedeeld.errors import N_, InputError
from ongedeeld.vocabulary import Quantity

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
AcceptEased = Annotated[
    bool,
    typer.Option("--accept-eased", help="Publish though the promise does not hold for some hidden counts."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what --publish would do; write nothing and note nothing.")
]
WITHHELD = N_(
    "Figures on tenants are not in the file: --for-team writes them for the team that works with them."
)
FOR_TEAM = N_("For the team that works with these tenants; not to be passed on.")


@dataclass(frozen=True)
class Leaving:
    """For whom the figures on these groups are: nobody said, the team, or others by way of a ledger."""

    group: str
    for_team: bool
    ledger: Path | None
    new_ledger: bool
    accept_eased: bool = False
    dry_run: bool = False

    @property
    def of_tenants(self) -> bool:
        """Whether the groups are the association's own tenants."""
        from ongedeeld.measures.undividedness.group_sets import group_set

        return group_set(self.group)[0].column is not None

    def refuse_unclear(self, *, to_file: bool, besides: Mapping[str, object]) -> None:
        """Refuse what nobody said for whom it is, and what cannot be both.

        Parameters
        ----------
        to_file
            Whether anything is written besides what is shown.
        besides
            The options that ask for more than counts, with what was given for each.

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
        if (self.accept_eased or self.dry_run) and self.ledger is None:
            raise InputError(
                N_("{option} goes with --publish LEDGER"),
                remedy=N_("name the ledger, or leave {option} out"),
                option="--dry-run" if self.dry_run else "--accept-eased",
            )
        if self.ledger is not None and not to_file and not self.dry_run:
            raise InputError(
                N_("--publish has nothing to write"), remedy=N_("say where with --csv FILE, or ask --json")
            )
        if self.ledger is not None:
            self._refuse_besides([option for option, given in besides.items() if given])
        elif to_file and self.of_tenants and not self.for_team:
            raise InputError(
                N_(
                    "figures on tenants are not written without saying for whom they are: counts can be "
                    "reckoned back from them"
                ),
                expected=N_("--for-team or --publish LEDGER"),
                remedy=N_(
                    "--for-team writes them as they are for the team that works with these tenants; "
                    "--publish LEDGER writes the counts protected and notes that they went out"
                ),
            )

    def _refuse_besides(self, options: list[str]) -> None:
        groups, _, one = self.group.partition(":")
        if one:
            raise InputError(
                N_("--publish writes the counts of all groups, not of {group} alone"),
                remedy=N_("ask --group {groups}"),
                group=self.group,
                groups=groups,
            )
        if options:
            raise InputError(
                N_("--publish writes counts and nothing else; {options} would do nothing"),
                remedy=N_("leave {options} out, or ask it for the team with --for-team"),
                options=", ".join(options),
            )

    def marked(self, data: dict[str, Any]) -> dict[str, Any]:
        """Data for another program; where it tells of tenants, with the note that it is for the team."""
        return data | {"notes": [*data["notes"], str(FOR_TEAM)]} if self.of_tenants else data


def publish(
    city: City, leaving: Leaving, scale: Scale | None, period: date | None, csv: Path | None, *, as_json: bool
) -> None:
    """Write the counts of tenants protected, note them in the ledger first, and say what was done.

    Raises
    ------
    InputError
        When the ledger is not as expected, or the promise does not hold for some counts and nobody said that
        this is accepted; nothing is written then.
    """
    from ongedeeld.measures.disclosure import Ledger, protect
    from ongedeeld.measures.disclosure.stock import refuse_published, tenants_to_publish
    from ongedeeld.measures.undividedness.group_sets import group_set
    from ongedeeld.measures.undividedness.groups import counts_by_group

    assert leaving.ledger is not None  # noqa: S101 - asked for
    groups, _ = group_set(leaving.group)
    refuse_published(groups)
    _refuse_unexpected(leaving.ledger, new=leaving.new_ledger)
    if csv is not None:
        _refuse_no_file(csv, leaving.ledger)
    counts = counts_by_group(city, groups, scale or "complex", period)
    found = tenants_to_publish(city, counts)
    result = protect(
        found.table, nested=found.nested, relations=found.relations, ledger=Ledger.open(leaving.ledger)
    )
    if leaving.dry_run:
        _tell_report(city, result)
        tell(N_("Nothing was written, and nothing noted in the ledger."))
        return
    if result.report.eased and not leaving.accept_eased:
        _refuse_eased(result)
    shown = _shown(result, counts)
    with _written(shown, csv):
        result.publish(f"{groups.name} by {counts.scale}, {counts.period.isoformat()}")
    if as_json:
        _print(city, counts, result, shown)
        return
    _tell_report(city, result)
    tell(N_("Written: {file}"), file=csv)


def _tell_report(city: City, result: Protected) -> None:
    tell_city(city)
    tell(N_("For you, not to be passed on: {report}"), report=result.report.say(voice.translate))
    tell(N_("To go with the table: {note}"), note=result.report.note(voice.translate))


def _refuse_eased(result: Protected) -> None:
    raise InputError(
        N_(
            "the promise does not hold for {eased} counts: tables published before, or what everybody knows, "
            "tell more of them; nothing was written"
        ),
        expected=N_("hidden counts of which nobody can exclude 0 nor {least}"),
        remedy=N_(
            "publish by larger units; --dry-run tells more; if you answer for it that these counts can be "
            "told more closely, add --accept-eased"
        ),
        eased=Quantity(result.report.eased),
        least=result.report.min_count,
    )


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


def _refuse_no_file(csv: Path, ledger: Path) -> None:
    if csv.resolve() == ledger.resolve() or (
        csv.exists() and not (csv.is_file() and os.access(csv, os.W_OK))
    ):
        raise InputError(
            N_("{file} is no place for the counts: it is the ledger, no file, or may not be written to"),
            expected=N_("a file of its own for --csv"),
            file=csv,
        )


@contextmanager
def _written(shown: pl.DataFrame, csv: Path | None) -> Iterator[None]:
    """Write a table beside its place, and put it there once what is done in between has succeeded.

    What cannot be written is not noted as published, and what is not noted is not written.
    """
    if csv is None:
        yield
        return
    file = csv.resolve()
    draft = file.with_name(f".{file.name}.draft")
    try:
        write_csv(shown, draft)
        yield
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


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
