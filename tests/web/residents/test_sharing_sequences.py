"""Whatever people do in whatever order: at no moment somebody reads without a live grant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ongedeeld.errors import OngedeeldError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.residents.breakthroughs import asking
from ongedeeld.web.residents.breakthroughs.contents import Plea
from ongedeeld.web.residents.breakthroughs.queries import read_breakthrough
from ongedeeld.web.residents.breakthroughs.reminding import escalate_overdue
from ongedeeld.web.residents.models import Breakthrough, Look, Share, Vault
from ongedeeld.web.residents.sharing import copies
from ongedeeld.web.residents.sharing.reading import read_share
from ongedeeld.web.residents.sharing.safeguarding import remove_past_shares
from tests.web.residents.device import new_vault
from tests.web.residents.sharing_cast import (
    SharingCast,
    step,
)

PEOPLE = ("sanne", "mila", "noor", "dirk", "olga", "pia", "petra")
RECEIVERS = ("sanne", "mila", "dirk", "pia", "debt_help", "welfare")
MEMBERS = {"debt_help": "pia", "welfare": "petra"}
ITEMS = tuple(uuid4() for _ in range(2))
PLEA = Plea("regel", "wet", "inzet", "opbrengst")
BEGIN = date(2026, 11, 23)


@dataclass(frozen=True)
class Granted:
    """What the resident agreed to, as a person with pencil and paper keeps it."""

    vault: int
    item: UUID
    to: str
    purpose: str
    until: date


@dataclass
class Book:
    """What is agreed to by the key of the share, and who was asked what about which share."""

    grants: dict[UUID, Granted] = field(default_factory=dict)
    asked: dict[UUID, tuple[UUID, str]] = field(default_factory=dict)

    def readers(self, share: UUID, today: date) -> set[str]:
        """Who may open a share on a day."""
        grant = self.grants.get(share)
        if grant is None or grant.until < today:
            return set()
        return {MEMBERS.get(grant.to, grant.to)}


happenings = st.lists(
    st.tuples(
        st.sampled_from(("share", "share", "anew", "withdraw", "all", "ask", "late", "tidy", "wait")),
        st.integers(0, 1),
        st.sampled_from(RECEIVERS),
        st.sampled_from(("help", "breakthrough")),
        st.integers(0, 30),
        st.integers(0, 5),
    ),
    max_size=9,
)


class Life:
    """Two residents and their colleagues, some days on."""

    def __init__(self, cast: SharingCast) -> None:
        self.cast = cast
        self.vaults = [new_vault(), new_vault()]
        self.today = BEGIN
        self.book = Book()

    @property
    def now(self) -> datetime:
        """Noon of today."""
        return timezone.make_aware(datetime.combine(self.today, time(12)))

    def happen(self, what: str, at: int, to: str, purpose: str, days: int, which: int) -> None:
        """Something is tried; refused it changes nothing."""
        vault = self.vaults[at]
        shares = list(Share.objects.order_by("id"))
        share = shares[which % len(shares)] if shares else None
        try:
            with transaction.atomic():
                if what == "share":
                    self.share(vault, to, purpose, days, which)
                elif what == "wait":
                    self.today += timedelta(days=days)
                elif what == "all":
                    copies.withdraw_all(vault, now=self.now, today=self.today)
                    self.drop(lambda one: one.vault == vault.pk)
                elif what == "tidy":
                    remove_past_shares(self.today, 100)
                elif what == "late":
                    self.escalate()
                elif share is not None:
                    self.about(what, vault, share, to)
        except (OngedeeldError, Refused, Http404):
            return

    def share(self, vault: Vault, to: str, purpose: str, days: int, which: int) -> None:
        receiver = getattr(self.cast, to)
        kind = "person" if isinstance(receiver, Person) else "organisation"
        until, item = self.today + timedelta(days=days), ITEMS[which % 2]
        made = copies.share(
            vault,
            item,
            step(),
            copies.Grant(kind, receiver.key, purpose, until),
            now=self.now,
            today=self.today,
        )
        self.drop(lambda one: (one.vault, one.item, one.to, one.purpose) == (vault.pk, item, to, purpose))
        self.book.grants[made.key] = Granted(vault.pk, item, to, purpose, until)

    def about(self, what: str, vault: Vault, share: Share, to: str) -> None:
        """Something about one share, tried with the map of either resident."""
        if what == "anew":
            copies.send_anew(vault, share.key, step(state="doing"), today=self.today)
        elif what == "withdraw":
            copies.withdraw(vault, share.key, now=self.now, today=self.today)
            del self.book.grants[share.key]
        elif what == "ask":
            asker = next((name for name in PEOPLE if getattr(self.cast, name).key == share.receiver), "pia")
            of = to if to in PEOPLE else MEMBERS[to]
            one = asking.ask(
                getattr(self.cast, asker),
                share.key,
                getattr(self.cast, of).key,
                PLEA,
                now=self.now,
                today=self.today,
            )
            self.book.asked[one.key] = (share.key, of)

    def escalate(self) -> None:
        escalate_overdue(self.today)
        for one in Breakthrough.objects.filter(escalated_on=self.today, asked_of=self.cast.dirk.key):
            self.book.asked[one.key] = (one.share.key, "dirk")

    def drop(self, of: Callable[[Granted], bool]) -> None:
        """What is taken back; what ended by itself before stays in the book, past its end."""
        going = {key for key, one in self.book.grants.items() if one.until >= self.today and of(one)}
        self.book.grants = {key: one for key, one in self.book.grants.items() if key not in going}

    def check(self) -> None:
        """Who can read what is who was granted to, and every reading is a look."""
        for name in PEOPLE:
            person = Person.objects.get(pk=getattr(self.cast, name).pk)
            for share in Share.objects.all():
                able = name in self.book.readers(share.key, self.today)
                assert self.opens(person, share) == able, (name, share.key)
            for one in Breakthrough.objects.select_related("share"):
                if self.opens_request(person, one):
                    about, of = self.book.asked[one.key]
                    grant = self.book.grants[about]
                    assert grant.purpose == "breakthrough"
                    assert grant.until >= self.today
                    assert name in {of} | self.book.readers(about, self.today)
        for share in Share.objects.all():
            if share.key not in self.book.grants:
                assert (share.sealed, share.domain, share.state) == ("", "", "")

    def opens(self, person: Person, share: Share) -> bool:
        before = Look.objects.count()
        try:
            with transaction.atomic():
                read_share(person, share.key, now=self.now, today=self.today)
        except (Http404, Refused):
            assert Look.objects.count() == before
            return False
        assert Look.objects.count() == before + 1
        return True

    def opens_request(self, person: Person, one: Breakthrough) -> bool:
        try:
            with transaction.atomic():
                read_breakthrough(person, one.key, now=self.now, today=self.today)
        except (Http404, Refused):
            return False
        return True


@pytest.mark.usefixtures("db")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(happened=happenings)
def test_nobody_reads_without_a_live_grant(
    cast: SharingCast, happened: list[tuple[str, int, str, str, int, int]]
) -> None:
    with transaction.atomic():
        life = Life(cast)
        for one in happened:
            life.happen(*one)
            life.check()
        life.today += timedelta(days=copies.LONGEST_DAYS + 1)
        life.check()
        transaction.set_rollback(True)
