"""Early warning: which complexes and neighbourhoods worsen by more than chance, and which stand out now.

`warn` compares the last year of every place with the years before and with the rest of the stock. Counts are
tested exactly, what places ordinarily waver is learnt from all of them, and the share of false alarms is held
at a stated rate. It signals and explains nothing, and says nothing of people.
"""

from ongedeeld.measures.capacity.warning.false_discovery import benjamini_hochberg, benjamini_yekutieli
from ongedeeld.measures.capacity.warning.funnel import Funnel, count_funnel, grade_funnel
from ongedeeld.measures.capacity.warning.result import Outcome, Warnings
from ongedeeld.measures.capacity.warning.warn import warn
from ongedeeld.measures.capacity.warning.watched import WATCHED, Watched

__all__ = [
    "WATCHED",
    "Funnel",
    "Outcome",
    "Warnings",
    "Watched",
    "benjamini_hochberg",
    "benjamini_yekutieli",
    "count_funnel",
    "grade_funnel",
    "warn",
]
