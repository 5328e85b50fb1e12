"""What signals and visit notes tell of a home, for whoever asks what is kept about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from ongedeeld.errors import N_, Marked
from ongedeeld.vocabulary import Both
from ongedeeld.web.safeguards.request_holdings import Fact, Found, Holding, Home, hold
from ongedeeld.web.safeguards.request_marks import forget
from ongedeeld.web.safeguards.sealing import unseal
from ongedeeld.web.signals.answering.transitions import STEPS
from ongedeeld.web.signals.contents import contents_of
from ongedeeld.web.signals.events import answer_in, told_in
from ongedeeld.web.signals.models import Signal, VisitNote
from ongedeeld.web.signals.reporting.checklist import fact_words
from ongedeeld.web.signals.reporting.photos import content_of

SIGNAL, VISIT_NOTE = "signals.signal", "signals.visit_note"


def _signals_of(home: Home) -> Iterable[Found]:
    return map(_signal, Signal.objects.filter(Q(home=home.blind) | Q(near=home.blind)))


def _signal_named(key: UUID) -> Found | None:
    found = Signal.objects.filter(key=key).first()
    return _signal(found) if found else None


def _signal(signal: Signal) -> Found:
    return Found(
        key=signal.key,
        day=timezone.localdate(signal.received_at),
        heading=signal.get_kind_display(),
        facts=(*_seen(signal), *_stands(signal), *_history(signal)),
        remove_after=signal.remove_after,
        pictures=tuple(content_of(photo) for photo in signal.photos.all()),
        receivers=tuple(_receivers(signal)),
    )


def _seen(signal: Signal) -> Iterator[Fact]:
    """What somebody saw. Who that was is not told: that it was a colleague is the source."""
    contents = contents_of(signal.key, signal.sealed)
    seen = (
        Both(nl, en)
        for nl, en in zip(fact_words(contents.facts, "nl"), fact_words(contents.facts, "en"), strict=True)
    )
    yield Fact("address", N_("address"), contents.address)
    yield Fact("source", N_("who saw it"), N_("a colleague of the association"))
    yield Fact("seen_on", N_("seen on"), signal.seen_on)
    yield Fact("seen", N_("what was seen"), tuple(seen))
    yield Fact("domain", N_("life domain"), Marked(signal.get_domain_display()))
    yield Fact("weight", N_("load or nuisance"), Marked(signal.get_weight_display()))
    yield Fact("danger", N_("danger at that moment"), signal.danger)
    yield Fact("note", N_("what was written beside it"), contents.note, words=True)
    yield Fact("did", N_("what was done at once"), contents.did, words=True)
    yield Fact("not_told", N_("why you were not told at once"), contents.not_told, words=True)


def _stands(signal: Signal) -> Iterator[Fact]:
    yield Fact("told_by", N_("to be told no later than"), signal.told_by)
    yield Fact("told_at", N_("told on"), signal.told_at)
    yield Fact("state", N_("how far it is"), Marked(signal.get_state_display()))
    yield Fact("outcome", N_("how it ended"), Marked(signal.get_outcome_display()))


def _history(signal: Signal) -> Iterator[Fact]:
    """What was done, with whom, and on what ground it was passed on."""
    for at, event in enumerate(signal.events.all(), 1):
        told = told_in(event)
        label = STEPS[event.step].done if event.step in STEPS else event.step
        yield Fact(f"step_{at}", label, event.at)
        if told.partner:
            yield Fact(f"step_{at}_with", N_("with, or to"), told.partner)
        if event.ground:
            yield Fact(f"step_{at}_ground", N_("on the ground that"), Marked(event.get_ground_display()))
        if told.words:
            yield Fact(f"step_{at}_words", N_("what was written beside it"), told.words, words=True)
        if answer := answer_in(event):
            yield Fact(f"step_{at}_answer", N_("what the colleague who saw it heard"), answer, words=True)


def _receivers(signal: Signal) -> Iterator[str]:
    """To whom it was passed on."""
    for event in signal.events.filter(after=Signal.State.PASSED_ON):
        if partner := told_in(event).partner:
            yield partner


def _remove_signal(key: UUID) -> None:
    Signal.objects.filter(key=key).delete()
    forget(SIGNAL, key)


def _visit_notes_of(home: Home) -> Iterable[Found]:
    return map(_visit_note, VisitNote.objects.filter(home=home.blind))


def _visit_note_named(key: UUID) -> Found | None:
    found = VisitNote.objects.filter(key=key).first()
    return _visit_note(found) if found else None


def _visit_note(note: VisitNote) -> Found:
    return Found(
        key=note.key,
        day=timezone.localdate(note.made_at),
        heading=N_("how colleagues go to this address"),
        facts=(
            Fact("address", N_("address"), unseal(note.sealed, f"visit:{note.key}")),
            Fact("manner", N_("how to go"), Marked(note.get_manner_display())),
            Fact("review_on", N_("looked at again on"), note.review_on),
            Fact("ended_at", N_("ended on"), note.ended_at),
        ),
        remove_after=note.remove_after,
    )


def _remove_visit_note(key: UUID) -> None:
    VisitNote.objects.filter(key=key).delete()
    forget(VISIT_NOTE, key)


hold(Holding(SIGNAL, N_("signals"), _signals_of, _signal_named, _remove_signal))
hold(
    Holding(VISIT_NOTE, N_("how to go to an address"), _visit_notes_of, _visit_note_named, _remove_visit_note)
)
