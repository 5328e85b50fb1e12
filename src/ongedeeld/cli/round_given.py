"""The files that a round is given: read, and run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ongedeeld.errors import N_, InputError, Place

if TYPE_CHECKING:
    import polars as pl

    from ongedeeld.allocation import Round
    from ongedeeld.allocation.effects import Effect
    from ongedeeld.city import City
    from ongedeeld.rules import LawOfDay, Lettings


@dataclass(frozen=True)
class RoundFiles:
    """The files of a round; None where one is not given."""

    vacancies: Path
    seekers: Path
    reactions: Path | None
    lettings: Path | None
    policy: Path | None
    local_policy: Sequence[Path]

    def by_name(self) -> dict[str, Path]:
        """The files that are given, by what they hold."""
        named = {
            **self._lists(),
            "lettings": self.lettings,
            "policy": self.policy,
            **{f"local_policy_{number}": file for number, file in enumerate(self.local_policy, start=1)},
        }
        return {what: file for what, file in named.items() if file is not None}

    def run(self, city: City, day: date, *, seed: int, what_if: bool) -> Round:
        """The round of these files on a day."""
        from ongedeeld.allocation import allocate
        from ongedeeld.allocation.reading import read_so_far
        from ongedeeld.rules import load_law

        law = load_law(*self.local_policy).on(day)
        so_far = None if self.lettings is None else read_so_far(*_cells(self.lettings))
        policy = _effects(self.policy, city, law, so_far, what_if=what_if)
        read = {name: _cells(file) for name, file in self._lists().items() if file is not None}
        frames = {name: frame for name, (frame, _) in read.items()}
        return allocate(
            city,
            frames["vacancies"],
            frames["seekers"],
            law=law,
            policy=policy,
            reactions=frames.get("reactions"),
            so_far=so_far,
            seed=seed,
            what_if=what_if,
            places={name: place for name, (_, place) in read.items()},
        )

    def _lists(self) -> dict[str, Path | None]:
        return {"vacancies": self.vacancies, "seekers": self.seekers, "reactions": self.reactions}


def one_policy(policies: Sequence[Path]) -> Path | None:
    """The one file of a policy, or none; a second does not silently replace the first.

    Raises
    ------
    InputError
        When there is more than one.
    """
    if len(policies) > 1:
        raise InputError(
            N_("a round has one policy, and {count} were given: {files}"),
            expected=N_("--policy once"),
            remedy=N_("put all instruments in one file"),
            count=len(policies),
            files=", ".join(map(str, policies)),
        )
    return policies[0] if policies else None


def _effects(
    policy: Path | None, city: City, law: LawOfDay, so_far: Lettings | None, *, what_if: bool
) -> tuple[Effect, ...]:
    from ongedeeld.allocation import effects_of, read_allocation_policy

    if policy is None:
        return ()
    instruments = read_allocation_policy(policy, city)
    return effects_of(instruments, law.law, city, law.day, so_far=so_far, what_if=what_if)


def _cells(file: Path) -> tuple[pl.DataFrame, Place]:
    """The cells of a file as text, without empty rows at its end, and where they stand."""
    import polars as pl

    from ongedeeld.sources.tabular import read_sheets

    sheet = read_sheets(file)[0]
    frame = sheet.frame
    filled = frame.select(pl.any_horizontal(pl.all().str.strip_chars().fill_null("") != "")).to_series()
    last = filled.arg_true().max()
    rows = frame.head(0 if last is None else int(str(last)) + 1)
    return rows, Place(sheet.path.name, sheet.name, row=sheet.first_row)
