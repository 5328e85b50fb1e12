"""Partners of the demo: invented organisations of an invented city, what they offer and what was agreed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.cities.models import Address, CityVersion
from ongedeeld.web.partners import supporting
from ongedeeld.web.partners.agreeing import Terms, make_agreement
from ongedeeld.web.partners.around import areas_now
from ongedeeld.web.partners.models import Organisation
from ongedeeld.web.partners.offers import Offered, make_offer
from ongedeeld.web.partners.organisations import About, make_organisation, take_in


@dataclass(frozen=True)
class Offering:
    """Something that is offered; `wait` in days, none where nobody told it; `districts` 0 is everywhere."""

    name: str
    domain: str
    description: str
    for_whom: str
    wait: int | None
    districts: int


@dataclass(frozen=True)
class Invented:
    """A partner that there is not; in its name stands that of the `city`."""

    name: str
    kind: str
    description: str
    phone: str
    offers: tuple[Offering, ...]


# Words of invented people in an invented city: as in real life they stand in the language of who wrote them.
PARTNERS = (
    Invented(
        "Gemeente {city}, wijkteam",
        "municipality",
        "Vragen over zorg, werk en inkomen, in de buurt.",
        "088 000 00 01",
        (
            Offering("Gesprek aan huis", "care", "Kijken wat nodig is.", "Iedereen", 10, 0),
            Offering(
                "Bijzondere bijstand",
                "benefits",
                "Voor wat niet kan wachten.",
                "Laag inkomen",
                21,
                0,
            ),
        ),
    ),
    Invented(
        "Welzijn de Schakel",
        "welfare",
        "Opbouwwerk, inloop en maatjes.",
        "088 000 00 02",
        (
            Offering("Inloop met koffie", "care", "Loop binnen met een vraag of zonder.", "Iedereen", 0, 3),
            Offering("Maatje", "care", "Iemand die een half jaar met je optrekt.", "Volwassenen", 45, 3),
        ),
    ),
    Invented(
        "Geldzorgen Samen",
        "debt_help",
        "Vrijwilligers die naast je zitten met de post.",
        "088 000 00 03",
        (Offering("Thuisadministratie", "benefits", "Post, toeslagen, begroting.", "Iedereen", 14, 2),),
    ),
    Invented(
        "Werkplein {city}",
        "work",
        "Werk, leerwerkplekken en inkomen.",
        "088 000 00 04",
        (Offering("Leerwerkplek", "work", "Een dag per week beginnen.", "Uitkering of zonder werk", 30, 0),),
    ),
    Invented(
        "Taalhuis aan de Markt",
        "education",
        "Lezen, schrijven, rekenen en digitaal.",
        "088 000 00 05",
        (
            Offering(
                "Nederlands leren",
                "education",
                "Twee keer per week.",
                "Volwassenen",
                None,
                1,
            ),
        ),
    ),
    Invented(
        "Zorggroep Meander",
        "care",
        "Begeleiding thuis.",
        "088 000 00 06",
        (Offering("Begeleiding thuis", "care", "Hulp bij je dag.", "Met een beschikking", 60, 2),),
    ),
    Invented(
        "Ouderenbond {city}",
        "tenants",
        "Vrijwilligers voor oudere bewoners.",
        "088 000 00 07",
        (Offering("Pensioenspreekuur", "pension", "Uitleg over AOW en pensioen.", "Vanaf 60 jaar", 7, 1),),
    ),
)
"""All of them invented; the telephone numbers are those of nobody."""
INVENTED = "Deze organisatie is verzonnen, net als de stad."
"""Stands with each of them, so that it goes along wherever a partner is shown or taken along."""
DAYS_AGO = (400, 380, 300, 240, 150, 120, 60)


def partners(keeper: Person, consultant: Person, professional: Person, now: datetime, today: date) -> None:
    """A register with agreements of which one is to be reviewed soon, and support with one letting.

    Parameters
    ----------
    keeper
        Who keeps the register.
    consultant
        Who wrote down support.
    professional
        Who works at a partner.
    now, today
        The moment at which the demo was filled, and its day.
    """
    areas = areas_now()
    districts, city = areas.of_level("district"), areas.named(areas.of_level("municipality"))[0]
    made = [_partner(told, city, districts, keeper, now) for told in PARTNERS]
    for one, ago in zip(made, DAYS_AGO, strict=True):
        Organisation.objects.filter(pk=one.pk).update(made_at=now - timedelta(days=ago))
    town, welfare, debts, _, _, care, _ = made
    take_in(welfare, professional.key, actor=keeper, today=today)
    _agreed(
        "Vroeg bij geldzorgen",
        "Wie achterloopt met de huur krijgt binnen een week hulp aangeboden.",
        (town, debts),
        ("name", "contact", "question"),
        keeper,
        now,
        today + timedelta(days=40),
    )
    _agreed(
        "Samen in de buurt",
        "Medewerkers wijzen elkaar de weg en bellen samen aan.",
        (welfare, care),
        ("name", "contact", "question", "wish"),
        keeper,
        now,
        today + timedelta(days=200),
    )
    _agreed(
        "Inloop zonder drempel",
        "De ruimte in het complex is twee ochtenden per week van de inloop.",
        (welfare,),
        (),
        keeper,
        now,
        today + timedelta(days=300),
    )
    _supported(care, consultant, now, today)


def _partner(told: Invented, city: str, districts: list[str], keeper: Person, now: datetime) -> Organisation:
    about = About(
        told.name.format(city=city),
        told.kind,
        f"{told.description} {INVENTED}",
        email=f"intake.{told.name.split()[0].lower()}@voorbeeld.invalid",
        phone=told.phone,
    )
    made = make_organisation(about, actor=keeper, now=now)
    for one in told.offers:
        offered = Offered(
            one.name,
            one.domain,
            one.description,
            one.for_whom,
            phone=told.phone,
            wait_days=one.wait,
            wait_known_on=now.date() - timedelta(days=12) if one.wait is not None else None,
        )
        make_offer(made, offered, districts[: one.districts], actor=keeper)
    return made


def _agreed(
    title: str,
    purpose: str,
    parties: Collection[Organisation],
    data: tuple[str, ...],
    actor: Person,
    now: datetime,
    review_on: date,
) -> None:
    terms = Terms(
        title=title,
        purpose=purpose,
        ground="consent" if data else "none",
        data=data,
        from_day=review_on - timedelta(days=365),
        review_on=review_on,
        parties=frozenset(party.key for party in parties),
    )
    make_agreement(terms, actor=actor, now=now)


def _supported(care: Organisation, consultant: Person, now: datetime, today: date) -> None:
    """Support with the last home in the first complex in which the consultant works."""
    codes = {area.code for held in consultant.roles_held.all() for area in held.areas.all()}
    homes = Address.objects.filter(book__versions__state=CityVersion.State.CURRENT).order_by("-id")
    home = next((one for one in homes[:5000] if codes & supporting.home_at(consultant, one).area_codes), None)
    if home is not None:
        supporting.begin(
            supporting.home_at(consultant, home),
            care,
            supporting.Support(today - timedelta(days=120), today + timedelta(days=30), "municipality"),
            supporting.Contact(str(home), "Team thuis", "088 000 00 06"),
            actor=consultant,
            now=now,
        )
