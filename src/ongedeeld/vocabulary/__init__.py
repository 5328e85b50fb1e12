"""What exists and what it is called.

Tables of columns, lists of choices and indicators, each with its unit and its Dutch and English label.
Checks, templates and reference pages are made from them. Nothing here needs more than the standard library.
"""

from ongedeeld.vocabulary.domains import LIFE_DOMAIN_LABELS, LifeDomain
from ongedeeld.vocabulary.evidence import Evidence, load_evidence
from ongedeeld.vocabulary.evidence_records import EffectRange, EvidenceRecord, EvidenceSource
from ongedeeld.vocabulary.indicators import INDICATORS, LIVABILITY, Indicator, LivabilityVersion
from ongedeeld.vocabulary.language import LANGUAGES, Language, language_of, translator
from ongedeeld.vocabulary.spoken import Both, Quantity, grouped
from ongedeeld.vocabulary.tables import CHOICES, TABLES, Choice, Column, Table

__all__ = [
    "CHOICES",
    "INDICATORS",
    "LANGUAGES",
    "LIFE_DOMAIN_LABELS",
    "LIVABILITY",
    "TABLES",
    "Both",
    "Choice",
    "Column",
    "EffectRange",
    "Evidence",
    "EvidenceRecord",
    "EvidenceSource",
    "Indicator",
    "Language",
    "LifeDomain",
    "LivabilityVersion",
    "Quantity",
    "Table",
    "grouped",
    "language_of",
    "load_evidence",
    "translator",
]
