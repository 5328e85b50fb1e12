"""Whoever asks what is kept gets all of it: every app tells what it holds of a home."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.cities.models import Address
from ongedeeld.web.partners.models import Organisation, SupportAgreement
from ongedeeld.web.partners.supporting import Contact
from ongedeeld.web.preventing.contents import Debt, Threat
from ongedeeld.web.preventing.models import Arrears, Case
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.safeguards.homes import blind_home, home_of
from ongedeeld.web.safeguards.purposes import purposes
from ongedeeld.web.safeguards.request_holdings import Holding, Home, hold, holdings
from ongedeeld.web.safeguards.sealing import seal
from ongedeeld.web.signals.models import Signal, VisitNote
from tests.web.signals.conftest import Cast, Reports, in_days

OF_COLLEAGUES = {
    "accounts.person",
    "accounts.session",
    "areas.followed",
    "jobs.job",
    "partners.member",
    "signals.team",
}
OF_COUNTS = {"signals.count"}
OF_WHO_HOLDS_THE_KEY = {"residents.Vault", "residents.Invitation"}
"""More people may live in a home: that one of them has a life map is not told to who asks about it."""


def test_every_purpose_that_may_be_about_a_resident_tells_how_it_is_found_or_why_not() -> None:
    about_residents = set(purposes()) - OF_COLLEAGUES - OF_COUNTS
    assert about_residents == set(holdings())
    for one in holdings().values():
        assert one.knows_homes or one.otherwise, one.kind


def test_every_model_that_names_a_home_is_found_by_it() -> None:
    by_model = {label: one.name for one in purposes().values() for label in one.holds}
    naming = {
        model._meta.label
        for model in apps.get_models()
        if any(field.name == "home" for field in model._meta.get_fields())
    }
    assert naming > {"signals.Signal", "signals.VisitNote", "preventing.Arrears", "preventing.Case"}
    for label in naming - {"safeguards.Request"} - OF_WHO_HOLDS_THE_KEY:
        assert holdings()[by_model[label]].knows_homes, label


def test_it_refuses_two_that_tell_the_same() -> None:
    with pytest.raises(ValueError, match="two holdings are called"):
        hold(Holding(kind="signals.signal", text="another"))


@pytest.fixture
def home(city: City, address: Address, cast: Cast, reports: Reports) -> Home:
    """A home of which everything is kept that can be."""
    reports(cast.bas)
    name, today, now = home_of(address), timezone.localdate(), timezone.now()
    blind, soon = blind_home(name), in_days(30)
    note = VisitNote(home=blind, manner="together", review_on=soon, made_by=cast.mila.key, remove_after=soon)
    note.sealed = seal(str(address), f"visit:{note.key}")
    note.save()
    arrears = Arrears(home=blind, counted_on=today, made_at=now, made_by=cast.sanne.key, remove_after=soon)
    debt = Debt(name="Bewoner", street=address.street, number=str(address.number), cents=120_050, months=2)
    arrears.sealed = debt.sealed_for(arrears.key)
    arrears.save()
    case = Case(
        occasion="arrears",
        home=blind,
        owner=cast.sanne.key,
        made_by=cast.sanne.key,
        made_at=now,
        opened_on=today,
        remove_after=soon,
    )
    case.sealed = Threat(address=str(address), name="Bewoner").sealed_for(case.key)
    case.save()
    support = SupportAgreement(
        home=blind,
        organisation=Organisation.objects.create(
            name="Zorg", kind="care", made_by=cast.sanne.key, made_at=now
        ),
        from_day=today,
        until_day=soon,
        payer="unknown",
        made_by=cast.sanne.key,
        made_at=now,
        remove_after=soon,
    )
    support.sealed = Contact(str(address)).sealed_for(support.key)
    support.save()
    Referral.objects.create(
        home=blind,
        organisation=support.organisation,
        domain="care",
        made_by=cast.sanne.key,
        owner=cast.sanne.key,
        sent_at=now,
        respond_by=soon,
        remove_after=soon,
    )
    return Home(name)


def test_all_that_is_kept_of_a_home_is_found_by_it_and_by_its_key(home: Home) -> None:
    found = {kind: list(one.of_home(home)) for kind, one in holdings().items() if one.knows_homes}
    assert all(found.values()), found
    for kind, records in found.items():
        for one in records:
            named = holdings()[kind].named(one.key)
            assert named == one or kind == "cities.version"
            assert one.facts
            assert len({fact.name for fact in one.facts}) == len(one.facts), kind


def test_of_another_home_nothing_is_found(home: Home) -> None:
    other = Home(f"{home.name}-9")
    assert [kind for kind, one in holdings().items() if list(one.of_home(other))] == []


def test_a_new_version_that_numbers_homes_otherwise_leads_to_the_same_home(
    home: Home, address: Address
) -> None:
    told_here = {kind: one for kind, one in holdings().items() if kind != "cities.version"}
    before = {kind: len(list(one.of_home(home))) for kind, one in told_here.items()}
    Address.objects.filter(pk=address.pk).update(dwelling="Z-1", complex="", area="")
    address.refresh_from_db()
    assert Home(home_of(address)) == home
    assert before == {kind: len(list(one.of_home(home))) for kind, one in told_here.items()}


def test_the_additions_of_a_number_are_homes_of_their_own(address: Address) -> None:
    def at(number: int, addition: str) -> Address:
        return Address(street_key="kerkstraat", number=number, addition_key=addition, postcode="3511AX")

    homes = [home_of(at(number, addition)) for number, addition in ((1, ""), (1, "1"), (11, ""), (1, "a"))]
    assert len(set(homes)) == 4


def test_public_space_that_was_told_by_an_address_is_found_by_who_lives_there(
    cast: Cast, reports: Reports, address: Address
) -> None:
    told = {"kind": Signal.Kind.PUBLIC_SPACE, "home": "", "near": home_of(address)}
    signal = reports(cast.bas, **told)
    assert signal.home == ""
    assert signal.told_at is None
    found = holdings()["signals.signal"].of_home(Home(home_of(address)))
    assert [one.key for one in found] == [signal.key]


def test_what_is_removed_is_no_longer_found(home: Home) -> None:
    for one in holdings().values():
        if one.remove is None:
            continue
        for record in list(one.of_home(home)):
            one.remove(record.key)
        assert list(one.of_home(home)) == [], one.kind
    assert not Signal.objects.exists()


def test_no_fact_that_is_found_names_a_colleague(home: Home, cast: Cast) -> None:
    told = str([list(one.of_home(home)) for one in holdings().values()])
    for colleague in (cast.bas, cast.mila, cast.sanne):
        assert f"'{colleague.name}'" not in told
        assert str(colleague.key) not in told
