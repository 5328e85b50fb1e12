"""Words that do not belong in a signal: what somebody has, where they come from, what the police knows.

A note is stopped with an explanation and a better wording: what was seen says more than what it is taken for.
The check finds much and not all; the hint above every field says what belongs there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.capacity import personal_signs
from ongedeeld.web.safeguards.words import POLICE
from ongedeeld.web.signals.reporting.harmless_words import names_citizen_number, without_harmless

HINT = N_(
    "Write what you saw or what the resident told you, as you would say it with them beside you. No illness, "
    "origin, police matter or citizen service number."
)


@dataclass(frozen=True)
class Stopped:
    """Why words are stopped.

    Parameters
    ----------
    what
        What they look like, to be translated.
    why
        Why that is not kept.
    better
        What to write instead.
    words
        The words themselves, for who wrote them.
    """

    what: str
    why: str
    better: str
    words: str


_HEALTH, _ORIGIN, _POLICE = "health or addiction", "origin, nationality or belief", "police"
_SEXUAL = "sexual orientation"
_TOLD = {
    _HEALTH: (
        N_("an illness or addiction"),
        N_("we are no doctors, and health data may not be kept (UAVG 22)"),
        N_(
            "write what you saw or heard, such as: did not know which day it was, did not open the door, "
            "asked for help"
        ),
    ),
    _ORIGIN: (
        N_("origin, nationality or belief"),
        N_("that never matters for help, and may not be kept (UAVG 25)"),
        N_("leave it out, or write what was needed, such as: asks for an interpreter"),
    ),
    _SEXUAL: (
        N_("sexual orientation"),
        N_("that never matters for help, and may not be kept (UAVG 22)"),
        N_("leave it out"),
    ),
    _POLICE: (
        N_("a police matter"),
        N_("criminal data may not be kept (UAVG 31)"),
        N_("write what you saw yourself; where there is danger, call the police"),
    ),
}
_NUMBER = (
    N_("a citizen service number"),
    N_("a landlord may not keep it (UAVG 46)"),
    N_("leave the number out; the address is enough"),
)
_MORE = (
    (
        _HEALTH,
        re.compile(
            r"\b(?:zwakbegaafd|verstandelijk\w* beperk|gestoord|manisch|bipolair|hoarder|trauma\b|"
            r"verzamelstoornis|verzamelwoede|ggz|ptss|ptsd|paranoi|hiv\b|insane|hoarding disorder|"
            r"\w+verslaa|\w*verslav|\w+kanker\b|\w*patiënt|parkinson|beroerte|hersenbloeding|delier|tumor|"
            r"epilep|copd\b|anorexi|boulimi|syndroom van|corona\b|covid|blowt\b|blowen\b|aan de drugs|"
            r"zwanger|pregnan|korsakov|smetvrees|hartaanval|hartinfarct|geestesziek|mongool|"
            r"(?:angst|dwang|eet|gedrags|persoonlijkheids|slaap|stemmings|stress)stoornis|drankprobl|drugsprobl|"
            r"zuip|drinkt (?:te|zo|heel|erg) veel|drugs gebruik|gebruikt (?:\w+ )?drugs|coke\b|coca[iï]ne|"
            r"hero[iï]ne\b|methadon|medicatie|heart attack|drinks too much|anxiety disorder)\w*",
            re.IGNORECASE,
        ),
    ),
    (_HEALTH, re.compile(r"\b(?:LVB|MS|ASS)\b")),
    (_POLICE, re.compile(r"\bTBS\b")),
    (
        _ORIGIN,
        re.compile(
            r"\b(?:zigeuner|hoofddoek|boerka|burka|burqa|ni[kq]aab?b\b|keppel(?:tje)?\b|morocc|oost-?europea|"
            r"eastern europea|(?:zwarte|blanke|getinte|donkere) "
            r"(?:man|vrouw|jongen|meisje|buurman|buurvrouw|bewoner))\w*",
            re.IGNORECASE,
        ),
    ),
    (_ORIGIN, re.compile(r"\b(?:een|die|deze|twee|drie) (?:Pool|Polen)\b")),
    (
        _SEXUAL,
        re.compile(
            r"\b(?:homo\b|homo's\b|homoseks|lesbi|biseks|transgender|trans ?(?:man|vrouw)\b|gay\b)\w*",
            re.IGNORECASE,
        ),
    ),
    (_POLICE, POLICE),
    (
        _POLICE,
        re.compile(
            r"\b(?:drugsdeal|drugshandel|dealt\b|dealer|crimin|hennep|wiet(?:plantage|kwekerij)|inbreker|"
            r"dief\b|drug deal|burglar|thief\b|bekend(?:e van|en van| bij) (?:de )?politie|gevangenis|"
            r"gedetineerd|enkelband|huiselijk geweld|aangifte (?:gedaan|van)|domestic violence|"
            r"wapenbezit|zedendeli|pedofiel|known to the police|opgepakt door|is opgepakt|vastgezeten|"
            r"in de (?:bak|bajes|cel) gezeten|gezocht door de politie|mishandel|"
            r"slaat (?:\w+ )?(?:zijn|haar|hun) (?:man|vrouw|kind|zoon|dochter|partner|vriend|moeder|vader)|"
            r"wanted by the police|beats (?:his|her) (?:wife|husband|child))\w*",
            re.IGNORECASE,
        ),
    ),
)
_STREET = re.compile(r"\b\w+(?:straat|plein|laan|gracht|kade|singel|dreef)\b", re.IGNORECASE)
"""A street may be called after a country or an illness, and tells of nobody."""


def stopped_in(text: str) -> Iterator[Stopped]:
    """Everything in a text for which it is stopped."""
    told = without_harmless(_STREET.sub(" ", text))
    for what, words in personal_signs(told):
        if what in _TOLD:
            yield Stopped(*_TOLD[what], words)
    for what, sign in _MORE:
        if found := sign.search(told):
            yield Stopped(*_TOLD[what], found.group())
    if names_citizen_number(text):
        yield Stopped(*_NUMBER, "")


def refusals(text: str) -> list[InputError]:
    """Every reason to refuse a note: which words look like what, why that is not kept, and better ones."""
    return [_refusal(one) for one in stopped_in(text)]


def refuse_words(text: str) -> None:
    """Refuse a note with words that do not belong in a signal.

    Raises
    ------
    InputError
        The first of its :func:`refusals`.
    """
    for refusal in refusals(text):
        raise refusal


def _refusal(stopped: Stopped) -> InputError:
    problem = (
        N_("“{words}” looks like {what}: {why}") if stopped.words else N_("this looks like {what}: {why}")
    )
    return InputError(problem, remedy=stopped.better, words=stopped.words, what=stopped.what, why=stopped.why)
