"""Words that more than one view uses."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS

WORDS = {
    **{f"domain.{domain}": label for domain, label in LIFE_DOMAIN_LABELS.items()},
    "domain.other": N_("something else"),
    "effect.helped": N_("helped"),
    "effect.hindered": N_("hindered"),
    "effect.trapped": N_("held me in"),
    "effect.nothing": N_("did nothing"),
    "do.save": N_("Save"),
    "do.cancel": N_("Cancel"),
    "do.change": N_("Change"),
    "do.remove": N_("Remove"),
    "do.undo": N_("Undo this"),
    "do.change_this": N_("Change: {name}"),
    "do.remove_this": N_("Remove: {name}"),
}
"""The text of each key."""
