"""What early warning watches: of each indicator where its figures stand and what a rise or fall means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from ongedeeld.errors import N_, InputError

Level = Literal["complex", "neighbourhood"]
LEVELS: tuple[Level, ...] = ("complex", "neighbourhood")
Kind = Literal["observation", "survey", "inspection", "livability"]


@dataclass(frozen=True, slots=True)
class Watched:
    """An indicator of early warning.

    `kind` tells the table that holds it and `key` what it is called there: an observation, the question of a
    survey, what is inspected. Counts are watched for a rise, grades for a fall. `tells` is False for what the
    association itself decides or what one household can bring about: it is tested and shown, and raises no
    alarm. `snapshot` is True for a count of how things stand, which is a share of the homes.
    """

    name: str
    label: str
    kind: Kind
    key: str
    tells: bool = True
    snapshot: bool = False

    @property
    def counted(self) -> bool:
        """Whether it is a count."""
        return self.kind == "observation"

    def at(self, level: Level) -> bool:
        """Whether it exists at this level."""
        return self.kind != "livability" or level == "neighbourhood"


_ALL = (
    Watched(
        "nuisance",
        N_("households that nuisance was reported of, each counted once a quarter"),
        "observation",
        "nuisance_households",
    ),
    Watched("reports", N_("new nuisance cases"), "observation", "nuisance_new", tells=False),
    Watched(
        "arrears", N_("households with rent arrears"), "observation", "arrears_households", snapshot=True
    ),
    Watched("turnover", N_("homes that came free"), "observation", "vacancies"),
    Watched("mediated", N_("lettings by mediation"), "observation", "lettings_mediated", tells=False),
    Watched("survey_safe", N_("grade of residents: feels safe"), "survey", "safe"),
    Watched("survey_nuisance", N_("grade of residents: little nuisance"), "survey", "nuisance"),
    Watched("survey_clean", N_("grade of residents: clean and tidy"), "survey", "clean"),
    Watched("survey_home", N_("grade of residents: feels at home"), "survey", "home"),
    Watched("inspection_clean", N_("inspection by staff: clean"), "inspection", "clean"),
    Watched("inspection_whole", N_("inspection by staff: whole"), "inspection", "whole"),
    Watched("inspection_safe", N_("inspection by staff: safe"), "inspection", "safe"),
    Watched("livability", N_("livability by the Leefbaarometer"), "livability", ""),
)
WATCHED = MappingProxyType({each.name: each for each in _ALL})


def watched(names: Sequence[str] | None, level: Level) -> list[Watched]:
    """The indicators asked for, in their own order; without names all that exist at this level.

    Raises
    ------
    InputError
        For a name that is not watched, or not at this level.
    """
    at_level = [each for each in _ALL if each.at(level)]
    if names is None:
        return at_level
    known = [each.name for each in at_level]
    if strange := [name for name in names if name not in known]:
        raise InputError(
            N_("early warning does not watch '{name}' per {level}"),
            expected=N_("one or more of: {known}"),
            name=strange[0],
            level=level,
            known=", ".join(known),
        )
    if not names:
        raise InputError(
            N_("no indicator is named to watch"),
            expected=N_("one or more of: {known}"),
            remedy=N_("leave the indicators out to watch all of them"),
            known=", ".join(known),
        )
    return [each for each in at_level if each.name in names]


def checked_level(level: str) -> Level:
    """The level, if early warning knows it.

    Raises
    ------
    InputError
        When it does not.
    """
    for known in LEVELS:
        if level == known:
            return known
    raise InputError(
        N_("there is no early warning per {level}"),
        expected=N_("one of: {known}"),
        level=level,
        known=", ".join(LEVELS),
    )
