"""The table by which figures become scores: readable, with reasons, and to be replaced by one's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.measures.capacity._scoring_file import Table, number_of, one_of, text_of
from ongedeeld.measures.capacity.bands import Bands, bands_of, lies_within
from ongedeeld.measures.capacity.known import CARD_INDICATORS
from ongedeeld.vocabulary import Language
from ongedeeld.vocabulary.evidence import Evidence, load_evidence

FILE = "scoring.toml"
PARTS = ("rules", "weightings", "themes", "bands", "indicator")
ENTRY = ("name", "theme", "role", "weight", "bands", "reason_nl", "reason_en", "evidence")
COUNTED = ("homes", "answers", "inspections", "vacancies")
# Five factors of five themes are 3,125 weightings; more make ranks slow and tell no more.
MOST_FACTORS = 5
Theme = Literal["clean_whole_safe", "nuisance", "financial", "social", "livability"]
Role = Literal["load", "capacity", "outcome", "shown"]

THEMES: tuple[Theme, ...] = get_args(Theme)
THEME_LABELS: Mapping[Theme, str] = MappingProxyType(
    {
        "clean_whole_safe": N_("clean, whole and safe"),
        "nuisance": N_("nuisance"),
        "financial": N_("financial capacity"),
        "social": N_("social capacity"),
        "livability": N_("livability in general"),
    }
)
"""What people see of each theme."""

ROLE_LABELS: Mapping[Role, str] = MappingProxyType(
    {
        "load": N_("load"),
        "capacity": N_("capacity"),
        "outcome": N_("livability, as the outcome"),
        "shown": N_("shown, in no score"),
    }
)
"""What people see of each role of an indicator."""


@dataclass(frozen=True, slots=True)
class ScoredIndicator:
    """How one indicator counts, and why."""

    name: str
    theme: Theme
    role: Role
    weight: float
    bands: Bands
    reason_nl: str
    reason_en: str
    evidence: str

    def reason(self, language: Language) -> str:
        """What people see."""
        return self.reason_nl if language == "nl" else self.reason_en


@dataclass(frozen=True, slots=True)
class Rules:
    """When there is too little to say, and how sure intervals are."""

    fewest: Mapping[str, float]
    known_share: float
    widest: float
    level: float


@dataclass(frozen=True)
class Scoring:
    """A whole table of scoring.

    Parameters
    ----------
    indicators
        By name, in the order of the file.
    themes
        The weight of each theme.
    factors
        The set of weightings: each theme at each of these times its weight.
    rules
        When there is too little to say.
    origin
        The file it came from.
    """

    indicators: Mapping[str, ScoredIndicator]
    themes: Mapping[Theme, float]
    factors: tuple[float, ...]
    rules: Rules
    origin: str

    def evidence(self) -> tuple[str, ...]:
        """The names of the records of evidence it leans on."""
        used = {one.evidence for one in self.indicators.values() if one.role != "shown"}
        return tuple(sorted(used | {"card_weights"}))


def load_scoring(own: str | Path | None = None, evidence: Evidence | None = None) -> Scoring:
    """The table that ships with this version, or one's own in its place.

    Parameters
    ----------
    own
        A TOML file of the form of the shipped `scoring.toml`; it replaces that as a whole.
    evidence
        The records of evidence that may be named; those that ship with this version when not given.

    Returns
    -------
    Scoring

    Raises
    ------
    InputError
        When the file cannot be read; a table lacks bands, or has gaps or overlaps between them; an indicator
        or record of evidence is unknown; or an indicator is counted twice.

    Examples
    --------
    >>> turnover = load_scoring().indicators["turnover"]
    >>> turnover.theme, turnover.role, turnover.bands.by
    ('social', 'load', 'position')
    """
    path = Path(own) if own is not None else None
    table = Table(path or FILE, _read(path))
    bands = {name: bands_of(table, name, value) for name, value in table.tables("bands").items()}
    records = evidence if evidence is not None else load_evidence()
    found: dict[str, ScoredIndicator] = {}
    for entry in table.entries("indicator"):
        one = _indicator(table, entry, bands, records)
        if one.name in found:
            raise table.refuse(
                N_("indicator {indicator} is counted twice"),
                expected=N_("every indicator once, with one role"),
                remedy=N_("take one of the two out"),
                indicator=one.name,
            )
        found[one.name] = one
    _refuse_whole_and_part(table, found)
    table.refuse_unknown(table.tables("themes"), THEMES, "[themes]")
    table.refuse_unknown(table.data, PARTS, N_("a table of scoring"))
    themes = {theme: number_of(table, table.tables("themes"), theme, 0.0) for theme in THEMES}
    return Scoring(
        MappingProxyType(found),
        MappingProxyType(themes),
        _factors(table),
        _rules(table),
        str(path or FILE),
    )


def _read(path: Path | None) -> dict[str, Any]:
    try:
        if path is None:
            text = (files("ongedeeld.measures.capacity") / FILE).read_text(encoding="utf-8")
        else:
            text = path.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            N_("this table of scoring cannot be read: {detail}"),
            place=Place(path or FILE),
            expected=N_("TOML in UTF-8, of the form of the table that ships with this version"),
            remedy=N_("correct the file, or copy the shipped table and change that"),
            detail=getattr(error, "strerror", None) or str(error),
        ) from error


def _positive(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf")


def _factors(table: Table) -> tuple[float, ...]:
    """The set of weightings: the stated weights themselves (1) beside at least one other."""
    weightings = table.tables("weightings")
    table.refuse_unknown(weightings, ("factors",), "[weightings]")
    factors = weightings.get("factors")
    if not isinstance(factors, list) or not factors or not all(_positive(factor) for factor in factors):
        raise table.refuse(
            N_("the set of weightings has no factors"),
            expected=N_("a list of numbers above 0, such as factors = [0.5, 1.0, 2.0]"),
            remedy=N_("give the factors under [weightings]"),
        )
    different = {float(factor) for factor in factors}
    if 1.0 not in different or not 2 <= len(different) <= MOST_FACTORS:
        raise table.refuse(
            N_("the set of weightings shows nothing of other weights, or too many: {factors}"),
            expected=N_("the factor 1 and from one to {most} others, such as factors = [0.5, 1.0, 2.0]"),
            remedy=N_("correct the factors under [weightings]"),
            factors=", ".join(f"{factor:g}" for factor in factors),
            most=MOST_FACTORS - 1,
        )
    return tuple(float(factor) for factor in factors)


def _rules(table: Table) -> Rules:
    rules = table.tables("rules")
    fewest = {counted: number_of(table, rules, f"fewest_{counted}", 1.0) for counted in COUNTED}
    known = (*(f"fewest_{counted}" for counted in COUNTED), "known_share", "widest", "level")
    table.refuse_unknown(rules, known, "[rules]")
    return Rules(
        MappingProxyType(fewest),
        number_of(table, rules, "known_share", 0.0, 1.0),
        number_of(table, rules, "widest", 0.0),
        number_of(table, rules, "level", 0.5, 0.999),
    )


def _indicator(
    table: Table, entry: Mapping[str, Any], bands: Mapping[str, Bands], records: Evidence
) -> ScoredIndicator:
    name = one_of(table, entry, "name", tuple(CARD_INDICATORS), N_("an indicator has no name"))
    table.refuse_unknown(entry, ENTRY, name)
    place = N_("indicator {owner} has no {key}")
    record = one_of(table, entry, "evidence", tuple(records), place, owner=name)
    one = ScoredIndicator(
        name=name,
        theme=one_of(table, entry, "theme", THEMES, place, owner=name),
        role=one_of(table, entry, "role", get_args(Role), place, owner=name),
        weight=number_of(table, {"weight": 1.0, **entry}, "weight", 0.0, owner=name),
        bands=bands[one_of(table, entry, "bands", tuple(bands), place, owner=name)],
        reason_nl=text_of(table, entry, "reason_nl", owner=name),
        reason_en=text_of(table, entry, "reason_en", owner=name),
        evidence=record,
    )
    if one.role != "shown" and (one.theme == "livability") != (one.role == "outcome"):
        raise table.refuse(
            N_("indicator {indicator} has role {role} in theme {theme}"),
            expected=N_("role outcome in the theme livability, which is read against load and capacity; "
                        "load or capacity in the others"),
            remedy=N_("change the role or the theme; with role shown it is on the card and in no score"),
            indicator=name,
            role=one.role,
            theme=one.theme,
        )  # fmt: skip
    _refuse_other_range(table, one)
    return one


def _refuse_whole_and_part(table: Table, found: Mapping[str, ScoredIndicator]) -> None:
    for name, one in found.items():
        whole = CARD_INDICATORS[name].part_of
        if whole is not None and whole in found and one.role != "shown" and found[whole].role != "shown":
            raise table.refuse(
                N_("indicator {part} is a part of {whole}, so that it is counted twice"),
                expected=N_("the whole or its parts, not both"),
                remedy=N_("give one of the two the role shown"),
                part=name,
                whole=whole,
            )


def _refuse_other_range(table: Table, one: ScoredIndicator) -> None:
    """Bands by value must lie within what the indicator can be, or some scores cannot occur."""
    known = CARD_INDICATORS[one.name]
    if lies_within(one.bands, known.least, known.most):
        return
    raise table.refuse(
        N_("the bands of {indicator} lie outside what it can be, {least} to {most}"),
        expected=N_("four limits within that range"),
        remedy=N_("check the unit: shares run from 0 to 1, grades of residents from 1 to 10"),
        indicator=one.name,
        least=known.least,
        most=known.most,
    )
