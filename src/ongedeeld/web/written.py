"""Words and days that people write in a form."""

from __future__ import annotations

import re
from typing import Any

from django import forms

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (section 2.2), and so of no Word file: mostly control characters."""


def writable(text: str) -> str:
    r"""A text without the characters that no document can hold.

    Examples
    --------
    >>> writable("stil\x0b, en\tgroen")
    'stil, en\tgroen'
    """
    return _UNWRITABLE.sub("", text)


class Written(forms.CharField):
    """A field for words, which come out as every document can hold them."""

    def to_python(self, value: Any) -> str:
        """The words."""
        return writable(str(super().to_python(value)))


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day, chosen from a calendar where the browser has one."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)
