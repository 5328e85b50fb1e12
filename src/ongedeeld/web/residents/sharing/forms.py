"""The form of who answers a shared step."""

from __future__ import annotations

from django import forms

from ongedeeld.errors import N_
from ongedeeld.web.residents.models import Reply
from ongedeeld.web.residents.sharing.replies import MOST_WORDS
from ongedeeld.web.signals.reporting.wording_guard import HINT
from ongedeeld.web.written import Written


class ReplyForm(forms.Form):
    """How far it is, in a word, and a short note if wanted."""

    state = forms.ChoiceField(
        label=N_("How far is it?"), choices=Reply.State.choices, widget=forms.RadioSelect
    )
    words = Written(
        label=N_("Anything to add? The resident reads it."),
        help_text=HINT,
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
