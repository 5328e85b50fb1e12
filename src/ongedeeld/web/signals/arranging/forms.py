"""The forms with which teams and rules are arranged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from ongedeeld.errors import N_
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.accounts.places import Area
from ongedeeld.web.signals.arranging.rule_actions import MOST_DAYS, RuleDraft
from ongedeeld.web.signals.arranging.team_actions import Absence
from ongedeeld.web.signals.models import Signal, Team
from ongedeeld.web.written import Written, day_field

Choices = Iterable[tuple[str, str]]
LEVELS = {
    "municipality": N_("municipality"),
    "district": N_("district"),
    "neighbourhood": N_("neighbourhood"),
    "complex": N_("complex"),
}
EVERY_KIND, EVERY_DOMAIN = ("", N_("every kind")), ("", N_("every life domain"))
DOMAINS = [(str(one), label) for one, label in LIFE_DOMAIN_LABELS.items()]
LONGEST_NUMBER = 10
"""A version that is longer is none."""
DANGERS = [("", N_("with danger or without")), ("yes", N_("danger only")), ("no", N_("without danger only"))]


def grouped(areas: Iterable[Area]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Areas and complexes as choices, by level, each by name."""
    by_level: dict[str, list[tuple[str, str]]] = {}
    for area in sorted(areas, key=lambda one: (one.name, one.code)):
        name = area.name if area.kind != "complex" or area.name == area.code else f"{area.name} ({area.code})"
        by_level.setdefault(area.kind, []).append((area.code, name))
    return [(LEVELS.get(level, level), by_level[level]) for level in (*LEVELS, "") if level in by_level]


def version_in(posted: QueryDict) -> int:
    """The version that was seen when a button was pressed; none is older than every version."""
    typed = posted.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST_NUMBER else 0


class ChangedForm(forms.Form):
    """A form that changes what stood there at `version`, or makes something once with the key `once`."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def clean_once(self) -> UUID:
        """The key; a new one where none was sent."""
        return self.cleaned_data["once"] or uuid4()

    def clean_version(self) -> int:
        """The version that was seen; none is older than every version."""
        return self.cleaned_data["version"] or 0


class TeamForm(ChangedForm):
    """What a team is called and where it works."""

    name = Written(label=N_("What is the team called?"), max_length=120)
    everywhere = forms.BooleanField(
        label=N_("For the whole city"),
        required=False,
        help_text=N_("It then answers what no team of an area answers."),
    )
    areas = forms.MultipleChoiceField(
        label=N_("For which areas?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=N_("Of two teams that cover a place, the one with the fewest areas answers."),
    )

    def __init__(
        self, *args: Any, areas: Sequence[Area], everywhere: bool, fixed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = grouped(one for one in areas if one.kind != "complex")  # type: ignore[attr-defined]
        if fixed or not everywhere:
            del self.fields["everywhere"]
        if fixed:
            del self.fields["areas"]
        self._fixed = fixed

    def clean(self) -> dict[str, Any]:
        """That it works somewhere."""
        told = super().clean() or {}
        if not (self._fixed or told.get("areas") or told.get("everywhere")):
            self.add_error("areas", N_("choose at least one area, or the whole city"))
        return told

    @property
    def codes(self) -> list[str]:
        """The codes of its areas; none is everywhere."""
        return [] if self.cleaned_data.get("everywhere") else list(self.cleaned_data.get("areas", ()))


class MemberForm(ChangedForm):
    """Who joins a team."""

    person = forms.ChoiceField(label=N_("Who joins the team?"))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]


class AbsenceForm(ChangedForm):
    """When somebody is away, and who answers then."""

    away_from = day_field(N_("First day away"), required=False)
    away_until = day_field(
        N_("Last day away"), required=False, help_text=N_("Empty while nobody knows when they are back.")
    )
    stands_in = forms.ChoiceField(
        label=N_("Who answers in the meantime?"),
        required=False,
        help_text=N_("Signals that come in, and those whose term ends in the meantime, go there."),
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stands_in"].choices = [("", N_("whoever leads the team")), *people]  # type: ignore[attr-defined]

    @property
    def absence(self) -> Absence:
        """What was told; no days is that they are here."""
        told = self.cleaned_data
        stands_in = UUID(told["stands_in"]) if told["stands_in"] else None
        return Absence(told["away_from"], told["away_until"], stands_in)


class RuleForm(ChangedForm):
    """What a rule says."""

    name = Written(label=N_("What is the rule called?"), max_length=120)
    kind = forms.ChoiceField(
        label=N_("For which kind of signal?"), required=False, choices=[EVERY_KIND, *Signal.Kind.choices]
    )
    domain = forms.ChoiceField(
        label=N_("For which life domain?"), required=False, choices=[EVERY_DOMAIN, *DOMAINS]
    )
    area = forms.ChoiceField(label=N_("Where?"), required=False)
    danger = forms.ChoiceField(label=N_("With danger?"), required=False, choices=DANGERS)
    team = forms.ChoiceField(label=N_("Which team answers?"))
    owner = forms.ChoiceField(
        label=N_("Who of that team?"),
        required=False,
        help_text=N_(
            "While they are away, who stands in answers; without a name whoever leads the team does."
        ),
    )
    working_days = forms.IntegerField(
        label=N_("Within how many working days does the reporter hear?"),
        initial=5,
        min_value=1,
        max_value=MOST_DAYS,
    )
    from_day = day_field(N_("First day"))
    until_day = day_field(N_("Last day"), required=False, help_text=N_("Empty when the rule runs on."))

    def __init__(
        self,
        *args: Any,
        areas: Iterable[Area],
        everywhere: bool,
        teams: Choices,
        people: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        anywhere = [("", N_("everywhere"))] if everywhere else []
        self.fields["area"].choices = [*anywhere, *grouped(areas)]  # type: ignore[attr-defined]
        self.fields["area"].required = not everywhere
        self.fields["team"].choices = list(teams)  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", N_("whoever leads it")), *people]  # type: ignore[attr-defined]

    @property
    def draft(self) -> RuleDraft:
        """What the rule says."""
        told = self.cleaned_data
        return RuleDraft(
            name=told["name"],
            team=Team.objects.get(key=told["team"]),
            from_day=told["from_day"],
            kind=told["kind"],
            domain=told["domain"],
            area=told["area"],
            danger={"yes": True, "no": False}.get(told["danger"]),
            owner=UUID(told["owner"]) if told["owner"] else None,
            working_days=told["working_days"],
            until_day=told["until_day"],
        )


class TryForm(forms.Form):
    """A signal to try against the rules."""

    kind = forms.ChoiceField(label=N_("Kind"), choices=Signal.Kind.choices)
    domain = forms.ChoiceField(label=N_("Life domain"), required=False, choices=[("", N_("none")), *DOMAINS])
    area = forms.ChoiceField(label=N_("Place"), required=False)
    danger = forms.BooleanField(label=N_("There is danger now"), required=False)
    day = day_field(N_("Day on which it comes"), required=False)

    def __init__(self, *args: Any, areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", N_("somewhere without a team")), *grouped(areas)]  # type: ignore[attr-defined]


class RulesFileForm(forms.Form):
    """A file with the rules."""

    file = forms.FileField(label=N_("File with rules (TOML)"), max_length=200)


class HandOverForm(forms.Form):
    """Which signals go to whom: to people of the team, or to other teams."""

    signals = forms.MultipleChoiceField(required=False)
    everything_of = forms.ChoiceField(label=N_("Or everything that is open with"), required=False)
    to = forms.ChoiceField(label=N_("Hand over to"))

    def __init__(
        self, *args: Any, keys: Iterable[str], people: Choices, teams: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = list(people)
        self.fields["signals"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]
        self.fields["everything_of"].choices = [("", N_("nobody: only what is ticked")), *offered]  # type: ignore[attr-defined]
        self.fields["to"].choices = [*offered, *teams]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """That there is something to hand over."""
        told = super().clean() or {}
        if not (told.get("signals") or told.get("everything_of")):
            self.add_error(None, N_("tick the signals that you hand over, or choose whose work goes on"))
        return told
