"""The forms of referrals, answers and case meetings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.partners.models import Agreement
from ongedeeld.web.partners.models import Organisation as Partner
from ongedeeld.web.referrals.models import Referral, ReferralItem
from ongedeeld.web.referrals.sending.notice import BY_LAW, LONGEST_VITAL, VITAL, Telling
from ongedeeld.web.referrals.sending.origins import Origin
from ongedeeld.web.referrals.sending.receivers import Receiver
from ongedeeld.web.referrals.sending.referring import MOST_WORDS, TERMS, Item
from ongedeeld.web.safeguards.words import without_number
from ongedeeld.web.written import Written, day_field

Kind, Ground = ReferralItem.Kind, ReferralItem.Ground
USUAL = timedelta(days=91)
LAW, NOT_TOLD = "law:", "no"
CHOOSE, NOT_ASKED = N_("Choose one"), N_("nobody was asked")
_LABELS = {
    Kind.NAME: N_("Name of the resident"),
    Kind.ADDRESS: N_("Address"),
    Kind.CONTACT: N_("Telephone or e-mail of the resident"),
    Kind.QUESTION: N_("What do you ask of the partner?"),
    Kind.TRIED: N_("What was tried already?"),
    Kind.WISH: N_("What does the resident want first?"),
}
_ASKED = tuple(one for one in ReferralItem.Asked.choices if one[0] != ReferralItem.Asked.OWN_VAULT)
_DOMAINS = tuple((str(domain), label) for domain, label in LIFE_DOMAIN_LABELS.items())
_TERMS = (
    (2, N_("2 working days: it cannot wait")),
    (5, N_("5 working days")),
    (10, N_("10 working days: it can wait")),
)
_LONG = (Kind.QUESTION, Kind.TRIED, Kind.WISH)


def _words(label: str, most: int, help_text: str = "", *, required: bool = False, rows: int = 3) -> Written:
    return Written(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        validators=[without_number],
        widget=forms.Textarea(attrs={"rows": rows}),
    )


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


class ReceiverForm(forms.Form):
    """To whom: an offer, or a partner in general and then for which life domain."""

    needed_when: ClassVar = {"domain": N_("needed of a partner in general")}
    receiver = forms.ChoiceField(label=N_("Who is asked?"))
    domain = forms.ChoiceField(
        label=N_("Which life domain is it about?"),
        choices=(("", CHOOSE), *_DOMAINS),
        required=False,
        help_text=N_("Of an offer this is known already; of a partner in general it is not."),
    )

    def __init__(self, *args: Any, found: dict[str, list[Receiver]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {one.code: one for several in found.values() for one in several}
        groups = [(group, [(one.code, one.name) for one in several]) for group, several in found.items()]
        self.fields["receiver"].choices = [("", CHOOSE), *groups]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A partner in general needs the domain."""
        told = super().clean() or {}
        chosen = self.known.get(told.get("receiver", ""))
        if chosen is not None and chosen.offer is None and not told.get("domain"):
            self.add_error("domain", ValidationError(N_("Choose the life domain.")))
        return told

    @property
    def chosen(self) -> Receiver:
        """The partner, and its offer."""
        return self.known[self.cleaned_data["receiver"]]

    @property
    def about(self) -> str:
        """The life domain: that of the offer, else that which was chosen."""
        offer = self.chosen.offer
        return offer.domain if offer else self.cleaned_data["domain"]


class AskedForm(OnceForm):
    """How the resident was asked; left empty where a law is the ground of everything."""

    needed_when: ClassVar = dict.fromkeys(("asked", "asked_on"), N_("needed where the resident agreed"))
    asked = forms.ChoiceField(
        label=N_("How was the resident asked?"), choices=(("", NOT_ASKED), *_ASKED), required=False
    )
    asked_on = day_field(N_("On which day?"), required=False)
    told_free = forms.BooleanField(
        label=N_(
            "I told the resident that they may say no to each part, and that a no changes nothing for their "
            "home"
        ),
        required=False,
    )
    until = day_field(
        N_("Until when may the partner read it?"),
        help_text=N_("No longer than half a year, and no longer than the agreement with this partner holds."),
    )

    def _item(self, kind: str, words: str, ground: str, share: UUID | None = None) -> Item:
        told = self.cleaned_data
        article = ground.removeprefix(LAW) if ground.startswith(LAW) else ""
        until = told["until"]
        if article:
            if article == VITAL:
                until = min(until, timezone.localdate() + LONGEST_VITAL)
            return Item(Telling(kind, Ground.LAW, until, article), words, share=share)
        return Item(
            Telling(kind, Ground.CONSENT, until),
            words,
            told["asked"],
            told["asked_on"],
            told["told_free"],
            share,
        )


def ground_choices(kind: str, agreements: Iterable[Agreement]) -> list[tuple[str, str]]:
    """On which grounds a kind of item can be told here; the first is that it is not told."""
    choices = [
        (NOT_TOLD, N_("this is not told")),
        (str(Ground.CONSENT), N_("the resident agreed that this is told")),
    ]
    if kind == Kind.WISH:
        return choices
    articles = [
        one.article for one in agreements if one.ground in BY_LAW and one.article and kind in one.data
    ]
    choices += [(f"{LAW}{article}", article) for article in dict.fromkeys(articles)]
    return [*choices, (f"{LAW}{VITAL}", N_("somebody's life or safety is in danger (GDPR 6(1)d)"))]


class ItemsForm(AskedForm):
    """What is told, item by item, each on a ground of its own."""

    needed_when: ClassVar = AskedForm.needed_when | {f"{Kind.QUESTION}_words": ""}
    agreement = forms.ChoiceField(
        label=N_("Under which agreement with this partner?"),
        required=False,
        help_text=N_("Without one only what the resident agrees to is told."),
    )
    days = forms.TypedChoiceField(
        label=N_("When is an answer needed?"), choices=_TERMS, coerce=int, initial=TERMS[1]
    )

    def __init__(
        self, *args: Any, origin: Origin, agreements: list[Agreement], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.origin = origin
        self.agreements = {str(one.key): one for one in agreements}
        names = [(key, one.title) for key, one in self.agreements.items()]
        self.fields["agreement"].choices = [*names, ("", N_("none"))]  # type: ignore[attr-defined]
        self.fields["agreement"].initial = next(iter(self.agreements), "")
        ends = [day for day in (origin.until, origin.no_later) if day]
        self.fields["until"].initial = min([today + USUAL, *ends])
        self.fields["asked_on"].initial = today
        for kind in Kind:
            known = origin.words.get(kind, "")
            self.fields[f"{kind}_words"] = _field_of(kind, known)
            self.fields[f"{kind}_ground"] = forms.ChoiceField(
                label=N_("May this be told?"), choices=ground_choices(kind, agreements)
            )

    @property
    def parts(self) -> Iterator[tuple[str, str, str]]:
        """For each kind its label and the names of its two fields."""
        for kind in Kind:
            yield kind.label, f"{kind}_words", f"{kind}_ground"

    @property
    def agreed(self) -> Agreement | None:
        """The agreement that was chosen."""
        return self.agreements.get(self.cleaned_data["agreement"])

    def clean(self) -> dict[str, Any]:
        """What is told needs words."""
        told = super().clean() or {}
        for kind in Kind:
            words, is_told = f"{kind}_words", told.get(f"{kind}_ground", NOT_TOLD) != NOT_TOLD
            if is_told and words not in self.errors and not told.get(words, "").strip():
                self.add_error(words, ValidationError(N_("Write it, or do not tell it.")))
        return told

    @property
    def items(self) -> tuple[Item, ...]:
        """What is told."""
        told = self.cleaned_data
        return tuple(
            self._item(
                kind, told[f"{kind}_words"], told[f"{kind}_ground"], self._share(kind, told[f"{kind}_words"])
            )
            for kind in Kind
            if told[f"{kind}_ground"] != NOT_TOLD
        )

    def _share(self, kind: str, words: str) -> UUID | None:
        """What was taken over from something shared closes with it, also when it was put in other words."""
        taken = kind in (Kind.QUESTION, Kind.WISH) and kind in self.origin.words
        return self.origin.share if taken and words.strip() else None


def _field_of(kind: ReferralItem.Kind, known: str) -> Written:
    hints = {
        Kind.QUESTION: N_("No illness, origin or police matter."),
        Kind.TRIED: N_("So that nobody has to tell it again."),
        Kind.WISH: N_("In the resident's own words; only when they agree."),
    }
    rows = 3 if kind in _LONG else 1
    field = _words(_LABELS[kind], MOST_WORDS if kind in _LONG else 200, hints.get(kind, ""), rows=rows)
    if kind not in _LONG:
        field.widget = forms.TextInput()
    field.initial = known
    return field


class TellMoreForm(AskedForm):
    """One thing more."""

    kind = forms.ChoiceField(label=N_("What is told?"), choices=Kind.choices)
    words = _words(N_("In words"), MOST_WORDS, required=True)
    ground = forms.ChoiceField(label=N_("On which ground?"))

    def __init__(self, *args: Any, agreement: Agreement | None, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [agreement] if agreement else []
        wanted = set(kinds)
        self.fields["kind"].choices = [one for one in Kind.choices if one[0] in wanted]  # type: ignore[attr-defined]
        grounds = dict(pair for kind in wanted for pair in ground_choices(kind, held)[1:])
        self.fields["ground"].choices = list(grounds.items())  # type: ignore[attr-defined]

    @property
    def item(self) -> Item:
        """What is told."""
        told = self.cleaned_data
        return self._item(told["kind"], told["words"], told["ground"])


class HandOverForm(OnceForm):
    """To which colleague."""

    to = forms.TypedChoiceField(label=N_("Who keeps it from now on?"), coerce=UUID)

    def __init__(self, *args: Any, colleagues: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(one.key), one.name) for one in colleagues]  # type: ignore[attr-defined]


class AcceptForm(OnceForm):
    """Yes, and when the partner comes."""

    contact_on = day_field(
        N_("On which day do you seek contact with the resident?"),
        help_text=N_("The resident sees this day."),
        required=False,
    )
    words = _words(N_("Anything to add?"), 500, N_("The housing association and the resident read it."))


class RefuseForm(OnceForm):
    """No, and why."""

    refusal = forms.ChoiceField(label=N_("Why not?"), choices=Referral.Refusal.choices)
    words = _words(N_("In a few words"), 500, N_("The housing association and the resident read it."))


class FinishForm(OnceForm):
    """It was done."""

    words = _words(N_("What came of it, in a few words"), 500, N_("No illness, origin or police matter."))


class CodeForm(forms.Form):
    """The code that came by mail or telephone."""

    code = forms.CharField(
        label=N_("The code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class FollowForm(forms.Form):
    """The code that a colleague gave to the resident."""

    code = forms.CharField(
        label=N_("The code on your paper"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class MeetingForm(forms.Form):
    """On which day a case meeting is."""

    on_day = day_field(N_("On which day is the meeting?"))


class AgreedForm(OnceForm):
    """What was agreed of one item."""

    words = _words(
        N_("What was agreed: who does what, and when?"),
        MOST_WORDS,
        N_("No minutes. The parties that it concerns and the resident read it."),
        required=True,
    )


class ConcernForm(OnceForm):
    """Which other parties an item concerns, and how the resident agreed to that."""

    parties = forms.TypedMultipleChoiceField(
        label=N_("Who else joins in for this resident?"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=N_("Only partners to which this resident was referred too."),
    )
    asked = forms.ChoiceField(
        label=N_("How was the resident asked?"), choices=(("", NOT_ASKED), *_ASKED), required=False
    )
    asked_on = day_field(N_("On which day?"), required=False)

    def __init__(self, *args: Any, could: Iterable[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"].choices = [(str(one.key), one.name) for one in could]  # type: ignore[attr-defined]
