"""What the rules and values say, in words that the prompt and the pages of the workbench share."""

from __future__ import annotations

from dataclasses import dataclass

from ongedeeld.errors import N_, AbsentError, Translate, said
from ongedeeld.reasons import Reason
from ongedeeld.rules.amounts import InUnit, Percent
from ongedeeld.rules.changes import Change
from ongedeeld.rules.law import Law, LawOfDay
from ongedeeld.rules.parameters import Dated, Parameter
from ongedeeld.rules.record_words import parts_of
from ongedeeld.rules.records import Agreement, Record, Swap
from ongedeeld.rules.register import Version
from ongedeeld.rules.urgency import scheme_is_complete, urgency_regime, urgent_share

GRADES = N_(
    "Grades: A statute read, B page of the government, C secondary source, I inferred, L local policy"
)
NO_ADVICE = N_("This is not legal advice: see the grades, and have a lawyer check what matters.")
ONLY_READ_LATER = N_("Read only for the second day: whether it held on the first is not known.")


@dataclass(frozen=True, slots=True)
class Amount:
    """A value of a rule as people write it, or why it is unknown.

    >>> from datetime import date
    >>> from ongedeeld.rules import load_parameters
    >>> one = load_parameters()["social_rent_limit"]
    >>> Amount(one, one.at(date(2026, 7, 1))).say(str), Amount(one, None).say(str)
    ('€ 932.93 a month', 'unknown')
    """

    parameter: Parameter
    dated: Dated | None

    def say(self, translate: Translate) -> str:
        """The value in the language of `translate`."""
        if self.dated is None:
            return translate(N_("unknown"))
        if self.dated.value is None:
            why = self.dated.unknown.say(translate) if self.dated.unknown else ""
            return translate(N_("unknown: {why}")).format(why=why)
        return InUnit(self.dated.value, self.parameter.unit).say(translate)


def concerns(record: Record, municipality: str) -> bool:
    """Whether a record is about a municipality: it names it, or none; without one every record is."""
    named = {getattr(record, "municipality", ""), *getattr(record, "municipalities", ())} - {""}
    return not municipality or not named or municipality in named


def local_records(law: LawOfDay, municipality: str) -> list[Record]:
    """The records that hold on the day; of one municipality, those that name no other."""
    return [record for record in law.records(Record) if concerns(record, municipality)]


def said_value(name: str, value: object, translate: Translate) -> str:
    """What a field of a record says."""
    return "; ".join(str(said(part, translate)) for part in parts_of(name, value))


def agreed(parameter: Parameter, law: LawOfDay, translate: Translate) -> list[str]:
    """What agreements set beside the value of the law: the share for the target group (Woningwet 48)."""
    if parameter.name != "daeb_min_share":
        return []
    by_agreement = N_(
        "By performance agreement {share} in {places} ({source}), when less was agreed wherever is let"
    )
    lines = [
        translate(by_agreement).format(
            share=Percent(one.daeb_min_share).say(translate),
            places=", ".join(one.municipalities),
            source=one.source,
        )
        for one in law.records(Agreement)
        if one.daeb_min_share is not None
    ]
    by_swap = N_("By the swap that the minister approved {share} ({source})")
    return lines + [
        translate(by_swap).format(share=Percent(one.daeb_min_share).say(translate), source=one.source)
        for one in law.records(Swap)
        if one.approved <= law.day
    ]


def urgency_told(municipality: str, law: LawOfDay, translate: Translate) -> list[str]:
    """Which text on urgency binds a municipality on a day, and what its scheme lacks; or why not known."""
    lines: list[str] = []
    try:
        regime = urgency_regime(municipality, law)
        lines.append(regime.version.says.say(translate))
        lines += (_sentence(reason, translate) for reason in scheme_is_complete(municipality, law).reasons)
        if regime.mandatory:
            lines.append(_sentence(urgent_share(municipality, law)[1], translate))
    except AbsentError as refusal:
        lines += refusal.say(translate).splitlines()
    return lines


def _sentence(reason: Reason, translate: Translate) -> str:
    text = reason.say(translate)
    return text[:1].upper() + text[1:]


def side_told(change: Change, held: Version | Dated | None, law: Law, translate: Translate) -> str:
    """One side of a change; a dash where there is nothing."""
    if isinstance(held, Version):
        return held.says.say(translate)
    return "-" if held is None else Amount(law.parameters[change.name], held).say(translate)
