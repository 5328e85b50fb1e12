"""Whether a list that rests on records of tenants may be written: to the team that works with them alone.

Scores and estimates of small places can be reckoned back to counts, so that disclosure control does not help
here: there is no protected form of these lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ongedeeld.cli.protecting import FOR_TEAM
from ongedeeld.cli.voice import tell
from ongedeeld.errors import N_, InputError

if TYPE_CHECKING:
    from pathlib import Path

    from ongedeeld.city import City


def has_records(city: City) -> bool:
    """Whether the City holds records of the association's own homes and tenants."""
    return city.manifest.stock == "own" or city.has("complexes")


def refuse_for_nobody(city: City, *, to_file: bool, for_team: bool) -> None:
    """Refuse to write records of tenants when nobody said that they are for the team.

    Parameters
    ----------
    city
        Without records of its own everything is published, and may be written.
    to_file
        Whether anything is written besides what is shown.
    for_team
        Whether it was said.

    Raises
    ------
    InputError
        With the way out.
    """
    if to_file and not for_team and has_records(city):
        raise InputError(
            N_("a list by place that rests on records of tenants is not written without saying for whom"),
            expected="--for-team",
            remedy=N_(
                "add --for-team for the team that works with these tenants; for others, protect counts with: "
                "ongedeeld undivided DIR --publish LEDGER"
            ),
        )


def tell_written(city: City, file: Path) -> None:
    """Say what was written, and that it stays with the team."""
    tell(N_("Written: {file}"), file=file)
    if has_records(city):
        tell(FOR_TEAM)
