"""From a reminder to an early debt signal, and to the municipality that hears when it stops."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.changing import ChangedMeanwhileError
from ongedeeld.web.cities.models import Address
from ongedeeld.web.preventing import arrears as actions
from ongedeeld.web.preventing import deliveries, queries
from ongedeeld.web.preventing.deliveries import make, throw_away
from ongedeeld.web.preventing.models import Arrears, ArrearsEvent, Delivery
from ongedeeld.web.preventing.reminding import remind, runs_out_for, waits_of
from ongedeeld.web.preventing.safeguarding import remove_past_arrears
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.working_days import working_days_after
from tests.web.conftest import Visit
from tests.web.posting import post_goes
from tests.web.preventing.conftest import (
    ALL,
    CENTS,
    CONDITIONS,
    EMAIL,
    NAME,
    PHONE,
    TODAY,
    Owes,
    days_ago,
    delivery_of,
    file_of,
    meet,
    send,
)
from tests.web.signals.conftest import Cast


def test_a_consultant_goes_from_an_address_to_a_signal_and_the_municipality_hears_when_it_is_paid(
    cast: Cast, address: Address, visit: Visit
) -> None:
    sanne = visit(cast.sanne)
    page = "/huurachterstand/nieuw/"
    found = sanne.post(page, {"zoek": str(address)})
    assert found.status_code == 200
    assert str(address) in found.content.decode()
    told: dict[str, object] = {
        "zoek": str(address),
        "address": address.pk,
        "name": NAME,
        "phone": PHONE,
        "email": EMAIL,
        "amount": "1234.05",
        "months": "3",
        "counted_on": TODAY(),
    }
    answer = sanne.post(page, told)
    assert answer.status_code == 303, answer.content.decode()
    one = Arrears.objects.get()
    here = f"/huurachterstand/{one.key}/"
    assert answer["Location"] == here
    for kind, (ago, how) in CONDITIONS.items():
        assert "may not be sent yet" in sanne.get(here).content.decode()
        done = sanne.post(f"{here}voorwaarden/{kind}/", {f"{kind}-day": days_ago(ago), f"{kind}-how": how})
        assert done.status_code == 303
    send(sanne, delivery_of(sanne))
    one.refresh_from_db()
    assert (one.state, one.sent_on) == ("sent", TODAY())
    sanne.post(f"{here}beeindigen/", {"end-ending": "paid"})
    one.refresh_from_db()
    assert one.owes_stop
    send(sanne, delivery_of(sanne, "stops"))
    one.refresh_from_db()
    assert not one.owes_stop
    steps = list(one.events.values_list("step", flat=True))
    conditions = ["condition"] * 4
    assert steps == ["begun", *conditions, "listed", "sent", "ended", "listed", "stop_told"]


@pytest.mark.parametrize("wrong", [{"name": "Jo Bewoner 111222333"}, {"phone": "111222333"}])
def test_a_citizen_service_number_cannot_stand_in_for_a_name_or_a_telephone(
    wrong: dict[str, str], cast: Cast, address: Address, visit: Visit
) -> None:
    told = {"zoek": str(address), "address": address.pk, "name": NAME, "phone": PHONE, "amount": "12.05"}
    told |= {"months": "3", "counted_on": TODAY()}
    sanne = visit(cast.sanne)
    assert sanne.post("/huurachterstand/nieuw/", told | wrong).status_code == 422
    assert not Arrears.objects.exists()
    assert sanne.post("/huurachterstand/nieuw/", told).status_code == 303


def test_what_lacks_a_condition_is_in_no_delivery(cast: Cast, owes: Owes, visit: Visit) -> None:
    owes("reminder", "contact", "help")
    page = visit(cast.sanne).post(
        "/huurachterstand/leveringen/nieuw/", {"kind": "signals", "receiver": "GM9999"}, follow=True
    )
    assert not Delivery.objects.exists()
    assert "nothing for this municipality" in page.content.decode()


def test_an_objection_ends_it_and_a_signal_that_was_sent_is_not_changed(
    cast: Cast, owes: Owes, visit: Visit
) -> None:
    one = owes(*ALL)
    sanne = visit(cast.sanne)
    send(sanne, delivery_of(sanne))
    one.refresh_from_db()
    with pytest.raises(InputError, match="was sent"):
        meet(one, "help", by=cast.sanne)
    sanne.post(f"/huurachterstand/{one.key}/beeindigen/", {"end-ending": "objected"})
    one.refresh_from_db()
    assert (one.state, one.ending, one.owes_stop) == ("ended", "objected", True)


def test_a_colleague_of_another_area_finds_nothing_of_it(cast: Cast, owes: Owes, visit: Visit) -> None:
    one = owes(*ALL)
    delivery = delivery_of(visit(cast.sanne))
    noor = visit(cast.noor)
    assert str(one.key) not in noor.get("/huurachterstand/").content.decode()
    assert noor.get(f"/huurachterstand/{one.key}/").status_code == 404
    assert noor.post(f"/huurachterstand/leveringen/{delivery.key}/bestand/csv/").status_code == 404
    assert visit(cast.bas).get("/huurachterstand/").status_code == 403


def test_a_copy_of_the_database_tells_no_name_address_or_amount(
    cast: Cast, owes: Owes, address: Address, visit: Visit
) -> None:
    one = owes(*ALL)
    delivery_of(visit(cast.sanne))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(("preventing_", "audit_", "safeguards_")):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of tables
            held = str(cursor.fetchall())
            for secret in (NAME, PHONE, EMAIL, str(CENTS), address.street, one.key.hex + "name"):
                assert secret not in held, table


def test_what_was_done_is_in_the_audit_and_the_processing_log(cast: Cast, owes: Owes, visit: Visit) -> None:
    one = owes(*ALL)
    sanne = visit(cast.sanne)
    sanne.get(f"/huurachterstand/{one.key}/")
    delivery = delivery_of(sanne)
    file_of(sanne, delivery, "vera")
    verbs = ["begin_arrears", "meet_condition", "see_arrears", "list_signals", "export_signals"]
    for verb in verbs:
        assert Entry.objects.filter(verb=f"preventing.{verb}").exists(), verb
        assert Processed.objects.filter(name=f"preventing.{verb}", activity="preventing.arrears").exists()


def test_the_log_of_arrears_cannot_be_changed_and_goes_with_them_alone(owes: Owes) -> None:
    one = owes("reminder")
    for change in (
        lambda: ArrearsEvent.objects.update(step="sent"),
        lambda: ArrearsEvent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    Arrears.objects.update(remove_after=days_ago(1))
    assert remove_past_arrears(TODAY(), 10) == 1
    assert not ArrearsEvent.objects.exists()
    assert not Arrears.objects.filter(pk=one.pk).exists()


def test_nothing_is_readable_after_its_term(cast: Cast, owes: Owes) -> None:
    one = owes(*ALL)
    later = one.remove_after + timedelta(days=1)
    assert queries.arrears_for(cast.sanne, today=one.remove_after).exists()
    assert not queries.arrears_for(cast.sanne, today=later).exists()


def test_arrears_of_a_home_are_worked_on_once(cast: Cast, owes: Owes) -> None:
    one = owes("reminder")
    with pytest.raises(InputError, match="already"):
        owes()
    actions.end(one, "arranged", actor=cast.sanne, now=timezone.now(), today=TODAY())
    assert owes().key != one.key


def test_lists_are_not_ordered_by_what_is_owed() -> None:
    names = {field.name for field in Arrears._meta.get_fields()}
    assert not names & {"cents", "amount", "months", "score", "rank"}


def test_who_leaves_a_municipality_in_the_dark_is_reminded_without_a_word_of_it(
    cast: Cast, owes: Owes, address: Address, visit: Visit, settings: Settings
) -> None:
    settings.EMAIL_HOST, settings.ADDRESS = "post.example", "https://ongedeeld.voorbeeld.invalid"
    one = owes(*ALL)
    sanne = visit(cast.sanne)
    send(sanne, delivery_of(sanne))
    sanne.post(f"/huurachterstand/{one.key}/beeindigen/", {"end-ending": "paid"})
    monday = TODAY() + timedelta(days=14 - TODAY().weekday())
    assert waits_of(TODAY()) == set()
    assert remind(monday - timedelta(days=1)) == 0
    assert remind(monday) == 1
    post_goes()
    (letter,) = mail.outbox
    told = f"{letter.subject} {letter.body}"
    assert "/huurachterstand/leveringen/" in told
    assert not any(secret in told for secret in (NAME, address.street, str(one.key)))
    send(sanne, delivery_of(sanne, "stops"))
    assert remind(monday) == 0


def test_what_was_sent_stays_until_it_ended_and_who_began_it_hears_before_it_goes(
    cast: Cast, owes: Owes, visit: Visit
) -> None:
    one = owes(*ALL)
    Arrears.objects.update(remove_after=TODAY() + timedelta(days=1))
    sanne = visit(cast.sanne)
    send(sanne, delivery_of(sanne))
    one.refresh_from_db()
    assert one.remove_after == TODAY() + timedelta(days=365)
    sunday = one.remove_after - timedelta(days=one.remove_after.weekday() + 8)
    first = working_days_after(sunday, 1)
    assert runs_out_for(first) == {cast.sanne.key}
    assert runs_out_for(first + timedelta(days=1)) == runs_out_for(first - timedelta(weeks=8)) == set()
    Arrears.objects.update(remove_after=TODAY() + timedelta(days=1))
    sanne.post(f"/huurachterstand/{one.key}/beeindigen/", {"end-ending": "paid"})
    one.refresh_from_db()
    assert one.remove_after == TODAY() + timedelta(days=365)
    assert runs_out_for(first) == set()


def test_a_delivery_that_was_sent_a_moment_ago_is_not_thrown_away(
    cast: Cast, owes: Owes, visit: Visit
) -> None:
    one = owes(*ALL)
    sanne = visit(cast.sanne)
    seen = delivery_of(sanne)
    send(sanne, seen)
    with pytest.raises(InputError, match="sent already"):
        throw_away(seen, actor=cast.sanne, now=timezone.now())
    one.refresh_from_db()
    assert one.state == Arrears.State.SENT
    assert Delivery.objects.filter(pk=seen.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_signals_together_at_once_one_has_them(cast: Cast, owes: Owes) -> None:
    one = owes(*ALL)
    both = queries.waiting_for(cast.sanne, Delivery.Kind.SIGNALS, today=TODAY())
    make(Delivery.Kind.SIGNALS, "GM9999", actor=cast.mila, now=timezone.now(), today=TODAY())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "waiting_for", lambda *_, **__: both)
        with pytest.raises(InputError, match="nothing"):
            make(Delivery.Kind.SIGNALS, "GM9999", actor=cast.sanne, now=timezone.now(), today=TODAY())
    one.refresh_from_db()
    assert one.delivery == Delivery.objects.get()


STEPS = ("reminder", "contact", "help", "told", "list", "file", "send", "out", "paid", "objected", "stop")


@settings_of(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=st.lists(st.sampled_from(STEPS), max_size=14))
def test_whatever_is_done_nothing_is_sent_unready_and_no_ending_stays_untold(
    cast: Cast, owes: Owes, address: Address, taken: list[str]
) -> None:
    with transaction.atomic():
        one = owes()
        for step in taken:
            with suppress(InputError, ChangedMeanwhileError):
                _take(step, one, cast.sanne)
            one.refresh_from_db()
            if one.sent_on is not None:
                assert {condition.kind for condition in one.conditions.all()} == set(ALL)
                assert one.state in ("sent", "ended")
            assert (one.state == "listed") is (one.delivery is not None and one.delivery.sent_on is None)
            waits = queries.waiting_for(cast.sanne, Delivery.Kind.STOPS, today=TODAY())
            assert one.owes_stop is (one in waits or (one.stop is not None and one.stop.sent_on is None))
        transaction.set_rollback(True)


def _take(step: str, one: Arrears, by: Person) -> None:
    """One step, as somebody may take it in any order."""
    now, today = timezone.now(), TODAY()
    if step in ALL:
        meet(one, step, by=by)
    elif step in ("list", "stop"):
        kind = Delivery.Kind.SIGNALS if step == "list" else Delivery.Kind.STOPS
        make(kind, "GM9999", actor=by, now=now, today=today)
    elif step in ("paid", "objected"):
        actions.end(one, step, actor=by, now=now, today=today)
    elif step == "out":
        deliveries.take_out(one, actor=by, now=now)
    elif (delivery := Delivery.objects.order_by("id").last()) is not None:
        if step == "file":
            deliveries.save_file(delivery, "csv", actor=by)
        else:
            deliveries.mark_sent(delivery, way="exchange", day=today, actor=by, now=now, today=today)
