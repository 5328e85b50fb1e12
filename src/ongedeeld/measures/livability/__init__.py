"""Livability as the Leefbaarometer tells it: level, what drives it, how it moves, and where it stands."""

from ongedeeld.measures.livability.scores import REST, Livability, changes, livability, rank_among
from ongedeeld.measures.livability.similar import Likeness, Similar

__all__ = ["REST", "Likeness", "Livability", "Similar", "changes", "livability", "rank_among"]
