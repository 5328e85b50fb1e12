"""What is said beside headroom: what it is, what it assumes, and what one would have to know."""

from __future__ import annotations

from ongedeeld.errors import N_

HEADROOM = N_(
    "Headroom (indicative) of {area}, {start} to {end}: from {low} to {high} lettings with a support "
    "agreement, on top of what was usual, before the chance of a decline of more than {decline} points "
    "exceeds {tolerated} %."
)
HEADROOM_OPEN = N_(
    "Headroom (indicative) of {area}, {start} to {end}: {low} or more lettings with a support agreement, on "
    "top of what was usual, before the chance of a decline of more than {decline} points exceeds "
    "{tolerated} %."
)
LEVEL = N_(
    "The interval runs over the whole range of the estimate and over the {sure} % interval of the expected "
    "change. It ends at the upper limit of the lettings to expect ({lettings} % interval)."
)
LEANS_ON = N_("It leans on the record {record} ({label}): {effect}. Source: {source}.")
LINEAR = N_("Assumed: every letting with support weighs the same, and stays for all of the period.")
USUAL = N_("Assumed: as many such lettings as before are in the forecast already; these come on top.")
TERM = N_(
    "Assumed: what livability may do between {start} and {end} is what it may do in the months ahead; it is "
    "known up to {start}."
)
NO_RANGE = N_(
    "The estimate is stated without a range, so the interval is narrower than what is known allows."
)
ALREADY = N_("The chance of such a decline may exceed {tolerated} % without any such letting.")
CAPPED = N_(
    "No more than {most} homes are likely to come free; only that ends the interval, not what is known of "
    "livability."
)
SIGNALS = N_(
    "It signals and does not prove: it is no norm and no quota, and gives no reason to turn anybody away. "
    "What adds capacity adds room."
)

NOT_SUPPORTED = N_(
    "What a letting with a support agreement does to livability: the record {record} is graded '{grade}', "
    "too little to reckon with."
)
OWN_ESTIMATE = N_(
    "It can be told once research says so, or the association states its own estimate with a source."
)
NO_FIGURE = N_(
    "What a letting with a support agreement does, in points of the Leefbaarometer: no figure is known."
)
OTHER_UNIT = N_(
    "The effect in {record} has the unit {unit}; needed are points of the Leefbaarometer when the share of "
    "homes goes from 0 to 1."
)
NO_FORECAST = N_("How livability moves in {area}: it has no forecast.")
NO_HOMES = N_("How many homes {area} has: the indicator 'dwellings' is not known.")
