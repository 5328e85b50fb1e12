"""Forms about people, their roles and oneself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ongedeeld.errors import N_
from ongedeeld.web.accounts.actions import Post
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.places import Area
from ongedeeld.web.accounts.queries import Givable
from ongedeeld.web.accounts.roles import ROLE_LABELS, Role

LANGUAGES = (("nl", "Nederlands"), ("en", "English"))


class RoleForm(forms.Form):
    """A role to give: which, where, and from when until when.

    Parameters
    ----------
    givable
        What whoever fills it in may give.
    """

    role = forms.ChoiceField(label=N_("Role"))
    everywhere = forms.BooleanField(
        label=N_("In the whole city"), required=False, help_text=N_("otherwise only in the areas below")
    )
    areas = forms.MultipleChoiceField(label=N_("Areas"), required=False, widget=forms.CheckboxSelectMultiple)
    complexes = forms.CharField(
        label=N_("Complexes"),
        required=False,
        help_text=N_("their numbers, with commas between"),
        max_length=2000,
    )
    from_day = forms.DateField(
        label=N_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until_day = forms.DateField(
        label=N_("Last day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=N_("empty when the role runs on"),
    )

    def __init__(self, *args: Any, givable: Givable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._complexes = {area.code for area in givable.areas if area.kind == "complex"}
        self.fields["role"].choices = [(str(role), ROLE_LABELS[role]) for role in givable.roles]  # type: ignore[attr-defined]
        self.fields["areas"].choices = _grouped(givable.areas)  # type: ignore[attr-defined]
        if not givable.everywhere:
            del self.fields["everywhere"]

    def clean_complexes(self) -> list[str]:
        """The numbers, each of which exists."""
        codes = [code.strip() for code in self.cleaned_data["complexes"].split(",") if code.strip()]
        missing = [code for code in codes if code not in self._complexes]
        if missing:
            raise ValidationError(N_("there is no complex with this number, or it is not yours to give"))
        return codes

    def clean(self) -> dict[str, Any]:
        """That the role lies somewhere and ends after it begins."""
        cleaned = super().clean() or {}
        if not (cleaned.get("everywhere") or cleaned.get("areas") or cleaned.get("complexes")):
            self.add_error("areas", N_("choose areas or complexes, or the whole city"))
        begin, end = cleaned.get("from_day"), cleaned.get("until_day")
        if begin and end and end < begin:
            self.add_error("until_day", N_("the last day comes before the first"))
        return cleaned

    def post(self) -> Post:
        """What was asked."""
        told = self.cleaned_data
        codes = None if told.get("everywhere") else frozenset([*told["areas"], *told["complexes"]])
        return Post(Role(told["role"]), codes, told["from_day"], told["until_day"])


def _grouped(areas: Iterable[Area]) -> list[tuple[str, str]]:
    """Districts with their neighbourhoods below them; complexes are given by number."""
    places = [area for area in areas if area.kind in ("district", "neighbourhood")]
    places.sort(key=lambda area: (tuple(reversed(area.area_codes)), area.name))
    return [(area.code, area.name if area.kind == "district" else f"– {area.name}") for area in places]


class InviteForm(RoleForm):
    """Who is invited, and with which first role."""

    name = forms.CharField(label=N_("Name"), max_length=120)
    email = forms.EmailField(label=N_("E-mail address"))
    language = forms.ChoiceField(label=N_("Language"), choices=LANGUAGES)

    field_order = ("name", "email", "language")


class EndRoleForm(forms.Form):
    """When a role ends; `version` tells which state of it was looked at."""

    last_day = forms.DateField(required=False)
    version = forms.IntegerField()


class MyselfForm(forms.Form):
    """One's own name and language."""

    name = forms.CharField(label=N_("Name"), max_length=120)
    language = forms.ChoiceField(label=N_("Language"), choices=LANGUAGES)


class AcceptForm(forms.Form):
    """What somebody who was invited fills in."""

    name = forms.CharField(label=N_("Name"), max_length=120)
    password = forms.CharField(
        label=N_("Password"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=N_("at least 12 characters; a sentence is easy to remember and hard to guess"),
    )
    again = forms.CharField(
        label=N_("The same password once more"), widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_password(self) -> str:
        """A password that is not easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self._person)
        return password

    def clean(self) -> dict[str, Any]:
        """The same twice."""
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", N_("this is not the same password"))
        return cleaned
