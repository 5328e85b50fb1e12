"""What an evidence record is: an assumption with its effect, where it was found, its sources and grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from ongedeeld.errors import N_, Translate
from ongedeeld.vocabulary.language import language_of
from ongedeeld.vocabulary.spoken import Both, grouped

EvidenceGrade = Literal["strong", "some", "weak", "contested", "none"]
Direction = Literal["better", "worse", "no_effect", "mixed", "not_known", "descriptive"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word that a record may use: what people see, and what it stands for."""

    label: Both
    meaning: Both


GRADES: Mapping[str, Term] = MappingProxyType(
    {
        "strong": Term(
            Both("sterk", "strong"),
            Both(
                "telling van (bijna) alle gevallen, of onafhankelijke onderzoeken met vergelijking die "
                "overeenstemmen",
                "a count of all or nearly all cases, or independent studies with a comparison that agree",
            ),
        ),
        "some": Term(
            Both("redelijk", "some"),
            Both(
                "één degelijk onderzoek met een vergelijking, of een grote meting die te herhalen is",
                "one sound study with a comparison, or a large measurement that can be repeated",
            ),
        ),
        "weak": Term(
            Both("zwak", "weak"),
            Both(
                "onderzoek zonder vergelijking, klein of oud, of het oordeel van deskundigen of de praktijk",
                "a study without comparison, small or old, or the judgement of experts or practice",
            ),
        ),
        "contested": Term(
            Both("omstreden", "contested"),
            Both(
                "onderzoeken of deskundigen spreken elkaar tegen, of de rechtmatigheid of eerlijkheid is in "
                "geschil",
                "studies or experts contradict each other, or its lawfulness or fairness is disputed",
            ),
        ),
        "none": Term(
            Both("geen", "none"),
            Both(
                "in gebruik of aangenomen, maar een meting is niet gevonden",
                "in use or believed, but no measurement was found",
            ),
        ),
    }
)
DIRECTIONS: Mapping[str, Both] = MappingProxyType(
    {
        "better": Both("gunstig", "favourable"),
        "worse": Both("ongunstig", "unfavourable"),
        "no_effect": Both("geen aantoonbaar verschil", "no demonstrable difference"),
        "mixed": Both("wisselend", "mixed"),
        "not_known": Both("niet bekend", "not known"),
        "descriptive": Both("beschrijft", "describes"),
    }
)


@dataclass(frozen=True, slots=True)
class EffectUnit:
    """A unit of an effect: what a value is multiplied by when it is shown, and the words behind it."""

    factor: float
    label: Both


EFFECT_UNITS: Mapping[str, EffectUnit] = MappingProxyType(
    {
        "share": EffectUnit(100, Both("%", "%")),
        "ratio": EffectUnit(1, Both("keer", "times")),
        "count": EffectUnit(1, Both("", "")),
        "cents": EffectUnit(0.01, Both("euro", "euros")),
        "years": EffectUnit(1, Both("jaar", "years")),
        "grade_1_10": EffectUnit(1, Both("op een schaal van 1 tot 10", "on a scale from 1 to 10")),
        "per_1000_per_month": EffectUnit(
            1, Both("per 1000 inwoners per maand", "per 1000 residents per month")
        ),
        "score": EffectUnit(1, Both("punten op de Leefbaarometer", "points on the Leefbaarometer")),
        "score_per_share": EffectUnit(
            1,
            Both(
                "punten op de Leefbaarometer als het aandeel van 0 naar 1 gaat",
                "points on the Leefbaarometer when the share goes from 0 to 1",
            ),
        ),
    }
)
_LADDER = ("weak", "some", "strong")


@dataclass(frozen=True, slots=True)
class EffectRange:
    """How much, from `low` to `high`, in a unit of `EFFECT_UNITS`; `of` tells what the figure counts.

    >>> EffectRange(0.17, 0.17, "share", Both("meldingen", "signals")).say(str)
    '17 %'
    """

    low: float
    high: float
    unit: str
    of: Both

    def say(self, translate: Translate) -> str:
        """The figure or range with its unit, in the language of `translate`."""
        unit, language = EFFECT_UNITS[self.unit], language_of(translate)
        low, high = (grouped(float(value) * unit.factor, language) for value in (self.low, self.high))
        amount = low if low == high else translate(N_("{low} to {high}")).format(low=low, high=high)
        return f"{amount} {unit.label.say(translate)}".rstrip()


@dataclass(frozen=True, slots=True)
class EvidenceSource:
    """A publication: its title, its address if it has one, and its year.

    `year` is that of publication; of a page without a date it is the year in which it was read (`undated`).
    """

    title: str
    url: str
    year: int
    undated: bool

    def say_year(self, translate: Translate) -> str:
        """The year, or in which year an undated page was read."""
        return translate(N_("read in {year}")).format(year=self.year) if self.undated else str(self.year)


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """An assumption that can be weighed: what is claimed, how sure it is and what it may not be used for.

    Parameters
    ----------
    name
        What other parts of the program call it.
    label, claim
        A few words, and the whole claim.
    direction
        What it means for the livability of a place: one of `DIRECTIONS`.
    effect
        A figure or range; none where no figure was found, which is not zero.
    found_where
        Among whom or where it was found.
    sources
        At least one.
    grade
        How well it is supported: one of `GRADES`.
    not_for
        What it may not be used for.
    origin
        The file of the user it stands in; none for a record that ships with this version.
    reason
        Why it goes before the shipped record of its name, which is then in `overruled`.
    """

    name: str
    label: Both
    claim: Both
    direction: Direction
    effect: EffectRange | None
    found_where: Both
    sources: tuple[EvidenceSource, ...]
    grade: EvidenceGrade
    not_for: Both
    origin: Path | None = None
    reason: Both | None = None
    overruled: EvidenceRecord | None = None

    @property
    def own_estimate(self) -> bool:
        """Whether it is a figure that the user states, with its source."""
        return self.origin is not None and self.effect is not None

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year in which its sources were published, or else read."""
        dated = [source.year for source in self.sources if not source.undated]
        years = dated or [source.year for source in self.sources]
        return min(years), max(years)

    def say_years(self, translate: Translate) -> str:
        """The years of its sources in words."""
        if all(source.undated for source in self.sources):
            return self.sources[0].say_year(translate)
        first, last = self.years
        return str(first) if first == last else f"{first}-{last}"

    def supports(self, at_least: Literal["strong", "some", "weak"] = "some") -> bool:
        """Whether a reckoning may lean on it.

        It may when the record is graded at least so, or when the user states an estimate of their own with
        its source. What is contested, or was never measured, carries nothing. Whether there is a figure to
        reckon with is another matter: see `effect`.
        """
        if self.own_estimate:
            return True
        return self.grade in _LADDER and _LADDER.index(self.grade) >= _LADDER.index(at_least)
