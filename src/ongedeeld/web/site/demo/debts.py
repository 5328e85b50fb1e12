"""Arrears and cases of the demo: invented tenants of an invented city, and what was tried for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice

from django.utils import timezone

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.cities.models import Address, CityVersion
from ongedeeld.web.preventing import arrears, cases, deliveries
from ongedeeld.web.preventing.contents import Debt, Threat
from ongedeeld.web.preventing.models import Arrears, Delivery
from ongedeeld.web.preventing.where import Where, where_is

# Words of invented people in an invented city: as in real life they stand in the language of who wrote them.
TENANTS = ("M. Voorbeeld", "J. de Invuller", "K. Verzonnen", "P. van Proef")
CONDITIONS = (
    ("reminder", 45, "letter"),
    ("contact", 38, "visit"),
    ("help", 38, "visit"),
    ("told", 30, "letter"),
)
TRIED = (
    (cases.Attempt(date.min, "visit", "association", "no_contact", "Kaartje in de bus gedaan."), 20),
    (cases.Attempt(date.min, "talk", "association", "helped", "Koffie gedronken; er ligt een plan."), 12),
    (cases.Attempt(date.min, "debt_help", "municipality", "running", "Samen naar het spreekuur geweest."), 6),
)


def debts(consultant: Person, complexes: Iterable[str], today: date) -> set[str]:
    """Arrears in four stages, and a case in which something is being tried, each in a complex of its own.

    Parameters
    ----------
    consultant
        Who keeps them.
    complexes
        The numbers of complexes in which they work.
    today
        The day on which the demo was filled.

    Returns
    -------
    The complexes in which there is something now.
    """
    read = Address.objects.filter(book__versions__state=CityVersion.State.CURRENT).order_by("id")
    found = (read.filter(complex=number).first() for number in complexes)
    homes = list(islice((home for home in found if home is not None), len(TENANTS) + 1))
    made = [
        _arrears(where_is(consultant, home), name, number, consultant, today)
        for number, (home, name) in enumerate(zip(homes, TENANTS, strict=False), 1)
    ]
    if len(made) == len(TENANTS):
        _sent(made[-1], consultant, today)
    if len(homes) > len(TENANTS):
        _case(homes[len(TENANTS)], consultant, today)
    return {home.complex for home in homes}


def _arrears(where: Where, name: str, stage: int, consultant: Person, today: date) -> Arrears:
    home = where.address
    debt = Debt(
        name=name,
        street=home.street,
        number=str(home.number),
        addition=home.addition,
        postcode=home.postcode,
        town=home.municipality,
        cents=61_250 * stage,
        months=stage,
    )
    now = timezone.now()
    one = arrears.begin(where, debt, today - timedelta(days=3), actor=consultant, now=now, today=today)
    for kind, ago, how in CONDITIONS[:stage]:
        day = today - timedelta(days=ago)
        arrears.meet(one, kind, day=day, how=how, actor=consultant, now=now, today=today)
    return one


def _sent(one: Arrears, consultant: Person, today: date) -> None:
    if not one.municipality:
        return
    now = timezone.now()
    delivery = deliveries.make(
        Delivery.Kind.SIGNALS, one.municipality, actor=consultant, now=now, today=today
    )
    deliveries.save_file(delivery, "csv", actor=consultant)
    delivery.refresh_from_db()
    deliveries.mark_sent(delivery, way="exchange", day=today, actor=consultant, now=now, today=today)


def _case(home: Address, consultant: Person, today: date) -> None:
    now = timezone.now()
    where = where_is(consultant, home)
    case = cases.begin(where, Threat(str(home)), "nuisance", actor=consultant, now=now, today=today)
    for attempt, ago in TRIED:
        day = today - timedelta(days=ago)
        told = cases.Attempt(day, attempt.what, attempt.by, attempt.result, attempt.words)
        cases.try_something(case, told, actor=consultant, now=now, today=today)
