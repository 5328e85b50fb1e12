"""Carrying capacity: what asks of a place, what it can bear, and how sure that is.

No threshold and no validated weights are known for what a place can bear. So a card states counts and
shares of a complex, neighbourhood or district, shrunk to the stock by as much as small numbers call for,
with intervals; turns them into scores by a table that anyone can read and replace; and shows load and
capacity side by side, with what is missing and what hangs on the weights.
"""

from ongedeeld.measures.capacity._anonymous import personal_sign, personal_signs
from ongedeeld.measures.capacity.cards import Card, Cards, card, cards, cards_of
from ongedeeld.measures.capacity.indicators import Figures, raw_figures
from ongedeeld.measures.capacity.known import CARD_INDICATORS
from ongedeeld.measures.capacity.moving import Moves, compare_scorings
from ongedeeld.measures.capacity.scoring import ROLE_LABELS, THEME_LABELS, Scoring, load_scoring
from ongedeeld.measures.capacity.shrinkage import Shrunken, shrink_means, shrink_rates, shrink_shares
from ongedeeld.measures.capacity.views import Views, load_views

__all__ = [
    "CARD_INDICATORS",
    "ROLE_LABELS",
    "THEME_LABELS",
    "Card",
    "Cards",
    "Figures",
    "Moves",
    "Scoring",
    "Shrunken",
    "Views",
    "card",
    "cards",
    "cards_of",
    "compare_scorings",
    "load_scoring",
    "load_views",
    "personal_sign",
    "personal_signs",
    "raw_figures",
    "shrink_means",
    "shrink_rates",
    "shrink_shares",
]
