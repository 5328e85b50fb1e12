"""What may stand in a cell of a table that goes out: the words themselves, so no words that begin a formula.

A spreadsheet works out a cell that begins with `=`, `@`, a tab, or a `+` or `-` before anything but a number.
Exports of figures put an apostrophe before such a cell; here another register reads the same cell back, and
would keep the apostrophe as part of a name. So such words are refused when they come in.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError

from ongedeeld.errors import N_
from ongedeeld.reporting.text import harmless

BEGINS_A_FORMULA = N_("this begins as a formula of a spreadsheet does")
BEGIN_OTHERWISE = N_("begin with a letter or a digit")


def is_formula(words: str) -> bool:
    """Whether a spreadsheet takes words for a formula.

    Examples
    --------
    >>> is_formula("=1+1"), is_formula("+31 20 555 0100"), is_formula("Taalles")
    (True, False, False)
    """
    return harmless(words.lstrip(" ")) != words.lstrip(" ")


def no_formula(words: str) -> None:
    """Refuse words in a form that begin a formula.

    Raises
    ------
    ValidationError
        When they do.
    """
    if is_formula(words):
        raise ValidationError(N_("This begins as a formula of a spreadsheet does: begin with a letter."))
