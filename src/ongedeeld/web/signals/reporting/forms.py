"""The form in which somebody tells what they saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from ongedeeld.errors import N_, InputError
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.models import Signal
from ongedeeld.web.signals.reporting.checklist import CHECKLIST, domain_of
from ongedeeld.web.signals.reporting.photos import KINDS, MOST_PHOTOS, cleaned
from ongedeeld.web.signals.reporting.receiving import Seen
from ongedeeld.web.signals.reporting.spots import Spot
from ongedeeld.web.signals.reporting.wording_guard import HINT, refusals
from ongedeeld.web.signals.terms import TOLD_WITHIN
from ongedeeld.web.speaking import told
from ongedeeld.web.written import Written, day_field

LONGEST_NOTE = 1000
LONGEST_LINE = 300
LONGEST_AGO = timedelta(days=60)
YES_NO = (("no", N_("No")), ("yes", N_("Yes")))
TOLD = (
    ("yes", N_("Yes, the resident knows that I report this")),
    ("no", N_("No, not yet")),
)


class _Files(forms.FileInput):
    """A control for several files."""

    allow_multiple_selected = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, UploadedFile[bytes]], name: str
    ) -> list[UploadedFile[bytes]]:
        """All of them."""
        return files.getlist(name)


class Photos(forms.FileField):
    """Several pictures, each cleaned; what comes out are their bytes."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        """The pictures, as they are kept."""
        files: Sequence[UploadedFile[bytes]] = data or ()
        if len(files) > MOST_PHOTOS:
            raise ValidationError(N_("At most four photos."))
        try:
            return [cleaned(file) for file in files]
        except InputError as error:
            raise ValidationError(told(error)) from error


class Observed(Written):
    """Words about a home: they are stopped where they name what does not belong there."""

    def clean(self, value: Any) -> str:
        """The words."""
        words = str(super().clean(value))
        if refused := refusals(words):
            raise ValidationError([told(one) for one in refused])
        return words


class ReportForm(forms.Form):
    """What was seen and where; `spot` is set by who reads where it was."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    danger = forms.ChoiceField(label=N_("Is there danger now?"), choices=YES_NO, widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=N_("What is it about?"), choices=Signal.Kind.choices, widget=forms.RadioSelect
    )
    search = Written(
        label=N_("Address"),
        required=False,
        max_length=120,
        help_text=N_("A street with a number, or a postcode with a number. Capitals do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
    )
    address = forms.IntegerField(required=False)
    complex = forms.CharField(label=N_("Or choose a complex"), required=False, max_length=80)
    where = Observed(
        label=N_("Where exactly?"),
        required=False,
        max_length=LONGEST_LINE,
        help_text=N_("Such as: second floor, or beside the bicycle storage."),
    )
    weight = forms.ChoiceField(
        label=N_("How heavy is it?"),
        required=False,
        choices=(
            (Signal.Weight.LOAD, N_("Load: neighbours can solve it themselves, perhaps with a tip")),
            (Signal.Weight.NUISANCE, N_("Nuisance: somebody has to come")),
        ),
        widget=forms.RadioSelect,
    )
    facts = forms.MultipleChoiceField(
        label=N_("What did you see?"),
        required=False,
        choices=[(code, code) for code in CHECKLIST],
        widget=forms.CheckboxSelectMultiple,
    )
    note = Observed(
        label=N_("In your own words"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=HINT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    told = forms.ChoiceField(
        label=N_("Does the resident know?"), required=False, choices=TOLD, widget=forms.RadioSelect
    )
    not_told = Observed(
        label=N_("Why not yet?"),
        required=False,
        max_length=LONGEST_LINE,
        help_text=N_("Such as: nobody opened, or it was not safe to say."),
    )
    told_by = day_field(
        N_("By which day will the resident be told?"),
        required=False,
        help_text=N_("Within four weeks. Who answers the signal sees to it."),
    )
    photos = Photos(
        label=N_("Photos of the place"),
        required=False,
        help_text=N_("At most four, without people. Where and when they were taken is not kept."),
    )
    did = Observed(label=N_("What did you do already?"), required=False, max_length=LONGEST_LINE)
    domain = forms.ChoiceField(
        label=N_("Which part of life is it about?"),
        required=False,
        choices=(
            ("", N_("Follows from what you ticked")),
            *((str(one), text) for one, text in LIFE_DOMAIN_LABELS.items()),
        ),
    )
    seen_on = day_field(N_("On which day did you see it?"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["photos"].widget.attrs |= {"accept": "image/jpeg,image/png,image/webp", "multiple": True}
        for name, value in {
            "key": uuid4(),
            "danger": "no",
            "told": "yes",
            "seen_on": today,
            "told_by": today + TOLD_WITHIN // 4,
            "weight": Signal.Weight.LOAD,
        }.items():
            self.initial.setdefault(name, value)

    @classmethod
    def typed(cls, data: MultiValueDict[str, str], today: date) -> ReportForm:
        """The form with what was typed so far, not judged yet."""
        single = {name: data.get(name) for name in cls.base_fields if name in data}
        return cls(initial=single | {"facts": data.getlist("facts")}, today=today)

    @property
    def chosen(self) -> str:
        """The number of the address that was chosen."""
        return str(self["address"].value() or "")

    def clean_seen_on(self) -> date:
        """A day that has been, and not too long ago."""
        day: date = self.cleaned_data["seen_on"]
        if day > self.today:
            raise ValidationError(N_("This day is still to come."))
        if day < self.today - LONGEST_AGO:
            raise ValidationError(
                N_("This is more than two months ago: look again, and report what you see now.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        """What hangs together: facts of this kind, and when a resident who does not know will."""
        given = super().clean() or self.cleaned_data
        kind = given.get("kind", "")
        given["facts"] = [
            code
            for code in given.get("facts", ())
            if kind in CHECKLIST[code].kinds and not CHECKLIST[code].ended
        ]
        if kind and not given["facts"] and not given.get("note") and "note" not in self.errors:
            self.add_error("facts", N_("Tick what you saw, or write it down."))
        if kind not in KINDS:
            given["photos"] = []
        if kind and self.is_not_told:
            self._check_telling(given)
        return given

    @property
    def is_not_told(self) -> bool:
        """Whether it is about a home of which the resident does not know yet."""
        given = self.cleaned_data
        return given.get("told") == "no" and given.get("kind") != Signal.Kind.PUBLIC_SPACE

    def _check_telling(self, given: dict[str, Any]) -> None:
        if not given.get("not_told") and "not_told" not in self.errors:
            self.add_error("not_told", N_("Tell the resident first, or write why that could not be done."))
        day = given.get("told_by")
        if day is None and "told_by" not in self.errors:
            self.add_error("told_by", N_("Choose the day by which the resident will be told."))
        elif day is not None and not self.today <= day <= self.today + TOLD_WITHIN:
            self.add_error("told_by", N_("Choose a day from today to four weeks ahead."))

    def seen_at(self, spot: Spot) -> Seen:
        """What was filled in, as seen at a place; a place without a home has no resident to tell."""
        given = self.cleaned_data
        kind = given["kind"]
        is_home = bool(spot.home) and kind != Signal.Kind.PUBLIC_SPACE
        not_told = self.is_not_told and is_home
        return Seen(
            key=UUID(str(given["key"])),
            kind=kind,
            domain=given["domain"] or domain_of(given["facts"]),
            weight=given["weight"] or Signal.Weight.LOAD if kind == Signal.Kind.NUISANCE else "",
            danger=given["danger"] == "yes",
            seen_on=given["seen_on"],
            area_codes=spot.area_codes,
            complex=spot.complex,
            home=spot.home if is_home else "",
            near="" if is_home else spot.home,
            told_by=given["told_by"] if not_told else None,
            contents=Contents(
                address=_joined((spot.name, given["where"])),
                facts=tuple(given["facts"]),
                note=given["note"],
                did=given["did"],
                not_told=given["not_told"] if not_told else "",
            ),
        )


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)
