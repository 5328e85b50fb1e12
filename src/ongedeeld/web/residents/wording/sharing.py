"""The words of sharing."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.residents.sharing.contents import FIELDS, THEMES

WORDS = {
    **{
        f"sharing.field.{kind}.{name}": label
        for kind, fields in FIELDS.items()
        for name, label in fields.items()
    },
    **{f"sharing.theme.{theme}": label for theme, label in THEMES.items()},
    "sharing.things": N_("What you can share"),
    "sharing.free": N_(
        "You never have to share anything. It does not count for a home, and you can take it back at once."
    ),
    "sharing.nothing": N_("There is nothing to share yet. Write something in your map or your plan first."),
    "sharing.only_your_own": N_(
        "This is an example. From a map of your own you can share one thing at a time."
    ),
    "sharing.kind.step": N_("Steps of your plan"),
    "sharing.kind.issue": N_("What you are up against"),
    "sharing.kind.event": N_("What happened"),
    "sharing.kind.wish": N_("Wishes"),
    "sharing.kind.value": N_("What makes living here worth it"),
    "sharing.share": N_("Share"),
    "sharing.share_this": N_("Share: {name}"),
    "sharing.do": N_("Share this"),
    "sharing.what": N_("What will they read?"),
    "sharing.what_help": N_("Only this. Take away what they do not need."),
    "sharing.whom": N_("Who may read it?"),
    "sharing.nobody_yet": N_("Look for somebody by their name first."),
    "sharing.somebody_else": N_("Somebody of the housing association"),
    "sharing.name": N_("The whole name, as it stands on their card"),
    "sharing.name_help": N_("Such as: Sanne de Vries."),
    "sharing.find": N_("Look for them"),
    "sharing.not_found": N_("Nobody with this name can read it. Look whether you wrote the whole name."),
    "sharing.for_what": N_("What may they use it for?"),
    "sharing.purpose.know": N_("To know what matters to me"),
    "sharing.purpose.help": N_("To help me with this"),
    "sharing.purpose.coordinate": N_("To keep my plan together with me"),
    "sharing.purpose.breakthrough": N_("To ask whoever decides that a rule gives way"),
    "sharing.until": N_("Until when?"),
    "sharing.until_help": N_("After this day nobody can read it any more. At most a year."),
    "sharing.from": N_("How do they know that it is yours?"),
    "sharing.from_help": N_("Your name or your address."),
    "sharing.goes_on": N_(
        "Whoever decides then reads this step too. If there is no answer within ten working days, a director "
        "reads it."
    ),
    "sharing.why.rule": N_("Which rule is in the way?"),
    "sharing.why.one": N_("Why should it give way? One of these is enough."),
    "sharing.why.law": N_("What is the rule meant for, and why does it not fit here?"),
    "sharing.why.involvement": N_("What do you and the people around you do yourselves?"),
    "sharing.why.gain": N_("What gets better when the rule gives way?"),
    "sharing.missing.receiver": N_("Choose who may read it."),
    "sharing.missing.purpose": N_("Choose what they may use it for."),
    "sharing.missing.until": N_("Choose until when they may read it."),
    "sharing.missing.then": N_("Choose a day from {first} to {last}. You can always share it longer later."),
    "sharing.missing.from": N_("Write how they know that it is yours."),
    "sharing.missing.rule": N_("Write which rule is in the way."),
    "sharing.missing.reason": N_("Write at least one reason."),
    "sharing.no_connection": N_("There is no connection. Nothing was shared or changed."),
    "sharing.shared_with": N_("{name} may read this until and including {day}."),
    "sharing.changed_since": N_("You changed it since."),
    "sharing.send_anew": N_("Let them read the change"),
}
"""The text of each key."""
