"""Words that may lead to a person: refused, so that what residents say stays anonymous."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ongedeeld.errors import N_
from ongedeeld.measures.capacity._views_file import Row

_NAME = r"[A-ZÀ-Þ][a-zß-ÿ]+"
_KIN = (
    r"(?i:(?:buur|klein|schoon|stief|pleeg)?(?:man|vrouw|jongen|meisje|zoon|dochter|kind|broer|zus|zusje|moeder|"
    r"vader|ouders)|opa|oma|oom|tante|neef|nicht|vriend|vriendin|partner|"
    r"(?:grand)?(?:son|daughter|mother|father)|brother|sister|husband|wife|uncle|aunt|neighbou?r|friend)"
)
_ORIGIN = (
    r"(?i:marok|turk(?:s|se|en|ije|ish|ey)?\b|syri|somali|eritre|ethiopi|suriname|surinaam|antill|afgha|irak|"
    r"iraq|iraa?n|oekra|ukrai|bulga|roeme|romania|poolse|(?-i:Pools)|polen|polish|poland|"
    r"ghan(?:a|ees)|nigeria|chine|koerd|"
    r"kurd|moluk|indones|palesti|arabi|afrikaan|african|moslim|muslim|islam|joods|jewish|roma\b|sinti|"
    r"buitenland|allochto|autochto|migrant|immigr|vluchteling|refugee|asiel|asylum|statushouder|"
    r"nationalit|afkomst|herkomst|foreign)"
)
_HEALTH = (
    r"(?i:ziekte|zieke?\b|sick\b|ill\b|illness|dement|alzheimer|depress|psychi|psycho|schizo|autis|adhd|"
    r"borderline|verward|kanker|"
    r"cancer|diabet|suiker(?:ziek|pati)|gehandicapt|handicap|disab|rolstoel|wheelchair|verslaa|addict|"
    r"alcohol|drugsgebr|drug us|junk|dronken|dronkaard|drunk|su[iï]cid|zelfmoord|medicijn|medication|diagnos|"
    r"burn-?out|mental(?:ly)? ill)"
)
_SIGNS = (
    (N_("an e-mail address"), r"\S+@\S+\.\w+"),
    (N_("a postcode"), r"\b[1-9]\d{3}\s?[A-Z]{2}\b"),
    (N_("a bank account"), r"\b[A-Z]{2}\d{2}\s?[A-Z]{4}[\d\s]{8,}"),
    (N_("a telephone or citizen service number"), r"(?:\+31|\b0)[\s-]?\d(?:[\s-]?\d){7,9}\b|\b\d{8,9}\b"),
    (N_("a date of birth"), r"\b\d{1,2}[-/ ]\d{1,2}[-/ ](?:19|20)\d{2}\b|\bgeboren\s+(?:op|in)\b"),
    (
        N_("an address"),
        r"\b[A-Z]\w*(?:straat|laan|weg|plein|hof|kade|gracht|singel|dreef|pad|steeg)\s+\d+",
    ),
    (N_("the number of a home"), r"\b(?:huisnummer|nummer|nr\.?|number)\s+\d+"),
    (
        N_("the name of a person"),
        r"\b(?:(?i:meneer|mevrouw|dhr|mevr|mw|mrs?|ms|familie|fam)\b\.?)\s+(?:(?:van|de|der|den|el|al)\s+)*[A-Z]\w+",
    ),
    (N_("the name of a person"), rf"\b{_KIN},?\s+(?:(?i:heet|is called|called|genaamd)\s+)?{_NAME}"),
    (N_("origin, nationality or belief"), rf"\b{_ORIGIN}"),
    (N_("health or addiction"), rf"\b{_HEALTH}"),
)
SIGNS = tuple((what, re.compile(pattern)) for what, pattern in _SIGNS)


def personal_sign(text: str) -> str | None:
    """What in a text looks like personal data, as a text to translate; none where nothing is seen."""
    return next((what for what, _ in personal_signs(text)), None)


def personal_signs(text: str) -> Iterator[tuple[str, str]]:
    """Everything in a text that looks like personal data: what it looks like, and the whole words."""
    for what, sign in SIGNS:
        if found := sign.search(text):
            yield what, _words_of(found)


def _words_of(found: re.Match[str]) -> str:
    text, (begin, end) = found.string, found.span()
    while begin and text[begin - 1].isalnum():
        begin -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[begin:end]


def refuse_personal(row: Row, column: str, text: str) -> None:
    """Refuse a text in which something looks like personal data; it cannot find all of it.

    Raises
    ------
    InputError
        Naming what it looks like; the text itself is not repeated.
    """
    if what := personal_sign(text):
        raise row.refuse(
            N_("this looks like {what}, which leads to a person"),
            column,
            expected=N_("words that lead to nobody"),
            remedy=N_("take it out, with the permission of whoever said it, or leave the words out"),
            what=what,
        )
