"""What people type about a home is in no copy: no table, file, line of the log, letter or backup."""

from __future__ import annotations

import json
import logging
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.models import Address
from ongedeeld.web.partners import supporting
from ongedeeld.web.partners.models import Organisation
from ongedeeld.web.preventing import cases
from ongedeeld.web.preventing.arrears import begin as begin_arrears
from ongedeeld.web.preventing.contents import Debt, Threat
from ongedeeld.web.preventing.where import where_is
from ongedeeld.web.residents.breakthroughs.asking import ask_as_resident
from ongedeeld.web.residents.breakthroughs.contents import Plea
from ongedeeld.web.residents.giving import gifts
from ongedeeld.web.residents.sharing import copies
from ongedeeld.web.residents.sharing.contents import taken
from ongedeeld.web.safeguards import request_actions
from ongedeeld.web.safeguards.homes import home_of
from ongedeeld.web.safeguards.keys import add_key, drop_keys, key_file
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.safeguards.purposes import purposes
from ongedeeld.web.safeguards.removing import removers
from ongedeeld.web.safeguards.request_contents import Contents as Asked
from ongedeeld.web.safeguards.resealing import older_batches, reseal, sealed_columns
from ongedeeld.web.signals.answering.steps import Taken, take
from ongedeeld.web.signals.answering.visits import set_note
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.models import Photo, Signal, Team
from ongedeeld.web.signals.reporting.photos import cleaned, content_of, keep_photos
from ongedeeld.web.signals.reporting.spots import Spot
from ongedeeld.web.site.keeping import back_up
from tests.web.conftest import Visit
from tests.web.posting import post_goes
from tests.web.residents.device import new_vault
from tests.web.safeguards.traces import files, found, letters, log_lines, members, tables
from tests.web.signals.conftest import (  # noqa: F401 - fixtures
    AROUND,
    COMPLEX,
    Cast,
    Reports,
    address,
    addresses,
    cast,
    in_days,
    reports,
    team,
)

NOW, TODAY = timezone.now(), timezone.localdate()
SEEN = "gordijnen al weken dicht, de post puilt uit"
DID = "aangebeld en een kaartje achtergelaten"
NOT_TOLD = "deed niet open, café aan de overkant"
WORDS = "dinsdag samen met de woonconsulent langs"
ANSWER = "we zijn dinsdag op de thee geweest"
TENANT, PHONE, POST = "Kwartelstaart-Zonderland", "0612345678", "kwartel@voorbeeld.invalid"
TRIED = "betaalregeling van vijfentwintig euro voorgesteld"
ASKED = "welke briefjes heeft u over mij"
GIVES_SUPPORT, SUPPORT_PHONE = "team Koekoeksbloem-Zuiderlicht", "0687654321"
SHARED, PLEADED = "samen de brief over de toeslag lezen", "de regel telt een logeetje mee"
ABOUT_A_HOME = (GIVES_SUPPORT, SUPPORT_PHONE, SEEN, DID, NOT_TOLD, WORDS, ANSWER, TENANT, PHONE, POST)
TYPED = (*ABOUT_A_HOME, TRIED, ASKED, SHARED, PLEADED)
TYPED_ELSEWHERE = {
    "referrals_referral.address": "tests/web/referrals/test_a_copy_tells_nothing.py",
    "referrals_referral.sealed": "tests/web/referrals/test_a_copy_tells_nothing.py",
    "referrals_referralitem.sealed": "tests/web/referrals/test_a_copy_tells_nothing.py",
    "referrals_meetingitem.sealed": "tests/web/referrals/test_a_copy_tells_nothing.py",
    "residents_reply.sealed": "tests/web/residents/test_replies.py",
    "preventing_case.reasons": "tests/web/preventing/test_evictions.py",
    "safeguards_request.answer": "tests/web/safeguards/test_requests.py",
    "safeguards_requeststep.sealed": "tests/web/safeguards/test_requests.py",
    "safeguards_finding.sealed": "tests/web/safeguards/test_requests.py",
    "safeguards_mark.sealed": "tests/web/safeguards/test_requests.py",
}
"""Sealed columns into which nothing is typed here, and where that is done."""
KEPT_FOR_A_TERM = ("signals.signal", "signals.visit_note", "preventing.arrears", "preventing.eviction")
SEALED = re.compile(rb"1\.\d+\.[A-Za-z0-9_=-]{24,}")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post_office(settings: Settings) -> list[EmailMessage]:
    """Letters are kept by the test."""
    settings.EMAIL_HOST = "post.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    outbox: list[EmailMessage] = mail.outbox
    return outbox


@pytest.fixture
def typed(
    cast: Cast,  # noqa: F811 - fixtures
    team: Team,  # noqa: F811
    address: Address,  # noqa: F811
    reports: Reports,  # noqa: F811
    post_office: list[EmailMessage],
) -> Signal:
    """Everything of every app in which somebody types something about a home; the signal of it."""
    home = where_is(cast.sanne, address)
    contents = Contents(str(address), ("post",), SEEN, DID, NOT_TOLD)
    signal = reports(cast.bas, contents=contents, told_by=in_days(7))
    keep_photos(
        reports(cast.bas, kind=Signal.Kind.HOME, contents=replace(contents, not_told="")), [picture()]
    )
    signal.refresh_from_db()
    step = Taken("contact", words=WORDS, answer=ANSWER)
    take(signal, step, version=signal.version, actor=cast.mila, now=NOW, today=TODAY)
    spot = Spot(str(address), frozenset(AROUND), COMPLEX, home_of(address), address.pk)
    set_note(spot, "together", in_days(30), actor=cast.mila, now=NOW, today=TODAY)
    debt = Debt(TENANT, address.street, str(address.number), cents=123_456, months=3, phone=PHONE, email=POST)
    begin_arrears(home, debt, TODAY, actor=cast.sanne, now=NOW, today=TODAY)
    case = cases.begin(home, Threat(str(address), TENANT), "arrears", actor=cast.sanne, now=NOW, today=TODAY)
    attempt = cases.Attempt(TODAY, "visit", "association", "running", TRIED)
    cases.try_something(case, attempt, actor=cast.sanne, now=NOW, today=TODAY)
    partner = Organisation.objects.create(name="Zorggroep", kind="care", made_by=uuid4(), made_at=NOW)
    supporting.begin(
        supporting.home_at(cast.sanne, address),
        partner,
        supporting.Support(TODAY, in_days(90), "municipality"),
        supporting.Contact(str(address), GIVES_SUPPORT, SUPPORT_PHONE),
        actor=cast.sanne,
        now=NOW,
    )
    asked = Asked(TENANT, POST, ASKED, str(address), home_of(address))
    request_actions.take_in(
        request_actions.Asked("access", asked, TODAY, uuid4()), actor=cast.olga, now=NOW, today=TODAY
    )
    of_a_resident(cast)
    return signal


def of_a_resident(cast: Cast) -> None:  # noqa: F811
    """Everything that a resident tells from an open map: shared, asked and given."""
    vault = new_vault()
    step = taken("step", {"what": SHARED, "domain": "care", "state": "to_do"}, TENANT)
    grant = copies.Grant("person", cast.mila.key, "breakthrough", in_days(30))
    share = copies.share(vault, uuid4(), step, grant, now=NOW, today=TODAY)
    plea = Plea(PLEADED, "de wet laat ruimte", "er wordt al geholpen", "de rust komt terug")
    ask_as_resident(vault, share.key, cast.mila.key, plea, now=NOW, today=TODAY)
    life = {"domain": "work", "sort": "none", "effect": "helped", "order": "later", "length": "years"}
    copy = {"form": 1, "effects": [life], "influences": [], "chances": []}
    gifts.give(vault, "a" * 64, copy, today=TODAY)


def picture() -> bytes:
    """A picture of a place."""
    written = BytesIO()
    Image.effect_noise((64, 64), 50).convert("RGB").save(written, "PNG")
    written.seek(0)
    return cleaned(written)


def look_at_everything(signal: Signal, cast: Cast, visit: Visit) -> None:  # noqa: F811
    """Open the pages that show what was typed, so that whatever they keep is kept."""
    post_goes()
    for person, names in (
        (cast.bas, ("signals", "start")),
        (cast.mila, ("signals", "cases", "arrears_list", "visit_notes", "supports", "partners", "network")),
        (cast.olga, ("requests", "processed", "audit", "removed")),
    ):
        for name in names:
            assert visit(person).get(reverse(name)).status_code == 200, name
    page = visit(cast.mila).get(reverse("signal", args=[signal.key]))
    assert SEEN in page.content.decode()


def test_no_copy_holds_a_word_of_what_was_typed(
    typed: Signal,
    cast: Cast,  # noqa: F811
    address: Address,  # noqa: F811
    visit: Visit,
    post_office: list[EmailMessage],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    with caplog.at_level(logging.DEBUG):
        look_at_everything(typed, cast, visit)
    copy = tmp_path / "kept.tar"
    back_up(copy, Path(settings.DATA_FOLDER))
    held = json.loads(key_file().read_text())
    keys = (*held["keys"].values(), held["blinding"])
    words = (*TYPED, *keys, str(address), f"{address.street} {address.number}")
    assert found(words, tables()) == []
    assert found(words, files()) == []
    assert found(words, log_lines(caplog.records)) == []
    assert found(words, letters()) == []
    assert found(words, members(copy)) == []
    assert post_office, "letters went out"


def test_what_is_not_sealed_would_be_found(
    typed: Signal, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    name = (typed.team.name,)
    logging.getLogger("ongedeeld.tried").warning("%s", name[0])
    copy = tmp_path / "kept.tar"
    back_up(copy, Path(settings.DATA_FOLDER))
    assert found(name, tables()) == [f"{name[0]} in signals_team.name"]
    assert found(name, log_lines(caplog.records))
    assert found(name, members(copy))
    if connection.vendor == "sqlite":
        assert found(name, files())


def test_everything_that_is_sealed_stands_in_a_column_that_is_named_and_is_typed_in_a_test(
    typed: Signal,
) -> None:
    named = {f"{one.model._meta.db_table}.{one.column}" for one in sealed_columns()}
    called_so = {
        f"{model._meta.db_table}.sealed"
        for model in apps.get_models()
        if any(field.name == "sealed" for field in model._meta.fields)
    }
    held = {place for place, content in tables() if SEALED.fullmatch(content)}
    assert (held | called_so) - named == set()
    # An app that is added is in this test as soon as it names its columns.
    assert named - held == set(TYPED_ELSEWHERE)


def test_every_row_of_the_record_about_a_home_names_its_operation(
    typed: Signal,
    cast: Cast,  # noqa: F811
    visit: Visit,
) -> None:
    look_at_everything(typed, cast, visit)
    about = Entry.objects.filter(kind__in=("signal", "visit note", "arrears", "case", "request", "support"))
    assert about.count() > 6
    assert list(about.filter(processing="").values_list("verb", flat=True)) == []
    lines = Processed.objects.filter(operation__in=about.values("processing"))
    assert lines.count() == about.values("processing").distinct().count()
    assert not Processed.objects.exclude(activity__in=purposes()).exists()


def test_a_new_key_seals_all_of_it_anew_and_all_of_it_opens(
    typed: Signal,
    cast: Cast,  # noqa: F811
    visit: Visit,
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.FIELD_KEYS = Path(shutil.copy(key_file(), tmp_path))
    name = add_key()
    before = {place: content for place, content in tables() if SEALED.fullmatch(content)}
    for column, rows in older_batches():
        reseal(column, rows)
    after = [(place, content) for place, content in tables() if SEALED.fullmatch(content)]
    assert {place for place, _ in after} == set(before)
    assert {content.split(b".")[1].decode() for _, content in after} == {name}
    drop_keys({"1"})
    look_at_everything(typed, cast, visit)
    assert content_of(Photo.objects.get()).startswith(b"\xff\xd8\xff")


def test_after_their_terms_nothing_is_left_of_it(typed: Signal) -> None:
    long_after = TODAY + timedelta(days=6 * 365)
    for name in KEPT_FOR_A_TERM:
        while removers()[name](long_after, 1):
            pass
    kept = [label for name in KEPT_FOR_A_TERM for label in purposes()[name].holds]
    assert [label for label in kept if apps.get_model(label)._default_manager.exists()] == []


def test_no_picture_is_in_the_database_as_it_was(typed: Signal) -> None:
    assert not [place for place, content in tables() if b"\xff\xd8\xff" in content or b"JFIF" in content]
