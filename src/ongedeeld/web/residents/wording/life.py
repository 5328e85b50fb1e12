"""The words of the life map: the picture, the list, and the forms in which something is told."""

from __future__ import annotations

from ongedeeld.errors import N_

WORDS = {
    "life.heading": N_("My life map"),
    "life.sheet_title": N_("Life map"),
    "life.file": N_("life-map"),
    # What the map tells in words.
    "life.empty": N_("Your map is still empty."),
    "life.start": N_(
        "Begin with something you still know well. You need not know a date: a year is enough. "
        "You can always change or remove it."
    ),
    "life.begin_home": N_("I came to live here"),
    "life.begin_work": N_("I got a job, or lost it"),
    "life.begin_person": N_("Somebody helped me"),
    "life.since_year": N_("Your map begins in {year}."),
    "life.counted": N_("There are {events} on it and {organisations}."),
    "life.events.one": N_("{n} event"),
    "life.events.many": N_("{n} events"),
    "life.organisations.one": N_("{n} organisation"),
    "life.organisations.many": N_("{n} organisations"),
    "life.so": N_("So far {list}."),
    "life.times_helped.one": N_("something helped once"),
    "life.times_helped.many": N_("something helped {n} times"),
    "life.times_hindered.one": N_("something hindered you once"),
    "life.times_hindered.many": N_("something hindered you {n} times"),
    "life.times_trapped.one": N_("something held you in once"),
    "life.times_trapped.many": N_("something held you in {n} times"),
    "life.from_until": N_("{from} to {until}"),
    "life.since": N_("since {from}"),
    "life.waited.one": N_("waited {n} day"),
    "life.waited.many": N_("waited {n} days"),
    "life.in_sight": N_("You see {from} to {until}"),
    "life.elsewhere": N_("other"),
    "life.today": N_("today"),
    "life.together.one": N_("{n} event. Press to come nearer."),
    "life.together.many": N_("{n} events close together. Press to come nearer."),
    "life.turning": N_("turning point"),
    "life.waiting": N_("waiting for help"),
    # What one can do with it.
    "life.add_event": N_("Add an event"),
    "life.add_organisation": N_("Add an organisation"),
    "life.undo": N_("Undo"),
    "life.undo_done": N_("The last change was undone."),
    "life.undo_none": N_("There is nothing to undo."),
    "life.redo": N_("Redo"),
    "life.redo_done": N_("The change was made again."),
    "life.redo_none": N_("There is nothing to make again."),
    "life.removed": N_("It was removed. With Undo it comes back."),
    "life.kept": N_("It is on your map."),
    "life.lanes": N_("Change lanes"),
    "life.sides": N_("How you see it"),
    "life.as_map": N_("Map"),
    "life.as_list": N_("List"),
    "life.zoom": N_("Closer or further away"),
    "life.nearer": N_("Closer"),
    "life.farther": N_("Further"),
    "life.whole": N_("Whole life"),
    "life.legend": N_("What the shapes mean"),
    "life.map_label": N_("Life map. Walk with the arrow keys, and open with Enter."),
    "life.how_title": N_("How does this map work?"),
    "life.how": N_(
        "Press an empty place to add something there, or press something to change it. Drag the map to look "
        "earlier or later. With two fingers, or with Ctrl and the wheel of the mouse, you look closer. With "
        "the keyboard: arrow keys to walk, Enter to open, + and - to look closer or further."
    ),
    "life.organisations_heading": N_("Organisations and people who helped"),
    "life.contact_is": N_("Contact: {contact}"),
    # Paper and pictures.
    "life.keep": N_("On paper or as a picture"),
    "life.keep_help": N_(
        "Your browser makes it on this device. Whoever has the paper or the file can read it."
    ),
    "life.print": N_("Print on A3"),
    "life.print_large": N_("Print in large letters"),
    "life.save_png": N_("Save as a picture"),
    "life.save_svg": N_("Save as a drawing"),
    # An event.
    "life.new_event": N_("What happened?"),
    "life.change_event": N_("Change this event"),
    "life.what": N_("What happened, in a few words"),
    "life.what_help": N_("For example: moved house, lost my job, became ill."),
    "life.when": N_("When was it?"),
    "life.when_help": N_("A year is enough. You may leave out the month and the day."),
    "life.until": N_("Until when?"),
    "life.year": N_("Year"),
    "life.month": N_("Month"),
    "life.not_known": N_("I do not know"),
    "life.day": N_("Day"),
    "life.lasted": N_("It lasted for some time"),
    "life.lane": N_("What did it have to do with?"),
    "life.effect": N_("What did the help or the rules do for you?"),
    "life.effect_helped": N_("It helped me forward"),
    "life.effect_hindered": N_("It hindered me"),
    "life.effect_trapped": N_("It held me in: I could not get out"),
    "life.effect_nothing": N_("It did nothing, or that is not what it is about"),
    "life.felt": N_("How did it feel?"),
    "life.felt_help": N_("One line, in your own words. You may leave it empty."),
    "life.turning_long": N_("This was a turning point in my life"),
    "life.mattered": N_("What mattered to you then?"),
    "life.who": N_("Who had to do with it?"),
    "life.nobody": N_("nobody, or I do not say"),
    "life.somebody_new": N_("somebody who is not on my map yet"),
    "life.who_name": N_("Name of the organisation or person"),
    # An organisation.
    "life.new_organisation": N_("Who was there?"),
    "life.change_organisation": N_("Change this organisation"),
    "life.name": N_("Name"),
    "life.name_help": N_("An organisation, a team, or a person who helped you."),
    "life.there_from": N_("From when?"),
    "life.still": N_("Still there now"),
    "life.waited_days": N_("How many days did you wait for it?"),
    "life.waited_help": N_("A month is about 30 days, a year is 365. Leave it empty if you do not know."),
    "life.contact": N_("Name or phone number of your contact"),
    # Lanes.
    "life.lane_name": N_("Name of the lane {name}"),
    "life.lane_up": N_("Up"),
    "life.lane_down": N_("Down"),
    "life.lane_new": N_("A lane of your own"),
    "life.lane_new_help": N_("For example: children, faith, music. Leave it empty if you do not need one."),
    # Earlier versions.
    "life.versions": N_("Earlier versions"),
    "life.versions_wait": N_("Earlier versions are being fetched."),
    "life.versions_none": N_("There are no earlier versions."),
    "life.versions_unreachable": N_(
        "Earlier versions cannot be fetched now. Try again when there is a connection."
    ),
    "life.written": N_("Written on {when}"),
    "life.put_back": N_("Put this version back"),
    # What has to be mended.
    "life.needs_words": N_("Write in a few words what happened."),
    "life.needs_name": N_("Write a name."),
    "life.needs_year": N_("Fill in a year of four digits, for example 2015. Does this day exist?"),
    "life.ends_before": N_("The end is before the beginning. Change one of the two."),
    "life.needs_days": N_("Fill in a number of days, for example 30."),
    "life.not_kept": N_("This could not be kept. What you typed is still here: try again."),
}
"""The text of each key."""
