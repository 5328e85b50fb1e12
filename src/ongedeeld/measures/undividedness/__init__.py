"""How divided or mixed a city is: by whatever group, at whatever scale, how surely, and why it changed.

Plain functions on counts of people by area and group. Each answers with its value, what chance alone gives,
the value freed of chance, an interval, a p-value and what the reader must know.
"""

from __future__ import annotations

from ongedeeld.measures.notes import Note
from ongedeeld.measures.undividedness.change import Change, decompose_change
from ongedeeld.measures.undividedness.compare import Comparison, compare
from ongedeeld.measures.undividedness.counts import Counts, counts_of
from ongedeeld.measures.undividedness.flows import Flows, decompose_flows
from ongedeeld.measures.undividedness.group_sets import GROUP_SETS, GroupSet
from ongedeeld.measures.undividedness.groups import GroupCounts, counts_by_group
from ongedeeld.measures.undividedness.indices import (
    atkinson,
    correlation_ratio,
    dissimilarity,
    exposure,
    gini,
    isolation,
    mutual_information,
    theil_h,
)
from ongedeeld.measures.undividedness.levels import Levels, decompose_levels
from ongedeeld.measures.undividedness.local import (
    entropy,
    local_mutual_information,
    location_quotient,
    simpson_interaction,
)
from ongedeeld.measures.undividedness.located import Located, homes_by, located, points_of
from ongedeeld.measures.undividedness.moves import flows_from_observations, flows_from_tenancies
from ongedeeld.measures.undividedness.profile import Profile, ProfileOptions, profile
from ongedeeld.measures.undividedness.result import AreaResult, Result
from ongedeeld.measures.undividedness.settings import Options
from ongedeeld.measures.undividedness.shares import counts_of_shares
from ongedeeld.measures.undividedness.undivided import Undivided, undivided

__all__ = [
    "GROUP_SETS",
    "AreaResult",
    "Change",
    "Comparison",
    "Counts",
    "Flows",
    "GroupCounts",
    "GroupSet",
    "Levels",
    "Located",
    "Note",
    "Options",
    "Profile",
    "ProfileOptions",
    "Result",
    "Undivided",
    "atkinson",
    "compare",
    "correlation_ratio",
    "counts_by_group",
    "counts_of",
    "counts_of_shares",
    "decompose_change",
    "decompose_flows",
    "decompose_levels",
    "dissimilarity",
    "entropy",
    "exposure",
    "flows_from_observations",
    "flows_from_tenancies",
    "gini",
    "homes_by",
    "isolation",
    "local_mutual_information",
    "located",
    "location_quotient",
    "mutual_information",
    "points_of",
    "profile",
    "simpson_interaction",
    "theil_h",
    "undivided",
]
