"""From a reminder to an early debt signal, and to the municipality that hears when it stops."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from ongedeeld.errors import InputError
from ongedeeld.reasons import Decision
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.models import Address, CityVersion
from ongedeeld.web.preventing import arrears as actions
from ongedeeld.web.preventing import deliveries, queries
from ongedeeld.web.preventing.deliveries import make, throw_away
from ongedeeld.web.preventing.models import Arrears, ArrearsEvent, Condition, Delivery
from ongedeeld.web.preventing.readiness import CONDITION_DAYS, FIGURE_DAYS, OBJECTION_DAYS, may_be_sent
from ongedeeld.web.preventing.reminding import remind, runs_out_for, waits_of
from ongedeeld.web.preventing.safeguarding import remove_past_arrears
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.signals.changing import ChangedMeanwhileError
from tests.shared import SHARED
from tests.web.conftest import Visit
from tests.web.preventing.conftest import CENTS, CONDITIONS, EMAIL, NAME, PHONE, Owes, days_ago, meet
from tests.web.signals.conftest import COMPLEX, Cast

ALL = tuple(CONDITIONS)
TODAY = timezone.localdate


def condition(kind: str, ago: int = 30) -> Condition:
    """A condition that was met."""
    return Condition(kind=kind, day=days_ago(ago), how="letter")


def decided(*held: Condition, counted: int = 0) -> Decision:
    """Whether it may be sent today."""
    return may_be_sent(held, days_ago(counted), TODAY())


def delivery_of(client: Client, kind: str = "signals") -> Delivery:
    """A delivery, made as somebody makes it in the browser."""
    answer = client.post("/huurachterstand/leveringen/nieuw/", {"kind": kind, "receiver": "GM9999"})
    assert answer.status_code == 303
    return Delivery.objects.latest("id")


def file_of(client: Client, delivery: Delivery, form: str = "csv") -> str:
    """The file of a delivery, as somebody saves it in the browser; nothing where it is not made any more."""
    answer = client.post(f"/huurachterstand/leveringen/{delivery.key}/bestand/{form}/")
    if answer.status_code == 303:
        return ""
    assert answer["Cache-Control"] == "no-store"
    return answer.content.decode("utf-8-sig")


def send(client: Client, delivery: Delivery) -> None:
    """Write down that it was sent today."""
    told = {"sent-day": TODAY(), "sent-way": "exchange"}
    file_of(client, delivery)
    answer = client.post(f"/huurachterstand/leveringen/{delivery.key}/verzonden/", told)
    assert answer.status_code == 303, answer.content.decode()


@pytest.mark.parametrize("old", ALL)
def test_what_was_done_more_than_a_year_ago_is_no_condition_of_these_arrears(old: str) -> None:
    recent = [condition(kind) for kind in ALL if kind != old]
    assert not decided(*recent, condition(old, CONDITION_DAYS + 1))


@given(st.sets(st.sampled_from(ALL)))
def test_it_may_be_sent_with_all_four_conditions_and_otherwise_each_missing_one_is_named(
    kinds: set[str],
) -> None:
    decision = decided(*(condition(kind) for kind in kinds))
    assert bool(decision) is (kinds == set(ALL))
    missing = {f"preventing.{kind}" for kind in set(ALL) - kinds}
    assert decision or {reason.rule for reason in decision.reasons} == missing


def test_every_condition_names_its_article_of_the_law() -> None:
    articles = {reason.article for reason in decided().reasons}
    assert articles == {f"Besluit gemeentelijke schuldhulpverlening 2({part})" for part in "abcd"}


def test_a_tenant_who_was_told_has_time_to_object() -> None:
    others = [condition(kind, 40) for kind in ALL if kind != "told"]
    assert not decided(*others, condition("told", OBJECTION_DAYS - 1))
    assert decided(*others, condition("told", OBJECTION_DAYS))


def test_the_offer_is_made_with_the_reminder_and_not_before_it() -> None:
    assert not decided(
        condition("contact"), condition("help"), condition("reminder", 20), condition("told", 21)
    )


def test_old_figures_are_not_sent() -> None:
    held = [condition(kind) for kind in ALL]
    assert decided(*held, counted=FIGURE_DAYS)
    assert not decided(*held, counted=FIGURE_DAYS + 1)


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


def test_who_pays_before_it_was_sent_is_out_of_the_delivery_and_of_its_file(
    cast: Cast, owes: Owes, visit: Visit
) -> None:
    one = owes(*ALL)
    sanne = visit(cast.sanne)
    delivery = delivery_of(sanne)
    assert NAME in file_of(sanne, delivery)
    sanne.post(f"/huurachterstand/{one.key}/beeindigen/", {"end-ending": "paid"})
    assert NAME not in file_of(sanne, delivery)
    one.refresh_from_db()
    assert not one.owes_stop
    told = {"sent-day": TODAY(), "sent-way": "exchange"}
    assert sanne.post(f"/huurachterstand/leveringen/{delivery.key}/verzonden/", told).status_code == 422


def test_a_file_that_is_no_longer_what_is_in_the_delivery_cannot_be_the_one_that_was_sent(
    cast: Cast, owes: Owes, addresses: CityVersion, visit: Visit
) -> None:
    homes = Address.objects.filter(complex=COMPLEX).order_by("id")
    one, other = owes(*ALL, home=homes[0]), owes(*ALL, home=homes[1])
    sanne = visit(cast.sanne)
    delivery = delivery_of(sanne)
    page = f"/huurachterstand/leveringen/{delivery.key}/"
    told = {"sent-day": TODAY(), "sent-way": "exchange"}
    assert sanne.post(f"{page}verzonden/", told).status_code == 422
    file_of(sanne, delivery)
    sanne.post(f"/huurachterstand/{one.key}/beeindigen/", {"end-ending": "paid"})
    assert "since the file was saved" in sanne.get(page).content.decode()
    assert sanne.post(f"{page}verzonden/", told).status_code == 422
    send(sanne, delivery)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.sent_on, other.sent_on) == (None, TODAY())


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


def test_the_csv_holds_contact_details_and_arrears_and_nothing_else(
    cast: Cast, owes: Owes, address: Address, visit: Visit
) -> None:
    one = owes(*ALL)
    sanne = visit(cast.sanne)
    delivery = delivery_of(sanne)
    (row,) = csv.DictReader(io.StringIO(file_of(sanne, delivery)), delimiter=";")
    assert row == {
        "kenmerk": str(one.key),
        "naam": NAME,
        "straat": address.street,
        "huisnummer": str(address.number),
        "toevoeging": address.addition,
        "postcode": address.postcode,
        "plaats": address.municipality,
        "telefoon": PHONE,
        "e-mail": EMAIL,
        "achterstand_euro": "1234.05",
        "achterstand_maanden": "3",
        "peildatum": days_ago(2).isoformat(),
    }


def test_after_sending_no_file_is_made_and_no_copy_is_kept(cast: Cast, owes: Owes, visit: Visit) -> None:
    owes(*ALL)
    sanne = visit(cast.sanne)
    delivery = delivery_of(sanne)
    send(sanne, delivery)
    for form in ("csv", "vera"):
        assert not file_of(sanne, delivery, form)


def _vera(name: str, schema: str) -> tuple[dict[str, Any], dict[str, Any]]:
    file = Path(SHARED).parent / "vera" / "openapi" / name
    if not file.exists():
        pytest.skip("the specifications of VERA are not there")
    schemas = yaml.safe_load(file.read_text(encoding="utf-8"))["components"]["schemas"]
    return schemas, schemas[schema]


def _attributes(schemas: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Every attribute of a schema, also those of what it is made of."""
    found = dict(schema.get("properties", {}))
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        inner = schemas[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        found |= _attributes(schemas, inner)
    return found


def _fits(schemas: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """Every attribute of the value is one of VERA, of the same type, however deep."""
    if isinstance(value, list):
        for one in value:
            _fits(schemas, schema["items"], one)
        return
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if isinstance(value, dict):
        known = _attributes(schemas, schema)
        assert set(value) <= set(known)
        for name, one in value.items():
            _fits(schemas, known[name], one)
    else:
        assert schema["type"] == {str: "string", float: "number", int: "number"}[type(value)]


def test_the_vera_file_has_no_attribute_that_vera_does_not_have(cast: Cast, owes: Owes, visit: Visit) -> None:
    one = owes(*ALL)
    sanne = visit(cast.sanne)
    delivery = delivery_of(sanne)
    content = json.loads(file_of(sanne, delivery, "vera"))
    (message,) = content["berichten"]
    assert message["debiteur"]["saldo"] == CENTS / 100
    assert message["relatie"]["aanschrijfnaam"] == NAME
    assert message["relatie"]["id"] == message["debiteur"]["id"] == str(one.key)
    schemas, schema = _vera("Informatiedomeinen/Financien.yaml", "Debiteurbericht")
    _fits(schemas, schema, message["debiteur"])
    schemas, _ = _vera("Ketenprocessen/BRG.yaml", "Relaties-Relatiebericht")
    known = schemas["Relaties-NatuurlijkPersoon"]
    town = message["relatie"]["adressen"][0]["adres"].pop("woonplaats")
    assert set(town) <= set(schemas["Relaties-Woonplaats"]["properties"])
    _fits(schemas | {"Relaties-Adres": schemas["Relaties-Adres-basis"]}, known, message["relatie"])


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
    monday = one.remove_after - timedelta(days=one.remove_after.weekday() + 7)
    assert runs_out_for(monday) == {cast.sanne.key}
    assert runs_out_for(monday + timedelta(days=1)) == runs_out_for(monday - timedelta(weeks=8)) == set()
    Arrears.objects.update(remove_after=TODAY() + timedelta(days=1))
    sanne.post(f"/huurachterstand/{one.key}/beeindigen/", {"end-ending": "paid"})
    one.refresh_from_db()
    assert one.remove_after == TODAY() + timedelta(days=365)
    assert runs_out_for(monday) == set()


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
