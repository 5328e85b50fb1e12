"""The pages on data of people: open to everybody, and to the privacy officer what was done with them."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.actions import record
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.safeguards import ledger
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import purposes
from tests.web.conftest import Hire, Visit

HOME = "home:D-0042"


def test_everybody_reads_for_what_data_are_kept(city: City, hire: Hire, visit: Visit) -> None:
    page = visit(hire(Role.CARETAKER)).get("/gegevensbescherming/").content.decode()
    assert set(purposes()) <= set(re.findall(r'<tr id="([\w.]+)">', page))
    assert "/gegevensbescherming/verwerkingen/" not in page


def test_the_privacy_officer_finds_an_operation_and_who_did_it(city: City, hire: Hire, visit: Visit) -> None:
    bas, officer = hire(Role.CARETAKER, name="Bas"), visit(hire(Role.PRIVACY_OFFICER))
    with processing("signals.report", of="signals.signal", subject=HOME) as doing:
        record(bas, "signals.report", "signal", "x", ["kind"])
    with processing("signals.see_visit_notes", of="signals.visit_note"):
        pass
    listed = officer.get("/gegevensbescherming/verwerkingen/?activity=signals.signal").content.decode()
    assert f"/gegevensbescherming/verwerkingen/{doing.operation}/" in listed
    assert listed.count('<th scope="row">') == 1
    assert "Bas" not in listed
    assert "Bas" in officer.get(f"/gegevensbescherming/verwerkingen/{doing.operation}/").content.decode()
    assert Entry.objects.filter(kind="processing log", fields=["activity"]).exists()


def test_without_a_question_the_log_shows_the_last_thirty_days(city: City, hire: Hire, visit: Visit) -> None:
    for days, key in ((28, "a"), (32, "b")):
        at = timezone.now() - timedelta(days=days)
        Processed.objects.create(
            trace=key * 32, operation=key * 16, status=0, name="x", activity="gone", start=at, end=at
        )
    page = visit(hire(Role.PRIVACY_OFFICER)).get("/gegevensbescherming/verwerkingen/").content.decode()
    assert "a" * 16 in page
    assert "b" * 16 not in page
    assert f"?from_day={timezone.localdate() - timedelta(days=30)}" in page


def test_an_operation_that_is_not_there_is_told(city: City, hire: Hire, visit: Visit) -> None:
    answer = visit(hire(Role.PRIVACY_OFFICER)).get(f"/gegevensbescherming/verwerkingen/{'0' * 16}/")
    assert answer.status_code == 404


def test_the_log_goes_along_in_the_form_of_the_standard(city: City, hire: Hire, visit: Visit) -> None:
    with processing("signals.report", of="signals.signal", subject=HOME) as doing:
        pass
    officer = visit(hire(Role.PRIVACY_OFFICER))
    answer = officer.get(f"/gegevensbescherming/verwerkingen/export/?key={doing.operation}")
    (line,) = json.loads(b"".join(answer))
    attributes = line["attributes"]
    assert line["trace_id"] == doing.trace
    assert line["span_id"] == doing.operation
    assert "parent_span_id" not in line
    assert line["status_code"] == "UNSET"
    assert line["start_time"] <= line["end_time"]
    register = "http://localhost/gegevensbescherming/#signals.signal"
    assert attributes["dpl.core.processing_activity_id"] == register
    assert attributes["dpl.core.data_subject_id_type"] == "home"
    assert "0042" not in attributes["dpl.core.data_subject_id"]
    assert Entry.objects.filter(verb="safeguards.export_processing").exists()
    none = officer.get("/gegevensbescherming/verwerkingen/export/?until_day=2001-01-01")
    assert json.loads(b"".join(none)) == []


def test_a_day_finds_the_lines_of_that_day_in_amsterdam(city: City, hire: Hire, visit: Visit) -> None:
    with processing("signals.report", of="signals.signal"):
        pass
    officer, day = visit(hire(Role.PRIVACY_OFFICER)), Processed.objects.get().start.date()
    found = officer.get(f"/gegevensbescherming/verwerkingen/?from_day={day}&until_day=2099-01-01")
    assert found.content.decode().count('<th scope="row">') == 1
    wrong = officer.get("/gegevensbescherming/verwerkingen/?from_day=2026-02-01&until_day=2026-01-01")
    assert "2026-02-01" in wrong.content.decode()


def test_the_ledger_tells_how_many_and_never_of_whom(city: City, hire: Hire, visit: Visit) -> None:
    ledger.write("signals.signal", 1234, ledger.Ground.TERM, date(2026, 11, 22))
    page = visit(hire(Role.PRIVACY_OFFICER)).get("/gegevensbescherming/verwijderd/").content.decode()
    assert "1.234" in page
    assert "22 november 2026" in page
