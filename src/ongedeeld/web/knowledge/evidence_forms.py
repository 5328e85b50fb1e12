"""The forms of evidence of the association's own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import personal_sign
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import Both, translator
from ongedeeld.vocabulary.evidence_records import DIRECTIONS, EFFECT_UNITS, GRADES
from ongedeeld.web.knowledge.forms import AnswerForm

_LONGEST = 600
NUMBER = N_("a number")
CHOOSE = ("", N_("Choose"))
NO_FIGURE = ("", N_("no figure"))


def _words(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=help_text, max_length=_LONGEST, widget=widget, required=required
    )


class EvidenceForm(forms.Form):
    """A record that goes before the one of this version: what it says, on what it rests, and why it does."""

    claim = _words(N_("What was found?"))
    direction = forms.ChoiceField(label=N_("For livability"))
    grade = forms.ChoiceField(label=N_("How well is it supported?"))
    found_where = _words(
        N_("Where and when was it found?"), N_("How many places, which years, compared with what.")
    )
    not_for = _words(N_("What is it not for?"))
    low = forms.FloatField(
        label=N_("Figure: from"), required=False, help_text=N_("Leave empty without a figure.")
    )
    high = forms.FloatField(label=N_("Figure: to"), required=False)
    unit = forms.ChoiceField(label=N_("Figure: in"), required=False)
    of = forms.CharField(label=N_("Figure: of what"), required=False, max_length=200)
    source = forms.CharField(label=N_("Source: title"), max_length=300)
    year = forms.IntegerField(label=N_("Source: year"), min_value=1850)
    url = forms.URLField(label=N_("Source: address"), required=False, max_length=300, assume_scheme="https")
    overrules = _words(
        N_("Why does it go before the record of this version?"),
        N_("Who answers it reads this. No person and no household belongs here."),
    )

    def __init__(self, *args: Any, speech: Speech, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say = translator(speech.language).gettext
        choices: dict[str, list[tuple[str, str]]] = {
            "direction": [CHOOSE, *((code, capital(both.say(say))) for code, both in DIRECTIONS.items())],
            "grade": [CHOOSE, *((code, capital(term.label.say(say))) for code, term in GRADES.items())],
            "unit": [
                NO_FIGURE,
                *((code, one.label.say(say) or say(NUMBER)) for code, one in EFFECT_UNITS.items()),
            ],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
        self.fields["year"].max_value = today.year  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Words that lead to nobody, and a figure that is whole."""
        told = super().clean() or {}
        for name, field in self.fields.items():
            written = isinstance(field, forms.CharField) and not isinstance(field, forms.URLField)
            if written and personal_sign(str(told.get(name) or "")):
                self.add_error(name, N_("This looks like something that leads to a person: take it out."))
        given = [told.get(name) not in (None, "") for name in ("low", "high", "unit", "of")]
        if any(given) and not all(given):
            self.add_error("of", N_("A figure has a lowest and a highest value, a unit, and what it is of."))
        return told

    def content(self, label: Both) -> dict[str, object]:
        """The record as a file of evidence has it, with the name that the other has."""
        told = self.cleaned_data
        source = {"title": told["source"], "year": told["year"]}
        if told["url"]:
            source["url"] = told["url"]
        record: dict[str, object] = {
            "label_nl": label.nl,
            "label_en": label.en,
            **{name: told[name] for name in ("claim", "direction", "grade", "found_where", "not_for")},
        }
        if told["unit"]:
            factor = EFFECT_UNITS[told["unit"]].factor
            bounds = {name: told[name] / factor for name in ("low", "high")}
            record["effect"] = bounds | {"unit": told["unit"], "of": told["of"]}
        return record | {"sources": [source]}


class EvidenceAnswerForm(AnswerForm):
    """An answer to proposed evidence, or the end of what was accepted."""

    what = forms.ChoiceField(
        label=N_("Answer"),
        widget=forms.RadioSelect,
        choices=(
            ("accept", N_("Accept it")),
            ("decline", N_("Turn it down")),
            ("withdraw", N_("Take it back")),
            ("end", N_("Let it count no longer")),
        ),
    )
    field_order = ("what", "words")

    def __init__(self, *args: Any, open_to: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what = self.fields["what"]
        what.choices = [one for one in what.choices if one[0] in open_to]  # type: ignore[attr-defined]
