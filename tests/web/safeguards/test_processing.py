"""The processing log: every operation a line, no user in it, and a way from it to the audit record."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.actions import record
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.safeguards.processing import bound_to, found_by, processing, pseudonym, seeing
from ongedeeld.web.safeguards.queries import Wanted, exported, operation_for, processed_for
from ongedeeld.web.safeguards.sealing import blind, unseal
from tests.web.conftest import Hire

HOME = "home:D-0042"


def test_an_operation_and_its_audit_row_carry_the_same_key_and_the_log_names_nobody(hire: Hire) -> None:
    bas = hire(Role.CARETAKER)
    with processing("signals.report", of="signals.signal", subject=HOME):
        record(bas, "signals.report", "signal", "x")
    line, entry = Processed.objects.get(), Entry.objects.get(verb="signals.report")
    assert entry.processing == line.operation
    assert re.fullmatch(r"[0-9a-f]{32}", line.trace)
    assert re.fullmatch(r"[0-9a-f]{16}", line.operation)
    assert (line.name, line.activity, line.status) == ("signals.report", "signals.signal", 0)
    assert line.start <= line.end
    held = " ".join(str(value) for value in vars(line).values())
    assert str(bas.key) not in held
    assert "0042" not in held


def test_what_is_recorded_outside_an_operation_names_none(hire: Hire) -> None:
    with processing("signals.report", of="signals.signal"):
        pass
    assert record(hire(Role.CARETAKER), "areas.inspect", "complex", "1").processing == ""


def test_the_home_and_its_blind_key_are_one_subject_which_the_signal_does_not_lead_to(db: None) -> None:
    with processing("signals.see", of="signals.signal", subject=HOME) as doing:
        doing.about(blind(HOME))
    line = Processed.objects.get()
    assert line.subject_key == found_by(HOME) == found_by(blind(HOME))
    assert line.subject_key != blind(HOME)
    assert unseal(line.subject, bound_to(line.operation)) == pseudonym(HOME) == blind(HOME)


def test_several_subjects_are_a_line_each_below_the_operation(db: None) -> None:
    with processing("signals.see", of="signals.signal") as doing:
        for number in range(3):
            doing.about(f"home:{number}")
    parent = Processed.objects.get(operation=doing.operation)
    lines = Processed.objects.filter(parent=parent.operation, trace=parent.trace)
    assert parent.subject_key == ""
    assert {line.subject_key for line in lines} == {found_by(f"home:{number}") for number in range(3)}


def test_an_operation_within_another_is_of_the_same_trace(db: None) -> None:
    with processing("signals.pass_on", of="signals.signal") as around:
        with processing("signals.see", of="signals.signal") as within:
            pass
        assert around.traceparent == f"00-{around.trace}-{around.operation}-01"
    assert Processed.objects.get(operation=within.operation).parent == around.operation
    assert Processed.objects.get(operation=around.operation).parent == ""
    assert set(Processed.objects.values_list("trace", flat=True)) == {around.trace}


def test_a_list_of_homes_is_one_operation_on_the_page_that_tells_of_how_many(hire: Hire) -> None:
    with seeing("signals.see_signals", of="signals.signal") as doing:
        for number in range(3):
            doing.about(f"home:{number}")
    with processing("signals.report", of="signals.signal", subject=HOME) as other:
        pass
    olga = hire(Role.PRIVACY_OFFICER)
    for wanted in (Wanted(), Wanted(activity="signals.signal")):
        logged = processed_for(olga, wanted)
        assert [line.operation for line in logged.page] == [other.operation, doing.operation]
        assert logged.homes == {doing.trace: 3, other.trace: 1}
    assert len(processed_for(olga, Wanted(key=doing.trace)).page.object_list) == 4
    assert len(operation_for(olga, doing.operation).below) == 3
    assert len(list(exported(olga, Wanted(), "https://voorbeeld.invalid"))) == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("error", "status"), [(InputError("no"), 0), (ValueError("defect"), 2)])
def test_an_operation_that_fails_is_undone_and_its_line_stays(error: Exception, status: int) -> None:
    def failing() -> None:
        with processing("signals.report", of="signals.signal", subject=HOME):
            record(None, "signals.report", "signal", "x")
            raise error

    with pytest.raises(type(error)):
        failing()
    assert Processed.objects.get().status == status
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_only_looks_holds_nobody_up_and_writes_a_line_too(hire: Hire) -> None:
    with seeing("signals.see_signal", of="signals.signal", subject=HOME) as doing:
        assert not connection.in_atomic_block
        entry = record(hire(Role.CARETAKER), "seen", "signal", "x")
    assert entry.processing == doing.operation
    assert Processed.objects.get().subject_key == found_by(HOME)
    with pytest.raises(ValueError, match="defect"), seeing("signals.see_signal", of="signals.signal"):
        raise ValueError("defect")
    assert Processed.objects.filter(status=Processed.Status.ERROR).count() == 1


def test_nothing_is_processed_without_a_purpose(db: None) -> None:
    with pytest.raises(KeyError), processing("signals.report", of="signals.score"):
        pytest.fail("it went on")


@pytest.mark.parametrize("change", [{"name": "x"}, {"end": F("start")}, {"subject_key": "x"}, {"status": 0}])
def test_the_database_refuses_to_change_a_line(db: None, change: dict[str, object]) -> None:
    with processing("signals.report", of="signals.signal", subject=HOME):
        pass
    with pytest.raises(DatabaseError), transaction.atomic():
        Processed.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Processed.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO safeguards_processed SELECT * FROM safeguards_processed")
