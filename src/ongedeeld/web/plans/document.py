"""A plan as a Word document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from docx import Document
from docx.document import Document as Written

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.web.plans.models import Plan
from ongedeeld.web.plans.queries import Shown
from ongedeeld.web.plans.told import sign_heads, sign_rows
from ongedeeld.web.written import writable

STEP_HEADS = (N_("what"), N_("who"), N_("due"), N_("budget"), N_("how far"))
FORMAT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def plan_document(
    plan: Plan,
    signs: Sequence[Shown],
    speech: Speech,
    today: date,
    *,
    occasion: str = "",
    invented: bool = False,
) -> bytes:
    """The plan, with headings, lists and tables that a screen reader knows.

    Parameters
    ----------
    plan
        The plan.
    signs
        Its signs with their figures of now, as far as the reader may see them.
    speech
        The language.
    today
        The day that stands on it.
    occasion
        What it starts from, as far as the reader may know it.
    invented
        Whether the City is invented, so that the document says so to who opens it by itself.
    """
    written = Document()
    written.core_properties.title = plan.title
    written.core_properties.language = {"nl": "nl-NL", "en": "en-GB"}[speech.language]
    written.add_heading(plan.title, level=0)
    written.add_paragraph(
        speech.say(
            "{place}, {state}, as it was on {day}",
            place=writable(plan.unit_name),
            state=speech.say(plan.get_state_display()),
            day=speech.day(today),
        )
    )
    if invented:
        written.add_paragraph(speech.say("Model city: every place, person and figure here is invented."))
    for heading, words in (
        (speech.say("What is the matter"), occasion),
        (speech.say("Goal"), plan.goal),
        (speech.say("What came of it"), plan.outcome),
    ):
        if words:
            written.add_heading(heading, level=1)
            written.add_paragraph(words)
    _steps(written, plan, speech)
    _signs(written, signs, speech)
    written.add_heading(speech.say("Who had a say"), level=1)
    for say in plan.says.all():
        written.add_paragraph(
            speech.say(
                "{who}, {day} ({how})",
                who=speech.say(say.get_of_display()),
                day=speech.day(say.day),
                how=say.how,
            ),
            style="Intense Quote",
        )
        written.add_paragraph(say.words)
    written.add_heading(speech.say("Looking back"), level=1)
    if plan.review_on:
        written.add_paragraph(speech.say("Review on {day}.", day=speech.day(plan.review_on)))
    for review in plan.reviews.all():
        written.add_paragraph(
            f"{speech.day(review.day)}: {review.words} ({speech.say(review.get_onward_display())})"
        )
    kept = BytesIO()
    written.save(kept)
    return kept.getvalue()


def _steps(written: Written, plan: Plan, speech: Speech) -> None:
    written.add_heading(speech.say("Steps"), level=1)
    _table(
        written,
        [speech.say(text) for text in STEP_HEADS],
        (
            (
                step.what,
                step.owner,
                speech.day(step.due),
                "–" if step.budget_cents is None else speech.figure(step.budget_cents, "cents"),
                speech.say(step.get_state_display()),
            )
            for step in plan.steps.all()
        ),
    )


def _signs(written: Written, signs: Sequence[Shown], speech: Speech) -> None:
    written.add_heading(speech.say("What would show that it worked"), level=1)
    _table(written, sign_heads(speech), sign_rows(signs, speech))


def _table(written: Written, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = written.add_table(rows=1, cols=len(heads), style="Light Grid")
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
