"""What the indices of undividedness are called on screen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ongedeeld.errors import N_

INDEX_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "dissimilarity": N_("dissimilarity (D)"),
        "theil_h": N_("Theil's H"),
        "mutual_information": N_("mutual information (M)"),
        "gini": N_("Gini"),
        "atkinson": N_("Atkinson (b = 0.5)"),
        "simpson_interaction": N_("Simpson interaction"),
        "correlation_ratio": N_("correlation ratio"),
    }
)
