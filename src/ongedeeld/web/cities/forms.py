"""The forms with which data are brought in and accepted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from ongedeeld.errors import N_

_MUNICIPALITY = RegexValidator(
    r"^[Gg][Mm][0-9]{4}$", N_("This is no code of a municipality, such as GM0344.")
)


class ManyFilesInput(forms.FileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files at once."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself."""
        many = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFiles, self).clean(one, initial) for one in many or [None]]


class _RegionForm(forms.Form):
    def clean_region(self) -> str:
        """The code in capitals."""
        return str(self.cleaned_data["region"]).upper()


class BringForm(_RegionForm):
    """Files to bring in."""

    uploads = ManyFiles(
        label=N_("Files"),
        max_length=200,
        help_text=N_(
            "Your own tables (csv or xlsx), open data files as their owners publish them, addresses, or a "
            "saved City as one zip. Give a file the name of its table, such as dwellings.xlsx."
        ),
    )
    region = forms.CharField(
        label=N_("Code of the municipality"),
        required=False,
        max_length=6,
        validators=[_MUNICIPALITY],
        help_text=N_("Needed only for open data, when there is no version in use yet."),
    )
    anew = forms.BooleanField(
        label=N_("Leave published figures behind that are not in these files"), required=False
    )


class FetchForm(_RegionForm):
    """A municipality to fetch."""

    region = forms.CharField(
        label=N_("Code of the municipality"),
        max_length=6,
        validators=[_MUNICIPALITY],
        help_text=N_("GM and four digits, such as GM0344 for Utrecht."),
    )
    anew = forms.BooleanField(label=N_("Leave published figures of before behind"), required=False)


class AcceptForm(forms.Form):
    """Whether errors and losses were seen."""

    despite_errors = forms.BooleanField(
        label=N_("I have seen the errors, and want to use this version all the same"), required=False
    )
    despite_losses = forms.BooleanField(
        label=N_("I have seen what is gone, and want to use this version all the same"), required=False
    )


class AddressForm(forms.Form):
    """An address, or its beginning."""

    zoek = forms.CharField(
        label=N_("Street and number, or postcode and number"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
