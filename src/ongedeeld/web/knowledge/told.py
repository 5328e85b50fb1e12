"""The law of a day, a rule through time and a proposal, shaped for their pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ongedeeld.errors import AbsentError, Sayable
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.rules import Change, Dated, LawOfDay, Parameter, Rule, Version
from ongedeeld.rules.boundaries import last_day_of_ordinance, refuse_ended_ordinance
from ongedeeld.rules.changes import KINDS
from ongedeeld.rules.record_words import FIELDS, SECTIONS, facts_of
from ongedeeld.rules.records import Record
from ongedeeld.rules.telling import Amount, agreed, concerns, said_value, side_told, urgency_told
from ongedeeld.vocabulary import translator
from ongedeeld.web.knowledge.local import Local
from ongedeeld.web.knowledge.models import Proposal, Turn
from ongedeeld.web.knowledge.subjects import subjects

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class ValueShown:
    """A value on a day."""

    parameter: Parameter
    label: str
    dated: Dated | None
    amount: str
    agreed: list[str]

    @property
    def is_local(self) -> bool:
        """Whether local policy sets it."""
        return self.dated is not None and self.dated.grade == "L"

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.dated is not None and self.dated.value is not None


@dataclass(frozen=True)
class RecordShown:
    """A record of local policy on a day, with the proposal that it comes from.

    `lasts` is the last day on which an ordinance without one can hold; `doubt` why it is not known whether it
    still does.
    """

    label: str
    facts: Pairs
    proposal: Proposal
    lasts: date | None
    doubt: str


@dataclass(frozen=True)
class DayShown:
    """The law of a day, as far as a search asks for it."""

    day: date
    in_force: list[tuple[Rule, Version]]
    values: list[ValueShown]
    local: list[RecordShown]
    urgency: list[str]
    unread: list[Rule]
    gone: list[Rule]


class Teller:
    """Tells the law with local policy in one language."""

    def __init__(self, local: Local, speech: Speech) -> None:
        self.local = local
        self.speech = speech
        self.translate = translator(speech.language).gettext

    def say(self, thing: Sayable) -> str:
        """A thing in the language, with a capital."""
        return capital(thing.say(self.translate))

    def day(self, day: date, municipality: str = "", search: str = "") -> DayShown:
        """The law of a day.

        Parameters
        ----------
        day
            The day.
        municipality
            Of which local policy and urgency are told; empty for local policy of all.
        search
            Words that must all stand in what is shown; empty for everything.
        """
        law = self.local.law.on(day)
        register = law.law.register
        in_force, unread = register.in_force(day), register.unread(day)
        rules = [rule for rule in register.by_name.values() if self._fits(search, rule)]
        values = [self.value(one, law) for one in law.law.parameters.by_name.values()]
        return DayShown(
            day,
            [(rule, in_force[rule.name]) for rule in rules if rule.name in in_force],
            [one for one in values if self._holds(search, one.label, one.parameter.article, one.amount)],
            [one for one in self._records(law, municipality) if self._holds(search, *_words(one))],
            urgency_told(municipality, law, self.translate) if municipality and not search else [],
            [rule for rule in rules if rule.name in unread],
            [rule for rule in rules if rule.name not in in_force and rule.name not in unread],
        )

    def _fits(self, search: str, rule: Rule) -> bool:
        texts = (text for one in rule.versions for text in (one.says.say(self.translate), one.article))
        return self._holds(search, rule.label.say(self.translate), *texts)

    def _holds(self, search: str, *texts: str) -> bool:
        whole = " ".join(texts).casefold()
        return all(word in whole for word in search.casefold().split())

    def value(self, parameter: Parameter, law: LawOfDay) -> ValueShown:
        """A value on the day of the law."""
        dated = parameter.at(law.day)
        amount = Amount(parameter, dated).say(self.translate)
        label = capital(parameter.label(self.speech.language))
        return ValueShown(parameter, label, dated, amount, agreed(parameter, law, self.translate))

    def _records(self, law: LawOfDay, municipality: str) -> list[RecordShown]:
        """Local policy on a day: its records, and the values that it sets."""
        records = [
            self._record(record, proposal, law)
            for record, proposal in self.local.records()
            if record.holds(law.day) and concerns(record, municipality)
        ]
        values = [
            RecordShown(self.called(one), self.proposed(one), one, None, "")
            for one in self.local.accepted
            if one.is_value and not self.local.refusal and self._counts(one, law)
        ]
        return [*records, *values]

    def _counts(self, proposal: Proposal, law: LawOfDay) -> bool:
        """Whether a value that was accepted is the one that holds, and no later one."""
        held = law.law.parameters[proposal.name].at(law.day)
        return proposal.holds(law.day) and held is not None and held.start == proposal.start

    def _record(self, record: Record, proposal: Proposal, law: LawOfDay) -> RecordShown:
        doubt = ""
        try:
            refuse_ended_ordinance(record, law.law.parameters, law.day)
        except AbsentError as refusal:
            doubt = refusal.say(self.translate)
        lasts = last_day_of_ordinance(record, law.law.parameters, law.day)
        return RecordShown(self.say(SECTIONS[record.section]), self.facts(record), proposal, lasts, doubt)

    def facts(self, record: Record) -> Pairs:
        """What a record says: a word and what is said of it."""
        return [
            (self.say(FIELDS[name]), said_value(name, value, self.translate))
            for name, value in facts_of(record).items()
        ]

    def through_time(self, parameter: Parameter) -> list[tuple[Dated, str]]:
        """Every value of a parameter, the last first."""
        return [(one, Amount(parameter, one).say(self.translate)) for one in reversed(parameter.values)]

    def changes(self, changes: Iterable[Change]) -> list[tuple[str, list[tuple[Change, str, str]]]]:
        """What differs, by kind, each with what it was before and is after."""
        found = list(changes)
        law = self.local.law

        def row(change: Change) -> tuple[Change, str, str]:
            before, after = (
                side_told(change, held, law, self.translate) for held in (change.before, change.after)
            )
            return change, before, after

        told = ((kind, [row(one) for one in found if one.kind == kind]) for kind in KINDS)
        return [(kind, rows) for kind, rows in told if rows]

    def called(self, proposal: Proposal) -> str:
        """What a proposal is about."""
        subject = subjects().get(proposal.name)
        return self.say(subject.label) if subject else proposal.name

    def proposed(self, proposal: Proposal) -> Pairs:
        """What a proposal says; `local` holds it, unless the law of this version refuses it."""
        subject = subjects().get(proposal.name)
        if subject and subject.parameter:
            dated = Dated(proposal.start, proposal.content["value"], None, proposal.source, "L")
            return [(self.speech.say("Value"), Amount(subject.parameter, dated).say(self.translate))]
        held = [record for record, one in self.local.records() if one.key == proposal.key]
        return self.facts(held[0]) if held else [(name, str(told)) for name, told in proposal.content.items()]


def _words(record: RecordShown) -> list[str]:
    return [record.label, record.proposal.source, *(text for pair in record.facts for text in pair)]


def accepted_by(turns: Iterable[Turn]) -> UUID | None:
    """Who accepted a proposal."""
    return next((one.made_by for one in turns if one.kind == Turn.Kind.ACCEPTED), None)
