"""Words that may lead to a person: refused, so that what residents say stays anonymous."""

from __future__ import annotations

import re

from ongedeeld.errors import N_
from ongedeeld.measures.capacity._views_file import Row

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
)
SIGNS = tuple((what, re.compile(pattern)) for what, pattern in _SIGNS)


def refuse_personal(row: Row, column: str, text: str) -> None:
    """Refuse a text in which something looks like personal data; it cannot find all of it.

    Raises
    ------
    InputError
        Naming what it looks like; the text itself is not repeated.
    """
    for what, sign in SIGNS:
        if sign.search(text):
            raise row.refuse(
                N_("this looks like {what}, which leads to a person"),
                column,
                expected=N_("words that lead to nobody"),
                remedy=N_("take it out, with the permission of whoever said it, or leave the words out"),
                what=what,
            )
