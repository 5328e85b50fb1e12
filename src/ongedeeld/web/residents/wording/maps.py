"""The words of the influence map, the opportunity map, and the values, people and wishes of a resident."""

from __future__ import annotations

from ongedeeld.errors import N_

INFLUENCE = {
    "influence.heading": N_("What did one thing do to another?"),
    "influence.lead": N_(
        "You draw how what happened influenced other things. That shows which organisations get in each "
        "other's way, and which help each other."
    ),
    "influence.empty": N_("First put at least two things that happened on your life map."),
    "influence.to_life": N_("Go to your life map"),
    "influence.choose_one": N_("Choose what happened"),
    "influence.from": N_("This happened"),
    "influence.how": N_("What did it do?"),
    "influence.how.helped": N_("It helped"),
    "influence.how.hindered": N_("It hindered"),
    "influence.how.trapped": N_("It held me in"),
    "influence.to": N_("To what?"),
    "influence.words": N_("How did that go?"),
    "influence.words_help": N_("In your own words. You can leave this empty."),
    "influence.draw_heading": N_("Draw an influence"),
    "influence.draw": N_("Draw this"),
    "influence.legend": N_(
        "In the picture you can press two things, one after the other. At the right with + is what helped. "
        "At the left with – is what hindered, and with ↻ what held you in."
    ),
    "influence.picture": N_("A picture of what one thing did to another. The list below it says the same."),
    "influence.choose": N_("Choose: {title}"),
    "influence.first_chosen": N_("You chose “{title}”. Now press what it did something to."),
    "influence.none_chosen": N_("Nothing is chosen."),
    "influence.both_chosen": N_("Now say what it did."),
    "influence.two_things": N_("Choose two different things, and what one did to the other."),
    "influence.kept": N_("That is on your map."),
    "influence.removed": N_("That is off your map."),
    "influence.gone": N_("something that was removed"),
    "influence.as_list": N_("The same as a list"),
    "influence.none_yet": N_("You did not draw anything yet."),
    "influence.said.helped": N_("“{from}” helped “{to}”."),
    "influence.said.hindered": N_("“{from}” hindered “{to}”."),
    "influence.said.trapped": N_("“{from}” held you in “{to}”."),
    "influence.systems": N_("What that says about organisations"),
    "influence.between.helped": N_("Something in {from} helped in {to}."),
    "influence.between.hindered": N_("Something in {from} hindered in {to}."),
    "influence.between.trapped": N_("Something in {from} held you in, in {to}."),
    "influence.within.helped": N_("Within {from}, one thing helped another."),
    "influence.within.hindered": N_("Within {from}, one thing hindered another."),
    "influence.within.trapped": N_("Within {from}, one thing held you in another."),
}

CHANCES = {
    "chances.heading": N_("What could be done together?"),
    "chances.lead": N_(
        "Here is what hindered you or held you in. For each you can write down who could do something "
        "together. You decide what happens with it."
    ),
    "chances.empty": N_("Nothing on your life map hindered you or held you in."),
    "chances.place": N_("Where do you look for help?"),
    "chances.all_places": N_("everywhere"),
    "chances.fetching": N_("Looking up who is near."),
    "chances.no_offers": N_(
        "The list of organisations is still empty here. You can write down your own idea."
    ),
    "chances.not_fetched": N_(
        "The list of organisations cannot be reached now. What you wrote is safe, and you can go on writing."
    ),
    "chances.add": N_("Think of something"),
    "chances.add_to": N_("Think of something for: {title}"),
    "chances.before": N_("This is about: {title}"),
    "chances.who": N_("Who could do something together?"),
    "chances.nobody": N_("For this we know no organisation near you. You can write down your own idea."),
    "chances.words": N_("What could they do?"),
    "chances.words_help": N_("For example: talk with each other first, so that you tell your story once."),
    "chances.tried": N_("What was tried before?"),
    "chances.with": N_("With: {who}"),
    "chances.tried_told": N_("Tried before: {tried}"),
    "chances.removed": N_("That is off your map."),
    "chances.wait.one": N_("{n} day of waiting"),
    "chances.wait.many": N_("{n} days of waiting"),
    "chances.wait_unknown": N_("waiting time not known"),
    "chances.in_a_picture": N_("Who could do something about what"),
    "chances.picture.one": N_("A picture with {n} line from what hindered to who could do something."),
    "chances.picture.many": N_("A picture with {n} lines from what hindered to who could do something."),
}

VALUES = {
    "values.heading": N_("What makes living here worth it for you?"),
    "values.lead": N_("This is about what matters to you, and not about what goes wrong."),
    "values.empty": N_("Nothing is here yet."),
    "values.add": N_("Write something down"),
    "values.removed": N_("That is off your map."),
    "values.words": N_("What matters to you?"),
    "values.words_help": N_("In your own words. Nothing is wrong."),
    "values.theme": N_("Does one of these words fit?"),
    "values.theme_help": N_("You can leave this empty."),
    "values.no_theme": N_("no word"),
    "values.theme.oneself": N_("being myself"),
    "values.theme.safety": N_("being safe"),
    "values.theme.known": N_("being known"),
    "values.theme.meaning": N_("meaning something"),
    "values.theme.control": N_("having a say"),
    "values.theme.beauty": N_("beauty"),
    "values.questions": N_("Questions to begin with"),
    "values.asked.oneself": N_("Where can you be as you are?"),
    "values.asked.safety": N_("Where and when do you feel safe?"),
    "values.asked.known": N_("Who would notice if you were not there?"),
    "values.asked.meaning": N_("For whom or what do you matter here?"),
    "values.asked.control": N_("What do you decide yourself in and around your home?"),
    "values.asked.beauty": N_("What do you like to look at here?"),
}

PEOPLE = {
    "people.heading": N_("What there is"),
    "people.strengths.heading": N_("What can you do well?"),
    "people.strengths.lead": N_("What helped you through, what others ask you for, what you are proud of."),
    "people.strengths.empty": N_("Nothing is here yet."),
    "people.strengths.add": N_("Add what you can do"),
    "people.strengths.removed": N_("That is off your map."),
    "people.strengths.words": N_("What can you do well?"),
    "people.strengths.help": N_("Small things count as well."),
    "people.near.heading": N_("Who is around you?"),
    "people.near.lead": N_("Family, friends, neighbours, somebody at work: on whom can you count?"),
    "people.near.empty": N_("Nobody is here yet."),
    "people.near.add": N_("Add somebody"),
    "people.near.removed": N_("That person is off your map."),
    "people.near.name": N_("Who is it?"),
    "people.near.help": N_("What you call them is enough, such as “my sister”."),
    "people.near.words": N_("What do they do for you, or you for them?"),
    "people.both.heading": N_("Both together"),
    "people.both.there": N_("What is there"),
    "people.both.hard": N_("What is hard"),
    "people.both.nothing": N_("Nothing is written down."),
    "people.wishes.heading": N_("What do you want to be different in a year?"),
    "people.wishes.lead": N_("Think of an ordinary day, a year from now. What do you do then? What is over?"),
    "people.wishes.empty": N_("No wish is here yet."),
    "people.wishes.add": N_("Add a wish"),
    "people.wishes.removed": N_("That wish is off your map."),
    "people.wishes.words": N_("What do you wish?"),
    "people.wishes.help": N_("In your own words."),
    "people.wishes.domain": N_("What is it about?"),
    "people.wishes.no_domain": N_("nothing in particular"),
    "people.wishes.for": N_("for {month}"),
    "people.wishes.was_for": N_("was for {month}: how did it go?"),
}

FIGURES = {
    "figures.heading": N_("What help took"),
    "figures.lead": N_(
        "These figures are counted from your map, on this device. Nobody sees them but you, unless you show "
        "them."
    ),
    "figures.empty": N_("When organisations stand on your life map, you see here what help took."),
    "figures.organisations": N_("Organisations"),
    "figures.organisations_told": N_("{n} in all, {now} now, at most {most} at the same time"),
    "figures.hand_overs": N_("Handed over to another organisation"),
    "figures.returns": N_("Back to where you were before"),
    "figures.waiting": N_("Waiting"),
    "figures.waiting_told": N_("{days} days together, {longest} days at the longest."),
    "figures.waiting_untold": N_("No waiting time stands on your map."),
    "figures.waiting_partly.one": N_("For {n} organisation it is not on your map."),
    "figures.waiting_partly.many": N_("For {n} organisations it is not on your map."),
    "figures.circles": N_("Going round in circles"),
    "figures.circles_told": N_("{circles} circles in what you drew, and {trapped} things that held you in"),
    "figures.times.one": N_("{n} time"),
    "figures.times.many": N_("{n} times"),
    "figures.how": N_("How is this counted?"),
    "figures.how_told": N_(
        "An organisation with the same name counts once. Handed over: in one lane another organisation began "
        "within a year after one had ended. Back: an organisation began again after it had ended. Waiting: "
        "the days that you wrote with an organisation. A circle: things that hindered each other, so that "
        "you came back to where you began."
    ),
}

WORDS = INFLUENCE | CHANCES | VALUES | PEOPLE | FIGURES
"""The text of each key."""
