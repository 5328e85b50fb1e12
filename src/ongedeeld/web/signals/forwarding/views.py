"""The page on which a signal of public space is sent on to the municipality."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.cities.queries import current
from ongedeeld.web.signals import queries
from ongedeeld.web.signals.forwarding import sending as actions
from ongedeeld.web.signals.forwarding.placing import CALLED, Point, points_of
from ongedeeld.web.signals.forwarding.signalen import LONGEST_TEXT, Category
from ongedeeld.web.signals.models import Signal
from ongedeeld.web.signals.reporting.checklist import fact_words
from ongedeeld.web.speaking import speech, spoken, told
from ongedeeld.web.written import Written


class ForwardForm(forms.Form):
    """What goes to the municipality: every word of it stands here."""

    text = Written(
        label=N_("What does the municipality read?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=N_("What is the matter, and where. Nobody's name, home number or telephone."),
    )
    category = forms.ChoiceField(label=N_("What is it about?"))
    place = forms.ChoiceField(
        label=N_("Which point does the municipality get?"),
        widget=forms.RadioSelect,
        help_text=N_("The front door of one home goes along only where you choose it."),
    )
    photos = forms.TypedMultipleChoiceField(
        label=N_("Which pictures go along?"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=N_("None goes along by itself. Look whether nobody and no number plate is on it."),
    )

    def __init__(
        self, *args: Any, known: list[Category], photos: list[UUID], points: list[Point], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(str(one.at), CALLED[one.at]) for one in points]  # type: ignore[attr-defined]
        if points:
            self.fields["place"].initial = str(points[0].at)
        else:
            del self.fields["place"]
        choices = [(one.path, f"{one.group}: {one.name}" if one.group else one.name) for one in known]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]
        numbered = [
            (str(key), speech().say(N_("picture {number}"), number=at)) for at, key in enumerate(photos, 1)
        ]
        self.fields["photos"].choices = numbered  # type: ignore[attr-defined]
        if not photos:
            del self.fields["photos"]


@limited("export")
@require_http_methods(["GET", "POST"])
def forward_signal(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send a signal on."""
    person = require(request.user, actions.RIGHT)
    signal = _signal(person, key)
    contents = queries.told_of(signal).contents
    photos = list(signal.photos.order_by("id").values_list("key", flat=True))
    words = ". ".join([*fact_words(contents.facts, spoken()), ""]).strip()
    opened = current(person)
    if opened is None:
        raise Http404(N_("There is no City yet."))
    form = ForwardForm(
        request.POST or None,
        points=points_of(signal, opened),
        known=actions.categories() if settings.SIGNALEN else [],
        photos=photos,
        initial={"text": words},
    )
    if form.is_valid():
        asked = form.cleaned_data
        pictures = tuple(asked.get("photos", ()))
        chosen = actions.Chosen(asked["text"], asked["category"], pictures, asked.get("place", ""))
        try:
            outcome = actions.forward(
                signal,
                chosen,
                opened,
                actor=person,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            _tell(request, outcome)
            return HttpResponseRedirect(reverse("signal", args=[signal.key]), status=303)
    shown = {
        "signal": signal,
        "address": contents.address,
        "form": form,
        "photos": photos,
        "forwardings": list(signal.forwardings.all()),
        "is_set": bool(settings.SIGNALEN),
    }
    return render(request, "signals/forward.html", shown, status=422 if form.errors else 200)


def _signal(person: Person, key: UUID) -> Signal:
    signal = queries.signal_for(person, key, timezone.localdate())
    require(person, actions.RIGHT, signal)
    if signal.kind != Signal.Kind.PUBLIC_SPACE:
        raise Http404(N_("Only what is about public space goes to the municipality."))
    return signal


def _tell(request: HttpRequest, outcome: actions.Outcome) -> None:
    number = outcome.forwarding.number
    messages.success(
        request, speech().say(N_("The municipality has it, under number {number}."), number=number)
    )
    if outcome.pictures_lost:
        messages.warning(
            request, speech().say(N_("Not all pictures arrived: add them on the site of the municipality."))
        )


@require_POST
def forward_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that the municipality did not receive it."""
    person = require(request.user, actions.RIGHT)
    signal = _signal(person, key)
    forwarding = signal.forwardings.first()
    if forwarding is None:
        raise Http404(N_("This was not sent on."))
    try:
        actions.let_go(forwarding, actor=person)
    except OngedeeldError as error:
        messages.error(request, told(error))
    return HttpResponseRedirect(reverse("forward_signal", args=[signal.key]), status=303)
