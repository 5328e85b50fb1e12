"""A letter to a house seeker on a round: the outcome in short, plain sentences, with articles as footnotes.

The sentences of rules are made for staff. A letter has its own, one for each kind of reason, in Dutch with
`u` and in plain English; it names nobody, and of another seeker only the kind of priority. What local policy
does not tell, such as where to object, stands in it as a blank that cannot be overlooked.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from html import escape
from importlib.resources import files
from io import StringIO
from typing import TYPE_CHECKING

from ongedeeld.allocation.deciding import base_of, label_of
from ongedeeld.allocation.explaining import EQUAL_SENTENCES, WENT_BEFORE, WENT_BEFORE_BY, objection_of
from ongedeeld.allocation.own_priority import AT_CEILING, CLAIMS, NO_HOMES_LEFT, USED_UP
from ongedeeld.errors import Translate, said
from ongedeeld.rules.amounts import Euros
from ongedeeld.vocabulary import Both, Language, language_of, translator
from ongedeeld.vocabulary.spoken import Day

if TYPE_CHECKING:
    from ongedeeld.allocation import Round
    from ongedeeld.reasons import Reason

MOST_HOMES = 10
FORMS = ("txt", "md", "html")
"""In which forms a letter can be written."""

_BEFORE = frozenset({*WENT_BEFORE.values(), WENT_BEFORE_BY})
_EQUAL = frozenset(EQUAL_SENTENCES.values())
_USED_UP = frozenset({USED_UP, NO_HOMES_LEFT, AT_CEILING})
_NOT_TOLD = ("objection", "what_if")
_MODELS = ("registration", "points", "lottery", "direct")
_INCOME_RULES = ("daeb_target_group", "passend_toewijzen")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a letter, with the articles that stand in its footnote."""

    text: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a letter under a heading; the first has none."""

    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its title, how it begins and ends, and its parts."""

    title: str
    dear: str
    parts: tuple[Part, ...]
    end: tuple[str, ...]
    footnotes_title: str
    language: Language


def letter(done: Round, seeker: str, language: Language, *, invented: bool = False) -> Letter:
    """The letter to a seeker on a round.

    Parameters
    ----------
    done
        The round.
    seeker
        The number of the seeker, by which alone the letter names them.
    language
        `nl` or `en`.
    invented
        Whether the City is invented, so that the letter says so.

    Raises
    ------
    AbsentError
        When the seeker is not in the round.
    """
    writing = _Writing(done, seeker, language, invented)
    return Letter(
        title=writing.words("title", day=Day(done.given.law.day)),
        dear=writing.words("dear", seeker=seeker),
        parts=tuple(writing.parts()),
        end=(writing.words("regards"), writing.words("sender")),
        footnotes_title=writing.words("footnotes"),
        language=language,
    )


@cache
def sentences() -> Mapping[str, Both]:
    """The sentences of a letter by the kind of reason."""
    text = (files("ongedeeld.reporting") / "letter_sentences.csv").read_text(encoding="utf-8")
    return {row["code"]: Both(row["nl"], row["en"]) for row in csv.DictReader(StringIO(text, newline=""))}


@dataclass(frozen=True)
class _Writing:
    """A letter being written."""

    done: Round
    seeker: str
    language: Language
    invented: bool

    @property
    def translate(self) -> Translate:
        return translator(self.language).gettext

    def words(self, code: str, **fields: object) -> str:
        told = sentences()[code]
        text = told.nl if language_of(self.translate) == "nl" else told.en
        return text.format(**{name: said(value, self.translate) for name, value in fields.items()})

    def parts(self) -> Iterator[Part]:
        """The outcome, a part for each home that the seeker wanted, and how to object after a no."""
        got = dict(self.done.lettings.select("seeker", "vacancy").iter_rows()).get(self.seeker)
        told = self.done.about(self.seeker)
        refused = [
            (home, decision.reasons)
            for home, decision in told.items()
            if not decision and not any(one.rule == "interest" for one in decision.reasons)
        ]
        yield Part("", tuple(self._opening(got, bool(refused))))
        # Who gets a home need not read why the others went to somebody else.
        if got is not None:
            return
        for home, reasons in refused[:MOST_HOMES]:
            articles = {one.rule: one.article for one in reversed(reasons) if one.article}
            passed = any(one.rule == "order" for one in reasons)
            body = [
                Sentence(text, tuple(filter(None, [articles.get(reason.rule, "")])))
                for reason in _first_of_each_claim(reasons)
                if (text := self._in_words(reason, passed=passed))
            ]
            heading = self.words("home", dwelling=self._dwelling(home))
            yield Part(heading, (Sentence(self.words("not_this")), *dict.fromkeys(body)))
        if len(refused) > MOST_HOMES:
            yield Part("", (Sentence(self.words("others", more=len(refused) - MOST_HOMES)),))
        yield self._objecting()

    def _opening(self, got: str | None, wanted: bool) -> Iterator[Sentence]:  # noqa: FBT001 - a fact
        for code, so in (("what_if", self.done.what_if), ("invented", self.invented)):
            if so:
                yield Sentence(self.words(code))
        if got is None:
            yield Sentence(self.words("gets_nothing" if wanted else "wanted_nothing"))
            return
        cents = dict(self.done.lettings.select("vacancy", "rent_cents").iter_rows())[got]
        yield Sentence(self.words("gets", dwelling=self._dwelling(got), rent=Euros(cents, rent=True)))

    def _dwelling(self, vacancy: str) -> str:
        return str(dict(self.done.given.vacancies.select("vacancy", "dwelling").iter_rows())[vacancy])

    def _in_words(self, reason: Reason, *, passed: bool) -> str:
        """A reason in the words of a letter; nothing for what a letter need not tell."""
        code = self._code(reason)
        # Who met every condition was passed over: what they lacked to go first is said by who did.
        if not code or (passed and code == "condition"):
            return ""
        law, why = self.done.given.law, replace(reason, article="").say(self.translate)
        facts = {"why": why, "name": label_of(reason.rule, law), **reason.inputs}
        return self.words(code, **{name: _rent(name, value) for name, value in facts.items()})

    def _code(self, reason: Reason) -> str:
        """The kind of a reason."""
        base = base_of(reason.rule)
        if base in _NOT_TOLD:
            return ""
        if reason.text in _USED_UP:
            return "used_up"
        if reason.text in _BEFORE:
            own = "before_label" if base.startswith("label_") else f"before_{base}"
            return own if own in sentences() else "before"
        return self._own(reason, base)

    def _own(self, reason: Reason, base: str) -> str:
        """The kind of a reason that is about the seeker alone."""
        if base in _MODELS:
            return f"{base}_equal" if reason.text in _EQUAL else base
        if base in _INCOME_RULES:
            return self._income(reason)
        if base in CLAIMS:
            counts = "did_not_count" if reason.article else "did_not_count_unknown"
            return counts if self._claims(base) else ""
        if base in sentences():
            return base
        return "permit" if base.startswith("wbmgp_") else "condition"

    def _income(self, reason: Reason) -> str:
        if "cap" in reason.inputs:
            return "passend_toewijzen"
        if "limit" in reason.inputs:
            return "above_limit"
        return "free_space" if reason.article else "income_unknown"

    def _claims(self, base: str) -> bool:
        """Whether the seeker may count on a priority: who may not need not read that it did not work."""
        people = self.done.given.seekers
        return bool(people[CLAIMS[base]][people["seeker"].index_of(self.seeker) or 0])

    def _objecting(self) -> Part:
        told = objection_of(self.done.given.law)
        if told is None:
            text = self.words("object_blank")
        else:
            last = Day(self.done.given.law.day + timedelta(days=told.days))
            text = self.words(
                "object", day=last, association=told.association, body=told.body, address=told.address
            )
        return Part(self.words("object_title"), (Sentence(text), Sentence(self.words("municipality"))))


def _first_of_each_claim(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    """Reasons, of each ground that the seeker has for going first only the one that stands in the way."""
    seen: set[str] = set()
    for reason in reasons:
        base = base_of(reason.rule)
        if base not in CLAIMS or reason.text in _BEFORE or base not in seen:
            yield reason
        if base in CLAIMS and reason.text not in _BEFORE:
            seen.add(base)


def _rent(name: str, value: object) -> object:
    """An amount with its cents where it is a rent."""
    return replace(value, rent=True) if name in ("rent", "cap") and isinstance(value, Euros) else value


def as_text(written: Letter) -> str:
    """A letter as plain text, with its footnotes at the end."""
    return _laid_out(written, title="{}", heading="{}", mark=" [{}]", note="[{}] {}")


def as_markdown(written: Letter) -> str:
    """A letter as Markdown."""
    return _laid_out(written, title="# {}", heading="## {}", mark="[^{}]", note="[^{}]: {}")


def _laid_out(written: Letter, *, title: str, heading: str, mark: str, note: str) -> str:
    numbers: dict[str, int] = {}
    blocks = [title.format(written.title), written.dear]
    for part in written.parts:
        body = " ".join(one.text + _marks(one, numbers, mark) for one in part.sentences)
        blocks.extend([heading.format(part.heading), body] if part.heading else [body])
    blocks.append("\n".join(written.end))
    if numbers:
        notes = [note.format(number, article) for article, number in numbers.items()]
        blocks.append("\n".join([f"{written.footnotes_title}:", "", *notes]))
    return "\n\n".join(blocks) + "\n"


def _marks(sentence: Sentence, numbers: dict[str, int], mark: str) -> str:
    return "".join(mark.format(numbers.setdefault(one, len(numbers) + 1)) for one in sentence.articles)


def as_html(written: Letter) -> str:
    """A letter as a page of its own, that needs nothing else."""
    numbers: dict[str, int] = {}
    body = [f"<h1>{escape(written.title)}</h1>", f"<p>{escape(written.dear)}</p>"]
    for part in written.parts:
        if part.heading:
            body.append(f"<h2>{escape(part.heading)}</h2>")
        pieces = (
            escape(one.text) + _marks(one, numbers, '<sup><a href="#n{0}">{0}</a></sup>')
            for one in part.sentences
        )
        body.append(f"<p>{' '.join(pieces)}</p>")
    body.append(f"<p>{'<br>'.join(map(escape, written.end))}</p>")
    if numbers:
        notes = "".join(f'<li id="n{number}">{escape(article)}</li>' for article, number in numbers.items())
        body.append(f"<h2>{escape(written.footnotes_title)}</h2><ol>{notes}</ol>")
    return (
        f'<!doctype html>\n<html lang="{written.language}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(written.title)}</title>"
        "<style>:root{color-scheme:light dark}"
        "body{font:18px/1.5 sans-serif;max-width:38em;margin:3em auto;padding:0 1em}"
        "h1{font-size:1.4em}h2{font-size:1.1em}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


WRITERS = {"txt": as_text, "md": as_markdown, "html": as_html}
"""How a letter is written in each form."""
