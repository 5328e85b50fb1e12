"""The API in words that people read, beside its description for programs."""

from __future__ import annotations

from ongedeeld.errors import N_

ANSWERS: tuple[tuple[str, str, str], ...] = (
    ("/gebieden", N_("municipality, districts and neighbourhoods"), "niveau, ligtIn"),
    ("/gebieden/{code}", N_("one of these areas"), ""),
    ("/indicatoren", N_("which published figures there are"), ""),
    (
        "/indicatoren/{naam}/waarden",
        N_("a published figure of all places of a level"),
        "niveau, periode",
    ),
    (
        "/maten",
        N_("which measures there are: how mixed places are and, within reach, those of cards"),
        "",
    ),
    ("/maten/{naam}/waarden", N_("a measure of the places within reach"), "niveau, periode"),
    ("/complexkaarten", N_("the cards of the complexes within reach"), ""),
    ("/complexkaarten/{nummer}", N_("the card of one complex"), ""),
    (
        "/signaalaantallen",
        N_("how many signals there were, by kind and quarter, as far as they may be told"),
        "kwartaal, gebied",
    ),
    ("/plannen", N_("plans for areas and complexes"), ""),
    ("/plannen/{sleutel}", N_("one plan with its steps and signs, without who does a step"), ""),
)
"""Every address of the API after its version: what it answers, and by what it can be narrowed."""

STATES: tuple[tuple[str, str], ...] = (
    ("bekend", N_("the value is known, rounded as on the pages")),
    ("bandbreedte", N_("only a range is known: it stands in tekst")),
    ("te-weinig", N_("too few people or homes to tell")),
    ("niet-verteld", N_("known, but telling it would give away too much of few people")),
    ("onbekend", N_("not known")),
)
"""What a value can be; without a known value there is no number."""

PROBLEMS: tuple[tuple[int, str], ...] = (
    (400, N_("a parameter is not as described, or does not exist")),
    (401, N_("there is no token, or it has ended")),
    (403, N_("the role of the token may not read this; the answer tells why")),
    (404, N_("there is no such thing among what may be read")),
    (429, N_("more than 120 questions in a minute")),
    (500, N_("something went wrong here: try again later")),
)
"""What can go wrong, by the status of the answer."""
