"""The forms of partners, offers, agreements and support."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.validators import RegexValidator

from ongedeeld.errors import N_
from ongedeeld.web.cities.models import Address
from ongedeeld.web.partners.agreeing import Terms
from ongedeeld.web.partners.around import LEVELS, Areas
from ongedeeld.web.partners.hsds_cells import no_formula
from ongedeeld.web.partners.models import DOMAINS, Agreement, Organisation, SupportAgreement
from ongedeeld.web.partners.offers import Offered
from ongedeeld.web.partners.organisations import About
from ongedeeld.web.partners.sharing import DATA
from ongedeeld.web.partners.supporting import Support
from ongedeeld.web.safeguards.words import without_number
from ongedeeld.web.written import Written, day_field

LEVEL_LABELS = {
    "municipality": N_("municipality"),
    "district": N_("district"),
    "neighbourhood": N_("neighbourhood"),
}
LONGEST_WAIT = 5 * 365
_PHONE = RegexValidator(r"^(?:\+|0)[0-9 ()-]{6,19}$|^1[0-9]{2,5}$", N_("This is no telephone number."))
_POSTCODE = RegexValidator(r"^[1-9][0-9]{3} ?[A-Za-z]{2}$", N_("This is no Dutch postcode."))


def words(label: str, *, required: bool = False, help_text: str = "", longest: int = 2000) -> Written:
    """Several lines of words."""
    return Written(
        label=label,
        required=required,
        help_text=help_text,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def areas_by_level(
    areas: Areas, codes: Iterable[str] | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Areas as choices, by level, each by name; only these codes where they are given."""
    wanted = set(areas.names if codes is None else codes)
    found = []
    for level in LEVELS:
        here = [(code, areas.names[code]) for code in areas.of_level(level) if code in wanted]
        if here:
            found.append((LEVEL_LABELS[level], here))
    return found


class SentForm(forms.Form):
    """A form that makes something once, however often it is sent, or changes what was seen at `version`."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def clean_once(self) -> UUID:
        """The key; a new one where none was sent."""
        return self.cleaned_data["once"] or uuid4()

    def clean_version(self) -> int:
        """The version that was seen; none is older than every version."""
        return self.cleaned_data["version"] or 0


class ListedForm(SentForm):
    """A form of what goes out as tables: none of its `cells` begins a formula."""

    cells: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.cells:
            self.fields[name].validators.append(no_formula)


class OrganisationForm(ListedForm):
    """What is told of a partner."""

    cells = ("name", "description", "email")
    name = Written(label=N_("Name"), max_length=120)
    kind = forms.ChoiceField(label=N_("What kind of organisation?"), choices=Organisation.Kind.choices)
    description = words(N_("What it is, in a few sentences"))
    website = forms.URLField(label=N_("Website"), required=False, max_length=200, assume_scheme="https")
    email = forms.EmailField(
        label=N_("E-mail"),
        required=False,
        max_length=120,
        help_text=N_(
            "A mailbox that several people read. Take it from the partner itself: links with which it "
            "answers referrals go there, or else the codes for them."
        ),
    )
    code_email = forms.EmailField(
        label=N_("Another e-mail address for codes"),
        required=False,
        max_length=120,
        help_text=N_(
            "A code never goes to the mailbox to which the link goes. Without another one you read codes out "
            "by telephone. When this is changed, links that are out end."
        ),
    )
    phone = forms.CharField(label=N_("Telephone"), required=False, max_length=20, validators=[_PHONE])

    @property
    def about(self) -> About:
        """What was told."""
        told = self.cleaned_data
        return About(**{name: told[name] for name in About.__dataclass_fields__})


class WaitForm(forms.Form):
    """How long the wait is."""

    wait_days = forms.IntegerField(
        label=N_("Days of waiting"),
        required=False,
        min_value=0,
        max_value=LONGEST_WAIT,
        help_text=N_("Empty where nobody knows: that is not the same as no waiting."),
    )


class OfferForm(ListedForm):
    """What a partner offers."""

    cells = ("name", "description", "for_whom", "address", "town", "email")
    name = Written(label=N_("What is it called?"), max_length=120)
    domain = forms.ChoiceField(label=N_("In which life domain?"), choices=DOMAINS)
    description = words(N_("What it is, in plain words"), help_text=N_("Residents read this."))
    for_whom = words(N_("For whom?"), help_text=N_("What somebody has to meet, such as age or income."))
    areas = forms.MultipleChoiceField(
        label=N_("Where?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=N_("Nothing chosen is everywhere."),
    )
    address = Written(label=N_("Street and number where people go to"), required=False, max_length=120)
    postcode = forms.CharField(label=N_("Postcode"), required=False, max_length=7, validators=[_POSTCODE])
    town = Written(label=N_("Town"), required=False, max_length=80)
    email = forms.EmailField(label=N_("E-mail"), required=False, max_length=120)
    phone = forms.CharField(label=N_("Telephone"), required=False, max_length=20, validators=[_PHONE])
    wait_days = forms.IntegerField(
        label=N_("Days of waiting"), required=False, min_value=0, max_value=LONGEST_WAIT
    )
    wait_known_on = day_field(N_("On which day was that so?"), required=False)

    def __init__(self, *args: Any, areas: Areas, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = areas_by_level(areas)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """That a wait has its day."""
        told = super().clean() or {}
        if told.get("wait_days") is not None and told.get("wait_known_on") is None:
            self.add_error("wait_known_on", N_("tell on which day the wait was so"))
        if told.get("wait_days") is None:
            told["wait_known_on"] = None
        return told

    @property
    def offered(self) -> Offered:
        """What was told."""
        told = self.cleaned_data
        return Offered(**{name: told[name] for name in Offered.__dataclass_fields__})

    @property
    def codes(self) -> list[str]:
        """The areas; none is everywhere."""
        return list(self.cleaned_data["areas"])


class AgreementForm(SentForm):
    """What was agreed."""

    title = Written(label=N_("What is the agreement called?"), max_length=160)
    parties = forms.MultipleChoiceField(
        label=N_("With whom?"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    purpose = words(N_("What for?"), required=True, help_text=N_("Data may be shared for this alone."))
    ground = forms.ChoiceField(
        label=N_("On which ground are data shared?"),
        choices=Agreement.Ground.choices,
        widget=forms.RadioSelect,
    )
    article = Written(
        label=N_("Which law and article?"),
        required=False,
        max_length=160,
        help_text=N_("Needed for a legal duty or a public task, such as 'Wmo 2015, article 2.3.2'."),
    )
    items = forms.MultipleChoiceField(
        label=N_("Which data may be shared?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=tuple(DATA.items()),
        help_text=N_("What is not chosen may not be shared. There is nothing about health to choose."),
    )
    areas = forms.MultipleChoiceField(
        label=N_("Where does it hold?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    from_day = day_field(N_("First day"))
    until_day = day_field(N_("Last day"), required=False, help_text=N_("Empty while it runs on."))
    review_on = day_field(
        N_("When do you look at it again?"), help_text=N_("Eight and two weeks before it you are warned.")
    )

    def __init__(
        self,
        *args: Any,
        organisations: Mapping[str, str],
        areas: Areas,
        codes: Iterable[str] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"].choices = tuple(organisations.items())  # type: ignore[attr-defined]
        self.fields["areas"].choices = areas_by_level(areas, codes)  # type: ignore[attr-defined]
        if codes is None:
            self.fields["areas"].help_text = N_("Nothing chosen is everywhere.")
        else:
            self.fields["areas"].required = True

    @property
    def terms(self) -> Terms:
        """What was told."""
        told = self.cleaned_data
        return Terms(
            title=told["title"],
            purpose=told["purpose"],
            ground=told["ground"],
            article=told["article"],
            data=tuple(told["items"]),
            from_day=told["from_day"],
            until_day=told["until_day"],
            review_on=told["review_on"],
            parties=frozenset(UUID(key) for key in told["parties"]),
            codes=frozenset(told["areas"]),
        )


class FindForm(forms.Form):
    """An address, or its beginning; it is sent and never stands in a link."""

    zoek = forms.CharField(
        label=N_("Street and number, or postcode and number"),
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class SupportForm(SentForm):
    """Which support: from when to when, and who pays. No field for why."""

    from_day = day_field(N_("First day"))
    until_day = day_field(N_("Last day"))
    hours_per_week = forms.DecimalField(
        label=N_("Hours a week"), required=False, min_value=0, max_value=168, max_digits=4, decimal_places=1
    )
    payer = forms.ChoiceField(label=N_("Who pays?"), choices=SupportAgreement.Payer.choices)
    contact = Written(
        label=N_("Whom to call at this partner?"),
        required=False,
        max_length=80,
        help_text=N_("A name or a team. Nothing about the household, and not why there is support."),
        validators=[without_number],
    )
    phone = forms.CharField(label=N_("Telephone"), required=False, max_length=20, validators=[_PHONE])

    @property
    def support(self) -> Support:
        """What was told."""
        told = self.cleaned_data
        return Support(told["from_day"], told["until_day"], told["payer"], told["hours_per_week"])


class NewSupportForm(SupportForm):
    """Support at a home that is chosen among the addresses that were found."""

    zoek = forms.CharField(widget=forms.HiddenInput, max_length=120)
    address = forms.TypedChoiceField(label=N_("Which home?"), coerce=int, widget=forms.RadioSelect)
    organisation = forms.ChoiceField(label=N_("From whom?"))

    field_order = ("zoek", "address", "organisation")

    def __init__(
        self, *args: Any, found: Iterable[Address], organisations: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(str(one.pk), f"{one} {one.postcode} {one.municipality}".strip()) for one in found]
        self.fields["address"].choices = chosen  # type: ignore[attr-defined]
        self.fields["organisation"].choices = tuple(organisations.items())  # type: ignore[attr-defined]
        if len(chosen) == 1:
            self.fields["address"].initial = chosen[0][0]


class MemberForm(forms.Form):
    """Who joins a partner."""

    person = forms.TypedChoiceField(label=N_("Who works there?"), coerce=UUID)

    def __init__(self, *args: Any, people: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(key), name) for key, name in people.items()]  # type: ignore[attr-defined]
