"""The forms of rules, evidence and proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import personal_sign
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.rules import Parameter, load_register
from ongedeeld.rules.amounts import UNITS
from ongedeeld.rules.codes import URGENCY_GROUPS
from ongedeeld.rules.household import BOUND_TO
from ongedeeld.rules.parameters import ALLOWED
from ongedeeld.rules.policy_text import Value
from ongedeeld.rules.record_words import FIELDS, YES_NO
from ongedeeld.rules.telling import Amount
from ongedeeld.vocabulary import Both, translator
from ongedeeld.web.knowledge.subjects import Part, Subject
from ongedeeld.web.written import day_field

OTHER_GROUPS = "other_groups"
_EMPTY: tuple[object, ...] = (None, "", ())


def _words_field(label: str, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, max_length=2000, widget=widget)


def _refuse_personal(text: str) -> str:
    if personal_sign(text):
        raise forms.ValidationError(N_("This looks like something that leads to a person: take it out."))
    return text


class DayForm(forms.Form):
    """Which law is shown: of a day, with the local policy of a municipality, as far as words occur in it."""

    dag = day_field(N_("On which day?"))
    gemeente = forms.ChoiceField(label=N_("Local policy of"), required=False)
    zoek = forms.CharField(label=N_("Words that occur in it"), required=False, max_length=100)

    def __init__(self, *args: Any, municipalities: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].choices = [  # type: ignore[attr-defined]
            ("", N_("all municipalities")),
            *municipalities,
        ]


class DifferenceForm(forms.Form):
    """Two days."""

    van = day_field(N_("From the law of"))
    tot = day_field(N_("To the law of"))


class AnswerForm(forms.Form):
    """Why a proposal is accepted, turned down or taken back."""

    words = _words_field(N_("Why?"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def clean_words(self) -> str:
        """Words that lead to nobody."""
        return _refuse_personal(self.cleaned_data["words"])


class EndForm(AnswerForm):
    """The last day of what was accepted."""

    last_day = day_field(N_("Last day on which it holds"))
    field_order = ("last_day", "words")


class ProposalForm(forms.Form):
    """A value or scheme of local policy, with where it stands and why it is proposed."""

    start = day_field(N_("From which day does it hold?"))
    end = day_field(
        N_("Until and including which day?"), required=False, help_text=N_("Leave empty while it runs.")
    )
    source = forms.CharField(
        label=N_("Where can it be read?"),
        max_length=300,
        help_text=N_("An address that begins with https://, or the name and date of a document."),
    )
    where = forms.CharField(
        label=N_("Where in it?"),
        max_length=120,
        required=False,
        help_text=N_("For instance: article 7, page 12."),
    )
    reason = _words_field(
        N_("Why do you propose it?"),
        N_("Who answers it reads this. No person and no household belongs here."),
    )

    def __init__(self, *args: Any, subject: Subject, speech: Speech, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        own = (
            {"value": _value_field(subject.parameter, speech, today)}
            if subject.parameter
            else dict(_part_fields(subject, speech))
        )
        self.own_names = tuple(own)
        self.fields = own | self.fields

    def clean_reason(self) -> str:
        """Words that lead to nobody."""
        return _refuse_personal(self.cleaned_data["reason"])

    def content(self) -> dict[str, Value]:
        """What is proposed, by the names of the file of local policy; what was left out is not there."""
        told = self.cleaned_data
        if self.subject.parameter:
            return {"value": _in_unit(self.subject.parameter, told["value"])}
        content = {part.name: _in_file(part, told[part.name]) for part in self.subject.parts}
        if extra := told.get(OTHER_GROUPS):
            content["groups"] = (*(content["groups"] or ()), *_lines(extra))
        return {name: value for name, value in content.items() if value not in _EMPTY}


def _value_field(parameter: Parameter, speech: Speech, today: date) -> forms.Field:
    """A value in the unit in which people write it."""
    translate = translator(speech.language).gettext
    unit = _unit_words(parameter, speech)
    now = Amount(parameter, parameter.at(today)).say(translate)
    label = (
        f"{capital(parameter.label(speech.language))} ({unit})" if unit else parameter.label(speech.language)
    )
    help_text = speech.say(
        "In the law now: {amount}. Local policy may give {allowed}.",
        amount=now,
        allowed=speech.say(ALLOWED[parameter.local]),
    )
    decimals = 2 if parameter.unit == "share" or parameter.unit.startswith("cents") else 0
    decimals = 6 if parameter.unit == "factor" else decimals
    return forms.DecimalField(
        label=label, help_text=help_text, min_value=Decimal(0), max_digits=14, decimal_places=decimals
    )


def _unit_words(parameter: Parameter, speech: Speech) -> str:
    words = UNITS[parameter.unit].say(translator(speech.language).gettext)
    return f"euro {words}".strip() if parameter.unit.startswith("cents") else words


def _in_unit(parameter: Parameter, typed: Decimal) -> int | float:
    """What was typed in the unit that people write, in the unit of the file."""
    if parameter.unit == "share":
        return float(typed / 100)
    if parameter.unit.startswith("cents"):
        return int(typed * 100)
    return float(typed) if parameter.unit == "factor" else int(typed)


def _part_fields(subject: Subject, speech: Speech) -> Iterator[tuple[str, forms.Field]]:
    for part in subject.parts:
        yield part.name, _part_field(subject, part, speech)
        if _is_urgency_groups(subject, part):
            yield OTHER_GROUPS, _lines_field(N_("Groups of your own"), required=False, help_text=_OWN_GROUPS)


_OWN_GROUPS = N_("One on each line, as a code of small letters, such as key_worker.")
_ON_LINES = N_("One on each line.")
_HELP = {
    "municipality": N_("The code of a municipality, such as GM0344."),
    "municipalities": N_("The codes of municipalities, one on each line."),
    "areas": N_("The codes of districts and neighbourhoods, one on each line."),
    "complexes": N_("The numbers of complexes, one on each line."),
    "share": N_("As a percentage."),
    "daeb_min_share": N_("As a percentage."),
}


def _is_urgency_groups(subject: Subject, part: Part) -> bool:
    return subject.name == "urgency" and part.name == "groups"


def _part_field(subject: Subject, part: Part, speech: Speech) -> forms.Field:
    """The field of a form for a field of the file."""
    translate = translator(speech.language).gettext

    def options(codes: dict[str, Both]) -> list[tuple[str, str]]:
        return [(code, capital(both.say(translate))) for code, both in codes.items()]

    label = capital(FIELDS[part.name].say(translate))
    shared: dict[str, Any] = {
        "label": label,
        "required": part.required,
        "help_text": _HELP.get(part.name, ""),
    }
    if _is_urgency_groups(subject, part):
        return forms.MultipleChoiceField(
            **shared, choices=options(dict(URGENCY_GROUPS)), widget=forms.CheckboxSelectMultiple
        )
    if part.choices and part.many:
        numbers = [(str(one), str(one)) for one in part.choices]
        return forms.MultipleChoiceField(**shared, choices=numbers, widget=forms.CheckboxSelectMultiple)
    if part.name == "rule":
        rules = load_register().by_name.values()
        return forms.ChoiceField(**shared, choices=options({one.name: one.label for one in rules}))
    if part.name == "bound_to":
        return forms.ChoiceField(**shared, choices=options(BOUND_TO), initial="municipality")
    if part.many:
        return _lines_field(label, required=part.required, help_text=_HELP.get(part.name, _ON_LINES))
    return _plain_field(part, shared, translate)


def _plain_field(part: Part, shared: dict[str, Any], translate: Any) -> forms.Field:
    if part.form is date:
        return day_field(**shared)
    if part.form is bool:
        return forms.BooleanField(**shared | {"required": False})
    if part.form == "flag":
        answers = [(str(known).lower(), both.say(translate)) for known, both in YES_NO.items()]
        choices = [("", N_("not settled")), *answers]
        return forms.ChoiceField(**shared, choices=choices)
    if part.form is float:
        return forms.DecimalField(**shared, min_value=Decimal(0), max_value=Decimal(100), decimal_places=2)
    if part.form is int:
        return forms.IntegerField(**shared, min_value=0)
    return forms.CharField(**shared, max_length=200)


def _lines_field(label: str, *, required: bool, help_text: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, required=required, help_text=help_text, max_length=2000, widget=widget
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _in_file(part: Part, typed: Any) -> Any:
    """What was typed in a field, as the file has it."""
    if part.many and isinstance(typed, str):
        return _lines(typed)
    if part.many:
        return tuple(int(one) for one in typed) if part.form is int else tuple(typed)
    if part.form == "flag":
        return {"true": True, "false": False}.get(typed)
    return float(typed / 100) if isinstance(typed, Decimal) else typed
