"""The words of giving a copy of a life for learning."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.partners.models import Organisation

WORDS = {
    **{f"sort.{sort}": label for sort, label in Organisation.Kind.choices},
    "sort.none": N_("no organisation"),
    "sort.unsaid": N_("an organisation, not told which"),
    "giving.heading": N_("Let others learn from your map"),
    "giving.lead": N_(
        "You can give a copy of your map without your words, without names and without days. Together with "
        "copies of others it shows where people get stuck."
    ),
    "giving.no_duty": N_("You decide. Nothing changes for you or your home if you don't."),
    "giving.no_words": N_(
        "In the copy is only: what it was about, what kind of organisation it was, what that did, and "
        "roughly how long it took."
    ),
    "giving.with_others": N_(
        "Nobody at the housing association sees your copy. They see numbers of at least ten maps together, "
        "rounded."
    ),
    "giving.taken_back": N_(
        "You can take your copy back as long as your map is there. Numbers that were shown before stay as "
        "they were."
    ),
    "giving.empty": N_("There is nothing on your map to learn from yet."),
    "giving.sorts": N_("What kind of organisation is it?"),
    "giving.sorts_help": N_("The names stay with you. You can leave this open."),
    "giving.unsaid": N_("I don't say"),
    "giving.this_goes": N_("This is all that goes"),
    "giving.effects": N_("What happened"),
    "giving.influences": N_("What one did to another"),
    "giving.chances": N_("Who could do something"),
    "giving.length.moment": N_("short"),
    "giving.length.months": N_("months"),
    "giving.length.years": N_("longer than a year"),
    "giving.first": N_("this hindered first"),
    "giving.yes": N_("Yes, I give this copy, so that the association can learn from it."),
    "giving.give": N_("Give this copy"),
    "giving.thanks": N_("Thank you. Your copy has come."),
    "giving.given": N_("You gave a copy of your map."),
    "giving.take_back": N_("Take my copy back"),
    "giving.taken": N_("Your copy is removed."),
    "giving.perhaps": N_(
        "There was no answer. It may be that your copy came. To be sure, take it back and give it again "
        "later."
    ),
    "giving.no_connection": N_("There is no connection now. Try it again later; nothing has changed."),
}
"""The text of each key."""
