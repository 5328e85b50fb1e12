"""What residents ask about their data is worked through, within a month, from what is found to an answer."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from docx import Document

from ongedeeld.city import City
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.models import Address
from ongedeeld.web.safeguards.models import Processed, Removed
from ongedeeld.web.safeguards.request_marks import beside, is_stopped, stopped
from ongedeeld.web.safeguards.request_models import Mark, Request
from ongedeeld.web.safeguards.request_queries import found_for, lines_of
from ongedeeld.web.signals.answering.steps import Taken, take
from ongedeeld.web.signals.models import Signal
from tests.web.conftest import Visit
from tests.web.safeguards.conftest import LIST, NAME, SIGNAL, WORDS, Asks, decide, decide_on_city, post
from tests.web.signals.conftest import COMPLEX, HERE, NOTE, Cast, Reports


def test_who_asks_gets_all_that_is_kept_of_their_home_in_a_file_and_nobody_s_name(
    officer: Client,
    asks: Asks,
    signal: Signal,
    cast: Cast,
    model: City,
) -> None:
    request = asks("access")
    page = officer.get(f"{LIST}{request.key}/").content.decode()
    assert NOTE in page
    assert WORDS in page
    decide(officer, request, signal.key, "give")
    decide_on_city(officer, request, "give")
    post(
        officer, request, "beantwoorden", "close", outcome="granted", answer="Hierbij alles wat wij bewaren."
    )
    assert request.outcome == "granted"
    told = json.loads(officer.get(f"{LIST}{request.key}/bestand.json").content)
    found = {one["kind"]: one for one in told["found"]}
    assert found[SIGNAL]["facts"]["note"] == NOTE
    assert found[SIGNAL]["facts"]["seen_on"] == timezone.localdate().isoformat()
    assert found["cities.version"]["facts"]["dwelling"]
    home = next(one["facts"] for one in told["found"] if "floor_area_m2" in one["facts"])
    assert (home["area"], home["complex"]) == (HERE, COMPLEX)
    assert isinstance(home["rent_cents"], int)
    assert found[SIGNAL]["facts"]["outcome"] == ""
    assert {one["name"] for one in told["purposes"]} == {SIGNAL, "cities.version"}
    assert told["automated_decisions"] is False
    written = Document(BytesIO(officer.get(f"{LIST}{request.key}/bestand.docx").content))
    words = "\n".join(
        [line.text for line in written.paragraphs]
        + [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    )
    assert NOTE in words
    assert "Hierbij alles wat wij bewaren." in words
    assert "Autoriteit Persoonsgegevens" in words
    ground = model.table("areas").filter(code=HERE)["name"].item()
    assert f"{ground} ({HERE})" in words
    assert f"{home['floor_area_m2']:.10g}".replace(".", ",") + " m²" in words
    for raw in ("conditiescore", "_cents", ".0\n", f"\n{HERE}\n"):
        assert raw not in words
    for colleague in (cast.bas, cast.mila, cast.olga):
        assert colleague.name not in words
        assert str(colleague.key) not in json.dumps(told)


def test_nothing_is_given_before_it_is_sure_who_asks_and_each_thing_was_decided(
    officer: Client,
    asks: Asks,
    signal: Signal,
) -> None:
    request = asks("access", sure=False)
    for _ in range(2):
        answer = officer.get(f"{LIST}{request.key}/bestand.json")
        assert answer.status_code == 303
        post(officer, request, "beantwoorden", "close", 422, outcome="granted", answer="Hier.")
        if not request.identity:
            decide(officer, request, signal.key, "give", status=422)
            post(officer, request, "identiteit", "identity", identity="portal")
    assert request.is_open


def test_what_is_about_a_former_resident_is_not_even_told_to_be_there(
    officer: Client,
    asks: Asks,
    signal: Signal,
    cast: Cast,
) -> None:
    request = asks("access", lived_from=timezone.localdate() + timedelta(days=1))
    shown = {one.found.key: one for one in found_for(cast.olga, request)}[signal.key]
    assert "before who asks lived there" in shown.doubt
    assert "give" not in shown.at_once
    decide(officer, request, signal.key, "not_theirs")
    decide_on_city(officer, request, "not_theirs")
    told = json.loads(officer.get(f"{LIST}{request.key}/bestand.json").content)
    assert told["found"] == []
    assert SIGNAL not in json.dumps(told)


def test_what_may_be_about_a_former_resident_is_not_given_in_one_click(
    asks: Asks, signal: Signal, cast: Cast
) -> None:
    for since, is_offered in ((None, False), (timezone.localdate() - timedelta(days=900), True)):
        found = found_for(cast.olga, asks("access", lived_from=since or ""))
        shown = {one.found.key: one for one in found}[signal.key]
        assert ("give" in shown.at_once) is is_offered
        assert bool(shown.doubt) is not is_offered


def test_a_record_can_be_given_without_what_others_wrote(
    officer: Client,
    asks: Asks,
    signal: Signal,
) -> None:
    request = asks("access")
    decide(officer, request, signal.key, "without_words", status=422)
    decide(officer, request, signal.key, "without_words", "de woorden gaan ook over de buren")
    decide_on_city(officer, request, "not_theirs")
    told = json.loads(officer.get(f"{LIST}{request.key}/bestand.json").content)
    assert NOTE not in json.dumps(told)
    assert told["found"][0]["reason"] == "de woorden gaan ook over de buren"
    assert told["found"][0]["facts"]["address"]


def test_a_correction_lies_beside_what_was_written_and_changes_nothing_in_it(
    officer: Client,
    asks: Asks,
    signal: Signal,
) -> None:
    request = asks("correction")
    decide(officer, request, signal.key, "beside", "De gordijnen waren dicht omdat wij op reis waren.")
    decide(officer, request, signal.key, "beside", "Wij waren drie weken op reis.")
    decide_on_city(officer, request, "as_is")
    assert [one.words for one in beside(SIGNAL, signal.key)] == ["Wij waren drie weken op reis."]
    before = signal.sealed
    signal.refresh_from_db()
    assert signal.sealed == before
    post(officer, request, "beantwoorden", "close", outcome="granted", answer="Het ligt erbij.")
    request.delete()
    assert [one.words for one in beside(SIGNAL, signal.key)] == ["Wij waren drie weken op reis."]


def test_an_objection_stops_the_use_at_once_and_it_goes_on_only_with_a_reason(
    officer: Client,
    asks: Asks,
    signal: Signal,
) -> None:
    request = asks("objection", sure=False)
    assert not is_stopped(SIGNAL, signal.key)
    post(officer, request, "identiteit", "identity", identity="called_back")
    assert is_stopped(SIGNAL, signal.key)
    assert not Signal.objects.exclude(key__in=stopped(SIGNAL)).exists()
    decide(officer, request, signal.key, "go_on", status=422)
    assert is_stopped(SIGNAL, signal.key)
    decide(officer, request, signal.key, "go_on", "er is acuut gevaar voor de buren")
    assert not is_stopped(SIGNAL, signal.key)
    decide(officer, request, signal.key, "stop")
    decide_on_city(officer, request, "go_on")
    post(officer, request, "beantwoorden", "close", outcome="granted", answer="Wij gebruiken het niet meer.")
    assert is_stopped(SIGNAL, signal.key)


def test_who_takes_an_objection_back_finds_the_use_as_it_was(
    officer: Client,
    asks: Asks,
    signal: Signal,
) -> None:
    request = asks("objection")
    post(officer, request, "beantwoorden", "close", outcome="withdrawn", answer="U trok het in.")
    assert not is_stopped(SIGNAL, signal.key)


def test_what_is_removed_is_gone_with_all_that_lay_at_it_and_the_ledger_tells_how_many(
    officer: Client,
    asks: Asks,
    signal: Signal,
) -> None:
    earlier = asks("correction")
    decide(officer, earlier, signal.key, "beside", "Wij waren op reis.")
    request = asks("removal")
    decide(officer, request, signal.key, "remove")
    assert not Signal.objects.filter(key=signal.key).exists()
    assert not Mark.objects.filter(thing=signal.key).exists()
    ledger = Removed.objects.get()
    assert (ledger.kind, ledger.count, ledger.ground, ledger.day) == (
        SIGNAL,
        1,
        "request",
        timezone.localdate(),
    )
    decide(officer, request, signal.key, "remove", status=404)
    decide_on_city(officer, request, "keep")
    post(officer, request, "beantwoorden", "close", outcome="partly", answer="Het signaal is verwijderd.")
    told = json.loads(officer.get(f"{LIST}{request.key}/bestand.json").content)
    assert told["removed"] == [SIGNAL]


def test_it_refuses_to_remove_here_what_is_a_copy_of_what_is_kept_elsewhere(
    officer: Client, asks: Asks
) -> None:
    request = asks("removal")
    page = officer.get(f"{LIST}{request.key}/").content.decode()
    thing = page.split("/gevonden/")[1].split("/")[0]
    decide(officer, request, thing, "remove", status=422)


def test_a_request_that_is_sent_twice_is_one_request(
    officer: Client,
    asks: Asks,
    address: Address,
) -> None:
    once = "6c2e3a7e-0000-4000-8000-000000000001"
    asks("access", sure=False, once=once)
    asks("access", sure=False, once=once)
    assert Request.objects.count() == 1


def test_of_two_who_work_at_once_the_second_is_told_and_keeps_what_was_typed(
    officer: Client, asks: Asks
) -> None:
    request = asks("access")
    typed = {
        "close-version": request.version - 1,
        "close-outcome": "refused",
        "close-answer": "Mijn woorden.",
    }
    answer = officer.post(f"{LIST}{request.key}/beantwoorden/", typed)
    assert answer.status_code == 422
    assert "Mijn woorden." in answer.content.decode()


def test_a_citizen_service_number_is_not_kept(officer: Client, asks: Asks, address: Address) -> None:
    typed = {
        "right": "access",
        "name": "Mevrouw, BSN 111.222.333",
        "reach": "post",
        "received_on": timezone.localdate(),
        "address": "",
    }
    answer = officer.post(f"{LIST}nieuw/", typed)
    assert answer.status_code == 422
    assert 'id="id_name_error"' in answer.content.decode()
    assert not Request.objects.exists()


def test_a_signal_of_a_place_is_added_by_its_key(
    officer: Client,
    asks: Asks,
    reports: Reports,
    cast: Cast,
) -> None:
    place = reports(cast.bas, kind="public_space", home="")
    request = asks("access", address="", search="")
    post(officer, request, "toevoegen", "name", 422, thing=request.key)
    post(officer, request, "toevoegen", "name", thing=place.key)
    assert NOTE in officer.get(f"{LIST}{request.key}/").content.decode()


def test_the_home_of_a_request_stands_in_no_address_of_a_page_and_in_no_row_that_can_be_read(
    officer: Client,
    asks: Asks,
    signal: Signal,
    address: Address,
) -> None:
    request = asks("correction")
    decide(officer, request, signal.key, "beside", "Wij waren drie weken op reis.")
    post(officer, request, "beantwoorden", "close", outcome="refused", answer="Ons antwoord in woorden.")
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("safeguards_", "audit_", "jobs_", "django_")):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the names of our own tables
                rows.append(str(cursor.fetchall()))
    kept = "\n".join(rows)
    for word in (NAME, WORDS, str(address), "drie weken op reis", "Ons antwoord in woorden."):
        assert word not in kept


def test_who_looked_and_decided_stands_in_the_record_and_that_it_was_done_in_the_processing_log(
    officer: Client,
    asks: Asks,
    signal: Signal,
) -> None:
    request = asks("access")
    officer.get(f"{LIST}{request.key}/")
    decide(officer, request, signal.key, "give")
    verbs = set(Entry.objects.values_list("verb", flat=True))
    done = {"take_in_request", "confirm_identity", "see_request", "decide_finding"}
    assert {f"safeguards.{verb}" for verb in done} <= verbs
    assert {f"safeguards.{verb}" for verb in done} <= set(Processed.objects.values_list("name", flat=True))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PRIVACY_OFFICER])
def test_nobody_but_the_privacy_officer_sees_a_request(
    role: Role, asks: Asks, hire: object, visit: Visit
) -> None:
    request = asks("access")
    other = visit(hire(role))  # type: ignore[operator]
    for page in (LIST, f"{LIST}{request.key}/", f"{LIST}{request.key}/bestand.json"):
        assert other.get(page).status_code == 403


def test_who_it_was_given_to_stands_beside_what_was_found(
    officer: Client,
    asks: Asks,
    signal: Signal,
    cast: Cast,
) -> None:
    passed = Taken("pass_on", words="voor een gesprek", partner="Wijkteam Noord", ground="agreed")
    now = timezone.now()
    take(signal, passed, version=signal.version, actor=cast.mila, now=now, today=timezone.localdate())
    request = asks("correction")
    assert "Wijkteam Noord. " in officer.get(f"{LIST}{request.key}/").content.decode()


def test_what_was_done_with_data_about_the_home_stands_beside_it(
    officer: Client,
    asks: Asks,
    signal: Signal,
    cast: Cast,
    visit: Visit,
) -> None:
    visit(cast.mila).get(f"/signalen/{signal.key}/")
    request = asks("access")
    done = set(lines_of(cast.olga, request).values_list("name", flat=True))
    assert {"signals.report", "signals.see_signal"} <= done
    operation = lines_of(cast.olga, request)[0].operation
    assert f"/verwerkingen/{operation}/" in officer.get(f"{LIST}{request.key}/").content.decode()
