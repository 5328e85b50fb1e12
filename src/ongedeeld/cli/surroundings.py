"""How divided own surroundings are, at the prompt: options, scales and table of the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ongedeeld.cli.figures import MEASURED, measured, number
from ongedeeld.cli.voice import table
from ongedeeld.errors import N_, AbsentError, InputError

if TYPE_CHECKING:
    from ongedeeld.city import City
    from ongedeeld.measures.notes import Note
    from ongedeeld.measures.undividedness.profile import Profile
    from ongedeeld.measures.undividedness.undivided import Undivided

By = Literal["distance", "nearest"]
AskedProfile = Annotated[
    By | None,
    typer.Option(
        "--profile",
        help="Show how divided own surroundings are, by distance in metres or by number of nearest people; "
        "with --csv, write that.",
    ),
]
AskedScales = Annotated[
    str | None,
    typer.Option("--scales", metavar="NUMBERS", help="Scales of the profile, such as 250,500,1000."),
]
NO_PROFILE = N_("The profile of own surroundings is left out.")
SCALES: dict[By, tuple[float, ...]] = {
    "distance": (250, 500, 1_000, 2_000, 4_000),
    "nearest": (100, 400, 1_600, 6_400),
}


def checked_scales(by: By | None, scales: str | None) -> tuple[float, ...]:
    """The scales that were asked, or those that go with the surroundings; none without a profile."""
    if scales is None:
        return SCALES[by] if by else ()
    if by is None:
        raise InputError(
            N_("--scales goes with a profile"),
            expected=N_("--profile distance with metres, or --profile nearest with numbers of people"),
        )
    try:
        return tuple(float(scale) for scale in scales.split(","))
    except ValueError:
        raise InputError(
            N_("--scales is {value}"),
            expected=N_("numbers with commas between, such as 250,500,1000"),
            value=scales,
        ) from None


def around(
    city: City,
    found: Undivided,
    by: By | None,
    scales: tuple[float, ...],
    *,
    draws: int,
    seed: int,
    needed: bool,
) -> tuple[Profile | None, tuple[Note, ...]]:
    """Theil's H of everybody's own surroundings, of the units of which the City tells where they lie.

    Parameters
    ----------
    city, found
        The City, and what is told of it besides.
    by, scales
        What surroundings were asked; None for none.
    draws, seed
        Of chance.
    needed
        Whether nothing can be done without the profile, for it goes to a file.

    Returns
    -------
    tuple[Profile | None, tuple[Note, ...]]
        Where the City tells of no place at all there is no profile, and notes say so: that takes nothing from
        what else was asked.

    Raises
    ------
    AbsentError
        When it is needed and the City tells of no place.
    """
    from ongedeeld.measures.notes import note
    from ongedeeld.measures.undividedness.located import with_place
    from ongedeeld.measures.undividedness.profile import profile

    if by is None:
        return None, ()
    try:
        placed, points = with_place(city, found.counts)
    except AbsentError as error:
        if needed:
            raise
        texts = (NO_PROFILE, error.problem, error.remedy)
        return None, tuple(note(text, **error.fields) for text in texts)
    radii_m, neighbours = (scales, None) if by == "distance" else (None, scales)
    made = profile(
        placed.counts,
        points,
        radii_m=radii_m,
        neighbours=neighbours,
        group=found.group,
        draws=draws,
        seed=seed,
    )
    return made, (*placed.notes, *made.notes)


def tell_profile(made: Profile, draws: int) -> None:
    """Print the table of a profile."""
    by = made.table.columns[0]
    table(
        N_("How divided own surroundings are: Theil's H"),
        (N_("distance (m)") if by == "radius_m" else N_("nearest people"), N_("people around"), *MEASURED),
        (
            (number(row[by], 0), number(row["surrounding_people"], 0), *measured(row, draws))
            for row in made.table.to_dicts()
        ),
    )
