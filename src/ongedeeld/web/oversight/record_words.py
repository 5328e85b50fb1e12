"""What the words of the record mean, for pages below this room that show lines of it: see `settings`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ongedeeld.errors import Sayable
from ongedeeld.web.oversight.field_words import field_text
from ongedeeld.web.oversight.queries import thing_text, unsigned_text, verb_text


@dataclass(frozen=True)
class RecordWords:
    """The text of a verb, of a kind of thing, of a field of such a thing, and of who did not sign in."""

    verb: Callable[[str], str]
    thing: Callable[[str], str]
    field: Callable[[str, str], Sayable | str]
    unsigned: Callable[[str], str]


RECORD_WORDS = RecordWords(verb_text, thing_text, field_text, unsigned_text)
