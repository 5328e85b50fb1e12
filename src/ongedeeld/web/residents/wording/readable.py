"""The words of all of a map as one page to keep."""

from __future__ import annotations

from ongedeeld.errors import N_

WORDS = {
    "readable.heading": N_("Everything, to read yourself"),
    "readable.lead": N_(
        "You get a page with all that you wrote, made on this device. Whoever finds it can read it. So save "
        "it on a device of your own, not on that of somebody else."
    ),
    "readable.save": N_("Save as a page that I can read"),
    "readable.saved": N_("The page is among your downloads."),
    "readable.file": N_("my-map"),
    "readable.title": N_("My map"),
    "readable.made": N_("Written on {day}."),
    "readable.part.event": N_("What happened"),
    "readable.part.organisation": N_("Who was there"),
    "readable.part.influence": N_("What one thing did to another"),
    "readable.part.chance": N_("What could be done together"),
    "readable.part.value": N_("What matters to me"),
    "readable.part.strength": N_("What I am good at"),
    "readable.part.person": N_("People around me"),
    "readable.part.wish": N_("What I wish for"),
    "readable.part.plan": N_("What I want first"),
    "readable.part.issue": N_("What I run into"),
    "readable.part.step": N_("The steps of my plan"),
}
"""The text of each key."""
