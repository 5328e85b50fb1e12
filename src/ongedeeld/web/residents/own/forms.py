"""The form with which a resident asks about their data."""

from __future__ import annotations

from uuid import UUID, uuid4

from django import forms

from ongedeeld.errors import N_
from ongedeeld.web.safeguards.request_contents import Contents
from ongedeeld.web.safeguards.request_forms import WordsForm
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.written import Written

RIGHTS = (
    (Request.Right.ACCESS, N_("I want to see what is kept about me")),
    (Request.Right.CORRECTION, N_("Something is wrong. I want it to be corrected")),
    (Request.Right.OBJECTION, N_("I do not want something about me to be used")),
    (Request.Right.RESTRICTION, N_("Stop using something until it is sorted out")),
    (Request.Right.REMOVAL, N_("I want something about me to be removed")),
    (Request.Right.EXPORT, N_("I want a copy to take along")),
)
"""What they ask, in plain words."""


class AskForm(WordsForm):
    """What a resident asks, and who they are."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    right = forms.ChoiceField(
        label=N_("What do you want?"),
        choices=[(right.value, words) for right, words in RIGHTS],
        widget=forms.RadioSelect,
    )
    words = Written(
        label=N_("What is it about?"),
        max_length=5000,
        help_text=N_("Say what is wrong, or what you want to know. For example a signal, and its day."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = Written(label=N_("Your name"), max_length=200)
    address = Written(
        label=N_("Your postcode and house number"),
        max_length=120,
        required=False,
        help_text=N_("With it we find what is kept about your home."),
    )
    reach = Written(
        label=N_("How can we reach you?"),
        max_length=300,
        help_text=N_("For example your telephone number. We first make sure that it is you who asks."),
    )

    def clean_once(self) -> UUID:
        """The key; a new one where none was sent."""
        return self.cleaned_data["once"] or uuid4()

    @property
    def contents(self) -> Contents:
        """What is sealed."""
        filled = self.cleaned_data
        return Contents(filled["name"], filled["reach"], filled["words"], filled["address"])
