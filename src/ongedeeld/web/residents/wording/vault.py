"""The words of the scripts that open a map, make its cards and keep it."""

from __future__ import annotations

from ongedeeld.errors import N_

WORDS = {
    "vault.read": N_("{n} of 14 words."),
    "vault.unknown": N_("Word {number}, “{typed}”, is on no card."),
    "vault.meant": N_("Word {number}, “{typed}”, is on no card. Is it “{near}”?"),
    "vault.not_together": N_(
        "Each of these words is on a card, but together they are none. One of them is another than on your "
        "card, or two of them changed places. Put the card beside it, and compare them one by one."
    ),
    "vault.too_many": N_("These are more than 14 words."),
    "vault.check_card": N_("Word {number} of your card"),
    "vault.check_recovery": N_("Word {number} of your second card"),
    "vault.check_new": N_("Word {number} of the new card"),
    "vault.lives": N_("Invented lives"),
    "vault.something": N_("something without words"),
}
