"""The forms of arrears, deliveries and cases. Addresses are chosen after a search, in the same form."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict

from ongedeeld.errors import N_
from ongedeeld.web.cities.models import Address
from ongedeeld.web.preventing.models import Arrears, Case, Condition, Delivery, Tried
from ongedeeld.web.preventing.readiness import HOWS
from ongedeeld.web.safeguards.words import without_number
from ongedeeld.web.written import Written, day_field

_PHONE = RegexValidator(r"^(?:\+|0)[0-9 ()-]{6,19}$", N_("This is no telephone number."))
_NAME = RegexValidator(r"^[^\W\d_]", N_("A name begins with a letter."))
MOST_CENTS = 100_000_00


_CHOOSE = ("", N_("choose"))
_OF_ARREARS = {Tried.What.REACH, Tried.Result.UNTOLD}
"""What nobody writes down here: who writes a line tells whether they spoke with the household."""


class OnceForm(forms.Form):
    """A form that makes something once, however often it is sent, or changes what was seen at `version`."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def clean_once(self) -> UUID:
        """The key; a new one where none was sent."""
        return self.cleaned_data["once"] or uuid4()

    def clean_version(self) -> int:
        """The version that was seen; none is older than every version."""
        return self.cleaned_data["version"] or 0


class FindForm(forms.Form):
    """An address, or its beginning; it is sent and never stands in a link."""

    zoek = forms.CharField(
        label=N_("Street and number, or postcode and number"),
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class AtAddressForm(OnceForm):
    """What is about a home that is chosen among the addresses that were found."""

    zoek = forms.CharField(widget=forms.HiddenInput, max_length=120)
    address = forms.TypedChoiceField(label=N_("Which home?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, found: Iterable[Address], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(str(one.pk), f"{one} {one.postcode} {one.municipality}".strip()) for one in found]
        self.fields["address"].choices = chosen  # type: ignore[attr-defined]
        if len(chosen) == 1:
            self.fields["address"].initial = chosen[0][0]


class DebtForm(OnceForm):
    """The contact details and the arrears: all that the municipality may be told."""

    name = Written(
        label=N_("Name of the tenant"),
        max_length=120,
        validators=[_NAME, without_number],
        help_text=N_("As on a letter. No date of birth and no citizen service number: the law asks neither."),
    )
    phone = forms.CharField(label=N_("Telephone"), required=False, max_length=20, validators=[_PHONE])
    email = forms.EmailField(label=N_("E-mail"), required=False, max_length=120)
    amount = forms.DecimalField(
        label=N_("Arrears in euros"),
        min_value=Decimal("0.01"),
        max_value=Decimal(MOST_CENTS) / 100,
        decimal_places=2,
    )
    months = forms.IntegerField(label=N_("How many months of rent is that about?"), min_value=0, max_value=60)
    counted_on = day_field(N_("On which day were these the arrears?"))

    @property
    def values(self) -> dict[str, Any]:
        """What of it is sealed, but the address."""
        told = self.cleaned_data
        return {
            "name": told["name"],
            "phone": told["phone"],
            "email": told["email"],
            "cents": int(told["amount"] * 100),
            "months": told["months"],
        }


class ArrearsForm(AtAddressForm, DebtForm):
    """Arrears of a home."""

    field_order = ("address",)


class ConditionForm(forms.Form):
    """That one of the four conditions was met: the day and how."""

    day = day_field(N_("On which day?"))
    how = forms.ChoiceField(label=N_("How?"))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        kind: Condition.Kind,
        initial: MutableMapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix=kind, initial=initial)
        self.fields["how"].choices = [(how, how.label) for how in HOWS[kind]]  # type: ignore[attr-defined]


class EndArrearsForm(forms.Form):
    """How arrears ended."""

    ending = forms.ChoiceField(label=N_("How did it end?"), choices=Arrears.Ending.choices)


class SentForm(forms.Form):
    """That a delivery was brought to the municipality."""

    day = day_field(N_("On which day was it sent?"))
    way = forms.ChoiceField(
        label=N_("How?"),
        choices=Delivery.Way.choices,
        help_text=N_("Never by ordinary e-mail."),
    )


class CaseForm(OnceForm):
    """A case that comes from arrears or a signal: all of it is known."""


class CaseAtAddressForm(AtAddressForm):
    """A case at an address."""

    occasion = forms.ChoiceField(label=N_("What does it come from?"), choices=Case.Occasion.choices)
    name = Written(
        label=N_("Name of the tenant"),
        max_length=120,
        required=False,
        validators=[_NAME, without_number],
    )


def _to_write(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [_CHOOSE, *((value, label) for value, label in choices if value not in _OF_ARREARS)]


class TriedForm(OnceForm):
    """Something that was tried."""

    # Nothing is chosen beforehand: a line is never changed, and counts when an eviction is decided.
    what = forms.ChoiceField(label=N_("What was tried?"), choices=_to_write(Tried.What.choices))
    by = forms.ChoiceField(label=N_("By whom?"), choices=[_CHOOSE, *Tried.By.choices])
    day = day_field(N_("On which day?"))
    result = forms.ChoiceField(
        label=N_("What came of it?"),
        choices=_to_write(Tried.Result.choices),
        help_text=N_("How something ended that was going on is told by a new line of the same kind."),
    )
    words = Written(
        label=N_("In a few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=N_(
            "What was agreed or offered. No illness, origin, police matter or citizen service number. It "
            "cannot be changed afterwards."
        ),
    )


class DecideForm(OnceForm):
    """Why an eviction is the last resort."""

    reasons = Written(
        label=N_("Why is nothing else left?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=N_("What was tried and why it does not suffice, as you would explain it to the household."),
    )


class EndCaseForm(OnceForm):
    """How a case ended."""

    outcome = forms.ChoiceField(label=N_("How did it end?"), choices=Case.Outcome.choices)
    day = day_field(N_("On which day?"))


class TakeAlongForm(forms.Form):
    """Since when all evictions are kept here."""

    since = day_field(
        N_("Since when are all evictions kept here?"),
        help_text=N_("Quarters from then on are taken along, also those without any: they had none."),
    )
