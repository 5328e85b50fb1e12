"""Everything seen gets an answer: from the list to the last step, and what the reporter hears of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ongedeeld.errors import InputError
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.changing import ChangedMeanwhileError
from ongedeeld.web.signals import queries
from ongedeeld.web.signals.answering.steps import Taken, take
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.events import told_in
from ongedeeld.web.signals.letters import remind_to_tell
from ongedeeld.web.signals.models import Signal, SignalEvent, SignalPlace
from ongedeeld.web.signals.reporting.photos import keep_photos
from ongedeeld.web.working_days import is_working_day
from tests.web.conftest import Visit
from tests.web.posting import post_goes
from tests.web.signals.conftest import ELSEWHERE, NOTE, Cast, Reports, in_days

Callbacks = Callable[..., AbstractContextManager[object]]
TODAY = timezone.localdate


def page(client: Client, address: str, status: int = 200) -> str:
    """What somebody reads there."""
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return unescape(answer.content.decode())


def step(client: Client, signal: Signal, name: str, status: int = 303, **told: object) -> str:
    """Take a step as somebody takes it in the browser; the page that comes back."""
    signal.refresh_from_db()
    posted = {f"{name}-{field}": value for field, value in ({"version": signal.version} | told).items()}
    answer = client.post(f"/signalen/{signal.key}/stap/{name}/", posted)
    assert answer.status_code == status, answer.content.decode()
    signal.refresh_from_db()
    return unescape(answer.content.decode())


def do(signal: Signal, cast: Cast, name: str, **told: object) -> None:
    """Take a step as Mila, who answers."""
    signal.refresh_from_db()
    taken = Taken(name, **told)  # type: ignore[arg-type]
    take(signal, taken, version=signal.version, actor=cast.mila, now=timezone.now(), today=TODAY())


def test_a_signal_goes_from_seen_to_closed_and_the_reporter_hears_of_every_step(
    signal: Signal, cast: Cast, visit: Visit
) -> None:
    mila, bas = visit(cast.mila), visit(cast.bas)
    mila.cookies["django_language"] = bas.cookies["django_language"] = "nl"
    assert NOTE in page(mila, f"/signalen/{signal.key}/")
    step(mila, signal, "pick_up")
    step(mila, signal, "contact", words="We spraken af dat hij morgen belt.", answer="Dank u wel.")
    step(mila, signal, "close", words="Hij heeft het geregeld.", outcome="solved")
    assert (signal.state, signal.outcome, signal.owner) == ("closed", "solved", cast.mila.key)
    assert None not in (signal.answered_at, signal.contact_at, signal.closed_at)
    assert [event.step for event in signal.events.all()] == ["receive", "pick_up", "contact", "close"]
    read = page(bas, f"/signalen/{signal.key}/")
    assert "Dank u wel." in read
    assert NOTE in read
    for words in ("We spraken af", "Hij heeft het geregeld", cast.mila.name):
        assert words not in read
    heard = [one.heard for one in queries.heard_of(signal)]
    assert heard == [
        "Received. A colleague looks at it.",
        "A colleague took it up.",
        "A colleague spoke with the resident.",
        "It was solved.",
    ]


def test_who_answers_finds_it_in_their_list_and_who_reported_it_in_theirs(
    signal: Signal, cast: Cast, visit: Visit
) -> None:
    address = f"/signalen/{signal.key}/"
    assert address in page(visit(cast.mila), "/signalen/")
    assert address not in page(visit(cast.mila), "/signalen/?lijst=gemeld")
    assert address not in page(visit(cast.sanne), "/signalen/")
    assert address in page(visit(cast.bas), "/signalen/")
    assert address not in page(visit(cast.femke), "/signalen/")


def test_danger_stands_first_and_then_what_is_due_first(cast: Cast, reports: Reports) -> None:
    old = timezone.now() - timedelta(days=20)
    late, soon = reports(cast.bas, now=old), reports(cast.bas)
    danger = reports(cast.bas, danger=True)
    assert list(queries.to_answer(cast.mila, TODAY())) == [danger, late, soon]


def test_only_who_answers_there_or_reported_it_may_see_it(signal: Signal, cast: Cast, visit: Visit) -> None:
    address = f"/signalen/{signal.key}/"
    for person in (cast.femke, cast.noor, cast.olga):
        page(visit(person), address, status=403)
    for person in (cast.bas, cast.sanne, cast.mila):
        page(visit(person), address)


def test_who_looks_at_it_stands_in_the_audit_record(signal: Signal, cast: Cast, visit: Visit) -> None:
    page(visit(cast.sanne), f"/signalen/{signal.key}/")
    assert Entry.objects.filter(
        actor=cast.sanne.key, verb="signals.see_signal", thing=str(signal.key)
    ).exists()


def test_the_reporter_takes_no_steps_of_the_team(signal: Signal, cast: Cast, visit: Visit) -> None:
    bas = visit(cast.bas)
    for name in ("pick_up", "close", "hand_over", "answer"):
        step(bas, signal, name, status=403, words="Klaar.", outcome="solved")
    assert signal.state == "new"


def test_what_is_missing_is_told_and_what_was_typed_stays(signal: Signal, cast: Cast, visit: Visit) -> None:
    mila = visit(cast.mila)
    read = step(mila, signal, "pass_on", status=422, words="Over de post.", partner="")
    assert "Over de post." in read
    assert signal.state == "new"


def test_the_words_are_guarded(signal: Signal, cast: Cast, visit: Visit) -> None:
    read = step(visit(cast.mila), signal, "contact", status=422, words="Hij heeft schizofrenie.")
    assert "Hij heeft schizofrenie." in read
    for field in ("words", "answer", "partner"):
        with pytest.raises(InputError):
            do(signal, cast, "note", **{"words": "Gebeld."} | {field: "BSN 111222333"})
    told = {"words": "Hij vroeg daar hulp.", "partner": "GGZ Centraal", "ground": "agreed"}
    do(signal, cast, "pass_on", **told)
    assert told_in(signal.events.latest("id")).partner == "GGZ Centraal"


def test_whoever_comes_second_sees_what_the_first_did_and_loses_nothing(
    signal: Signal, cast: Cast, visit: Visit
) -> None:
    sanne = visit(cast.sanne)
    seen = signal.version
    do(signal, cast, "contact", words="Ik sprak hem.")
    posted = {"close-version": seen, "close-words": "Niemand thuis.", "close-outcome": "nothing_found"}
    answer = sanne.post(f"/signalen/{signal.key}/stap/close/", posted)
    read = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Niemand thuis." in read
    assert "Ik sprak hem." in read
    assert f'name="close-version" value="{seen + 1}"' in read
    signal.refresh_from_db()
    assert signal.is_open


def test_of_two_at_once_one_is_told_so(signal: Signal, cast: Cast) -> None:
    same = {"version": signal.version, "now": timezone.now(), "today": TODAY()}
    twin = Signal.objects.get(pk=signal.pk)
    take(signal, Taken("pick_up"), actor=cast.mila, **same)  # type: ignore[arg-type]
    with pytest.raises(ChangedMeanwhileError):
        take(twin, Taken("pick_up"), actor=cast.sanne, **same)  # type: ignore[arg-type]
    assert Signal.objects.get(pk=signal.pk).owner == cast.mila.key


def test_who_takes_it_up_owns_it(signal: Signal, cast: Cast, visit: Visit) -> None:
    step(visit(cast.sanne), signal, "pick_up")
    assert signal.owner == cast.sanne.key


def test_it_is_handed_over_to_a_colleague_of_the_team_alone(signal: Signal, cast: Cast, visit: Visit) -> None:
    mila = visit(cast.mila)
    step(mila, signal, "hand_over", status=422, words="Ik ben op reis.", to=cast.noor.key)
    step(mila, signal, "hand_over", status=422, words="Ik ben op reis.", to=cast.mila.key)
    step(mila, signal, "hand_over", words="Ik ben op reis.", to=cast.sanne.key)
    assert signal.owner == cast.sanne.key
    assert signal.answered_at is None
    event = signal.events.latest("id")
    assert (event.step, told_in(event).words) == ("hand_over", "Ik ben op reis.")


def test_it_is_passed_on_with_who_and_why(signal: Signal, cast: Cast, visit: Visit) -> None:
    step(visit(cast.mila), signal, "pass_on", words="Formulieren.", partner="wijkteam", ground="agreed")
    event = signal.events.latest("id")
    assert (signal.state, event.ground, told_in(event).partner) == ("passed_on", "agreed", "wijkteam")
    do(signal, cast, "take_back", words="Er is een wachtlijst.")
    assert signal.state == "taken_up"


def test_what_is_about_a_home_is_about_somebody(signal: Signal, cast: Cast, reports: Reports) -> None:
    told = {"words": "Vuil.", "partner": "gemeente", "ground": SignalEvent.Ground.NO_PERSON}
    with pytest.raises(InputError, match="somebody's home"):
        do(signal, cast, "pass_on", **told)
    place = reports(cast.bas, kind=Signal.Kind.PUBLIC_SPACE, home="")
    do(place, cast, "pass_on", **told)
    assert place.state == "passed_on"


@pytest.fixture
def untold(cast: Cast, reports: Reports) -> Signal:
    """A signal of which the resident hears within five days."""
    contents = Contents(address="Kerkstraat 1", note=NOTE, not_told="Eerst overleg.")
    return reports(cast.bas, told_by=in_days(5), contents=contents)


def test_the_resident_is_told_before_it_is_closed_or_passed_on_with_agreement(
    untold: Signal, cast: Cast, visit: Visit
) -> None:
    mila = visit(cast.mila)
    assert "tell_resident" in page(mila, f"/signalen/{untold.key}/")
    with pytest.raises(InputError, match="cannot agree"):
        do(untold, cast, "pass_on", words="Post.", partner="wijkteam", ground="agreed")
    with pytest.raises(InputError, match="was not told yet"):
        do(untold, cast, "close", words="Klaar.", outcome="solved")
    do(untold, cast, "pass_on", words="Brand.", partner="brandweer", ground="vital")
    do(untold, cast, "tell_resident", words="Aan de deur verteld.")
    assert not untold.is_still_to_be_told
    with pytest.raises(InputError, match="cannot be taken any more"):
        do(untold, cast, "tell_later", words="Toch niet.", told_by=in_days(9))
    do(untold, cast, "close", words="Klaar.", outcome="solved")


def test_telling_later_asks_a_day_to_come(untold: Signal, cast: Cast) -> None:
    with pytest.raises(InputError, match="has passed"):
        do(untold, cast, "tell_later", words="Nog niet.", told_by=in_days(-1))
    with pytest.raises(InputError, match="too far ahead"):
        do(untold, cast, "tell_later", words="Nog niet.", told_by=in_days(29))
    do(untold, cast, "tell_later", words="Nog niet.", told_by=in_days(9))
    assert untold.told_by == in_days(9)


def test_who_has_to_tell_a_resident_sees_it_and_is_written_to(
    untold: Signal, cast: Cast, visit: Visit, settings: Settings
) -> None:
    settings.EMAIL_HOST = "post"
    assert "/#tell_resident" in page(visit(cast.mila), "/signalen/")
    days = [in_days(count) for count in range(6, 20)]
    working = next(day for day in days if is_working_day(day))
    weekend = next(day for day in days if not is_working_day(day))
    assert remind_to_tell(weekend) == 0
    assert remind_to_tell(working) == 1
    post_goes()
    assert [one.to for one in mail.outbox] == [[cast.mila.email]]


def test_letters_carry_no_content_only_a_link(
    cast: Cast,
    reports: Reports,
    visit: Visit,
    settings: Settings,
) -> None:
    settings.EMAIL_HOST = "post"
    signal = reports(cast.bas)
    step(visit(cast.mila), signal, "contact", words="Hij belt morgen.", answer="Dank u wel.")
    step(visit(cast.bas), signal, "see_more", words="De deur staat open.")
    assert mail.outbox == []  # nobody waits for a mail server
    post_goes()
    assert [one.to[0] for one in mail.outbox] == [cast.mila.email, cast.bas.email, cast.mila.email]
    written = "\n".join(f"{one.subject}\n{one.body}" for one in mail.outbox)
    assert written.count(f"/signalen/{signal.key}/") == 3
    for words in (NOTE, "belt", "Dank", "deur", "Marktstraat", "zorg", "concern", cast.bas.name, "C001"):
        assert words not in written


def test_the_reporter_can_say_more_and_that_it_is_not_over(signal: Signal, cast: Cast, visit: Visit) -> None:
    bas, mila = visit(cast.bas), visit(cast.mila)
    step(bas, signal, "see_more", words="Er ligt nu ook een pakket.")
    assert (signal.state, signal.answered_at) == ("new", None)
    assert "Er ligt nu ook een pakket." in page(mila, f"/signalen/{signal.key}/")
    assert "Er ligt nu ook een pakket." in page(bas, f"/signalen/{signal.key}/")
    do(signal, cast, "close", words="Hij is op reis.", outcome="nothing_found")
    signal.refresh_from_db()
    step(bas, signal, "not_over", words="Hij is er wel, en doet niet open.")
    assert (signal.state, signal.outcome, signal.closed_at) == ("taken_up", "", None)
    assert signal.answered_at is None
    assert signal.due > TODAY()
    assert signal.owner == cast.mila.key


def test_who_handles_it_sees_what_else_is_open_at_that_home_and_nothing_more(
    signal: Signal, cast: Cast, reports: Reports, visit: Visit
) -> None:
    contents = Contents(address="Kerkstraat 1", note="Er is lekkage.", facts=("leak",))
    earlier = reports(cast.femke, kind=Signal.Kind.HOME, contents=contents)
    closed, other_home = reports(cast.femke), reports(cast.femke, home="W999999")
    do(closed, cast, "close", words="Klaar.", outcome="solved")
    elsewhere = reports(cast.femke)
    elsewhere.places.all().delete()
    SignalPlace.objects.create(signal=elsewhere, code=ELSEWHERE)
    found = queries.earlier_facts(cast.mila, signal, TODAY())
    assert [one.signal for one in found] == [earlier]
    read = page(visit(cast.mila), f"/signalen/{signal.key}/")
    assert f"/signalen/{earlier.key}/" in read
    assert "Er is lekkage." not in read
    for other in (closed, other_home, elsewhere):
        assert str(other.key) not in read
    assert str(earlier.key) not in page(visit(cast.bas), f"/signalen/{signal.key}/")


def test_a_place_has_no_earlier_facts(cast: Cast, reports: Reports) -> None:
    first, second = (reports(cast.bas, kind=Signal.Kind.PUBLIC_SPACE, home="") for _ in range(2))
    assert queries.earlier_facts(cast.mila, first, TODAY()) == []
    assert first.home == second.home == ""


def test_a_picture_is_shown_to_who_may_see_the_signal(cast: Cast, reports: Reports, visit: Visit) -> None:
    signal = reports(cast.bas, kind=Signal.Kind.HOME)
    keep_photos(signal, [b"a picture"])
    address = f"/signalen/{signal.key}/foto/{signal.photos.get().key}/"
    answer = visit(cast.mila).get(address)
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (
        200,
        b"a picture",
        "private, no-store",
    )
    assert visit(cast.noor).get(address).status_code == 403
    other = reports(cast.bas, kind=Signal.Kind.HOME)
    assert visit(cast.mila).get(address.replace(str(signal.key), str(other.key))).status_code == 404


def test_a_right_that_ended_closes_it_at_once(signal: Signal, cast: Cast) -> None:
    held = cast.sanne.roles_held.get()
    held.until_day = in_days(-1)
    held.save()
    taken = Taken("pick_up")
    with pytest.raises(Refused):
        take(signal, taken, version=1, actor=cast.sanne, now=timezone.now(), today=TODAY())


def test_there_is_no_other_step(signal: Signal, cast: Cast, visit: Visit) -> None:
    mila = visit(cast.mila)
    for name in ("receive", "forward", "score"):
        assert mila.post(f"/signalen/{signal.key}/stap/{name}/").status_code == 404
    with pytest.raises(InputError):
        do(signal, cast, "receive")


def test_a_longer_list_asks_the_database_no_more(
    cast: Cast, reports: Reports, visit: Visit, django_assert_max_num_queries: Callbacks
) -> None:
    for _ in range(12):
        reports(cast.bas)
    for person, address in ((cast.mila, "/signalen/"), (cast.bas, "/signalen/")):
        client = visit(person)
        page(client, address)
        with django_assert_max_num_queries(30):
            page(client, address)


def test_who_still_waits_past_the_term_reads_so(cast: Cast, reports: Reports, visit: Visit) -> None:
    signal = reports(cast.bas, now=timezone.now() - timedelta(days=30))
    bas = visit(cast.bas)
    late = Speech("nl").day(signal.due)
    assert late in page(bas, "/signalen/")
    assert late in page(bas, f"/signalen/{signal.key}/")
