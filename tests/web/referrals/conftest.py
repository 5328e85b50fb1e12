"""The cast of referrals: a resident's home, a consultant, two partners with people, and an open vault."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import Address
from ongedeeld.web.partners.models import Agreement, AgreementPlace, Member, Offer, Organisation
from ongedeeld.web.preventing.where import where_is
from ongedeeld.web.referrals.answering import answers
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.sending.notice import Telling
from ongedeeld.web.referrals.sending.origins import from_address
from ongedeeld.web.referrals.sending.receivers import Receiver
from ongedeeld.web.referrals.sending.referring import Draft, Item, refer
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.residents.vault.openings import COOKIE, begin
from tests.web.conftest import Hire, Visit
from tests.web.signals.conftest import (  # noqa: F401 - fixtures
    HERE,
    Cast,
    address,
    addresses,
    cast,
    reports,
    team,
)

ARTICLE = "Wmo 2015, 2.3.2"
QUESTION, NAME, WISH = "Kunt u helpen met de post?", "Jo Bewoner", "Rust aan het eind van de maand"
OFFICE, DESK = "post@schuldhulp.invalid", "balie@schuldhulp.invalid"
DATA = ["name", "address", "contact", "question", "tried"]
Refers = Callable[..., Referral]


def today() -> date:
    """The legal day."""
    return timezone.localdate()


@dataclass(frozen=True)
class Partners:
    """Two partners, an offer of the first, an agreement with it, and who signs in for each."""

    debt_help: Organisation
    welfare: Organisation
    papers: Offer
    agreement: Agreement
    dirk: Person
    wendy: Person


@pytest.fixture
def partners(cast: Cast, hire: Hire) -> Partners:  # noqa: F811 - a fixture
    """Dirk works at the help with debts, Wendy at welfare."""
    debt_help = _organisation("Schuldhulp", Organisation.Kind.DEBT_HELP, OFFICE)
    welfare = _organisation("Welzijn", Organisation.Kind.WELFARE, "post@welzijn.invalid")
    papers = Offer.objects.create(
        organisation=debt_help, name="Hulp bij post", domain="benefits", everywhere=True, email=DESK
    )
    return Partners(
        debt_help,
        welfare,
        papers,
        agreement(debt_help),
        _works_at(hire(Role.PARTNER, [HERE], "Dirk"), debt_help),
        _works_at(hire(Role.PARTNER, [HERE], "Wendy"), welfare),
    )


def _organisation(name: str, kind: str, email: str) -> Organisation:
    return Organisation.objects.create(
        name=name, kind=kind, email=email, phone="020 555 0100", made_by=uuid4(), made_at=timezone.now()
    )


def _works_at(person: Person, organisation: Organisation) -> Person:
    Member.objects.create(organisation=organisation, person=person.key, from_day=date(2020, 1, 1))
    return person


def agreement(party: Organisation, **told: object) -> Agreement:
    """An agreement with a partner that holds in the area of the cast."""
    values: dict[str, object] = {
        "title": "Samen vroeg erbij",
        "purpose": "Hulp bij schulden",
        "ground": Agreement.Ground.PUBLIC_TASK,
        "article": ARTICLE,
        "data": DATA,
        "from_day": date(2020, 1, 1),
        "review_on": date(2030, 1, 1),
        "made_by": uuid4(),
        "made_at": timezone.now(),
    } | told
    made = Agreement.objects.create(**values)
    made.parties.add(party)
    AgreementPlace.objects.create(agreement=made, code=HERE)
    return made


def agreed(kind: str, words: str, **told: object) -> Item:
    """An item to which the resident said yes today."""
    until = told.pop("until", today() + timedelta(days=60))
    values: dict[str, object] = {"asked": "in_person", "asked_on": today(), "told_free": True} | told
    return Item(Telling(kind, "consent", until), words, **values)  # type: ignore[arg-type]


def by_law(kind: str, words: str, article: str = ARTICLE, days: int = 60) -> Item:
    """An item that an article lets be told."""
    return Item(Telling(kind, "law", today() + timedelta(days=days), article), words)


@pytest.fixture
def refers(cast: Cast, partners: Partners, address: Address) -> Refers:  # noqa: F811 - fixtures
    """Refer the resident to the help with debts, by Sanne, or as `told` says."""

    def referring(*items: Item, **told: object) -> Referral:
        by = told.pop("by", cast.sanne)
        now = told.pop("now", timezone.now())
        to = told.pop("to", Receiver(partners.debt_help, partners.papers))
        draft = Draft(
            origin=told.pop("origin", None) or from_address(where_is(by, address)),  # type: ignore[arg-type]
            receiver=to,  # type: ignore[arg-type]
            domain="benefits",
            items=items or (agreed("name", NAME), agreed("question", QUESTION)),
            agreement=told.pop("under", None),  # type: ignore[arg-type]
            **told,  # type: ignore[arg-type]
        )
        made = refer(draft, actor=by, now=now, today=timezone.localdate(now))  # type: ignore[arg-type]
        return Referral.objects.get(pk=made.pk)

    return referring


def said_yes(one: Referral, by: Person) -> Referral:
    """Who signed in says yes."""
    partner = answers.signed_in(by, one.key, today=today())
    answers.accept(partner, version=one.version, now=timezone.now(), today=today())
    return Referral.objects.get(pk=one.pk)


@pytest.fixture
def visit(visit: Visit) -> Visit:
    """A browser of somebody who reads English, the language of the texts in the code."""

    def visiting(person: Person | None) -> Client:
        if person is not None:
            Person.objects.filter(pk=person.pk).update(language="en")
        client = visit(person)
        if person is None:
            client.cookies["django_language"] = "en"
        return client

    return visiting


@pytest.fixture
def vault(db: None) -> Vault:
    """The resident's vault."""
    day = today()
    return Vault.objects.create(made_on=day, opened_on=day, remove_after=day + timedelta(days=700))


@pytest.fixture
def resident(vault: Vault) -> Client:
    """A browser in which the vault is open."""
    return with_open(vault)


def with_open(vault: Vault) -> Client:
    """A browser in which a vault is open."""
    client = Client(headers={"host": "localhost"})
    client.cookies[COOKIE] = begin(vault, elsewhere=True, now=timezone.now())
    client.cookies["ongedeeld_kaart_taal"] = "en"
    return client


@pytest.fixture
def letters(settings: Settings) -> list[mail.EmailMessage]:
    """The letters that go out; without this fixture none does."""
    settings.EMAIL_HOST, settings.ADDRESS = "mail.invalid", "https://ongedeeld.invalid"
    mail.outbox = []
    return mail.outbox


def link_in(letter: mail.EmailMessage) -> str:
    """The path of the link in a letter."""
    found = re.search(r"https://ongedeeld\.invalid(/antwoord/\S+)", str(letter.body))
    assert found is not None
    return found.group(1)


def code_in(letter: mail.EmailMessage) -> str:
    """The code in a letter."""
    found = re.search(r"\b(\d{8})\b", str(letter.body))
    assert found is not None
    return found.group(1)


def later(**span: int) -> datetime:
    """The moment so long from now."""
    return timezone.now() + timedelta(**span)
