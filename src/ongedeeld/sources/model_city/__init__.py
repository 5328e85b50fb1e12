"""Voorbeeldstad: an invented city with which to try, teach and test everything.

Nothing in it is of a real place or person. Its mechanisms are believable rather than estimated: homes of the
association stand together; more of them fall vacant in some complexes, and more of those are let by
mediation; one or two households per complex cause most nuisance, and most of them came by an ordinary
letting; where pressure on a neighbourhood rises, nuisance, grades, departures and livability follow one after
the other.
"""

from ongedeeld.sources.model_city.effects import Effect, EffectKind
from ongedeeld.sources.model_city.model import model_city, turning_points
from ongedeeld.sources.model_city.story import TurningPoints

__all__ = ["Effect", "EffectKind", "TurningPoints", "model_city", "turning_points"]
