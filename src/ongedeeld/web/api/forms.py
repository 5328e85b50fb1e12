"""The form that gives a token."""

from __future__ import annotations

from typing import Any

from django import forms

from ongedeeld.errors import N_
from ongedeeld.web.accounts.forms import RoleForm
from ongedeeld.web.accounts.roles import ROLE_LABELS
from ongedeeld.web.api.actions import ROLES


class TokenForm(RoleForm):
    """Which organisation reads, in which role and where, until when."""

    organisation = forms.CharField(label=N_("Organisation"), max_length=120)

    field_order = ("organisation",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(str(role), ROLE_LABELS[role]) for role in ROLES]  # type: ignore[attr-defined]
        self.fields["role"].help_text = N_("it reads what somebody in this role may see")
        self.fields["until_day"].required = True
        self.fields["until_day"].help_text = N_("at most a year ahead")
