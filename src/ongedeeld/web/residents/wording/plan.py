"""The words of the plan."""

from __future__ import annotations

from ongedeeld.errors import N_

WORDS = {
    "plan.heading": N_("My plan"),
    "plan.what_first": N_(
        "What do you want first? Begin with that. This plan is yours: you decide what stands in it."
    ),
    "plan.write_first": N_("Write what you want first"),
    "plan.first": N_("What I want first"),
    "plan.first_help": N_("In your own words, such as: sleep well again."),
    "plan.who_coordinates": N_("Who keeps the plan together?"),
    "plan.coordinator.resident": N_("I do"),
    "plan.coordinator.association": N_("the housing association"),
    "plan.coordinator.municipality": N_("the municipality"),
    "plan.coordinator.partner": N_("another organisation"),
    "plan.not_needed": N_("You can leave this empty."),
    "plan.name": N_("What is their name?"),
    "plan.contact": N_("How do you reach them?"),
    "plan.empty": N_(
        "Nothing stands in your plan yet. Add what you are up against, and then one step for this week."
    ),
    "plan.first_step": N_("Choose one practical step that can be done within {n} days. A small step counts."),
    "plan.add_issue": N_("Add what you are up against"),
    "plan.issue": N_("What are you up against?"),
    "plan.issue_help": N_("In a few words, such as: the rent is paid too late."),
    "plan.domain": N_("What does it have to do with?"),
    "plan.state": N_("How does it stand?"),
    "plan.issue_state.open": N_("open"),
    "plan.issue_state.working": N_("being worked on"),
    "plan.issue_state.solved": N_("solved"),
    "plan.issue_state.left": N_("left as it is"),
    "plan.add_step": N_("Add a step to this"),
    "plan.step": N_("What is going to be done?"),
    "plan.step_help": N_("Something that somebody can really do, such as: call together about the letter."),
    "plan.who": N_("Who does it?"),
    "plan.who_help": N_("You, somebody near you, or somebody who helps."),
    "plan.by_when": N_("By when?"),
    "plan.by_when_help": N_("The first step best within a week."),
    "plan.step_state.to_do": N_("to be done"),
    "plan.step_state.doing": N_("being done"),
    "plan.step_state.done": N_("done"),
    "plan.step_state.dropped": N_("not needed any more"),
    "plan.obstacle": N_("Which rule is in the way?"),
    "plan.obstacle_help": N_(
        "Only if something stops you. You can ask whoever decides to let the rule give way."
    ),
    "plan.progress": N_("How is it going?"),
    "plan.progress_help": N_("By what do you notice that it gets better?"),
    "plan.by": N_("before {day}"),
    "plan.done_on": N_("on {day}"),
    "plan.late": N_("The day is past. Choose another day, or another step."),
    "plan.this_week": N_("This week."),
    "plan.in_the_way": N_("In the way:"),
    "plan.is_done": N_("Done"),
    "plan.steps_done": N_("{done} of {all} steps done"),
    "plan.missing": N_("Something is not filled in yet."),
    "plan.removed": N_("That was taken out of your plan."),
}
"""The text of each key."""
