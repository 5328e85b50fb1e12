"""What who asks is given: one file to read, and the same for a machine."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from django.utils import timezone
from docx import Document
from docx.document import Document as Written
from docx.shared import Mm

from ongedeeld.errors import N_, Marked, Sayable
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import grouped
from ongedeeld.web.safeguards.purposes import Purpose, purposes
from ongedeeld.web.safeguards.request_contents import Contents
from ongedeeld.web.safeguards.request_deciding import ARTICLES, GIVEN
from ongedeeld.web.safeguards.request_holdings import Fact
from ongedeeld.web.safeguards.request_models import Finding, Request
from ongedeeld.web.safeguards.request_queries import Shown

PICTURE_WIDTH = Mm(90)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json"

TITLE = N_("Your request about your data")
HELD_FOR = N_("{what}. What for: {purpose}. On the ground of: {ground}. For how long: {days} days {begins}.")
SEEN = N_("Colleagues looked at this, or worked on it, on: {days}.")
BESIDE = N_("What you say against it, since {day}: {words}")
NO_MACHINE = N_(
    "No machine decided anything about you on the ground of these data: there is no score, and people decide."
)
WHERE_NEXT = (
    N_(
        "You may ask to correct, remove or stop the use of these data, and object to it: write to who sent "
        "you this."
    ),
    N_("You may complain to the Dutch data protection authority (Autoriteit Persoonsgegevens)."),
    N_(
        "You may put this answer before the court, by a petition within six weeks after you received it "
        "(article 35 of the Dutch GDPR Implementation Act)."
    ),
)


@dataclass(frozen=True)
class Copy:
    """What stands in the file.

    Parameters
    ----------
    request, contents, answer
        What was asked, by whom, and the answer so far.
    shown
        What was found, with what was decided of it.
    removed
        What was decided of records that are no longer there.
    today
        The day that stands on it.
    """

    request: Request
    contents: Contents
    answer: str
    shown: tuple[Shown, ...]
    removed: tuple[Finding, ...]
    today: date

    @property
    def told(self) -> tuple[Shown, ...]:
        """What is about who asks: of what is not, the file does not even tell that it is there."""
        return tuple(one for one in self.shown if one.decision not in ("", Finding.Decision.NOT_THEIRS))

    @property
    def purposes(self) -> Mapping[str, Purpose]:
        """The purposes of what is told."""
        known = purposes()
        return {kind: known[kind] for kind in sorted({one.holding.kind for one in self.told})}


def facts_given(shown: Shown) -> tuple[Fact, ...]:
    """What of a record is given: nothing, all, or all but what others wrote in their own words."""
    if shown.decision not in GIVEN:
        return ()
    all_of_it = shown.decision == Finding.Decision.GIVE
    return tuple(fact for fact in shown.found.facts if all_of_it or not fact.words)


def in_words(value: object, speech: Speech) -> str:
    """A value, as people read it: numbers as their language writes them, a moment as its day in Amsterdam."""
    if isinstance(value, bool):
        return speech.say(N_("yes") if value else N_("no"))
    if isinstance(value, date):
        return speech.day(timezone.localdate(value) if isinstance(value, datetime) else value)
    if isinstance(value, list | tuple):
        return speech.listing([in_words(one, speech) for one in value])
    if isinstance(value, Marked | Sayable):
        return _said(value, speech)
    if isinstance(value, int | float | Decimal):
        return grouped(value if isinstance(value, int) else float(value), speech.language)
    return str(value)


def _said(text: str | Sayable, speech: Speech) -> str:
    # A catalogue answers nothing with its own head: what nobody chose yet has to stay empty.
    if not text:
        return ""
    return speech.told(text) if isinstance(text, Sayable) else speech.say(text)


def as_word(copy: Copy, speech: Speech) -> bytes:
    """The file to read, as a Word document with headings and tables that a screen reader knows."""
    written = Document()
    written.core_properties.title = speech.say(TITLE)
    written.core_properties.author = ""
    written.core_properties.language = {"nl": "nl-NL", "en": "en-GB"}[speech.language]
    written.add_heading(speech.say(TITLE), level=0)
    asked = speech.say(copy.request.get_right_display())
    article = speech.say(ARTICLES[copy.request.right])
    for line in (
        copy.contents.name,
        copy.contents.address,
        speech.say(
            N_("You asked on {day}: {right} ({article})."),
            day=speech.day(copy.request.received_on),
            right=asked,
            article=article,
        ),
        copy.answer,
    ):
        if line:
            written.add_paragraph(line)
    if copy.told:
        written.add_heading(speech.say(N_("What was found")), level=1)
    for one in copy.told:
        _found_in_word(written, one, speech)
    _gone_in_word(written, copy, speech)
    _around_in_word(written, copy, speech)
    kept = BytesIO()
    written.save(kept)
    return kept.getvalue()


def _found_in_word(written: Written, shown: Shown, speech: Speech) -> None:
    heading = capital(_said(shown.found.heading, speech))
    day = f" ({speech.day(shown.found.day)})" if shown.found.day else ""
    written.add_heading(f"{heading}{day}", level=2)
    facts = facts_given(shown)
    if facts:
        table = written.add_table(rows=0, cols=2, style="Light Grid")
        for fact in filter(lambda one: one.is_told, facts):
            cells = table.add_row().cells
            cells[0].text, cells[1].text = _said(fact.label, speech), in_words(fact.value, speech)
    if shown.decision == Finding.Decision.GIVE:
        for picture in shown.found.pictures:
            written.add_picture(BytesIO(picture), width=PICTURE_WIDTH)
    else:
        written.add_paragraph(_decided(shown, speech))
    for one in shown.beside:
        written.add_paragraph(speech.say(BESIDE, day=speech.day(one.day), words=one.words))
    if shown.seen_on and facts:
        days = speech.listing([speech.day(day) for day in shown.seen_on])
        written.add_paragraph(speech.say(SEEN, days=days))


def _decided(shown: Shown, speech: Speech) -> str:
    decision = speech.say(Finding.Decision(shown.decision).label)
    return f"{decision}: {shown.words}" if shown.words else f"{decision}."


def _gone_in_word(written: Written, copy: Copy, speech: Speech) -> None:
    gone = [one for one in copy.removed if one.decision == Finding.Decision.REMOVE]
    if gone:
        written.add_heading(speech.say(N_("What was removed")), level=1)
    for one in gone:
        known = purposes()[one.kind]
        written.add_paragraph(speech.say(known.text), style="List Bullet")


def _around_in_word(written: Written, copy: Copy, speech: Speech) -> None:
    if copy.purposes:
        written.add_heading(speech.say(N_("What it is kept for, and how long")), level=1)
    for purpose in copy.purposes.values():
        told = speech.say(
            HELD_FOR,
            what=speech.say(purpose.text),
            purpose=speech.say(purpose.purpose),
            ground=speech.say(purpose.ground),
            days=speech.number(purpose.days),
            begins=speech.say(purpose.begins),
        )
        written.add_paragraph(told, style="List Bullet")
    written.add_paragraph(speech.say(NO_MACHINE))
    written.add_heading(speech.say(N_("What you can do")), level=1)
    for text in WHERE_NEXT:
        written.add_paragraph(speech.say(text), style="List Bullet")


def as_json(copy: Copy, speech: Speech) -> bytes:
    """The same for a machine, in a form that is commonly used (GDPR 20(1)): names in English, days as ISO."""
    told = {
        "made_on": copy.today.isoformat(),
        "language": speech.language,
        "request": {
            "key": str(copy.request.key),
            "right": copy.request.right,
            "received_on": copy.request.received_on.isoformat(),
            "name": copy.contents.name,
            "address": copy.contents.address,
            "answer": copy.answer,
        },
        "found": [_found_in_json(one, speech) for one in copy.told],
        "removed": [one.kind for one in copy.removed if one.decision == Finding.Decision.REMOVE],
        "purposes": [
            {
                "name": one.name,
                "text": speech.say(one.text),
                "purpose": speech.say(one.purpose),
                "ground": speech.say(one.ground),
                "days": one.days,
                "begins": speech.say(one.begins),
            }
            for one in copy.purposes.values()
        ],
        "automated_decisions": False,
        "what_next": [speech.say(text) for text in WHERE_NEXT],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _found_in_json(shown: Shown, speech: Speech) -> dict[str, object]:
    facts = facts_given(shown)
    whole = shown.decision == Finding.Decision.GIVE
    return {
        "kind": shown.holding.kind,
        "key": str(shown.found.key),
        "day": shown.found.day.isoformat() if shown.found.day else None,
        "heading": _said(shown.found.heading, speech),
        "decision": shown.decision,
        "reason": shown.words,
        "facts": {
            fact.name: _plain(fact.value if fact.exact is None else fact.exact, speech) for fact in facts
        },
        "pictures": [b64encode(one).decode() for one in shown.found.pictures] if whole else [],
        "beside": [{"day": one.day.isoformat(), "words": one.words} for one in shown.beside],
        "seen_on": [day.isoformat() for day in shown.seen_on] if facts else [],
        "kept_until": shown.found.remove_after.isoformat() if shown.found.remove_after else None,
    }


def _plain(value: object, speech: Speech) -> object:
    """A value, as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list | tuple):
        return [_plain(one, speech) for one in value]
    if isinstance(value, Marked | Sayable):
        return _said(value, speech)
    return value
